package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Binding;
import org.weftdb.cypher.ast.CaseBranch;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Binary;
import org.weftdb.cypher.ast.Expression.BinaryOperator;
import org.weftdb.cypher.ast.Expression.CaseOperand;
import org.weftdb.cypher.ast.Expression.Cast;
import org.weftdb.cypher.ast.Expression.Chain;
import org.weftdb.cypher.ast.Expression.Comparison;
import org.weftdb.cypher.ast.Expression.ComparisonOperator;
import org.weftdb.cypher.ast.Expression.IsNull;
import org.weftdb.cypher.ast.Expression.LabelPredicate;
import org.weftdb.cypher.ast.Expression.LabelTest;
import org.weftdb.cypher.ast.Expression.Logical;
import org.weftdb.cypher.ast.Expression.LogicalOperator;
import org.weftdb.cypher.ast.Expression.Negate;
import org.weftdb.cypher.ast.Expression.Not;
import org.weftdb.cypher.ast.Expression.Property;
import org.weftdb.cypher.ast.Expression.Slice;
import org.weftdb.cypher.ast.Expression.Subscript;
import org.weftdb.cypher.ast.Expression.TypeTest;
import org.weftdb.cypher.ast.Expression.UnaryPlus;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.WeftException;
import org.weftdb.value.type.TypeExpression;

/** Parses expressions by how strongly their operators {@linkplain Binding bind}. */
final class ExpressionParser {
  /** So many operators in a row become a tree at most; more become a chain. */
  private static final int LONGEST_TREE = 32;

  private final TokenStream in;
  private final AtomParser atoms;
  private final ClauseParser clauses;
  private final LabelParser labels;
  private final TypeParser types;
  private final TextSyntax texts;

  /** The brackets whose bar ends the present expression, or -1. */
  private int barBracket = -1;

  /** Up to this token it is known what brackets there are inside those. */
  private int barScanned;

  ExpressionParser(SourceText source, TokenStream in) {
    this.in = in;
    this.labels = new LabelParser(in, this);
    this.types = new TypeParser(in);
    this.texts = new TextSyntax(in, this);
    PatternParser patterns = new PatternParser(source, in, this);
    this.atoms = new AtomParser(source, in, this, patterns);
    this.clauses = new ClauseParser(source, in, this, patterns);
  }

  /** What parses types. */
  TypeParser types() {
    return types;
  }

  /** What parses clauses. */
  ClauseParser clauses() {
    return clauses;
  }

  /** What parses operands. */
  AtomParser atoms() {
    return atoms;
  }

  Expression expression() {
    return expression(Binding.OR);
  }

  /** An expression of operators that bind at least this strongly. */
  private Expression expression(int weakest) {
    in.descend();
    int outer = in.begin();
    int start = in.start();
    Expression whole = continued(prefixed(weakest), weakest, start);
    in.end(outer);
    in.ascend();
    return whole;
  }

  /** What an operand becomes with the operators behind it that bind at least this strongly. */
  private Expression continued(Expression operand, int weakest, int start) {
    Expression left = operand;
    while (true) {
      note(weakest);
      int binding = binding();
      if (binding < weakest || binding == 0) {
        return left;
      }
      left = operation(left, binding, start);
      in.grow();
    }
  }

  /** Tells an editor which operators may follow. */
  private void note(int weakest) {
    if (weakest <= Binding.OR) {
      in.note(Expectations.Kind.OPERATOR);
    } else if (weakest <= Binding.PREDICATE) {
      in.note(Expectations.Kind.PREDICATE);
    }
  }

  /** How strongly the next token binds as an operator after an operand; 0 when it is none. */
  private int binding() {
    return switch (in.kind()) {
      case NAME -> keywordBinding();
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Binding.COMPARISON;
      case REGEX_MATCH -> Binding.PREDICATE;
      default -> {
        BinaryOperator operator = arithmeticOperator();
        yield operator == null ? 0 : Binding.of(operator);
      }
    };
  }

