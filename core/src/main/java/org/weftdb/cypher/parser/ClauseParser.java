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
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.ParsedQuery.Mode;
import org.weftdb.cypher.ast.Pattern;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Query.SingleQuery;
import org.weftdb.cypher.ast.Query.UnionQuery;
import org.weftdb.cypher.ast.RemoveItem;
import org.weftdb.cypher.ast.ReturnItem;
import org.weftdb.cypher.ast.SetItem;
import org.weftdb.cypher.ast.SortItem;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.ast.Span;
import org.weftdb.cypher.ast.Statement;
import org.weftdb.cypher.ast.YieldItem;
import org.weftdb.error.ErrorCode;

/** Parses whole texts, queries and clauses. */
final class ClauseParser {
  static final String CLAUSE =
      "a clause: MATCH, UNWIND, WITH, RETURN, CREATE, MERGE, SET, REMOVE, DELETE, CALL, FOREACH,"
          + " LOAD CSV, LET, FILTER, ORDER BY, SKIP, LIMIT or FINISH";

  static final String UPDATE = "a change: CREATE, MERGE, SET, REMOVE, DELETE or FOREACH";

  private static final String AFTER_CLAUSE = "the end or " + CLAUSE;
  private static final String AFTER_RETURN =
      "an operator, ',', AS, ORDER BY, SKIP, LIMIT, UNION or the end";

  private final SourceText source;
  private final TokenStream in;
  private final ExpressionParser expressions;
  private final PatternParser patterns;
  private final SubqueryParser subqueries;
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

  /** The clauses that follow an error, up to a semicolon or the end of the text. */
  void parseRest() {
    query(true);
    if (!in.is(TokenKind.SEMICOLON) && !in.is(TokenKind.END_OF_TEXT)) {
      throw in.unexpected("the end of the query");
    }
  }

