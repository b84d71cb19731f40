package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Query.SingleQuery;
import org.weftdb.cypher.ast.ReturnItem;
import org.weftdb.cypher.ast.Span;
import org.weftdb.cypher.ast.YieldItem;
import org.weftdb.error.ErrorCode;

/** Parses calls of procedures. */
final class ProcedureCallParser {
  private final TokenStream in;
  private final ExpressionParser expressions;
  private final ClauseParser clauses;

  ProcedureCallParser(TokenStream in, ExpressionParser expressions, ClauseParser clauses) {
    this.in = in;
    this.expressions = expressions;
    this.clauses = clauses;
  }

  /**
   * A call, from behind CALL on.
   *
   * @param first whether it may be the whole query
   */
  Clause call(int start, boolean first) {
    String name = expressions.atoms().calls().qualifiedName("the name of a procedure");
    int open = in.position();
    List<Expression> arguments =
        in.accept(TokenKind.OPEN_PARENTHESIS) ? expressions.atoms().calls().arguments(open) : null;
    Clause.Yield yield = null;
    Expression where = null;
    int yieldStart = in.start();
    if (in.accept(Keyword.YIELD)) {
      yield = yieldItems(name);
      where = clauses.where();
    }
    if (yield != null && yield.all()) {
      in.gatherNoMore();
    }
    boolean standalone = first && clauses.isEnd() && !in.is(Keyword.UNION);
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
  Clause optionalCall(int start) {
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

  private Clause.Yield yieldItems(String procedure) {
    if (in.accept(TokenKind.STAR)) {
      return new Clause.Yield(true, List.of());
    }
    List<YieldItem> items = new ArrayList<>();
    if (!in.accept(TokenKind.MINUS)) {
      do {
        int start = in.start();
        in.noteFieldOf(procedure);
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
