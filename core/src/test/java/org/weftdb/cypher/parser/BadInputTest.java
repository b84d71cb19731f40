package org.weftdb.cypher.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.Query.SingleQuery;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.cypher.semantic.SemanticAnalyzer;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.testing.OpenCypherFunctions;

/** Deep, long and broken texts. */
class BadInputTest {
  private static final int MANY = 100_000;

  static Stream<String> deepTexts() {
    return Stream.of(
        nested("RETURN ", "(", "1", ")"),
        nested("RETURN ", "[", "1", "]"),
        nested("RETURN ", "{a: ", "1", "}"),
        nested("RETURN ", "NOT ", "true", ""),
        nested("RETURN ", "-", "x", ""),
        nested("RETURN ", "+", "1", ""),
        nested("RETURN ", "abs(", "1", ")"),
        nested("RETURN n", ".a", "", ""),
        nested("RETURN n", "[0]", "", ""),
        nested("RETURN n", "[0..1]", "", ""),
        nested("RETURN n", ":A IS NULL", "", ""),
        nested("RETURN n", " IS NULL", "", ""),
        nested("RETURN 1", " IN []", "", ""),
        nested("RETURN ", "1 + (", "1", ")"),
        nested("RETURN ", "[x IN ", "1", "]"),
        nested("RETURN ", "[(a)-->(b {x: ", "1", "}) | 1]"),
        nested("RETURN ", "[x IN [1] | ", "1", "]"),
        nested("RETURN ", "all(x IN [1] WHERE ", "true", ")"),
        nested("RETURN ", "reduce(a = 1, x IN [1] | ", "1", ")"),
        nested("RETURN ", "CASE WHEN true THEN ", "1", " END"),
        nested("RETURN ", "CASE ", "1", " WHEN 1 THEN 1 END"),
        nested("RETURN ", "n {a: ", "1", "}"),
        nested("MATCH (n) WHERE ", "EXISTS { MATCH (n) WHERE ", "true", " } RETURN n"),
        nested("MATCH (n) WHERE ", "EXISTS { (n) WHERE ", "true", " } RETURN n"),
        nested("MATCH (n) WHERE ", "(a {x: ", "1", "})-->(b)"),
        nested("MATCH ", "(a {x: [(b)-->(c) | ", "1", "]}) RETURN 1"),
        nested("", "CALL { ", "CREATE (n)", " }"),
        nested("", "CALL () { ", "RETURN 1 AS x", " } RETURN x"),
        nested("", "FOREACH (x IN [1] | ", "CREATE (n)", ")"),
        nested("RETURN ", "COUNT { RETURN ", "1", " }"),
        nested("RETURN ", "COLLECT { UNWIND ", "[1]", " AS x RETURN x }"),
        nested("SET n", ".a", " = 1", ""));
  }

  private static String nested(String start, String open, String middle, String close) {
    return start + open.repeat(MANY) + middle + close.repeat(MANY);
  }

