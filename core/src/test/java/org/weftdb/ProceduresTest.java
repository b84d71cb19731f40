package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.engine.Result;
import org.weftdb.engine.Row;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ByteString;
import org.weftdb.value.Node;
import org.weftdb.value.VectorValue;

/** Procedures that an embedder registers. */
class ProceduresTest {
  private static Database with(Procedure... procedures) {
    DatabaseBuilder builder = Database.builder();
    for (Procedure procedure : procedures) {
      builder.procedure(procedure);
    }
    return builder.inMemory();
  }

  private static List<Map<String, Object>> rows(Database database, String query) {
    return database.execute(query).toList();
  }

  private static WeftException failure(ErrorCode code, Database database, String query) {
    WeftException failure =
        assertThrows(WeftException.class, () -> database.execute(query).toList());
    assertEquals(code, failure.code(), failure.getMessage());
    return failure;
  }

  @Test
  void aProcedureGetsItsArgumentsAndGivesRows() {
    Procedure repeat =
        Procedure.of(
            "text.repeat(text :: STRING, times :: INTEGER) :: (index :: INTEGER, text :: STRING)",
            (arguments, context) -> {
              List<List<Object>> rows = new ArrayList<>();
              for (int i = 0; i < (Long) arguments.get(1); i++) {
                rows.add(List.of(i, arguments.get(0) + "" + i));
              }
              return rows;
            });
    try (Database database = with(repeat)) {
      assertEquals(
          List.of(Map.of("text", "a0"), Map.of("text", "a1")),
          rows(database, "CALL text.repeat('a', 2) YIELD text RETURN text"));
      assertEquals(
          List.of(Map.of("sum", 499_500L)),
          rows(database, "CALL text.repeat('a', 1000) YIELD index RETURN sum(index) AS sum"));
      assertEquals(
          List.of(Map.of("i", 2L, "index", 0L), Map.of("i", 2L, "index", 1L)),
          rows(
              database, "UNWIND [0, 2] AS i CALL text.repeat('x', i) YIELD index RETURN i, index"));
    }
  }

  @Test
  void vectorsBytesAndPointsGoBothWays() {
    Procedure parts =
        Procedure.of(
            "my.parts(v :: VECTOR, b :: BYTES, p :: POINT)"
                + " :: (v :: VECTOR, b :: BYTES, p :: POINT)",
            (arguments, context) -> {
              VectorValue vector = (VectorValue) arguments.get(0);
              ByteString bytes = (ByteString) arguments.get(1);
              float[] half = {vector.toFloatArray()[0] / 2};
              return List.of(List.of(VectorValue.of(half), bytes.toByteArray(), arguments.get(2)));
            });
    try (Database database = with(parts)) {
      String query = "CALL my.parts(vector([3], 1, FLOAT32), 'a'::BYTES, point({x: 1, y: 2}))";
      assertEquals(
          "[{v=vector([1.5], 1, FLOAT32), b=X'61', p=point({x: 1.0, y: 2.0, crs: 'cartesian'})}]",
          rows(database, query).toString());
      failure(ErrorCode.INVALID_ARGUMENT_TYPE, database, "CALL my.parts([3], [1], 1)");
    }
  }

  @Test
  void temporalValuesGoBothWaysByTheirTypes() {
    Procedure same =
        Procedure.of(
            "my.same(a :: DATE, b :: LOCAL TIME, c :: ZONED TIME, d :: LOCAL DATETIME,"
                + " e :: ZONED DATETIME?, f :: LIST OF DURATION)"
                + " :: (a :: DATE, b :: LOCAL TIME, c :: ZONED TIME, d :: LOCAL DATETIME,"
                + " e :: ZONED DATETIME?, f :: LIST OF DURATION)",
            (arguments, context) -> List.of(arguments));
    String values =
        "date('2024-02-29'), localtime('12:30'), time('12:30Z'), localdatetime('2024-02-29T12:30'),"
            + " datetime('2024-02-29T12:30Z'), [duration('P1D')]";
    try (Database database = with(same)) {
      assertEquals(
          List.of(Map.of("same", true)),
          rows(
              database,
              "CALL my.same("
                  + values
                  + ") YIELD a, b, c, d, e, f RETURN [a, b, c, d, e, f] = ["
                  + values
                  + "] AS same"));
      failure(
          ErrorCode.TYPE_MISMATCH,
          database,
          "CALL my.same(" + values.replace("localtime(", "time(") + ")");
      failure(
          ErrorCode.INVALID_ARGUMENT_TYPE,
          database,
          "CALL my.same(" + values.replace("date('2024-02-29'),", "duration('P1D'),") + ")");
      assertEquals(
          List.of(Map.of("type", "LOCAL TIME")),
          rows(
              database,
              "SHOW PROCEDURES YIELD name, argumentDescription AS a WHERE name = 'my.same'"
                  + " RETURN a[1].type AS type"));
    }
  }

