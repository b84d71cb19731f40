package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Clause.Imports;
import org.weftdb.cypher.ast.Clause.InTransactions;
import org.weftdb.cypher.ast.Clause.OnError;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Query;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Parses the clauses that have clauses inside: {@code CALL { }} and {@code FOREACH}. */
final class SubqueryParser {
  private final TokenStream in;
  private final ExpressionParser expressions;
  private final ClauseParser clauses;

  SubqueryParser(TokenStream in, ExpressionParser expressions, ClauseParser clauses) {
    this.in = in;
    this.expressions = expressions;
    this.clauses = clauses;
  }

  /** Whether what follows CALL is a subquery, not a procedure. */
  boolean isNext() {
    return in.is(TokenKind.OPEN_BRACE) || in.is(TokenKind.OPEN_PARENTHESIS);
  }

  /** A subquery, from behind CALL on. */
  Clause call(boolean optional, int start) {
    Imports imports = in.is(TokenKind.OPEN_PARENTHESIS) ? imports() : null;
    in.descend();
    int outer = in.begin();
    int brace = in.position();
    in.expect(TokenKind.OPEN_BRACE);
    Query query = clauses.query(brace);
    in.expect(TokenKind.CLOSE_BRACE);
    in.grow();
    in.end(outer);
    in.ascend();
    InTransactions transactions = in.is(Keyword.IN) ? inTransactions() : null;
    return new Clause.Subquery(optional, imports, query, transactions, in.spanFrom(start));
  }

  private Imports imports() {
    in.expect(TokenKind.OPEN_PARENTHESIS);
    boolean all = in.accept(TokenKind.STAR);
    List<Variable> variables = new ArrayList<>();
    if (!all && !in.is(TokenKind.CLOSE_PARENTHESIS)) {
      do {
        variables.add(in.variable());
      } while (in.accept(TokenKind.COMMA));
    }
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    return new Imports(all, variables);
  }

  // IN TRANSACTIONS.

  private InTransactions inTransactions() {
    int start = in.start();
    in.expect(Keyword.IN);
    if (!isTransactions()) {
      // Transactions take turns, so how many may run at once makes no difference.
      if (!in.is(Keyword.CONCURRENT)) {
        expressions.operand();
      }
      in.expect(Keyword.CONCURRENT);
    }
    if (!isTransactions()) {
      throw in.unexpected("TRANSACTIONS");
    }
    in.skip();
    Expression batchSize = null;
    OnError onError = null;
    Variable status = null;
    while (true) {
      int part = in.start();
      if (isNext(Keyword.OF, batchSize)) {
        checkOnce(batchSize, "OF", part);
        batchSize = batchSize();
      } else if (isNext(Keyword.ON, onError)) {
        checkOnce(onError, "ON ERROR", part);
        onError = onError();
      } else if (isNext(Keyword.REPORT, status)) {
        checkOnce(status, "REPORT STATUS", part);
        in.skip();
        in.expect(Keyword.STATUS);
        in.expect(Keyword.AS);
        status = in.variable();
      } else {
        break;
      }
    }
    OnError action = onError == null ? OnError.FAIL : onError;
    if (status != null && action == OnError.FAIL) {
      throw in.error(
          ErrorCode.INVALID_CLAUSE_COMPOSITION,
          "REPORT STATUS has nothing to report when an error fails the query,"
              + " expected ON ERROR CONTINUE or ON ERROR BREAK with it",
          start);
    }
    return new InTransactions(batchSize, action, status, in.spanFrom(start));
  }

  private boolean isTransactions() {
    return in.is(Keyword.TRANSACTIONS) || in.is(Keyword.TRANSACTION);
  }

  /** Whether a part begins here; one that was there before is not what an editor is to offer. */
  private boolean isNext(Keyword keyword, @Nullable Object before) {
    return before == null ? in.is(keyword) : in.keyword() == keyword;
  }

  private void checkOnce(@Nullable Object before, String what, int place) {
    if (before != null) {
      throw in.error(ErrorCode.UNEXPECTED_SYNTAX, "A second " + what + ", expected it once", place);
    }
  }

  private Expression batchSize() {
    in.skip();
    Expression size = expressions.expression();
    if (!in.accept(Keyword.ROWS) && !in.accept(Keyword.ROW)) {
      throw in.unexpected("ROWS");
    }
    return size;
  }

  private OnError onError() {
    in.skip();
    in.expect(Keyword.ERROR);
    if (in.accept(Keyword.RETRY)) {
      return retry();
    }
    return action("CONTINUE, BREAK, FAIL or RETRY");
  }

  /** Writers wait for their turn, so that no failure would be another one at the next try. */
  private OnError retry() {
    if (in.accept(Keyword.FOR)) {
      expressions.operand();
      boolean plural = in.acceptWord("SECONDS") || in.acceptWord("SECS");
      if (!plural && !in.acceptWord("SECOND")) {
        in.acceptWord("SEC");
      }
    }
    return in.accept(Keyword.THEN) ? action("CONTINUE, BREAK or FAIL") : OnError.FAIL;
  }

  private OnError action(String expected) {
    if (in.accept(Keyword.CONTINUE)) {
      return OnError.CONTINUE;
    } else if (in.accept(Keyword.BREAK)) {
      return OnError.BREAK;
    } else if (in.accept(Keyword.FAIL)) {
      return OnError.FAIL;
    }
    throw in.unexpected(expected);
  }

  // FOREACH.

  /** From behind FOREACH on. */
  Clause foreach(int start) {
    in.descend();
    int outer = in.begin();
    int bracket = in.position();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    Variable variable = in.variable();
    in.expect(Keyword.IN);
    Expression list = expressions.beforeBar(bracket);
    in.expect(TokenKind.BAR);
    List<Clause> updates = new ArrayList<>();
    int outerClause = in.beginClause();
    do {
      in.beginClause();
      TokenStream.Mark mark = in.mark();
      try {
        updates.add(clauses.updates().update());
      } catch (WeftException failure) {
        if (!in.isEnclosing(bracket)) {
          throw failure;
        }
        in.skipClause(failure, mark);
      }
    } while (!in.accept(TokenKind.CLOSE_PARENTHESIS));
    in.endClause(outerClause);
    in.expectSome(updates);
    in.grow();
    in.end(outer);
    in.ascend();
    return new Clause.Foreach(variable, list, updates, in.spanFrom(start));
  }
}
