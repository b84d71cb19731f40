package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.CaseBranch;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Binary;
import org.weftdb.cypher.ast.Expression.BinaryOperator;
import org.weftdb.cypher.ast.Expression.BooleanLiteral;
import org.weftdb.cypher.ast.Expression.Case;
import org.weftdb.cypher.ast.Expression.Cast;
import org.weftdb.cypher.ast.Expression.CollectSubquery;
import org.weftdb.cypher.ast.Expression.Comparison;
import org.weftdb.cypher.ast.Expression.ComparisonOperator;
import org.weftdb.cypher.ast.Expression.CountStar;
import org.weftdb.cypher.ast.Expression.CountSubquery;
import org.weftdb.cypher.ast.Expression.ExistsSubquery;
import org.weftdb.cypher.ast.Expression.FloatLiteral;
import org.weftdb.cypher.ast.Expression.FunctionCall;
import org.weftdb.cypher.ast.Expression.IntegerLiteral;
import org.weftdb.cypher.ast.Expression.IsNull;
import org.weftdb.cypher.ast.Expression.LabelPredicate;
import org.weftdb.cypher.ast.Expression.LabelTest;
import org.weftdb.cypher.ast.Expression.ListComprehension;
import org.weftdb.cypher.ast.Expression.ListLiteral;
import org.weftdb.cypher.ast.Expression.Logical;
import org.weftdb.cypher.ast.Expression.LogicalOperator;
import org.weftdb.cypher.ast.Expression.MapLiteral;
import org.weftdb.cypher.ast.Expression.MapProjection;
import org.weftdb.cypher.ast.Expression.Negate;
import org.weftdb.cypher.ast.Expression.Not;
import org.weftdb.cypher.ast.Expression.NullLiteral;
import org.weftdb.cypher.ast.Expression.Parameter;
import org.weftdb.cypher.ast.Expression.PatternComprehension;
import org.weftdb.cypher.ast.Expression.PatternPredicate;
import org.weftdb.cypher.ast.Expression.Property;
import org.weftdb.cypher.ast.Expression.Quantifier;
import org.weftdb.cypher.ast.Expression.QuantifierKind;
import org.weftdb.cypher.ast.Expression.Reduce;
import org.weftdb.cypher.ast.Expression.ShortestPath;
import org.weftdb.cypher.ast.Expression.Slice;
import org.weftdb.cypher.ast.Expression.StringLiteral;
import org.weftdb.cypher.ast.Expression.Subscript;
import org.weftdb.cypher.ast.Expression.TypeTest;
import org.weftdb.cypher.ast.Expression.UnaryPlus;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.MapEntry;
import org.weftdb.cypher.ast.MapProjectionItem;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.ErrorCode;
import org.weftdb.value.type.TypeExpression;

/**
 * Parses expressions. From the weakest binding to the strongest: OR, XOR, AND, NOT, comparisons,
 * string, list and null predicates, sums, products, powers, signs, then what follows an operand.
 * Powers too associate to the left, and signs bind stronger than they do.
 */
final class ExpressionParser {
  private static final int OR = 1;
  private static final int XOR = 2;
  private static final int AND = 3;
  private static final int NOT = 4;
  private static final int COMPARISON = 5;
  private static final int PREDICATE = 6;
  private static final int SUM = 7;
  private static final int PRODUCT = 8;
  private static final int POWER = 9;
  private static final int SIGN = 10;

  private final SourceText source;
  private final TokenStream in;
  private final PatternParser patterns;
  private final ClauseParser clauses;
  private final LabelParser labels;
  private final TypeParser types;
  private final TextSyntax texts;

  /** The brackets whose bar ends the present expression, or -1. */
  private int barBracket = -1;

  /** Up to this token it is known what brackets there are inside those. */
  private int barScanned;

