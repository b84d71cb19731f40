package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Hint;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.ParsedQuery.Mode;
import org.weftdb.cypher.ast.Pattern;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Query.SingleQuery;
import org.weftdb.cypher.ast.Query.UnionQuery;
import org.weftdb.cypher.ast.ReturnItem;
import org.weftdb.cypher.ast.SortItem;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.ast.Statement;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Parses whole texts, queries and clauses. */
final class ClauseParser {
  static final String CLAUSE =
      "a clause: MATCH, UNWIND, WITH, RETURN, CREATE, MERGE, SET, REMOVE, DELETE, CALL, FOREACH,"
          + " LOAD CSV, LET, FILTER, ORDER BY, SKIP, LIMIT or FINISH";

  private static final int OUTERMOST = -1;

  private static final String AFTER_CLAUSE = "the end or " + CLAUSE;
  private static final String AFTER_RETURN =
      "an operator, ',', AS, ORDER BY, SKIP, LIMIT, UNION or the end";

  private final SourceText source;
  private final TokenStream in;
  private final ExpressionParser expressions;
  private final PatternParser patterns;
  private final SubqueryParser subqueries;
  private final ProcedureCallParser procedures;
  private final UpdateParser updates;
  private final HintParser hints;
  private final SchemaParser schema;

  /** What may stand where a clause may start; for messages. */
  private String expectedClause = CLAUSE;

  ClauseParser(
      SourceText source, TokenStream in, ExpressionParser expressions, PatternParser patterns) {
    this.source = source;
    this.in = in;
    this.expressions = expressions;
    this.patterns = patterns;
    this.subqueries = new SubqueryParser(in, expressions, this);
    this.procedures = new ProcedureCallParser(in, expressions, this);
    this.updates = new UpdateParser(in, expressions, patterns, subqueries);
    this.hints = new HintParser(in);
    this.schema = new SchemaParser(in, expressions);
  }

  /** The whole text as one statement. */
  ParsedQuery parseText() {
    ParsedQuery parsed = parseStatement();
    in.accept(TokenKind.SEMICOLON);
    if (in.is(TokenKind.SEMICOLON)) {
      throw in.unexpected("the end of the query");
    }
    if (!in.is(TokenKind.END_OF_TEXT)) {
      throw in.error(
          ErrorCode.UNEXPECTED_SYNTAX,
          "A second statement begins here, expected the end of the query; several statements are"
              + " run by executeScript in Java and by script in JavaScript",
          in.start());
    }
    return parsed;
  }

  /** Clauses from anywhere in a statement on, up to a semicolon or the end of the text. */
  void parseRest() {
    query(OUTERMOST);
    parseEnd();
  }

  /** The end of a statement; what stands there otherwise is an error. */
  private void parseEnd() {
    while (!in.is(TokenKind.SEMICOLON) && !in.is(TokenKind.END_OF_TEXT)) {
      in.skipStray(in.unexpected("the end of the query"));
      query(OUTERMOST);
    }
  }

  /** The token that comes next, or at which parsing has failed. */
  int position() {
    return in.position();
  }

  /** Lets the parser go on behind errors. */
  void recover(Recovery recovery) {
    in.recover(recovery);
  }

  /** Lets the parser tell what it would take at the end of the text. */
  void gather(Expectations expectations) {
    in.gather(expectations);
  }

  /** One statement, up to a semicolon or the end of the text. */
  ParsedQuery parseStatement() {
    version();
    Mode mode = Mode.EXECUTE;
    if (in.accept(Keyword.EXPLAIN)) {
      mode = Mode.EXPLAIN;
    } else if (in.accept(Keyword.PROFILE)) {
      mode = Mode.PROFILE;
    }
    version();
    Statement statement = schema.command();
    if (statement == null && ShowParser.isNext(in)) {
      statement = new ShowParser(in, this).query();
    }
    if (statement == null) {
      statement = query(OUTERMOST);
    }
    parseEnd();
    return new ParsedQuery(source, mode, statement);
  }

  /**
   * {@code CYPHER 25 name=value}: the language that a text says it is written in, and what other
   * databases take as hints of how to run it. All languages that are known mean the same here.
   */
  private void version() {
    if (!in.accept(Keyword.CYPHER)) {
      return;
    }
    int start = in.start();
    if (in.accept(TokenKind.INTEGER)) {
      String version = in.text(in.spanFrom(start));
      if (!version.equals("5") && !version.equals("25") && !version.equals("9")) {
        throw in.error(
            ErrorCode.NOT_SUPPORTED,
            "There is no Cypher " + version + " here, expected 5, 9 or 25",
            start);
      }
    }
    while (in.isName(0) && in.kind(1) == TokenKind.EQUAL) {
      in.skip();
      in.skip();
      expressions.operand();
    }
  }

  /** What parses changes. */
  UpdateParser updates() {
    return updates;
  }

  // Queries.