  @ParameterizedTest
  @MethodSource("deepTexts")
  void refusesWhatNestsTooDeep(String text) {
    WeftException e = assertThrows(WeftException.class, () -> CypherParser.parse(text));
    assertTrue(
        e.code() == ErrorCode.NESTING_TOO_DEEP || e.code() == ErrorCode.UNEXPECTED_SYNTAX,
        e.getMessage());
    assertTrue(e.getMessage().length() < 500, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{a: (", "NOT (", "((a {x: (", "[(", "EXISTS { (", "f("})
  void refusesOpenBracketsWithoutEnd(String open) {
    String text = "RETURN " + open.repeat(MANY);
    WeftException e = assertThrows(WeftException.class, () -> CypherParser.parse(text));
    assertTrue(
        e.code() == ErrorCode.NESTING_TOO_DEEP || e.code() == ErrorCode.UNEXPECTED_SYNTAX,
        e.getMessage());
  }

  @Test
  void acceptsNestingUpToItsBound() {
    int depth = CypherParser.MAX_NESTING - 1;
    String text = "RETURN " + "(".repeat(depth) + "1" + ")".repeat(depth);
    assertEquals("RETURN 1", AstPrinter.print(CypherParser.parse(text)));
    String lists = "RETURN " + "[".repeat(depth) + "1" + "]".repeat(depth) + " AS x";
    assertEquals(lists, AstPrinter.print(CypherParser.parse(lists)));
    String deeper = "RETURN [" + lists.substring("RETURN ".length()).replace(" AS", "] AS");
    WeftException e = assertThrows(WeftException.class, () -> CypherParser.parse(deeper));
    assertEquals(ErrorCode.NESTING_TOO_DEEP, e.code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " AND true",
        " OR true",
        " XOR true",
        " < 1",
        " = 1",
        " <> 1",
        " + 1",
        " - 1",
        " * 1 / 1",
        " % 2",
        " ^ 2",
        " || 'a' + 'b'",
      })
  void longChainsOfOperatorsStayFlat(String link) {
    String start =
        link.contains("true") ? "RETURN true" : link.contains("|") ? "RETURN 'x'" : "RETURN 1";
    analyze(start + link.repeat(MANY) + " AS x");
  }

  @Test
  void longListsPatternsAndClausesAreNoDepth() {
    ParsedQuery list = analyze("UNWIND [0" + ", 1".repeat(MANY) + "] AS x RETURN x");
    SingleQuery query = (SingleQuery) list.statement();
    Clause.Unwind unwind = (Clause.Unwind) query.clauses().get(0);
    assertEquals(MANY + 1, ((Expression.ListLiteral) unwind.expression()).elements().size());
    analyze("CREATE ()" + "-[:R]->()".repeat(MANY));
    analyze("CREATE ()" + ", (:A {x: 1})".repeat(MANY));
    analyze("MATCH (a)" + "--()".repeat(MANY) + " RETURN a");
    analyze("CREATE (:A) ".repeat(MANY));
    analyze("WITH 1 AS x ".repeat(MANY) + "RETURN x");
    analyze("RETURN 1 AS x" + " UNION RETURN 1 AS x".repeat(MANY));
    analyze("MATCH (n) WHERE n" + ":A".repeat(MANY) + " RETURN n");
    analyze("RETURN CASE" + " WHEN true THEN 1".repeat(MANY) + " END AS x");
    analyze("RETURN 'x" + "y".repeat(MANY) + "' AS x");
  }

  @Test
  void manyVariablesInOneScopeTakeLinearTime() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("CREATE (n").append(i).append(") ");
    }
    ParsedQuery query = analyze(text.toString());
    assertEquals(20_000, ((SingleQuery) query.statement()).clauses().size());
  }

  @Test
  void refusesTextsThatAreTooLong() {
    String text = "RETURN 1" + " ".repeat(CypherParser.MAX_LENGTH);
    WeftException e = assertThrows(WeftException.class, () -> CypherParser.parse(text));
    assertEquals(ErrorCode.QUERY_TOO_LARGE, e.code());
  }

  @Test
  void everyPrefixAndEveryHoleOfAQueryGivesAQueryOrAnError() {
    String text =
        """
        OPTIONAL MATCH p = (a:A:`B c` {x: $p.y, z: 'q\\u0041'})-[r:S|T*1..3]->(b)<--()
        WHERE NOT (a)-->(b) AND a.x =~ '.*' OR EXISTS { MATCH (a) WHERE a.y IS NOT NULL }
        WITH DISTINCT *, [x IN range(1, 0x1F)[..-2] WHERE x % 2 = 0 | x ^ 2.5e-1] AS xs /* c */
        ORDER BY size(xs) DESC SKIP 1 LIMIT $limit
        CALL db.labels() YIELD label AS l
        MERGE (c {k: a {.x, .*, y: count(*)}}) ON CREATE SET c.x = 1, c += {}, c:L
        REMOVE c.x DETACH DELETE b
        RETURN CASE a WHEN 1 THEN [(a)-->(q) | q] ELSE reduce(s = 0, x IN xs | s + x) END AS c;
        """;
    for (int i = 0; i <= text.length(); i++) {
      parseOrFail(text.substring(0, i));
      parseOrFail(text.substring(0, i) + text.substring(Math.min(i + 1, text.length())));
      parseOrFail(text.substring(0, i) + "\uD800" + text.substring(i));
      parseOrFail(text.substring(i));
    }
    CypherParser.parse(text);
  }

  private static void parseOrFail(String text) {
    try {
      CypherParser.parse(text);
    } catch (WeftException e) {
      assertTrue(e.code().compileTime(), text);
      assertTrue(e.getMessage().endsWith("^"), e.getMessage());
      assertTrue(e.getMessage().contains(", expected "), e.getMessage());
    }
  }

  @Test
  void everyKeywordCanBeTheNameOfALabelTypePropertyAndFunction() {
    for (Keyword keyword : Keyword.values()) {
      String word = keyword.name();
      String text =
          "MATCH (n:%s {%s: 1})-[:%s]->() WHERE n:%s RETURN n.%s, {%s: 1}, x.%s(1)"
              .replace("%s", word);
      CypherParser.parse(text);
      if (!keyword.reserved) {
        String variables = "MATCH (" + word + ") WITH " + word + " AS x, 1 AS " + word;
        ParsedQuery parsed = CypherParser.parse(variables + " RETURN " + word + ".y");
        assertEquals(
            AstPrinter.print(parsed),
            AstPrinter.print(CypherParser.parse(AstPrinter.print(parsed))));
      }
    }
  }

  private static ParsedQuery analyze(String text) {
    ParsedQuery query = CypherParser.parse(text);
    SemanticAnalyzer.analyze(query, new OpenCypherFunctions(), ProcedureSignatures.NONE);
    return query;
  }
}
