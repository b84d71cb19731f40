package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.LabelPredicate;
import org.weftdb.cypher.ast.Expression.Property;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.MergeAction;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.RemoveItem;
import org.weftdb.cypher.ast.SetItem;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Parses the clauses that change the graph. */
final class UpdateParser {
  /** What may stand where a change must; for messages. */
  static final String EXPECTED = "a change: CREATE, MERGE, SET, REMOVE, DELETE or FOREACH";

  private final TokenStream in;
  private final ExpressionParser expressions;
  private final PatternParser patterns;
  private final SubqueryParser subqueries;

  UpdateParser(
      TokenStream in,
      ExpressionParser expressions,
      PatternParser patterns,
      SubqueryParser subqueries) {
    this.in = in;
    this.expressions = expressions;
    this.patterns = patterns;
    this.subqueries = subqueries;
  }

  /** A clause inside FOREACH. */
  Clause update() {
    Keyword keyword = in.keyword();
    Clause update = keyword == null ? null : updateOrNull(keyword);
    if (update == null) {
      throw in.unexpected(EXPECTED);
    }
    return update;
  }

  /** A clause that changes the graph, or null when none starts here. */
  @Nullable Clause updateOrNull(Keyword keyword) {
    int start = in.start();
    switch (keyword) {
      case CREATE, INSERT -> {
        in.skip();
        return new Clause.Create(patterns.pattern(false), in.spanFrom(start));
      }
      case MERGE -> {
        in.skip();
        return merge(start);
      }
      case SET -> {
        in.skip();
        return new Clause.SetClause(setItems(), in.spanFrom(start));
      }
      case REMOVE -> {
        in.skip();
        return remove(start);
      }
      case DETACH -> {
        in.skip();
        in.expect(Keyword.DELETE);
        return delete(true, start);
      }
      case DELETE, NODETACH -> {
        in.skip();
        if (keyword == Keyword.NODETACH) {
          in.expect(Keyword.DELETE);
        }
        return delete(false, start);
      }
      case FOREACH -> {
        in.skip();
        return subqueries.foreach(start);
      }
      default -> {
        return null;
      }
    }
  }

  private Clause merge(int start) {
    PatternPart part = patterns.part(false);
    List<MergeAction> actions = new ArrayList<>();
    while (in.is(Keyword.ON)) {
      int actionStart = in.start();
      in.skip();
      boolean onCreate = in.accept(Keyword.CREATE);
      if (!onCreate && !in.accept(Keyword.MATCH)) {
        throw in.unexpected("CREATE or MATCH");
      }
      in.expect(Keyword.SET);
      actions.add(new MergeAction(onCreate, setItems(), in.spanFrom(actionStart)));
    }
    return new Clause.Merge(part, actions, in.spanFrom(start));
  }

  private List<SetItem> setItems() {
    List<SetItem> items = new ArrayList<>();
    do {
      int outer = in.begin();
      TokenStream.Mark mark = in.mark();
      try {
        items.add(setItem());
      } catch (WeftException failure) {
        in.skipItem(failure, mark);
      }
      in.end(outer);
    } while (in.accept(TokenKind.COMMA));
    in.expectSome(items);
    return items;
  }

  /** What is set or removed begins with a variable, perhaps in parentheses. */
  private void expectTarget() {
    Keyword keyword = in.keyword();
    boolean literal =
        keyword == Keyword.NULL || keyword == Keyword.TRUE || keyword == Keyword.FALSE;
    if (literal || !in.isName(0) && !in.is(TokenKind.OPEN_PARENTHESIS)) {
      throw in.unexpected("a variable");
    }
  }

