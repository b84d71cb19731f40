package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.ast.LabelExpression;

/**
 * Parses label expressions. From the weakest binding to the strongest: {@code |}, {@code &}, {@code
 * !}. Older forms are read as well: {@code :A:B} is {@code :A&B}, and {@code :A|:B} is {@code
 * :A|B}.
 */
final class LabelParser {
  private final TokenStream in;
  private final ExpressionParser expressions;
  private String what = "a label";
  private boolean bars = true;

  LabelParser(TokenStream in, ExpressionParser expressions) {
    this.in = in;
    this.expressions = expressions;
  }

  /** Whether what follows IS is a label expression. */
  boolean isNext() {
    return switch (in.kind()) {
      case NAME ->
          !in.is(Keyword.NULL) && !in.is(Keyword.NOT) && !in.is(Keyword.TYPED) && !isNormalForm();
      case ESCAPED_NAME, EXCLAMATION_MARK, PERCENT, DOLLAR, OPEN_PARENTHESIS -> true;
      default -> false;
    };
  }

  private boolean isNormalForm() {
    return in.is(Keyword.NORMALIZED) || in.keyword(1) == Keyword.NORMALIZED;
  }

  /**
   * Parses what follows a colon or IS.
   *
   * @param what how messages call a name, such as {@code a label}
   * @param bars whether a bar at the end is an alternative, not the end
   */
  LabelExpression parse(String what, boolean bars) {
    String outerWhat = this.what;
    boolean outerBars = this.bars;
    this.what = what;
    this.bars = bars;
    try {
      LabelExpression result = or();
      boolean single =
          result instanceof LabelExpression.Name || result instanceof LabelExpression.Dynamic;
      return single && in.is(TokenKind.COLON) ? colons(result) : result;
    } finally {
      this.what = outerWhat;
      this.bars = outerBars;
    }
  }

  /** {@code :A:B:C}. */
  private LabelExpression colons(LabelExpression first) {
    List<LabelExpression> names = new ArrayList<>();
    names.add(first);
    while (in.accept(TokenKind.COLON)) {
      int start = in.start();
      if (in.is(TokenKind.DOLLAR)) {
        names.add(primary());
      } else {
        names.add(new LabelExpression.Name(in.name(what), in.spanFrom(start)));
      }
    }
    return new LabelExpression.And(names, in.spanFrom(first.span().start()));
  }

  private LabelExpression or() {
    in.descend();
    int start = in.start();
    List<LabelExpression> operands = new ArrayList<>();
    operands.add(and());
    while (bars && in.accept(TokenKind.BAR)) {
      in.accept(TokenKind.COLON);
      operands.add(and());
    }
    in.ascend();
    return operands.size() == 1
        ? operands.get(0)
        : new LabelExpression.Or(operands, in.spanFrom(start));
  }

  private LabelExpression and() {
    int start = in.start();
    List<LabelExpression> operands = new ArrayList<>();
    do {
      operands.add(not());
    } while (in.accept(TokenKind.AMPERSAND));
    return operands.size() == 1
        ? operands.get(0)
        : new LabelExpression.And(operands, in.spanFrom(start));
  }

  private LabelExpression not() {
    int start = in.start();
    int negations = 0;
    while (in.accept(TokenKind.EXCLAMATION_MARK)) {
      negations++;
    }
    LabelExpression operand = primary();
    // Twice is not at all, so that a long row of marks makes no deep tree.
    return negations % 2 == 0 ? operand : new LabelExpression.Not(operand, in.spanFrom(start));
  }

  private LabelExpression primary() {
    int start = in.start();
    if (in.accept(TokenKind.PERCENT)) {
      return new LabelExpression.Wildcard(in.spanFrom(start));
    }
    if (in.is(TokenKind.DOLLAR)) {
      return dynamic(start);
    }
    if (in.accept(TokenKind.OPEN_PARENTHESIS)) {
      boolean outer = bars;
      bars = true;
      int outerHeight = in.begin();
      LabelExpression inner = or();
      in.grow();
      in.end(outerHeight);
      bars = outer;
      if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
        throw in.unexpected("'&', '|' or ')'");
      }
      return inner;
    }
    return new LabelExpression.Name(in.name(what), in.spanFrom(start));
  }

  private LabelExpression dynamic(int start) {
    in.skip();
    boolean any = in.is(Keyword.ANY);
    if (any || in.is(Keyword.ALL)) {
      in.skip();
    }
    in.expect(TokenKind.OPEN_PARENTHESIS);
    var names = expressions.expression();
    if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      throw in.unexpected("an operator or ')'");
    }
    return new LabelExpression.Dynamic(names, !any, in.spanFrom(start));
  }
}