  private int keywordBinding() {
    Keyword keyword = in.keyword();
    if (keyword == null) {
      return 0;
    }
    return switch (keyword) {
      case OR -> Binding.OR;
      case XOR -> Binding.XOR;
      case AND -> Binding.AND;
      case IN, IS, STARTS, ENDS, CONTAINS -> Binding.PREDICATE;
      default -> 0;
    };
  }

  private Expression operation(Expression left, int binding, int start) {
    return switch (binding) {
      case Binding.OR -> logical(LogicalOperator.OR, Keyword.OR, left, start);
      case Binding.XOR -> logical(LogicalOperator.XOR, Keyword.XOR, left, start);
      case Binding.AND -> logical(LogicalOperator.AND, Keyword.AND, left, start);
      case Binding.COMPARISON -> comparison(left, start);
      case Binding.PREDICATE -> predicate(left, start);
      default -> arithmetic(left, binding, start);
    };
  }

  private Expression logical(
      LogicalOperator operator, Keyword keyword, Expression first, int start) {
    List<Expression> operands = new ArrayList<>();
    operands.add(first);
    while (in.accept(keyword)) {
      operands.add(expression(Binding.of(operator) + 1));
    }
    return new Logical(operator, operands, in.spanFrom(start));
  }

  /** What stands behind WHEN where CASE has an operand: a value, or what must be true of it. */
  Expression caseCondition() {
    if (!isAboutCaseOperand()) {
      return expression();
    }
    in.descend();
    int outer = in.begin();
    int start = in.start();
    Expression whole = continued(new CaseOperand(new Span(start, start)), Binding.OR, start);
    in.end(outer);
    in.ascend();
    return whole;
  }

  /** Whether an operator stands here whose left side is left out. */
  private boolean isAboutCaseOperand() {
    Keyword keyword = in.keyword();
    if (keyword == Keyword.STARTS || keyword == Keyword.ENDS) {
      return in.keyword(1) == Keyword.WITH;
    } else if (keyword == Keyword.IS) {
      int ahead = in.keyword(1) == Keyword.NOT ? 2 : 1;
      return in.keyword(ahead) == Keyword.NULL || typeIsNext(1);
    } else if (keyword == Keyword.CONTAINS) {
      return in.kind(1) != TokenKind.COMMA && in.keyword(1) != Keyword.THEN;
    }
    return keyword == Keyword.IN || comparisonOperator() != null || in.is(TokenKind.REGEX_MATCH);
  }

  private Expression comparison(Expression first, int start) {
    List<Expression> operands = new ArrayList<>();
    List<ComparisonOperator> operators = new ArrayList<>();
    operands.add(first);
    ComparisonOperator operator = comparisonOperator();
    while (operator != null) {
      in.skip();
      operators.add(operator);
      operands.add(expression(Binding.PREDICATE));
      operator = comparisonOperator();
    }
    return new Comparison(operands, operators, in.spanFrom(start));
  }

  private @Nullable ComparisonOperator comparisonOperator() {
    return switch (in.kind()) {
      case EQUAL -> ComparisonOperator.EQUAL;
      case NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
      case LESS -> ComparisonOperator.LESS;
      case LESS_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
      case GREATER -> ComparisonOperator.GREATER;
      case GREATER_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
      default -> null;
    };
  }