  private SetItem setItem() {
    int start = in.start();
    expectTarget();
    Expression target = expressions.operand();
    if (target instanceof Property property) {
      in.expect(TokenKind.EQUAL);
      Expression value = expressions.expression();
      return new SetItem.SetProperty(property, value, in.spanFrom(start));
    }
    if (target instanceof Expression.Subscript property && property.subject() instanceof Variable) {
      in.expect(TokenKind.EQUAL);
      Expression value = expressions.expression();
      return new SetItem.SetDynamicProperty(property, value, in.spanFrom(start));
    }
    if (target instanceof Variable variable && in.accept(Keyword.IS)) {
      return new SetItem.SetLabels(variable, enumeratedLabels(), in.spanFrom(start));
    }
    if (target instanceof Variable variable) {
      boolean adds = in.accept(TokenKind.ADD_ASSIGN);
      if (!adds && !in.accept(TokenKind.EQUAL)) {
        throw in.unexpected("'=', '+=', '.' or ':'");
      }
      Expression value = expressions.expression();
      return adds
          ? new SetItem.AddProperties(variable, value, in.spanFrom(start))
          : new SetItem.ReplaceProperties(variable, value, in.spanFrom(start));
    }
    LabelledVariable labelled = labelledVariable(target);
    if (labelled != null) {
      return new SetItem.SetLabels(labelled.variable(), labelled.labels(), in.spanFrom(start));
    }
    throw in.error(
        ErrorCode.UNEXPECTED_SYNTAX,
        "Cannot be set, expected a variable, a property or labels",
        start);
  }

  /** The labels behind IS that are set or removed. */
  private LabelExpression enumeratedLabels() {
    LabelExpression labels = expressions.labelExpression("a label");
    if (!labels.isEnumeration()) {
      throw in.error(
          ErrorCode.UNEXPECTED_SYNTAX,
          "Not a list of labels, expected names joined by ':' or '&'",
          labels.span().start());
    }
    return labels;
  }

  private record LabelledVariable(Variable variable, LabelExpression labels) {}

  /** A variable with labels that can be set or removed, or null. */
  private static @Nullable LabelledVariable labelledVariable(Expression target) {
    if (target instanceof LabelPredicate named && named.subject() instanceof Variable variable) {
      List<LabelExpression> names = new ArrayList<>();
      for (String label : named.labels()) {
        names.add(new LabelExpression.Name(label, named.span()));
      }
      return new LabelledVariable(
          variable,
          names.size() == 1 ? names.get(0) : new LabelExpression.And(names, named.span()));
    }
    return target instanceof Expression.LabelTest test
            && test.subject() instanceof Variable variable
            && test.labels().isEnumeration()
        ? new LabelledVariable(variable, test.labels())
        : null;
  }

  private Clause remove(int start) {
    List<RemoveItem> items = new ArrayList<>();
    do {
      TokenStream.Mark mark = in.mark();
      try {
        items.add(removeItem());
      } catch (WeftException failure) {
        in.skipItem(failure, mark);
      }
    } while (in.accept(TokenKind.COMMA));
    in.expectSome(items);
    return new Clause.Remove(items, in.spanFrom(start));
  }

  private RemoveItem removeItem() {
    int start = in.start();
    int outer = in.begin();
    expectTarget();
    Expression target = expressions.operand();
    in.end(outer);
    LabelledVariable labelled =
        target instanceof Variable variable && in.accept(Keyword.IS)
            ? new LabelledVariable(variable, enumeratedLabels())
            : labelledVariable(target);
    if (target instanceof Property property) {
      return new RemoveItem.RemoveProperty(property, in.spanFrom(start));
    } else if (target instanceof Expression.Subscript property
        && property.subject() instanceof Variable) {
      return new RemoveItem.RemoveDynamicProperty(property, in.spanFrom(start));
    } else if (labelled != null) {
      return new RemoveItem.RemoveLabels(
          labelled.variable(), labelled.labels(), in.spanFrom(start));
    }
    if (target instanceof Variable) {
      throw in.unexpected("'.', '[', ':' or IS");
    }
    throw in.error(
        ErrorCode.UNEXPECTED_SYNTAX, "Cannot be removed, expected a property or labels", start);
  }

  private Clause delete(boolean detach, int start) {
    List<Expression> targets = new ArrayList<>();
    do {
      TokenStream.Mark mark = in.mark();
      try {
        targets.add(expressions.expression());
      } catch (WeftException failure) {
        in.skipItem(failure, mark);
        targets.add(in.hole());
      }
    } while (in.accept(TokenKind.COMMA));
    return new Clause.Delete(detach, targets, in.spanFrom(start));
  }
}
