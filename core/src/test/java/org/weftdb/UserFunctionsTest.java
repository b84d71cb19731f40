package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Node;

/** Functions that an embedder registers. */
class UserFunctionsTest {
  private static final UserFunction TWICE =
      UserFunction.of("my.twice(x :: INTEGER?) :: INTEGER?", UserFunctionsTest::twice);

  private static @Nullable Object twice(List<@Nullable Object> arguments) {
    return arguments.get(0) instanceof Long x ? (Long) (2 * x) : null;
  }

  private static Database with(UserFunction... functions) {
    DatabaseBuilder builder = Database.builder();
    for (UserFunction function : functions) {
      builder.function(function);
    }
    return builder.inMemory();
  }

  private static List<Map<String, @Nullable Object>> rows(Database database, String query) {
    return database.execute(query).toList();
  }

  private static void assertFails(ErrorCode code, UserFunction function, String query) {
    try (Database database = with(function)) {
      WeftException failure = assertThrows(WeftException.class, () -> rows(database, query));
      assertEquals(code, failure.code(), failure.getMessage());
      assertEquals(1, rows(database, "RETURN 1").size());
    }
  }

  @Test
  void aFunctionIsCalledForEachRowInAnyCase() {
    try (Database database = with(TWICE)) {
      assertEquals(
          List.of(Map.of("y", 2L), Map.of("y", 4L)),
          rows(database, "UNWIND [1, 2] AS x RETURN MY.Twice(x) AS y"));
      assertEquals(
          List.of(Map.of("none", true)), rows(database, "RETURN my.twice(null) IS NULL AS none"));
      database.execute("CREATE (:N {x: 4})");
      assertEquals(
          List.of(Map.of("n", 1L)),
          rows(database, "MATCH (n:N {x: my.twice(2)}) RETURN count(n) AS n"));
    }
  }

  @Test
  void argumentsWithDefaultsAreLeftOut() {
    UserFunction times =
        UserFunction.of(
                "my.times(x :: INTEGER, factor = 10 :: INTEGER) :: INTEGER",
                arguments -> (Long) arguments.get(0) * (Long) arguments.get(1))
            .describedAs("A product.");
    try (Database database = with(times)) {
      assertEquals(
          List.of(Map.of("a", 20L, "b", 6L)),
          rows(database, "RETURN my.times(2) AS a, my.times(2, 3) AS b"));
      assertEquals(
          List.of(Map.of("description", "A product.")),
          rows(database, "SHOW USER DEFINED FUNCTIONS YIELD description"));
    }
    assertFails(ErrorCode.INVALID_NUMBER_OF_ARGUMENTS, times, "RETURN my.times() AS a");
    assertFails(ErrorCode.INVALID_NUMBER_OF_ARGUMENTS, times, "RETURN my.times(1, 2, 3) AS a");
  }

  @Test
  void aNameWithOtherThanAsciiLettersIsFoundAsItIsWritten() {
    UserFunction function = UserFunction.of("my.Größe_Ä() :: INTEGER", arguments -> 1L);
    try (Database database = with(function)) {
      assertEquals(List.of(Map.of("n", 1L)), rows(database, "RETURN MY.größe_Ä() AS n"));
    }
  }

  @Test
  void entitiesGoInAndOutWhole() {
    UserFunction label =
        UserFunction.of(
            "my.label(n :: NODE) :: STRING",
            arguments -> ((Node) Objects.requireNonNull(arguments.get(0))).labels().get(0));
    UserFunction same =
        UserFunction.of("my.same(x :: ANY?) :: ANY?", arguments -> arguments.get(0));
    try (Database database = with(label, same)) {
      assertEquals(
          List.of(Map.of("l", "A", "i", 7L)),
          rows(database, "CREATE (n:A {i: 7}) RETURN my.label(n) AS l, my.same([n])[0].i AS i"));
    }
  }

  @Test
  void anIntegerBecomesAFloatWhereOneIsDeclared() {
    UserFunction half =
        UserFunction.of(
            "my.half(x :: FLOAT) :: FLOAT",
            arguments -> (Double) Objects.requireNonNull(arguments.get(0)) / 2);
    try (Database database = with(half)) {
      assertEquals(List.of(Map.of("x", 1.5)), rows(database, "RETURN my.half(3) AS x"));
    }
  }

  @Test
  void whatIsNotAsDeclaredIsAnError() {
    UserFunction wrong = UserFunction.of("my.wrong() :: INTEGER", arguments -> "text");
    assertFails(ErrorCode.FUNCTION_FAILED, wrong, "RETURN my.wrong() AS x");
    UserFunction none = UserFunction.of("my.none() :: INTEGER", arguments -> null);
    assertFails(ErrorCode.FUNCTION_FAILED, none, "RETURN my.none() AS x");
    assertFails(ErrorCode.TYPE_MISMATCH, TWICE, "UNWIND [{x: 'a'}] AS m RETURN my.twice(m.x)");
    assertFails(ErrorCode.INVALID_ARGUMENT_TYPE, TWICE, "RETURN my.twice('a') AS x");
    assertFails(ErrorCode.INVALID_NUMBER_OF_ARGUMENTS, TWICE, "RETURN my.twice(1, 2) AS x");
    assertFails(ErrorCode.UNKNOWN_FUNCTION, TWICE, "RETURN my.thrice(1) AS x");
  }

  @Test
  void whatAFunctionThrowsIsTheCauseOfTheQuerysError() {
    IllegalStateException cause = new IllegalStateException("out of order");
    UserFunction failing =
        UserFunction.of(
            "my.fail(x :: ANY?) :: ANY?",
            arguments -> {
              throw cause;
            });
    try (Database database = with(failing)) {
      WeftException failure =
          assertThrows(WeftException.class, () -> rows(database, "CREATE (:A {x: my.fail(1)})"));
      assertEquals(ErrorCode.FUNCTION_FAILED, failure.code());
      assertEquals(cause, failure.getCause());
      assertTrue(failure.getMessage().contains("my.fail"), failure.getMessage());
      assertEquals(0, database.nodeCount());
    }
  }

  @Test
  void aNameThatIsTakenOrHasNoNamespaceIsRefused() {
    for (String wrong : List.of("f() :: ANY", "a.f()", "a.f() :: (x :: ANY)", "a.f() :: ANY x")) {
      WeftException failure =
          assertThrows(WeftException.class, () -> UserFunction.of(wrong, a -> null), wrong);
      assertEquals(ErrorCode.INVALID_USE, failure.code());
    }
    UserFunction same = UserFunction.of("MY.TWICE() :: ANY", a -> null);
    UserFunction builtIn = UserFunction.of("date.truncate() :: ANY", a -> null);
    for (UserFunction[] two : List.of(array(TWICE, same), array(TWICE, builtIn))) {
      assertEquals(
          ErrorCode.INVALID_USE, assertThrows(WeftException.class, () -> with(two)).code());
    }
  }

  private static UserFunction[] array(UserFunction... functions) {
    return functions;
  }

  @Test
  void aSignatureIsReadBackFromItsText() {
    String signature = "a.b(x :: LIST? OF INTEGER, y :: ANY?) :: LIST OF STRING?";
    assertEquals(signature, UserFunction.of(signature, a -> null).toString());
  }
}