  ExpressionParser(SourceText source, TokenStream in) {
    this.source = source;
    this.in = in;
    this.labels = new LabelParser(in, this);
    this.types = new TypeParser(in);
    this.texts = new TextSyntax(in, this);
    this.patterns = new PatternParser(source, in, this);
    this.clauses = new ClauseParser(source, in, this, patterns);
  }

  /** What parses types. */
  TypeParser types() {
    return types;
  }

  ClauseParser clauses() {
    return clauses;
  }

  Expression expression() {
    return expression(OR);
  }

  /** An expression of operators that bind at least this strongly. */
  private Expression expression(int weakest) {
    in.descend();
    int outer = in.begin();
    int start = in.start();
    Expression left = prefixed(weakest);
    while (true) {
      int binding = binding();
      if (binding < weakest) {
        break;
      }
      left = operation(left, binding, start);
      in.grow();
    }
    in.end(outer);
    in.ascend();
    return left;
  }

  /** How strongly the next token binds as an operator after an operand; 0 when it is none. */
  private int binding() {
    in.note(Expectations.Kind.OPERATOR);
    return switch (in.kind()) {
      case NAME -> keywordBinding();
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> COMPARISON;
      case REGEX_MATCH -> PREDICATE;
      case PLUS, MINUS, CONCATENATE -> SUM;
      case STAR, SLASH, PERCENT -> PRODUCT;
      case CARET -> POWER;
      default -> 0;
    };
  }

  private int keywordBinding() {
    Keyword keyword = in.keyword();
    if (keyword == null) {
      return 0;
    }
    return switch (keyword) {
      case OR -> OR;
      case XOR -> XOR;
      case AND -> AND;
      case IN, IS, STARTS, ENDS, CONTAINS -> PREDICATE;
      default -> 0;
    };
  }

  private Expression operation(Expression left, int binding, int start) {
    return switch (binding) {
      case OR -> logical(LogicalOperator.OR, Keyword.OR, left, binding, start);
      case XOR -> logical(LogicalOperator.XOR, Keyword.XOR, left, binding, start);
      case AND -> logical(LogicalOperator.AND, Keyword.AND, left, binding, start);
      case COMPARISON -> comparison(left, start);
      case PREDICATE -> predicate(left, start);
      default -> arithmetic(left, binding, start);
    };
  }

  private Expression logical(
      LogicalOperator operator, Keyword keyword, Expression first, int binding, int start) {
    List<Expression> operands = new ArrayList<>();
    operands.add(first);
    while (in.accept(keyword)) {
      operands.add(expression(binding + 1));
    }
    return new Logical(operator, operands, in.spanFrom(start));
  }