  /** The inside of EXISTS: a pattern with a condition, which is a MATCH, or a query. */
  Query subquery(int brace) {
    int start = in.start();
    boolean isPattern =
        in.is(TokenKind.OPEN_PARENTHESIS)
            || in.kind(1) == TokenKind.OPEN_PARENTHESIS && in.is(Keyword.SHORTESTPATH)
            || in.kind(1) == TokenKind.OPEN_PARENTHESIS && in.is(Keyword.ALLSHORTESTPATHS)
            || patterns.isSelectionOrMode()
            || in.isVariable(0) && in.kind(1) == TokenKind.EQUAL;
    if (!isPattern) {
      return query(brace);
    }
    Clause match = matchBody(false, start);
    return new SingleQuery(List.of(match), match.span());
  }

  /**
   * A query.
   *
   * @param brace the token that opens the braces around it, or OUTERMOST
   */
  Query query(int brace) {
    int start = in.start();
    SingleQuery first = singleQuery(brace);
    if (!in.is(Keyword.UNION)) {
      return first;
    }
    List<SingleQuery> queries = new ArrayList<>();
    queries.add(first);
    boolean all = false;
    while (in.is(Keyword.UNION)) {
      int unionStart = in.start();
      in.skip();
      boolean second = queries.size() == 1;
      boolean thisAll = second || all ? in.accept(Keyword.ALL) : in.keyword() == Keyword.ALL;
      if (!second && all && in.is(TokenKind.END_OF_TEXT) && !thisAll) {
        throw in.unexpected("ALL");
      }
      if (!thisAll && (second || !all)) {
        in.accept(Keyword.DISTINCT);
      }
      if (!second && thisAll != all) {
        throw in.error(
            ErrorCode.INVALID_CLAUSE_COMPOSITION,
            "UNION and UNION ALL are mixed, expected only one of them",
            unionStart);
      }
      all = thisAll;
      queries.add(singleQuery(brace));
    }
    return new UnionQuery(queries, all, in.spanFrom(start));
  }

  private SingleQuery singleQuery(int brace) {
    int start = in.start();
    List<Clause> clauses = new ArrayList<>();
    expectedClause = CLAUSE;
    int outer = in.beginClause();
    do {
      in.beginClause();
      TokenStream.Mark mark = in.mark();
      try {
        Keyword keyword = in.keyword();
        if (keyword == null) {
          throw in.unexpected(expectedClause);
        }
        Clause clause = clause(keyword, clauses.isEmpty() && brace == OUTERMOST);
        clauses.add(clause);
        expectedClause = clause instanceof Clause.Return ? AFTER_RETURN : AFTER_CLAUSE;
      } catch (WeftException failure) {
        if (brace != OUTERMOST && !in.isEnclosing(brace)) {
          throw failure;
        }
        in.skipClause(failure, mark);
        clauses.add(new Clause.Finish(in.hole().span()));
        expectedClause = AFTER_CLAUSE;
      }
    } while (!isEnd());
    in.endClause(outer);
    return new SingleQuery(clauses, in.spanFrom(start));
  }

  /** Whether the query ends here. */
  boolean isEnd() {
    in.note(Expectations.Kind.CLAUSE);
    return in.is(TokenKind.END_OF_TEXT)
        || in.is(TokenKind.SEMICOLON)
        || in.is(TokenKind.CLOSE_BRACE)
        || in.is(Keyword.UNION);
  }

  private Clause clause(Keyword keyword, boolean first) {
    int start = in.start();
    switch (keyword) {
      case MATCH -> {
        in.skip();
        return matchBody(false, start);
      }
      case OPTIONAL -> {
        in.skip();
        if (in.accept(Keyword.CALL)) {
          return subqueries.isNext()
              ? subqueries.call(true, start)
              : procedures.optionalCall(start);
        }
        if (!in.accept(Keyword.MATCH)) {
          throw in.unexpected("MATCH or CALL");
        }
        return matchBody(true, start);
      }
      case UNWIND -> {
        in.skip();
        Expression expression = expressions.expression();
        in.expect(Keyword.AS);
        return new Clause.Unwind(expression, in.variable(), in.spanFrom(start));
      }
      case WITH -> {
        in.skip();
        int errors = in.errorCount();
        Projection projection = projection();
        if (in.errorCount() == errors) {
          in.onlyVariables(projection);
        }
        return new Clause.With(projection, where(), in.spanFrom(start));
      }
      case RETURN -> {
        in.skip();
        return new Clause.Return(projection(), in.spanFrom(start));
      }
      case CALL -> {
        in.skip();
        return subqueries.isNext() ? subqueries.call(false, start) : procedures.call(start, first);
      }
      case LOAD -> {
        return loadCsv(start);
      }
      case LET -> {
        return let(start);
      }
      case FILTER -> {
        in.skip();
        in.accept(Keyword.WHERE);
        return new Clause.Filter(expressions.expression(), in.spanFrom(start));
      }
      case ORDER, SKIP, OFFSET, LIMIT -> {
        List<SortItem> items = orderBy();
        Expression skip = skipCount();
        return new Clause.OrderBy(items, skip, limitCount(), in.spanFrom(start));
      }
      case FINISH -> {
        in.skip();
        return new Clause.Finish(in.spanFrom(start));
      }
      case USE, NEXT, WHEN -> throw notSupported(keyword);
      default -> {
        Clause update = updates.updateOrNull(keyword);
        if (update == null) {
          throw in.unexpected(expectedClause);
        }
        return update;
      }
    }
  }