  @Test
  void rowsAreAskedForOnlyAsFarAsTheyAreNeeded() {
    int[] given = new int[1];
    Procedure endless =
        Procedure.of(
            "endless() :: (n :: INTEGER)",
            (arguments, context) ->
                () ->
                    new Iterator<>() {
                      @Override
                      public boolean hasNext() {
                        return true;
                      }

                      @Override
                      public List<Object> next() {
                        return List.of(given[0]++);
                      }
                    });
    try (Database database = with(endless)) {
      assertEquals(
          List.of(Map.of("n", 0L), Map.of("n", 1L)),
          rows(database, "CALL endless() YIELD n RETURN n LIMIT 2"));
      assertTrue(given[0] < 100, "asked for " + given[0]);
    }
  }

  @Test
  void aVoidProcedureLeavesTheRowsAsTheyAre() {
    List<@Nullable Object> seen = new ArrayList<>();
    Procedure note =
        Procedure.of(
            "log.note(value :: ANY?) :: VOID",
            (arguments, context) -> {
              seen.addAll(arguments);
              return List.of();
            });
    try (Database database = with(note)) {
      try (Result result = database.execute("CALL log.note(null)")) {
        assertEquals(List.of(), result.columns());
      }
      assertEquals(
          List.of(Map.of("i", 1L), Map.of("i", 2L)),
          rows(database, "UNWIND [1, 2] AS i CALL log.note(i) RETURN i"));
      assertEquals(Arrays.asList(null, 1L, 2L), seen);
    }
  }

  @Test
  void entitiesGoBothWays() {
    Procedure newest =
        Procedure.of(
            "graph.newest(nodes :: LIST OF NODE) :: (node :: NODE, others :: LIST OF NODE)",
            (arguments, context) -> {
              List<Node> nodes = new ArrayList<>();
              for (Object node : (List<?>) arguments.get(0)) {
                nodes.add((Node) node);
              }
              nodes.sort(
                  (a, b) ->
                      Long.compare(
                          (Long) b.properties().get("at"), (Long) a.properties().get("at")));
              return List.of(List.of(nodes.get(0), nodes.subList(1, nodes.size())));
            });
    try (Database database = with(newest)) {
      database.execute("CREATE (:A {at: 1})-[:R]->(:A {at: 3}), (:A {at: 2})");
      assertEquals(
          List.of(Map.of("at", 3L, "before", 1L, "others", List.of(2L, 1L))),
          rows(
              database,
              "MATCH (a:A) WITH collect(a) AS all CALL graph.newest(all) YIELD node, others "
                  + "MATCH (before)-[:R]->(node) RETURN node.at AS at, before.at AS before, "
                  + "[n IN others | n.at] AS others"));
      database.execute(
          "MATCH (a:A) WITH collect(a) AS all CALL graph.newest(all) YIELD node SET node:New");
      assertEquals(List.of(Map.of("at", 3L)), rows(database, "MATCH (n:New) RETURN n.at AS at"));
    }
  }

  @Test
  void parametersOfTheQueryAreTheArgumentsThatAreNotWritten() {
    Procedure echo =
        Procedure.of(
            "echo(x :: FLOAT, y :: NUMBER?) :: (x :: ANY, y :: ANY?)",
            (arguments, context) -> List.of(arguments));
    try (Database database = with(echo)) {
      Row row = database.execute("CALL echo", Map.of("x", 1, "y", 2)).next();
      assertEquals(1.0, row.get("x"));
      assertEquals(2L, row.get("y"));
      WeftException missing =
          assertThrows(WeftException.class, () -> database.execute("CALL echo", Map.of("x", 1)));
      assertEquals(ErrorCode.MISSING_PARAMETER, missing.code());
      WeftException wrong =
          assertThrows(
              WeftException.class,
              () -> database.execute("CALL echo", Map.of("x", "a", "y", 1)).toList());
      assertEquals(ErrorCode.TYPE_MISMATCH, wrong.code());
      failure(ErrorCode.TYPE_MISMATCH, database, "CALL echo(null, 1)");
      failure(ErrorCode.INVALID_ARGUMENT_TYPE, database, "CALL echo('a', 1)");
    }
  }

