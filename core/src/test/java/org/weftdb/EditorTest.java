package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.engine.Access;
import org.weftdb.engine.Completion;
import org.weftdb.engine.Result;
import org.weftdb.engine.Transaction;
import org.weftdb.error.Diagnostic;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** What an editor asks for: scripts, all errors of a text, and what may stand at a place. */
class EditorTest {
  private Database database;

  @BeforeEach
  void fill() {
    database =
        Database.builder()
            .function(UserFunction.of("my.own(x :: ANY) :: ANY", arguments -> arguments.get(0)))
            .inMemory();
    database.execute("CREATE (:Person {name: 'Ada', born: 1815})-[:KNOWS {since: 1}]->(:`A b`)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  // ---- Scripts ----------------------------------------------------------------------------------

  @Test
  void aScriptRunsItsStatementsOneAfterAnother() {
    List<Result> results =
        database.executeScript(
            """
            CREATE (:N {s: 'a;b'}); // one; comment
            MATCH (n:N) SET n.`x;y` = $p;;
            /* ; */ MATCH (n:N) RETURN n.s AS s, n.`x;y` AS p;
            """,
            Map.of("p", 7));
    assertEquals(3, results.size());
    assertEquals(1, results.get(0).summary().nodesCreated());
    assertEquals(List.of(Map.of("s", "a;b", "p", 7L)), results.get(2).toList());
    assertEquals(List.of(), database.executeScript(" ; // nothing\n;", Map.of()));
  }

  @Test
  void anErrorInAScriptSaysInWhichStatementAndWhereInTheWhole() {
    String script = "CREATE (:N);\nCREATE (:N);\n  RETURN missing;\nCREATE (:N)";
    WeftException failure =
        assertThrows(WeftException.class, () -> database.executeScript(script, Map.of()));
    assertEquals(ErrorCode.UNDEFINED_VARIABLE, failure.code());
    assertTrue(
        Objects.requireNonNull(failure.getMessage()).startsWith("statement 3: "),
        failure.getMessage());
    assertEquals(3, Objects.requireNonNull(failure.position()).line());
    assertEquals(10, Objects.requireNonNull(failure.position()).column());
    assertEquals(4, database.nodeCount());
  }

  @Test
  void aScriptInATransactionIsAPartOfIt() {
    try (Transaction transaction = database.begin(Access.WRITE)) {
      transaction.executeScript("CREATE (:N); CREATE (:N)", Map.of());
      assertThrows(
          WeftException.class, () -> transaction.executeScript("CREATE (:N); CREATE (", Map.of()));
      List<Result> results =
          transaction.executeScript("MATCH (n:N) RETURN count(n) AS n", Map.of());
      assertEquals(List.of(Map.of("n", 3L)), results.get(0).toList());
    }
    assertEquals(2, database.nodeCount());
  }

  @Test
  void oneQueryIsNotSeveralStatements() {
    WeftException failure =
        assertThrows(WeftException.class, () -> database.execute("RETURN 1; RETURN 2"));
    assertEquals(ErrorCode.UNEXPECTED_SYNTAX, failure.code());
    assertTrue(
        Objects.requireNonNull(failure.getMessage()).contains("executeScript"),
        failure.getMessage());
  }

  // ---- All errors -------------------------------------------------------------------------------

  private List<String> check(String text) {
    List<String> found = new ArrayList<>();
    for (Diagnostic each : database.check(text)) {
      int offset = each.position() == null ? -1 : each.position().offset();
      found.add(each.code() + " " + offset + "+" + each.length());
    }
    return found;
  }

  @Test
  void everyErrorOfATextIsFound() {
    assertEquals(List.of(), check("MATCH (n) RETURN n; CREATE (:A)"));
    assertEquals(List.of(), check(""));
    assertEquals(
        List.of("UNEXPECTED_SYNTAX 9+6", "UNEXPECTED_SYNTAX 29+6"),
        check("MATCH (n RETURN n.x WITH n + RETURN 1"));
    assertEquals(
        List.of("UNEXPECTED_SYNTAX 8+1", "UNDEFINED_VARIABLE 18+1", "UNDEFINED_VARIABLE 36+1"),
        check("RETURN (; RETURN (x); MATCH (n) SET y.a = 1"));
    assertEquals(
        List.of("UNEXPECTED_SYNTAX 33+1"),
        check("MERGE (a) ON CREATE SET a.x = 1, = 2 ON MATCH SET a.y = 2 RETURN a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RETURN ( ",
        "RETURN (; ",
        "RETURN [1 +, ",
        "[1 +], ",
        "(a {x: }), ",
        "(a)-[:]->",
        "{a 1}, ",
        "CASE WHEN ",
        "CASE WHEN a = THEN 1 END, ",
        "CALL { ",
        "CALL { RETURN } ",
        "f(1 2), ",
        ") ",
        "} ",
        "MATCH (n WHERE ",
        "FOREACH (x IN y | ",
        "EXISTS { ",
        "SET a. , ",
        "UNION ",
        ", ",
        "AS ",
      })
  void aTextFullOfErrorsHasABoundedNumberOfThem(String part) {
    assertTrue(database.check(part.repeat(20_000)).size() <= 100);
    assertTrue(database.check("RETURN " + part.repeat(20_000)).size() <= 100);
    assertTrue(database.check("MATCH " + part.repeat(20_000)).size() <= 100);
    database.complete("RETURN " + part.repeat(20_000), 7 + part.length() * 20_000);
  }

  @Test
  void errorsInsideOfBracketsAreFound() {
    assertEquals(
        List.of("UNEXPECTED_SYNTAX 13+1", "UNEXPECTED_SYNTAX 27+1", "UNEXPECTED_SYNTAX 41+1"),
        check("MATCH (n {x: }) RETURN [1 +, 2], f(n, 3 -)"));
  }

  // ---- Completion -------------------------------------------------------------------------------

  /** The items at a bar in the text. */
  private List<String> complete(String text) {
    int at = text.indexOf('|');
    Completion completion = database.complete(text.replace("|", ""), at);
    return completion.items().stream().map(Completion.Item::text).toList();
  }

  private void assertOffers(String text, String... wanted) {
    List<String> items = complete(text);
    for (String each : wanted) {
      assertTrue(items.contains(each), () -> text + " does not offer " + each + ": " + items);
    }
  }

  @Test
  void namesOfTheGraphStandWhereTheyMay() {
    assertEquals(List.of("`A b`", "Person"), complete("MATCH (n:|"));
    assertEquals(List.of("Person"), complete("MATCH (n:Pe|rs) RETURN n"));
    assertEquals(List.of("KNOWS"), complete("MATCH (a)-[r:|]->(b)"));
    assertOffers("MATCH (n:Person) WHERE n.|", "name", "born", "since");
    assertOffers("MATCH (n:Person {|", "name");
    assertEquals(List.of("name"), complete("MATCH (n:Person) WHERE n.na|"));
  }

  @Test
  void variablesAreThoseThatCanBeSeen() {
    assertOffers("MATCH (person)-[knows]->(other) RETURN |", "person", "knows", "other");
    List<String> behindWith = complete("MATCH (person)-->(other) WITH other AS o RETURN |");
    assertTrue(behindWith.contains("o"), behindWith::toString);
    assertFalse(behindWith.contains("person"), behindWith::toString);
    assertOffers("MATCH (person) WITH *, 1 AS x RETURN |", "person", "x");
    assertFalse(complete("MATCH (person) RETURN 1; MATCH (n) RETURN |").contains("person"));
  }

  @Test
  void wordsFollowTheGrammar() {
    assertOffers("|", "MATCH", "CREATE", "RETURN");
    assertOffers("MATCH (n) |", "WHERE", "RETURN", "OPTIONAL MATCH");
    assertOffers("MATCH (n) WHERE n.x = 1 |", "AND", "RETURN", "STARTS WITH");
    assertEquals(List.of("RETURN"), complete("MATCH (n) RET|"));
    assertOffers("MATCH (n) RETURN n |", "ORDER", "LIMIT", "SKIP", "AS");
    assertOffers("MATCH (n) RETURN n ORDER |", "BY");
    assertOffers("MERGE (n) ON |", "CREATE", "MATCH");
  }

  @Test
  void commandsAreOffered() {
    assertOffers("|", "SHOW", "DROP");
    assertEquals(
        List.of("INDEX", "CONSTRAINT", "RANGE INDEX", "TEXT INDEX", "POINT INDEX", "LOOKUP INDEX"),
        complete("CREATE |"));
    assertEquals(List.of("INDEX"), complete("CREATE TEXT |"));
    assertEquals(List.of("INDEXES", "CONSTRAINTS", "FUNCTIONS", "PROCEDURES"), complete("SHOW |"));
    assertEquals(List.of("INDEXES"), complete("SHOW RANGE |"));
    assertEquals(List.of("CONSTRAINTS"), complete("SHOW NODE KEY |"));
    assertEquals(List.of("state"), complete("SHOW INDEXES YIELD name, sta|"));
    assertOffers("CREATE CONSTRAINT FOR (n:Person) REQUIRE n.name IS |", "UNIQUE", "NOT", "KEY");
  }

  @Test
  void typesAndColumnsAreOffered() {
    assertOffers("RETURN 1 IS :: |", "INTEGER", "LOCAL DATETIME", "VECTOR", "LIST");
    assertEquals(List.of("DATE", "DURATION"), complete("RETURN CAST(x AS D|"));
    assertEquals(List.of("label"), complete("CALL db.labels() YIELD |"));
    assertEquals(List.of("person"), complete("MATCH (person) CALL (|"));
  }

  @Test
  void functionsProceduresAndParametersAreOffered() {
    assertOffers("RETURN toU|", "toUpper");
    assertOffers("RETURN date.|", "truncate", "realtime");
    assertOffers("RETURN my.|", "own");
    assertOffers("CALL |", "db.labels");
    assertOffers("CALL db.|", "labels", "propertyKeys");
    assertEquals(List.of("name"), complete("MATCH (n {x: $name}) WHERE n.y = $|"));
    Completion.Item item = database.complete("RETURN toUpp", 12).items().get(0);
    assertEquals(Completion.Kind.FUNCTION, item.kind());
    assertTrue(item.detail().contains("STRING"), item.detail());
    assertEquals(
        "db.labels() :: (label :: STRING)\nThe labels that some node has.",
        database.complete("CALL db.la", 10).items().get(0).detail());
  }

  @Test
  void aTextThatIsWrongBeforeThePlaceIsCompletedAllTheSame() {
    assertOffers("MATCH (a RETURN b MATCH (n:|", "Person");
    assertOffers("MATCH (n)) WHERE RETURN |", "toUpper");
    assertEquals(List.of(), complete("RETURN 'in a string |"));
    assertEquals(List.of(), complete("RETURN 12|"));
    assertEquals(
        List.of(), complete("// comment |").stream().filter(x -> x.equals("Person")).toList());
  }
}
