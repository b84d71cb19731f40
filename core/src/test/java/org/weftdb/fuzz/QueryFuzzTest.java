package org.weftdb.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.cypher.parser.CypherScript;
import org.weftdb.engine.Access;
import org.weftdb.engine.Completion;
import org.weftdb.engine.Engine;
import org.weftdb.engine.EngineOptions;
import org.weftdb.engine.QueryLimits;
import org.weftdb.engine.Transaction;
import org.weftdb.error.Diagnostic;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;
import org.weftdb.testing.ErrorPlaces;
import org.weftdb.testing.TreeText;

/**
 * What holds of every text, whatever it is: it is checked, completed, compiled and run without any
 * other failure than an error with a code and a place inside the text; {@code check} finds an error
 * exactly when it does not compile, and the first is the same; what was parsed can be printed, and
 * means the same when it is parsed again; what is offered at a place of a text that can be gone on
 * with there can be put in there.
 *
 * <p>{@code -Dfuzz.queries=N} tries so many texts, {@code -Dfuzz.seed=S} those from a seed on.
 */
class QueryFuzzTest {
  private static final int QUERIES = Integer.getInteger("fuzz.queries", 6_000);
  private static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);

  /** Texts that the tests of the package for JavaScript read. */
  private static final int WRITTEN = 4_000;

  /** How often a query asks whether it is to stop, before it is. */
  private static final int MAX_POLLS = 60;

  private static final int QUERIES_PER_DATABASE = 300;
  private static final long MEMORY_BYTES = 16L << 20;
  private static final Map<String, Object> PARAMETERS =
      Map.of("p", 1L, "0", 2L, "x", "text", "list", List.of(1L, "a"), "map", Map.of("a", 1L));

  private final QueryMutator mutator = new QueryMutator(QuerySeeds.all());
  private int polls;

  @Test
  void everyTextEndsWithAnAnswerOrAnErrorWithAPlace() {
    Engine engine = engine();
    for (int i = 0; i < QUERIES; i++) {
      if (i % QUERIES_PER_DATABASE == 0) {
        engine.close();
        engine = engine();
      }
      long seed = FIRST_SEED + i;
      String text = mutator.text(seed);
      try {
        printed(text);
        checked(engine, text);
        completed(engine, text, new Prng(~seed));
        executed(engine, text);
      } catch (Throwable failure) {
        throw new AssertionError(
            "-Dfuzz.queries=1 -Dfuzz.seed=" + seed + ": " + text + "\n" + failure, failure);
      }
    }
    engine.close();
  }

  private Engine engine() {
    EngineOptions options =
        EngineOptions.singleThreaded(1, () -> 1_700_000_000_000L)
            .withCancellation(() -> ++polls > MAX_POLLS)
            .withLimits(QueryLimits.of(MEMORY_BYTES, QueryLimits.NO_TIMEOUT));
    Engine engine = Engine.inMemory(options);
    polls = 0;
    engine.execute(
        "CREATE (a:A:Person {name: 'Ada', x: 1})-[:R {w: 1}]->(b:B {name: 'Bob', x: 2.5}),"
            + " (b)-[:KNOWS]->(:Person {list: [1, 2]})-[:R]->(a), (a)-[:R]->(a), (:`A b`)");
    engine.execute("CREATE INDEX names FOR (n:Person) ON (n.name)");
    return engine;
  }

  // Printing.

  private static void printed(String text) {
    ParsedQuery parsed;
    try {
      parsed = CypherParser.parse(text);
    } catch (WeftException failure) {
      return;
    }
    String printed = AstPrinter.print(parsed);
    String again = TreeText.of(CypherParser.parse(printed).statement());
    assertEquals(TreeText.of(parsed.statement()), again, printed);
  }

  // Checking.

  private void checked(Engine engine, String text) {
    List<Diagnostic> errors = engine.check(text);
    int before = -1;
    for (Diagnostic error : errors) {
      assertTrue(error.code().compileTime() || isResource(error.code()), () -> "" + error);
      Position place = error.position();
      if (place != null) {
        assertPlace(place, text);
        assertTrue(place.offset() >= before, () -> "not in the order of the text: " + errors);
        assertTrue(place.offset() + error.length() <= text.length(), () -> "" + error);
        before = place.offset();
      }
    }
    if (isOneStatement(text)) {
      WeftException failure = compile(engine, text);
      Diagnostic first = errors.isEmpty() ? null : errors.get(0);
      assertEquals(
          failure == null ? null : Diagnostic.of(failure, 0),
          first == null
              ? null
              : new Diagnostic(first.code(), first.message(), first.position(), 0));
    }
  }

  private static boolean isResource(ErrorCode code) {
    return code == ErrorCode.NESTING_TOO_DEEP || code == ErrorCode.QUERY_TOO_LARGE;
  }

  /** A script of several, or of none, is no query. */
  private static boolean isOneStatement(String text) {
    return text.indexOf(';') < 0 && CypherScript.of(text).size() == 1;
  }

  private @Nullable WeftException compile(Engine engine, String text) {
    polls = 0;
    try {
      engine.explain(text);
      return null;
    } catch (WeftException failure) {
      return failure;
    }
  }

  private static void assertPlace(Position place, String text) {
    assertTrue(place.offset() >= 0 && place.offset() <= text.length(), () -> "place " + place);
    assertTrue(place.line() >= 1 && place.column() >= 1, () -> "place " + place);
  }

  // Completing.

  private void completed(Engine engine, String text, Prng random) {
    int at = random.nextInt(text.length() + 1);
    Completion completion = engine.complete(text, at);
    assertTrue(completion.from() >= 0 && completion.from() <= at, () -> "" + completion);
    assertTrue(completion.to() >= at && completion.to() <= text.length(), () -> "" + completion);
    String before = text.substring(0, completion.from());
    if (before.indexOf(';') >= 0 || !canGoOn(before)) {
      return;
    }
    List<Completion.Item> items = completion.items();
    for (int i = Math.min(3, items.size()); i > 0; i--) {
      Completion.Item item = items.get(random.nextInt(items.size()));
      assertTrue(canGoOn(before + item.text()), () -> "not to be put in at " + at + ": " + item);
    }
  }

  /**
   * Whether a text follows the grammar up to its end, and only lacks something, if anything. What
   * is said of something that is whole, such as a UNION of another kind than the one before, is not
   * about the grammar.
   */
  private static boolean canGoOn(String text) {
    try {
      CypherParser.parse(text);
      return true;
    } catch (WeftException failure) {
      Position place = failure.position();
      return place == null
          || place.offset() >= text.stripTrailing().length()
          || !String.valueOf(failure.getMessage()).startsWith("Unexpected");
    }
  }

  // Running.

  private void executed(Engine engine, String text) {
    polls = 0;
    long nodes = engine.nodeCount();
    long relationships = engine.relationshipCount();
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      for (int i = 0; i < 2; i++) {
        transaction.executeScript(text, PARAMETERS);
      }
    } catch (WeftException failure) {
      assertTrue(failure.code() != ErrorCode.INTERNAL, () -> "" + failure);
      ErrorPlaces.check(failure, text);
    }
    polls = 0;
    assertEquals(nodes, engine.nodeCount());
    assertEquals(relationships, engine.relationshipCount());
    try {
      engine.execute(text, PARAMETERS).toList();
    } catch (WeftException failure) {
      assertTrue(failure.code() != ErrorCode.INTERNAL, () -> "" + failure);
      ErrorPlaces.check(failure, text);
    }
  }

  // For JavaScript.

  @Test
  void theSameTextsAreWrittenForTheTestsOfThePackage() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int seed = 1; seed <= WRITTEN; seed++) {
      lines.add(json(mutator.text(seed)));
    }
    Path file = Path.of("target/fuzz/queries.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "[\n" + String.join(",\n", lines) + "\n]\n");
    assertEquals(WRITTEN, lines.size());
  }

  private static String json(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        out.append(c);
      } else {
        String digits = Integer.toHexString(c);
        out.append("\\u").append("0".repeat(4 - digits.length())).append(digits);
      }
    }
    return out.append('"').toString();
  }
}