  @Test
  void whatAProcedureDoesWrongIsAnErrorOfTheQuery() {
    RuntimeException cause = new IllegalStateException("no more");
    WeftException own = new WeftException(ErrorCode.CANCELLED, "enough");
    try (Database database =
        with(
            Procedure.of(
                "throws() :: (n :: INTEGER)",
                (arguments, context) -> {
                  throw cause;
                }),
            Procedure.of(
                "cancels() :: (n :: INTEGER)",
                (arguments, context) -> {
                  throw own;
                }),
            Procedure.of("wrongType() :: (n :: INTEGER)", (a, c) -> List.of(List.of("a"))),
            Procedure.of("wrongSize() :: (n :: INTEGER)", (a, c) -> List.of(List.of(1, 2))),
            Procedure.of(
                "nothing() :: (n :: INTEGER)", (a, c) -> List.of(Arrays.asList((Object) null))),
            Procedure.of(
                "foreign() :: (n :: NODE)",
                (a, c) -> List.of(List.of(new Node(7, List.of(), Map.of())))),
            Procedure.of("unknown() :: (n :: ANY)", (a, c) -> List.of(List.of(new Object()))),
            Procedure.of("notVoid() :: ()", (a, c) -> List.of(List.of())))) {
      assertSame(cause, failure(ErrorCode.PROCEDURE_FAILED, database, "CALL throws()").getCause());
      assertEquals("enough", failure(ErrorCode.CANCELLED, database, "CALL cancels()").what());
      failure(ErrorCode.PROCEDURE_FAILED, database, "CALL wrongType()");
      failure(ErrorCode.PROCEDURE_FAILED, database, "CALL wrongSize()");
      failure(ErrorCode.PROCEDURE_FAILED, database, "CALL nothing()");
      failure(ErrorCode.PROCEDURE_FAILED, database, "CALL foreign()");
      failure(ErrorCode.INVALID_ARGUMENT, database, "CALL unknown()");
      failure(ErrorCode.PROCEDURE_FAILED, database, "CALL notVoid()");
    }
  }

  @Test
  void aWriteThatCallsAFailingProcedureChangesNothing() {
    Procedure failing =
        Procedure.of(
            "failing() :: (n :: INTEGER)",
            (arguments, context) -> {
              throw new IllegalStateException();
            });
    try (Database database = with(failing)) {
      failure(
          ErrorCode.PROCEDURE_FAILED,
          database,
          "CREATE (a) WITH a CALL failing() YIELD n RETURN n");
      assertEquals(0, database.nodeCount());
    }
  }

  @Test
  void whatAProcedureSeesIsKeptApartFromTheChangesAfterIt() {
    try (Database database = Database.inMemory()) {
      assertEquals(
          """
          estimated  operator
          20         Create (_1:X)
          20         Eager
          20         ProcedureCall db.labels() YIELD #1 AS l
          2          Unwind [1, 2] AS i
          1          Start
          """,
          database
              .explain("UNWIND [1, 2] AS i CALL db.labels() YIELD label AS l CREATE (:X)")
              .toText());
    }
  }