  private Expression predicate(Expression left, int start) {
    BinaryOperator operator;
    if (in.accept(Keyword.IS)) {
      if (texts.normalizedIsNext()) {
        return texts.normalized(left, start);
      }
      if (typeIsNext(0)) {
        return typeTest(left, start);
      }
      if (labels.isNext() && !CaseBranch.isAboutOperand(left)) {
        return labelTest(left, labels.parse("a label", !barEnds()), start);
      }
      boolean negated = in.accept(Keyword.NOT);
      in.expect(Keyword.NULL);
      return new IsNull(left, negated, in.spanFrom(start));
    } else if (in.accept(Keyword.IN)) {
      operator = BinaryOperator.IN;
    } else if (in.accept(Keyword.CONTAINS)) {
      operator = BinaryOperator.CONTAINS;
    } else if (in.accept(TokenKind.REGEX_MATCH)) {
      operator = BinaryOperator.REGEX_MATCH;
    } else {
      operator = in.is(Keyword.STARTS) ? BinaryOperator.STARTS_WITH : BinaryOperator.ENDS_WITH;
      in.skip();
      in.expect(Keyword.WITH);
    }
    Expression right = expression(Binding.SUM);
    return new Binary(operator, left, right, in.spanFrom(start));
  }

  /** Whether {@code [NOT] ::} or {@code [NOT] TYPED} and a type follow. */
  private boolean typeIsNext(int behind) {
    int ahead = in.keyword(behind) == Keyword.NOT ? behind + 1 : behind;
    if (in.kind(ahead) == TokenKind.COLON) {
      return in.kind(ahead + 1) == TokenKind.COLON;
    }
    return in.isWord("TYPED", ahead)
        && (in.isVariable(ahead + 1) || in.keyword(ahead + 1) == Keyword.NULL);
  }

  private Expression typeTest(Expression operand, int start) {
    boolean negated = in.accept(Keyword.NOT);
    if (!in.acceptWord("TYPED")) {
      in.skip();
      in.skip();
    }
    TypeExpression type = types.type(!barEnds());
    return new TypeTest(operand, type, negated, in.spanFrom(start));
  }

  /**
   * A row of operators that bind equally strong, from behind its first operand on: a tree that
   * leans to the left, or a chain when it is long.
   */
  private Expression arithmetic(Expression first, int binding, int start) {
    List<Expression> operands = new ArrayList<>();
    List<BinaryOperator> operators = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    operands.add(first);
    BinaryOperator operator = arithmeticOperator();
    while (operator != null && Binding.of(operator) == binding) {
      operators.add(operator);
      in.skip();
      operands.add(expression(binding + 1));
      spans.add(in.spanFrom(start));
      operator = arithmeticOperator();
    }
    int count = operators.size();
    if (count > LONGEST_TREE) {
      return new Chain(operands, operators, spans.get(count - 1));
    }
    Expression left = first;
    for (int i = 0; i < count; i++) {
      left = new Binary(operators.get(i), left, operands.get(i + 1), spans.get(i));
      if (i > 0) {
        in.grow();
      }
    }
    return left;
  }

  private @Nullable BinaryOperator arithmeticOperator() {
    return switch (in.kind()) {
      case PLUS -> BinaryOperator.ADD;
      case MINUS -> BinaryOperator.SUBTRACT;
      case CONCATENATE -> BinaryOperator.CONCATENATE;
      case STAR -> BinaryOperator.MULTIPLY;
      case SLASH -> BinaryOperator.DIVIDE;
      case PERCENT -> BinaryOperator.MODULO;
      case CARET -> BinaryOperator.POWER;
      default -> null;
    };
  }

  private Expression prefixed(int weakest) {
    int start = in.start();
    if (weakest <= Binding.NOT && in.is(Keyword.NOT)) {
      in.skip();
      Expression operand = expression(Binding.NOT);
      in.grow();
      return new Not(operand, in.spanFrom(start));
    }
    if (in.accept(TokenKind.PLUS)) {
      Expression operand = expression(Binding.SIGN);
      in.grow();
      return new UnaryPlus(operand, in.spanFrom(start));
    }
    if (in.is(TokenKind.MINUS) && isNumber(in.kind(1))) {
      in.skip();
      return postfixed(atoms.number(start, true), start);
    }
    if (in.accept(TokenKind.MINUS)) {
      Expression operand = expression(Binding.SIGN);
      in.grow();
      return new Negate(operand, in.spanFrom(start));
    }
    return operand();
  }