  private RuntimeException notSupported(Keyword keyword) {
    String what =
        switch (keyword) {
          case USE -> "USE is not supported: a database has one graph";
          case NEXT -> "NEXT is not supported, expected WITH and further clauses";
          default -> "Conditional queries of WHEN are not supported, expected CASE or a UNION";
        };
    return in.error(ErrorCode.NOT_SUPPORTED, what, in.start());
  }

  private Clause loadCsv(int start) {
    in.skip();
    in.expect(Keyword.CSV);
    boolean withHeaders = in.accept(Keyword.WITH);
    if (withHeaders) {
      in.expect(Keyword.HEADERS);
    }
    in.expect(Keyword.FROM);
    Expression from = expressions.expression();
    in.expect(Keyword.AS);
    Variable variable = in.variable();
    String terminator = null;
    if (in.accept(Keyword.FIELDTERMINATOR)) {
      int place = in.start();
      if (!in.is(TokenKind.STRING)) {
        throw in.unexpected("a string of one character");
      }
      Expression literal = expressions.atoms().atom();
      terminator = literal instanceof Expression.StringLiteral text ? text.value() : "";
      boolean one = terminator.codePointCount(0, terminator.length()) == 1;
      if (!one || "\"\n\r".contains(terminator)) {
        throw in.error(
            ErrorCode.UNEXPECTED_SYNTAX,
            "Not a field terminator, expected a string of one character that is no quotation mark"
                + " or line end",
            place);
      }
    }
    return new Clause.LoadCsv(withHeaders, from, variable, terminator, in.spanFrom(start));
  }

  private Clause let(int start) {
    in.skip();
    List<Clause.LetItem> items = new ArrayList<>();
    do {
      int outer = in.begin();
      Variable variable = in.variable();
      in.expect(TokenKind.EQUAL);
      items.add(new Clause.LetItem(variable, expressions.expression()));
      in.end(outer);
    } while (in.accept(TokenKind.COMMA));
    return new Clause.Let(items, in.spanFrom(start));
  }

  private Clause.Match matchBody(boolean optional, int start) {
    patterns.matchMode();
    Pattern pattern = patterns.pattern(true);
    List<Hint> found = new ArrayList<>();
    while (in.isWord("USING", 0)) {
      found.add(hints.hint());
    }
    return new Clause.Match(optional, pattern, found, where(), in.spanFrom(start));
  }

  @Nullable Expression where() {
    return in.accept(Keyword.WHERE) ? expressions.expression() : null;
  }

  // Projections.

  /** What stands behind WITH or RETURN. */
  Projection projection() {
    int start = in.start();
    boolean distinct = in.accept(Keyword.DISTINCT);
    boolean star = in.accept(TokenKind.STAR);
    List<ReturnItem> items = new ArrayList<>();
    if (!star || in.accept(TokenKind.COMMA)) {
      do {
        TokenStream.Mark mark = in.mark();
        try {
          items.add(returnItem());
        } catch (WeftException failure) {
          in.skipItem(failure, mark);
          items.add(new ReturnItem(in.hole(), null, "", in.hole().span()));
        }
      } while (in.accept(TokenKind.COMMA));
    }
    List<SortItem> orderBy = orderBy();
    Expression skip = skipCount();
    Expression limit = limitCount();
    return new Projection(distinct, star, items, orderBy, skip, limit, in.spanFrom(start));
  }

  @Nullable Expression skipCount() {
    boolean skips = in.accept(Keyword.SKIP) || in.accept(Keyword.OFFSET);
    return skips ? expressions.expression() : null;
  }

  @Nullable Expression limitCount() {
    return in.accept(Keyword.LIMIT) ? expressions.expression() : null;
  }

  private ReturnItem returnItem() {
    int start = in.start();
    Expression expression = expressions.expression();
    String text = in.text(in.spanFrom(start));
    Variable alias = in.accept(Keyword.AS) ? in.variable() : null;
    return new ReturnItem(expression, alias, text, in.spanFrom(start));
  }

  private SortItem sortItem() {
    int start = in.start();
    Expression expression = expressions.expression();
    boolean descending = in.accept(Keyword.DESC) || in.accept(Keyword.DESCENDING);
    if (!descending && !in.accept(Keyword.ASC)) {
      in.accept(Keyword.ASCENDING);
    }
    return new SortItem(expression, descending, in.spanFrom(start));
  }

  List<SortItem> orderBy() {
    List<SortItem> items = new ArrayList<>();
    if (!in.accept(Keyword.ORDER)) {
      return items;
    }
    in.expect(Keyword.BY);
    do {
      TokenStream.Mark mark = in.mark();
      try {
        items.add(sortItem());
      } catch (WeftException failure) {
        in.skipItem(failure, mark);
        items.add(new SortItem(in.hole(), false, in.hole().span()));
      }
    } while (in.accept(TokenKind.COMMA));
    return items;
  }
}
