package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.Variable;

/** One clause of a query. */
public sealed interface Clause extends AstNode {

  /** {@code [OPTIONAL] MATCH pattern [USING ...] [WHERE where]}. */
  record Match(
      boolean optional, Pattern pattern, List<Hint> hints, @Nullable Expression where, Span span)
      implements Clause {
    public Match {
      hints = List.copyOf(hints);
    }
  }

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

  /**
   * {@code [OPTIONAL] CALL (variables) { query } [IN TRANSACTIONS ...]}, run for each row.
   *
   * @param optional whether a row stays, with nulls, for which the query has no row
   * @param imports the variables that the query sees, or null when there are no parentheses: then a
   *     WITH of nothing but variables at the query's beginning takes them in
   * @param transactions how the query's changes are committed, or null when they are a part of
   *     those of the whole statement
   */
  record Subquery(
      boolean optional,
      @Nullable Imports imports,
      Query query,
      @Nullable InTransactions transactions,
      Span span)
      implements Clause {}

  /**
   * What a subquery sees of the row around it.
   *
   * @param all {@code (*)}, with no variables
   */
  record Imports(boolean all, List<Variable> variables) {
    public Imports {
      variables = List.copyOf(variables);
      Checks.that(!all || variables.isEmpty(), "(*) has no variables");
    }
  }

  /**
   * {@code IN TRANSACTIONS OF batchSize ROWS ON ERROR onError REPORT STATUS AS status}.
   *
   * @param batchSize how many rows make one transaction, or null for as many as is usual
   * @param status the variable that tells how it went, or null
   */
  record InTransactions(
      @Nullable Expression batchSize, OnError onError, @Nullable Variable status, Span span) {}

  /** What happens when an inner transaction fails; the names are their spelling. */
  enum OnError {
    /** The whole query fails. */
    FAIL,
    /** The next transaction is tried. */
    CONTINUE,
    /** No further transaction is begun. */
    BREAK
  }

  /** {@code FOREACH (variable IN list | updates)}: all updates for one element after another. */
  record Foreach(Variable variable, Expression list, List<Clause> updates, Span span)
      implements Clause {
    public Foreach {
      updates = List.copyOf(updates);
      Checks.notEmpty(updates, "FOREACH needs an update");
    }
  }

  /**
   * {@code LOAD CSV [WITH HEADERS] FROM source AS variable [FIELDTERMINATOR terminator]}.
   *
   * @param withHeaders whether the first row names the fields, so that the others are maps
   * @param fieldTerminator one character, or null for a comma
   */
  record LoadCsv(
      boolean withHeaders,
      Expression source,
      Variable variable,
      @Nullable String fieldTerminator,
      Span span)
      implements Clause {}

  /** {@code FINISH}: the query has no result. */
  record Finish(Span span) implements Clause {}

  /** {@code LET variable = expression, ...}; no item sees another one. */
  record Let(List<LetItem> items, Span span) implements Clause {
    public Let {
      items = List.copyOf(items);
      Checks.notEmpty(items, "LET needs an item");
    }
  }

  /** One {@code variable = expression} of LET. */
  record LetItem(Variable variable, Expression expression) {}

  /** {@code FILTER [WHERE] condition}. */
  record Filter(Expression condition, Span span) implements Clause {}

  /**
   * {@code ORDER BY items}, {@code SKIP skip} and {@code LIMIT limit}, as a clause of their own.
   */
  record OrderBy(
      List<SortItem> items, @Nullable Expression skip, @Nullable Expression limit, Span span)
      implements Clause {
    public OrderBy {
      items = List.copyOf(items);
      Checks.that(
          !items.isEmpty() || skip != null || limit != null, "needs a key, a SKIP or a LIMIT");
    }
  }
}