  /** The token that comes next, or at which parsing has failed. */
  int position() {
    return in.position();
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
      statement = query(false);
    }
    if (!in.is(TokenKind.SEMICOLON) && !in.is(TokenKind.END_OF_TEXT)) {
      throw in.unexpected("the end of the query");
    }
    return new ParsedQuery(source, mode, statement);
  }

  /**
   * {@code CYPHER 25 name=value}: the language that a text says it is written in, and what other
   * databases take as hints of how to run it. All languages that are known mean the same here.
   */
  private void version() {
    boolean hints = in.isName(1) && in.kind(2) == TokenKind.EQUAL;
    if (!in.is(Keyword.CYPHER) || in.kind(1) != TokenKind.INTEGER && !hints) {
      return;
    }
    in.skip();
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

  // Queries.

  /** The inside of EXISTS: a pattern with a condition, which is a MATCH, or a query. */
  Query subquery() {
    int start = in.start();
    boolean isPattern =
        in.is(TokenKind.OPEN_PARENTHESIS)
            || in.kind(1) == TokenKind.OPEN_PARENTHESIS && in.is(Keyword.SHORTESTPATH)
            || in.kind(1) == TokenKind.OPEN_PARENTHESIS && in.is(Keyword.ALLSHORTESTPATHS)
            || patterns.isSelectionOrMode()
            || in.isVariable(0) && in.kind(1) == TokenKind.EQUAL;
    if (!isPattern) {
      return query(true);
    }
    Clause match = matchBody(false, start);
    return new SingleQuery(List.of(match), match.span());
  }

  /** The query of a CALL. */
  Query query() {
    return query(true);
  }

  private Query query(boolean inside) {
    int start = in.start();
    SingleQuery first = singleQuery(inside);
    if (!in.is(Keyword.UNION)) {
      return first;
    }
    List<SingleQuery> queries = new ArrayList<>();
    queries.add(first);
    boolean all = false;
    while (in.is(Keyword.UNION)) {
      int unionStart = in.start();
      in.skip();
      boolean thisAll = in.accept(Keyword.ALL);
      if (!thisAll) {
        in.accept(Keyword.DISTINCT);
      }
      if (queries.size() > 1 && thisAll != all) {
        throw in.error(
            ErrorCode.INVALID_CLAUSE_COMPOSITION,
            "UNION and UNION ALL are mixed, expected only one of them",
            unionStart);
      }
      all = thisAll;
      queries.add(singleQuery(inside));
    }
    return new UnionQuery(queries, all, in.spanFrom(start));
  }

  private SingleQuery singleQuery(boolean inside) {
    int start = in.start();
    List<Clause> clauses = new ArrayList<>();
    expectedClause = CLAUSE;
    do {
      Keyword keyword = in.keyword();
      if (keyword == null) {
        throw in.unexpected(expectedClause);
      }
      Clause clause = clause(keyword, clauses.isEmpty() && !inside);
      clauses.add(clause);
      expectedClause = clause instanceof Clause.Return ? AFTER_RETURN : AFTER_CLAUSE;
    } while (!isEnd());
    return new SingleQuery(clauses, in.spanFrom(start));
  }

  private boolean isEnd() {
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
          return subqueries.isNext() ? subqueries.call(true, start) : optionalCall(start);
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
        Projection projection = projection();
        in.onlyVariables(projection);
        return new Clause.With(projection, where(), in.spanFrom(start));
      }
      case RETURN -> {
        in.skip();
        return new Clause.Return(projection(), in.spanFrom(start));
      }
      case CALL -> {
        in.skip();
        return subqueries.isNext() ? subqueries.call(false, start) : call(start, first);
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
        Clause update = updateOrNull(keyword);
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

  /** A clause inside FOREACH. */
  Clause update() {
    Keyword keyword = in.keyword();
    Clause update = keyword == null ? null : updateOrNull(keyword);
    if (update == null) {
      throw in.unexpected(UPDATE);
    }
    return update;
  }

  /** A clause that changes the graph, or null when none starts here. */
  private @Nullable Clause updateOrNull(Keyword keyword) {
    int start = in.start();
    switch (keyword) {
      case CREATE, INSERT -> {
        in.skip();
        return new Clause.Create(patterns.pattern(), in.spanFrom(start));
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
      Expression literal = expressions.operand();
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
    Pattern pattern = patterns.pattern();
    while (in.isWord("USING", 0)) {
      hint();
    }
    return new Clause.Match(optional, pattern, where(), in.spanFrom(start));
  }

  /**
   * {@code USING [kind] INDEX [SEEK] n:Label(property)}, {@code USING SCAN n:Label}, {@code USING
   * JOIN ON n}: a hint of how to find what is the same however it is found. The planner decides by
   * what the store has, and does without.
   */
  private void hint() {
    in.skip();
    if (in.acceptWord("JOIN")) {
      in.expect(Keyword.ON);
      do {
        in.variable();
      } while (in.accept(TokenKind.COMMA));
      return;
    }
    boolean scan = in.acceptWord("SCAN");
    if (!scan) {
      boolean kind = in.accept(Keyword.RANGE) || in.accept(Keyword.TEXT);
      if (!kind) {
        in.accept(Keyword.POINT);
      }
      if (!in.accept(Keyword.INDEX)) {
        throw in.unexpected("INDEX, SCAN or JOIN ON");
      }
      if (in.isWord("SEEK", 0) && in.kind(1) != TokenKind.COLON) {
        in.skip();
      }
    }
    in.variable();
    in.expect(TokenKind.COLON);
    in.name("a label or relationship type");
    if (!scan) {
      in.expect(TokenKind.OPEN_PARENTHESIS);
      do {
        in.name("a property key");
      } while (in.accept(TokenKind.COMMA));
      in.expect(TokenKind.CLOSE_PARENTHESIS);
    }
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
        items.add(returnItem());
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

  List<SortItem> orderBy() {
    List<SortItem> items = new ArrayList<>();
    if (!in.accept(Keyword.ORDER)) {
      return items;
    }
    in.expect(Keyword.BY);
    do {
      int start = in.start();
      Expression expression = expressions.expression();
      boolean descending = in.accept(Keyword.DESC) || in.accept(Keyword.DESCENDING);
      if (!descending && !in.accept(Keyword.ASC)) {
        in.accept(Keyword.ASCENDING);
      }
      items.add(new SortItem(expression, descending, in.spanFrom(start)));
    } while (in.accept(TokenKind.COMMA));
    return items;
  }

  // Changes.

  private Clause merge(int start) {
    PatternPart part = patterns.part();
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
      items.add(setItem());
      in.end(outer);
    } while (in.accept(TokenKind.COMMA));
    return items;
  }

  private SetItem setItem() {
    int start = in.start();
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
      int itemStart = in.start();
      int outer = in.begin();
      Expression target = expressions.operand();
      in.end(outer);
      LabelledVariable labelled =
          target instanceof Variable variable && in.accept(Keyword.IS)
              ? new LabelledVariable(variable, enumeratedLabels())
              : labelledVariable(target);
      if (target instanceof Property property) {
        items.add(new RemoveItem.RemoveProperty(property, in.spanFrom(itemStart)));
      } else if (target instanceof Expression.Subscript property
          && property.subject() instanceof Variable) {
        items.add(new RemoveItem.RemoveDynamicProperty(property, in.spanFrom(itemStart)));
      } else if (labelled != null) {
        items.add(
            new RemoveItem.RemoveLabels(
                labelled.variable(), labelled.labels(), in.spanFrom(itemStart)));
      } else {
        throw in.error(
            ErrorCode.UNEXPECTED_SYNTAX,
            "Cannot be removed, expected a property or labels",
            itemStart);
      }
    } while (in.accept(TokenKind.COMMA));
    return new Clause.Remove(items, in.spanFrom(start));
  }

  private Clause delete(boolean detach, int start) {
    List<Expression> targets = new ArrayList<>();
    do {
      targets.add(expressions.expression());
    } while (in.accept(TokenKind.COMMA));
    return new Clause.Delete(detach, targets, in.spanFrom(start));
  }

  // Procedures.

  private Clause call(int start, boolean first) {
    String name = expressions.qualifiedName("the name of a procedure");
    List<Expression> arguments =
        in.accept(TokenKind.OPEN_PARENTHESIS) ? expressions.arguments() : null;
    Clause.Yield yield = null;
    Expression where = null;
    int yieldStart = in.start();
    if (in.accept(Keyword.YIELD)) {
      yield = yieldItems();
      where = where();
    }
    boolean standalone = first && isEnd() && !in.is(Keyword.UNION);
    if (yield != null && yield.all() && !standalone) {
      throw in.error(
          ErrorCode.UNEXPECTED_SYNTAX,
          "YIELD * is only for a CALL that is the whole query, expected the names of fields",
          yieldStart);
    }
    return new Clause.Call(name, arguments, yield, where, standalone, in.spanFrom(start));
  }

  /**
   * {@code OPTIONAL CALL procedure(arguments) YIELD items}: an optional subquery that calls the
   * procedure and returns what it yields.
   */
  private Clause optionalCall(int start) {
    int callStart = in.start();
    Clause called = call(callStart, false);
    if (!(called instanceof Clause.Call call) || call.yield() == null) {
      throw in.unexpected("YIELD");
    }
    Span span = in.spanFrom(callStart);
    List<ReturnItem> items = new ArrayList<>();
    for (YieldItem item : call.yield().items()) {
      items.add(new ReturnItem(item.variable(), null, item.variable().name(), item.span()));
    }
    if (items.isEmpty()) {
      throw in.unexpected("the names of fields in YIELD");
    }
    Projection projection = new Projection(false, false, items, List.of(), null, null, span);
    Query query = new SingleQuery(List.of(call, new Clause.Return(projection, span)), span);
    Clause.Imports imports = new Clause.Imports(true, List.of());
    return new Clause.Subquery(true, imports, query, null, in.spanFrom(start));
  }

  private Clause.Yield yieldItems() {
    if (in.accept(TokenKind.STAR)) {
      return new Clause.Yield(true, List.of());
    }
    List<YieldItem> items = new ArrayList<>();
    if (!in.accept(TokenKind.MINUS)) {
      do {
        int start = in.start();
        if (in.keyword(1) == Keyword.AS) {
          String field = in.name("a field of the procedure's result");
          in.skip();
          items.add(new YieldItem(field, in.variable(), in.spanFrom(start)));
        } else {
          Variable variable = in.variable();
          items.add(new YieldItem(variable.name(), variable, in.spanFrom(start)));
        }
      } while (in.accept(TokenKind.COMMA));
    }
    return new Clause.Yield(false, items);
  }
}