  private Expression comparison(Expression first, int start) {
    List<Expression> operands = new ArrayList<>();
    List<ComparisonOperator> operators = new ArrayList<>();
    operands.add(first);
    ComparisonOperator operator = comparisonOperator();
    while (operator != null) {
      in.skip();
      operators.add(operator);
      operands.add(expression(PREDICATE));
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
      if (typeIsNext()) {
        return typeTest(left, start);
      }
      if (labels.isNext()) {
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
    Expression right = expression(SUM);
    return new Binary(operator, left, right, in.spanFrom(start));
  }

  /** Whether {@code [NOT] ::} or {@code [NOT] TYPED} and a type follow. */
  private boolean typeIsNext() {
    int ahead = in.is(Keyword.NOT) ? 1 : 0;
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

  private boolean castIsNext() {
    return in.kind(1) == TokenKind.OPEN_PARENTHESIS
        && (in.isWord("CAST", 0) || in.isWord("TRY_CAST", 0));
  }

  /** {@code CAST(operand AS type)} and {@code TRY_CAST(operand AS type)}. */
  private Expression cast(int start) {
    int outer = in.begin();
    boolean orNull = in.isWord("TRY_CAST", 0);
    in.skip();
    in.skip();
    Expression operand = expression();
    if (!in.accept(Keyword.AS)) {
      throw in.unexpected("an operator or AS");
    }
    TypeExpression type = types.type(true);
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    in.grow();
    in.end(outer);
    return new Cast(operand, type, orNull, in.spanFrom(start));
  }

  private Expression arithmetic(Expression left, int binding, int start) {
    BinaryOperator operator =
        switch (in.kind()) {
          case PLUS -> BinaryOperator.ADD;
          case MINUS -> BinaryOperator.SUBTRACT;
          case CONCATENATE -> BinaryOperator.CONCATENATE;
          case STAR -> BinaryOperator.MULTIPLY;
          case SLASH -> BinaryOperator.DIVIDE;
          case PERCENT -> BinaryOperator.MODULO;
          default -> BinaryOperator.POWER;
        };
    in.skip();
    Expression right = expression(binding + 1);
    return new Binary(operator, left, right, in.spanFrom(start));
  }

  private Expression prefixed(int weakest) {
    int start = in.start();
    if (in.is(Keyword.NOT) && weakest <= NOT) {
      in.skip();
      Expression operand = expression(NOT);
      in.grow();
      return new Not(operand, in.spanFrom(start));
    }
    if (in.accept(TokenKind.PLUS)) {
      Expression operand = expression(SIGN);
      in.grow();
      return new UnaryPlus(operand, in.spanFrom(start));
    }
    if (in.is(TokenKind.MINUS) && isNumber(in.kind(1))) {
      in.skip();
      return postfixed(number(start, true), start);
    }
    if (in.accept(TokenKind.MINUS)) {
      Expression operand = expression(SIGN);
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
    return postfixed(atom(), start);
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
    Expression expression = expression();
    barBracket = outerBracket;
    barScanned = outerScanned;
    return expression;
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

  private Expression atom() {
    int start = in.start();
    return switch (in.kind()) {
      case INTEGER, FLOAT -> number(start, false);
      case BAD_NUMBER ->
          throw in.error(
              ErrorCode.INVALID_NUMBER_LITERAL,
              "Not a number, expected digits such as 42, 0x2A, 0o52 or 4.2E1",
              start);
      case STRING -> {
        in.skip();
        yield new StringLiteral(Literals.string(source, start, in.end()), in.spanFrom(start));
      }
      case DOLLAR -> parameter();
      case OPEN_BRACE -> mapLiteral();
      case OPEN_BRACKET -> list();
      case OPEN_PARENTHESIS -> parenthesised();
      case NAME, ESCAPED_NAME -> named();
      default -> throw in.unexpected("an expression");
    };
  }

  private Expression number(int start, boolean negative) {
    boolean integer = in.is(TokenKind.INTEGER);
    int digits = in.start();
    in.skip();
    Span span = in.spanFrom(start);
    if (integer) {
      return new IntegerLiteral(Literals.integer(source, digits, span.end(), negative), span);
    }
    double value = Literals.floatingPoint(source, digits, span.end());
    return new FloatLiteral(negative ? -value : value, span);
  }

  Parameter parameter() {
    int start = in.start();
    in.expect(TokenKind.DOLLAR);
    if (in.accept(TokenKind.INTEGER)) {
      Span digits = in.spanFrom(start + 1);
      return new Parameter(in.text(digits).trim(), in.spanFrom(start));
    }
    String name = in.name("the name of a parameter");
    return new Parameter(name, in.spanFrom(start));
  }

  private Expression parenthesised() {
    int start = in.start();
    if (patterns.pathIsNext()) {
      return new PatternPredicate(patterns.path(), in.spanFrom(start));
    }
    in.skip();
    Expression inner = expression();
    if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      throw in.unexpected("an operator or ')'");
    }
    return inner;
  }

  MapLiteral mapLiteral() {
    int start = in.start();
    List<MapEntry> entries = new ArrayList<>();
    int outer = in.begin();
    in.expect(TokenKind.OPEN_BRACE);
    if (!in.accept(TokenKind.CLOSE_BRACE)) {
      do {
        int entryStart = in.start();
        String key = in.name("a property key");
        in.expect(TokenKind.COLON);
        Expression value = expression();
        entries.add(new MapEntry(key, value, in.spanFrom(entryStart)));
      } while (in.accept(TokenKind.COMMA));
      if (!in.accept(TokenKind.CLOSE_BRACE)) {
        throw in.unexpected("an operator, ',' or '}'");
      }
    }
    in.grow();
    in.end(outer);
    return new MapLiteral(entries, in.spanFrom(start));
  }

  // What square brackets start.

  private Expression list() {
    int start = in.start();
    int outer = in.begin();
    Expression list;
    if (in.isVariable(1) && in.keyword(2) == Keyword.IN) {
      list = listComprehension(start);
    } else if (isPatternComprehension()) {
      list = patternComprehension(start);
    } else {
      in.skip();
      list = listLiteral(start);
    }
    in.grow();
    in.end(outer);
    return list;
  }

  private boolean isPatternComprehension() {
    int at = in.position() + 1;
    if (in.isVariable(1) && in.kind(2) == TokenKind.EQUAL) {
      at += 2;
    }
    int end = patterns.pathEnd(at);
    return end >= 0
        && (in.tokens().kind(end) == TokenKind.BAR || in.tokens().keyword(end) == Keyword.WHERE);
  }

  private Expression listLiteral(int start) {
    List<Expression> elements = new ArrayList<>();
    if (!in.accept(TokenKind.CLOSE_BRACKET)) {
      do {
        elements.add(expression());
      } while (in.accept(TokenKind.COMMA));
      if (!in.accept(TokenKind.CLOSE_BRACKET)) {
        throw in.unexpected("an operator, ',' or ']'");
      }
    }
    return new ListLiteral(elements, in.spanFrom(start));
  }

  private Expression listComprehension(int start) {
    int bracket = in.position();
    in.skip();
    Variable variable = in.variable();
    in.expect(Keyword.IN);
    Expression list = beforeBar(bracket);
    Expression where = in.accept(Keyword.WHERE) ? beforeBar(bracket) : null;
    Expression projection = in.accept(TokenKind.BAR) ? expression() : null;
    if (!in.accept(TokenKind.CLOSE_BRACKET)) {
      throw in.unexpected(
          projection != null
              ? "an operator or ']'"
              : where != null ? "an operator, '|' or ']'" : "an operator, WHERE, '|' or ']'");
    }
    return new ListComprehension(variable, list, where, projection, in.spanFrom(start));
  }

  private Expression patternComprehension(int start) {
    int bracket = in.position();
    in.skip();
    Variable path = null;
    if (!in.is(TokenKind.OPEN_PARENTHESIS)) {
      path = in.variable();
      in.expect(TokenKind.EQUAL);
    }
    PathPattern pattern = patterns.path();
    Expression where = in.accept(Keyword.WHERE) ? beforeBar(bracket) : null;
    in.expect(TokenKind.BAR);
    Expression projection = expression();
    in.expect(TokenKind.CLOSE_BRACKET);
    return new PatternComprehension(path, pattern, where, projection, in.spanFrom(start));
  }

  // What a name starts.

  private Expression named() {
    int start = in.start();
    Keyword keyword = in.keyword();
    if (keyword != null) {
      Expression special = special(keyword, start);
      if (special != null) {
        return special;
      }
    }
    if (castIsNext()) {
      return cast(start);
    }
    if (isFunctionCall()) {
      return functionCall(start);
    }
    if (!in.isVariable(0)) {
      throw in.unexpected("an expression");
    }
    if (in.kind(1) == TokenKind.OPEN_BRACE) {
      return mapProjection(start);
    }
    return in.variable();
  }

  /** What the keyword starts, or null when it is a name here. */
  private @Nullable Expression special(Keyword keyword, int start) {
    boolean opens = in.kind(1) == TokenKind.OPEN_PARENTHESIS;
    switch (keyword) {
      case TRUE, FALSE -> {
        in.skip();
        return new BooleanLiteral(keyword == Keyword.TRUE, in.spanFrom(start));
      }
      case NULL -> {
        in.skip();
        return new NullLiteral(in.spanFrom(start));
      }
      case INF, INFINITY, NAN -> {
        if (isFunctionCall() || in.kind(1) == TokenKind.OPEN_BRACE) {
          return null;
        }
        in.skip();
        double value = keyword == Keyword.NAN ? Double.NaN : Double.POSITIVE_INFINITY;
        return new FloatLiteral(value, in.spanFrom(start));
      }
      case CASE -> {
        return caseExpression(start);
      }
      case EXISTS -> {
        return in.kind(1) == TokenKind.OPEN_BRACE ? subquery(keyword, start) : null;
      }
      case COUNT -> {
        if (isSubquery()) {
          return subquery(keyword, start);
        }
        return opens && in.kind(2) == TokenKind.STAR ? countStar(start) : null;
      }
      case COLLECT -> {
        return isSubquery() ? subquery(keyword, start) : null;
      }
      case ALL, ANY, NONE, SINGLE -> {
        boolean overList = opens && in.isVariable(2) && in.keyword(3) == Keyword.IN;
        return overList ? quantifier(keyword, start) : null;
      }
      case REDUCE -> {
        boolean accumulates = opens && in.isVariable(2) && in.kind(3) == TokenKind.EQUAL;
        return accumulates ? reduce(start) : null;
      }
      case SHORTESTPATH, ALLSHORTESTPATHS -> {
        return opens ? shortestPath(start) : null;
      }
      default -> {
        return null;
      }
    }
  }

  private Expression caseExpression(int start) {
    int outer = in.begin();
    in.expect(Keyword.CASE);
    Expression operand = in.is(Keyword.WHEN) ? null : expression();
    List<CaseBranch> branches = new ArrayList<>();
    do {
      int branchStart = in.start();
      in.expect(Keyword.WHEN);
      Expression condition = expression();
      in.expect(Keyword.THEN);
      Expression result = expression();
      branches.add(new CaseBranch(condition, result, in.spanFrom(branchStart)));
    } while (in.is(Keyword.WHEN));
    Expression otherwise = in.accept(Keyword.ELSE) ? expression() : null;
    if (!in.accept(Keyword.END)) {
      throw in.unexpected(otherwise == null ? "WHEN, ELSE or END" : "END");
    }
    in.grow();
    in.end(outer);
    return new Case(operand, branches, otherwise, in.spanFrom(start));
  }

  private Expression countStar(int start) {
    in.skip();
    in.skip();
    in.skip();
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    return new CountStar(in.spanFrom(start));
  }

  /** A variable of that name with a map projection begins with a dot behind the brace. */
  private boolean isSubquery() {
    return in.kind(1) == TokenKind.OPEN_BRACE && in.kind(2) != TokenKind.DOT;
  }

  private Expression subquery(Keyword keyword, int start) {
    in.descend();
    int outer = in.begin();
    in.skip();
    in.expect(TokenKind.OPEN_BRACE);
    Query query = keyword == Keyword.COLLECT ? clauses.query() : clauses.subquery();
    in.expect(TokenKind.CLOSE_BRACE);
    in.grow();
    in.end(outer);
    in.ascend();
    Span span = in.spanFrom(start);
    return switch (keyword) {
      case COUNT -> new CountSubquery(query, span);
      case COLLECT -> new CollectSubquery(query, span);
      default -> new ExistsSubquery(query, span);
    };
  }

  private Expression quantifier(Keyword keyword, int start) {
    QuantifierKind kind =
        switch (keyword) {
          case ALL -> QuantifierKind.ALL;
          case ANY -> QuantifierKind.ANY;
          case NONE -> QuantifierKind.NONE;
          default -> QuantifierKind.SINGLE;
        };
    int outer = in.begin();
    in.skip();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    Variable variable = in.variable();
    in.expect(Keyword.IN);
    Expression list = expression();
    in.expect(Keyword.WHERE);
    Expression condition = expression();
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    in.grow();
    in.end(outer);
    return new Quantifier(kind, variable, list, condition, in.spanFrom(start));
  }

  private Expression reduce(int start) {
    int outer = in.begin();
    in.skip();
    int bracket = in.position();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    Variable accumulator = in.variable();
    in.expect(TokenKind.EQUAL);
    Expression initial = expression();
    in.expect(TokenKind.COMMA);
    Variable variable = in.variable();
    in.expect(Keyword.IN);
    Expression list = beforeBar(bracket);
    in.expect(TokenKind.BAR);
    Expression step = expression();
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    in.grow();
    in.end(outer);
    return new Reduce(accumulator, initial, variable, list, step, in.spanFrom(start));
  }

  private Expression shortestPath(int start) {
    PathSelection selection = patterns.selection();
    PathPattern pattern = patterns.selectedPath();
    return new ShortestPath(selection, pattern, in.spanFrom(start));
  }

  private boolean isFunctionCall() {
    int ahead = 0;
    Keyword keyword = in.keyword();
    if (keyword != null && keyword.reserved && in.kind(1) != TokenKind.DOT) {
      return false;
    }
    while (in.kind(ahead + 1) == TokenKind.DOT && in.isName(ahead + 2)) {
      ahead += 2;
    }
    return in.kind(ahead + 1) == TokenKind.OPEN_PARENTHESIS;
  }

  private Expression functionCall(int start) {
    int outer = in.begin();
    String name = qualifiedName("a function");
    in.expect(TokenKind.OPEN_PARENTHESIS);
    if (texts.isFor(name) && !in.is(Keyword.DISTINCT)) {
      FunctionCall call = texts.call(name, start);
      in.grow();
      in.end(outer);
      return call;
    }
    boolean distinct = in.accept(Keyword.DISTINCT);
    List<Expression> arguments = arguments();
    in.grow();
    in.end(outer);
    return new FunctionCall(name, distinct, arguments, in.spanFrom(start));
  }

  String qualifiedName(String expected) {
    String first = in.name(expected);
    if (!in.is(TokenKind.DOT)) {
      return first;
    }
    StringBuilder name = new StringBuilder(first);
    while (in.accept(TokenKind.DOT)) {
      name.append('.').append(in.name(expected));
    }
    return name.toString();
  }

  /** Arguments and the parenthesis that closes them. */
  List<Expression> arguments() {
    List<Expression> arguments = new ArrayList<>();
    if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      do {
        arguments.add(expression());
      } while (in.accept(TokenKind.COMMA));
      if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
        throw in.unexpected("an operator, ',' or ')'");
      }
    }
    return arguments;
  }

  private Expression mapProjection(int start) {
    int outer = in.begin();
    Variable subject = in.variable();
    in.expect(TokenKind.OPEN_BRACE);
    List<MapProjectionItem> items = new ArrayList<>();
    if (!in.accept(TokenKind.CLOSE_BRACE)) {
      do {
        items.add(mapProjectionItem());
      } while (in.accept(TokenKind.COMMA));
      in.expect(TokenKind.CLOSE_BRACE);
    }
    in.grow();
    in.end(outer);
    return new MapProjection(subject, items, in.spanFrom(start));
  }

  private MapProjectionItem mapProjectionItem() {
    int start = in.start();
    if (in.accept(TokenKind.DOT)) {
      if (in.accept(TokenKind.STAR)) {
        return new MapProjectionItem.AllProperties(in.spanFrom(start));
      }
      String key = in.name("a property key or '*'");
      return new MapProjectionItem.OneProperty(key, in.spanFrom(start));
    }
    if (in.isName(0) && in.kind(1) == TokenKind.COLON) {
      String key = in.name("a property key");
      in.skip();
      Expression value = expression();
      return new MapProjectionItem.LiteralEntry(key, value, in.spanFrom(start));
    }
    return new MapProjectionItem.VariableEntry(in.variable(), in.spanFrom(start));
  }
}
