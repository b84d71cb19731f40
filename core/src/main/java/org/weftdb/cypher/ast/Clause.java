package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.Variable;

/** One clause of a query. */
public sealed interface Clause extends AstNode {

  /** {@code [OPTIONAL] MATCH pattern [WHERE where]}. */
  record Match(boolean optional, Pattern pattern, @Nullable Expression where, Span span)
      implements Clause {}

  /** {@code UNWIND expression AS variable}. */
  record Unwind(Expression expression, Variable variable, Span span) implements Clause {}

  /** {@code WITH projection [WHERE where]}; the condition sees what is projected. */
  record With(Projection projection, @Nullable Expression where, Span span) implements Clause {}

  /** {@code RETURN projection}. */
  record Return(Projection projection, Span span) implements Clause {}

  /** {@code CREATE pattern}. */
  record Create(Pattern pattern, Span span) implements Clause {}

  /** {@code MERGE part [ON MATCH SET ...] [ON CREATE SET ...]}, actions in the order written. */
  record Merge(PatternPart part, List<MergeAction> actions, Span span) implements Clause {
    public Merge {
      actions = List.copyOf(actions);
    }
  }

  /** {@code SET items}, done in order. */
  record SetClause(List<SetItem> items, Span span) implements Clause {
    public SetClause {
      items = List.copyOf(items);
      Checks.notEmpty(items, "SET needs an item");
    }
  }

  /** {@code REMOVE items}, done in order. */
  record Remove(List<RemoveItem> items, Span span) implements Clause {
    public Remove {
      items = List.copyOf(items);
      Checks.notEmpty(items, "REMOVE needs an item");
    }
  }

  /** {@code [DETACH] DELETE expressions}. */
  record Delete(boolean detach, List<Expression> expressions, Span span) implements Clause {
    public Delete {
      expressions = List.copyOf(expressions);
      Checks.notEmpty(expressions, "DELETE needs an expression");
    }
  }

  /**
   * {@code CALL name(arguments) [YIELD items [WHERE where]]}.
   *
   * @param name the procedure's name with its namespaces, joined by dots, as written
   * @param arguments the arguments, or null when there are no parentheses, so that the arguments
   *     are the parameters of the same names
   * @param yield what is taken from the procedure's rows, or null when there is no YIELD
   * @param where the condition after YIELD; it needs one
   * @param standalone whether the call is the whole query, so that without YIELD, or with {@code
   *     YIELD *}, its rows are the result
   */
  record Call(
      String name,
      @Nullable List<Expression> arguments,
      @Nullable Yield yield,
      @Nullable Expression where,
      boolean standalone,
      Span span)
      implements Clause {
    public Call {
      arguments = arguments == null ? null : List.copyOf(arguments);
      Checks.that(where == null || yield != null, "WHERE of a CALL needs a YIELD");
    }
  }

  /**
   * What a CALL takes from the procedure's rows.
   *
   * @param all {@code YIELD *}, with no items
   * @param items empty for {@code YIELD -} and {@code YIELD *}
   */
  record Yield(boolean all, List<YieldItem> items) {
    public Yield {
      items = List.copyOf(items);
      Checks.that(!all || items.isEmpty(), "YIELD * has no items");
    }
  }
}