  private static boolean isNumber(TokenKind kind) {
    return kind == TokenKind.INTEGER || kind == TokenKind.FLOAT;
  }

  /** An atom with the properties, subscripts and labels that follow it. */
  Expression operand() {
    int start = in.start();
    return postfixed(atoms.atom(), start);
  }

  private Expression postfixed(Expression atom, int start) {
    Expression subject = atom;
    while (true) {
      if (in.accept(TokenKind.DOT)) {
        String key = in.name("a property key");
        subject = new Property(subject, key, in.spanFrom(start));
      } else if (in.accept(TokenKind.OPEN_BRACKET)) {
        subject = subscript(subject, start);
      } else if (in.is(TokenKind.COLON) && in.kind(1) == TokenKind.COLON) {
        in.skip();
        in.skip();
        TypeExpression type = types.type(!barEnds());
        subject = new Cast(subject, type, false, in.spanFrom(start));
      } else if (in.accept(TokenKind.COLON)) {
        subject = labelTest(subject, labels.parse("a label", !barEnds()), start);
      } else {
        return subject;
      }
      in.grow();
    }
  }

  private Expression subscript(Expression subject, int start) {
    int open = in.position() - 1;
    TokenStream.Mark mark = in.mark();
    try {
      return inBrackets(subject, start);
    } catch (WeftException failure) {
      in.skipBrackets(failure, open, mark);
      return in.hole();
    }
  }

  private Expression inBrackets(Expression subject, int start) {
    Expression from = in.is(TokenKind.DOTS) ? null : expression();
    if (in.accept(TokenKind.DOTS)) {
      Expression to = in.is(TokenKind.CLOSE_BRACKET) ? null : expression();
      in.expect(TokenKind.CLOSE_BRACKET);
      return new Slice(subject, from, to, in.spanFrom(start));
    }
    if (from == null || !in.accept(TokenKind.CLOSE_BRACKET)) {
      throw in.unexpected("'..' or ']'");
    }
    return new Subscript(subject, from, in.spanFrom(start));
  }

  private Expression labelTest(Expression subject, LabelExpression labels, int start) {
    List<String> names = namesOf(labels);
    return names == null
        ? new LabelTest(subject, labels, in.spanFrom(start))
        : new LabelPredicate(subject, names, in.spanFrom(start));
  }

  /** The names of a conjunction of nothing but names, or null. */
  private static @Nullable List<String> namesOf(LabelExpression labels) {
    List<String> names = new ArrayList<>();
    for (LabelExpression conjunct : labels.conjuncts()) {
      if (!(conjunct instanceof LabelExpression.Name name)) {
        return null;
      }
      names.add(name.name());
    }
    return names;
  }

  /** A label expression behind a colon or IS. */
  LabelExpression labelExpression(String what) {
    return labels.parse(what, true);
  }

  // Bars that end an expression: [x IN list WHERE x:A | x.name].

  /**
   * An expression in front of a bar.
   *
   * @param bracket the token that opens the brackets in which the bar stands
   */
  Expression beforeBar(int bracket) {
    int outerBracket = barBracket;
    int outerScanned = barScanned;
    barBracket = bracket;
    barScanned = bracket + 1;
    try {
      return expression();
    } finally {
      barBracket = outerBracket;
      barScanned = outerScanned;
    }
  }

  /** Whether a bar here would be the one that ends the expression, not in brackets further in. */
  private boolean barEnds() {
    if (barBracket < 0) {
      return false;
    }
    Tokens tokens = in.tokens();
    while (barScanned < in.position()) {
      int close = tokens.match(barScanned);
      boolean opens =
          switch (tokens.kind(barScanned)) {
            case OPEN_PARENTHESIS, OPEN_BRACKET, OPEN_BRACE -> close > barScanned;
            default -> false;
          };
      if (opens && close >= in.position()) {
        return false;
      }
      barScanned = opens ? close + 1 : barScanned + 1;
    }
    return true;
  }
}