  @Test
  void argumentsWithDefaultsAreLeftOut() {
    Procedure pad =
        Procedure.of(
                "my.pad(text :: STRING, width = 3 :: INTEGER, fill = '-' :: STRING?)"
                    + " :: (padded :: STRING)",
                (arguments, context) ->
                    List.of(
                        List.of(
                            arguments.get(0)
                                + String.valueOf(arguments.get(2))
                                    .repeat(((Long) arguments.get(1)).intValue()))))
            .describedAs("Text with something behind it.");
    try (Database database = with(pad)) {
      assertEquals(List.of(Map.of("padded", "a---")), rows(database, "CALL my.pad('a')"));
      assertEquals(List.of(Map.of("padded", "a--")), rows(database, "CALL my.pad('a', 2)"));
      assertEquals(List.of(Map.of("padded", "a+")), rows(database, "CALL my.pad('a', 1, '+')"));
      assertEquals(
          List.of(Map.of("padded", "x---")),
          database.execute("CALL my.pad", Map.of("text", "x")).toList());
      WeftException none =
          failure(ErrorCode.INVALID_NUMBER_OF_ARGUMENTS, database, "CALL my.pad()");
      assertTrue(none.getMessage().contains("has 0 arguments, expected at least 1"));
      WeftException four =
          failure(ErrorCode.INVALID_NUMBER_OF_ARGUMENTS, database, "CALL my.pad('a', 1, '', 0)");
      assertTrue(four.getMessage().contains("has 4 arguments, expected at most 3"));
      failure(ErrorCode.INVALID_ARGUMENT_TYPE, database, "CALL my.pad('a', 'b')");
      failure(
          ErrorCode.INVALID_ARGUMENT_PASSING_MODE,
          database,
          "UNWIND [1] AS i CALL my.pad YIELD padded RETURN padded");
      assertEquals(
          List.of(
              Map.of(
                  "description",
                  "Text with something behind it.",
                  "defaults",
                  List.of("3", "'-'"))),
          rows(
              database,
              "SHOW PROCEDURES YIELD name, description, argumentDescription"
                  + " WHERE name = 'my.pad'"
                  + " RETURN description,"
                  + " [a IN argumentDescription WHERE a.default IS NOT NULL | a.default] AS defaults"));
    }
  }

  @Test
  void aSignatureIsReadBackFromItsText() {
    String signature =
        "a.b.c(x :: LIST? OF LIST OF INTEGER?, y :: ANY?, l :: LIST) :: (z :: NUMBER, m :: MAP?)";
    assertEquals(signature, Procedure.of(signature, (a, c) -> List.of()).toString());
    String defaults =
        "p(a :: ANY, b = null :: MAP?, c = true :: BOOLEAN, d = -3 :: INTEGER, e = 1.5 :: FLOAT,"
            + " f = 'x y' :: STRING) :: ()";
    assertEquals(defaults, Procedure.of(defaults, (a, c) -> List.of()).toString());
    assertEquals("p() :: ()", Procedure.of(" p ( ) :: VOID ", (a, c) -> List.of()).toString());
  }

  @Test
  void aTextThatIsNoSignatureIsRefused() {
    for (String wrong :
        List.of(
            "",
            "p",
            "p()",
            "p() :: ",
            "p() :: NOTHING",
            "p() :: () x",
            "p(x) :: ()",
            "p(x :: WORD) :: ()",
            "p(x :: STRING OF ANY) :: ()",
            "p(x :: ANY, x :: ANY) :: ()",
            "p(x :: ANY,) :: ()",
            "p(x = :: ANY) :: ()",
            "p(x = 1) :: ()",
            "p(x = 'a :: STRING) :: ()",
            "p(x = word :: STRING) :: ()",
            "p(x = 1 :: STRING) :: ()",
            "p(x = null :: STRING) :: ()",
            "p(x = 1 :: INTEGER, y :: INTEGER) :: ()",
            "p() :: (x = 1 :: INTEGER)",
            ".p() :: ()",
            "p() :: (x :: " + "LIST OF ".repeat(100_000) + "ANY)")) {
      WeftException failure =
          assertThrows(WeftException.class, () -> Procedure.of(wrong, (a, c) -> List.of()), wrong);
      assertEquals(ErrorCode.INVALID_USE, failure.code());
    }
  }

  @Test
  void twoProceduresOfOneNameAreRefused() {
    Procedure one = Procedure.of("p() :: ()", (a, c) -> List.of());
    assertEquals(
        ErrorCode.INVALID_USE, assertThrows(WeftException.class, () -> with(one, one)).code());
    Procedure builtIn = Procedure.of("db.labels() :: ()", (a, c) -> List.of());
    assertEquals(
        ErrorCode.INVALID_USE, assertThrows(WeftException.class, () -> with(builtIn)).code());
  }

  @Test
  void theVersionThatIsToldIsThatOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    int start = pom.indexOf("<version>") + "<version>".length();
    String version = pom.substring(start, pom.indexOf("</version>", start));
    try (Database database = Database.inMemory()) {
      assertEquals(
          List.of(Map.of("versions", List.of(version))),
          rows(database, "CALL dbms.components() YIELD versions RETURN versions"));
    }
  }
}
