package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.log.Durability;
import org.weftdb.log.LogFormat;
import org.weftdb.snapshot.SnapshotFormatVersion;
import org.weftdb.storage.AppendFile;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.MemoryStorage;

/**
 * Files that a released version wrote, one folder per version, which every later version opens.
 *
 * <p>{@code -Dfixtures.rewrite=true} writes those of the present version anew; once it is released
 * they never change again, and another format gets a version and a folder of its own.
 */
final class FormatFixtureTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final int NEWEST = SnapshotFormatVersion.newest().number();

  private static Path snapshot(int version) {
    return FIXTURES.resolve(version + "/graph.weft");
  }

  private static Path database(int version) {
    return FIXTURES.resolve(version + "/database");
  }

  private static final String CREATE =
      """
      CREATE (a:Person:Author {name: 'Ada', born: 1815, score: 1.5, alive: false,
                               tags: ['x', 'y', 'grün \uD83D\uDE00'], big: 9223372036854775807}),
             (b:Person {name: 'Charles', born: 1791, score: -0.0}), (c:Machine {name: 'Engine'}),
             (a)-[:KNOWS {since: 1833, how: 'letters'}]->(b), (b)-[:BUILT {ok: true}]->(c),
             (a)-[:KNOWS]->(a)
      """;

  private static final List<String> EXPECTED =
      List.of(
          "Ada [Author, Person] alive=false big=9223372036854775807 born=1815 name=Ada score=1.5"
              + " tags=[x, y, grün \uD83D\uDE00]",
          "Charles [Person] born=1791 name=Charles score=-0.0",
          "Engine [Machine] name=Engine",
          "Ada KNOWS Ada",
          "Ada KNOWS Charles how=letters since=1833",
          "Charles BUILT Engine ok=true");

  /** A value of every type that version 2 has more than version 1, alone and in lists. */
  private static final String VALUES =
      """
      {point: point({longitude: 13.4, latitude: 52.5, height: 34}),
       date: date('2024-02-29'), duration: duration('P1M2DT3.5S'),
       v8: vector([-128, 127], 2, INTEGER8), v16: vector([-32768], 1, INTEGER16),
       v32: vector([1, 2147483647], 2, INTEGER32),
       v64: vector([-9223372036854775808], 1, INTEGER), f32: vector([0.1, -1.5], 2, FLOAT32),
       f64: vector([0.1, 1e300], 2, FLOAT), bytes: [0, 255]::BYTES, none: []::BYTES,
       list: [point({x: 1, y: -2.5}), vector([1, 2, 3], 3, FLOAT32), 'x'::BYTES, 1, 'text']}
      """;

  private static final String VALUES_TEXT =
      " bytes=X'00FF' date=2024-02-29 duration=P1M2DT3.5S f32=vector([0.1, -1.5], 2, FLOAT32)"
          + " f64=vector([0.1, 1.0E300], 2, FLOAT)"
          + " list=[point({x: 1.0, y: -2.5, crs: 'cartesian'}),"
          + " vector([1.0, 2.0, 3.0], 3, FLOAT32), X'78', 1, text] none=X''"
          + " point=point({x: 13.4, y: 52.5, z: 34.0, crs: 'wgs-84-3d'})"
          + " v16=vector([-32768], 1, INTEGER16)"
          + " v32=vector([1, 2147483647], 2, INTEGER32)"
          + " v64=vector([-9223372036854775808], 1, INTEGER)"
          + " v8=vector([-128, 127], 2, INTEGER8)";

  private static List<String> expected(int version) {
    List<String> expected = new ArrayList<>(EXPECTED);
    if (version >= 2) {
      expected.add(3, "null [Values]" + VALUES_TEXT);
      expected.add("null HAS null" + VALUES_TEXT);
    }
    return expected;
  }

  private static EngineOptions options() {
    return EngineOptions.singleThreaded(1, () -> 1_000)
        .withStorage(StorageOptions.DEFAULT.withSegmentBytes(400).withDurability(Durability.NONE));
  }

  private static Engine example() {
    return example(NEWEST);
  }

  /** What the fixtures of a version hold. */
  private static Engine example(int version) {
    Engine engine = Engine.inMemory(options());
    engine.execute(CREATE);
    engine.execute("CREATE INDEX byName FOR (p:Person) ON (p.name)");
    if (version >= 2) {
      engine.execute("CREATE INDEX FOR (p:Person) ON (p.born, p.score)");
      engine.execute("CREATE TEXT INDEX texts FOR (p:Person) ON (p.name)");
      engine.execute("CREATE LOOKUP INDEX FOR ()-[r]-() ON EACH type(r)");
      engine.execute("CREATE CONSTRAINT FOR (m:Machine) REQUIRE m.name IS NODE KEY");
      engine.execute("CREATE CONSTRAINT FOR ()-[r:BUILT]-() REQUIRE r.ok IS NOT NULL");
      engine.execute("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.born IS :: INTEGER");
      engine.execute("CREATE CONSTRAINT FOR (p:Person) REQUIRE (p.name, p.born) IS UNIQUE");
      engine.execute("CREATE POINT INDEX places FOR (v:Values) ON (v.point)");
      engine.execute("CREATE POINT INDEX FOR ()-[h:HAS]-() ON (h.point)");
      engine.execute("CREATE (v:Values " + VALUES + "), (v)-[:HAS " + VALUES + "]->(v)");
    }
    return engine;
  }

  private static List<Object> schema(Engine engine) {
    List<Object> names = new ArrayList<>();
    for (String what : List.of("INDEXES", "CONSTRAINTS")) {
      for (Row row :
          engine.execute("SHOW " + what + " YIELD name, createStatement ORDER BY name")) {
        names.add(row.get(1));
      }
    }
    return names;
  }

  @BeforeAll
  static void rewrite() throws IOException {
    if (!Boolean.getBoolean("fixtures.rewrite")) {
      return;
    }
    Path folder = database(NEWEST);
    Files.createDirectories(folder);
    try (var old = Files.list(folder)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    Files.write(snapshot(NEWEST), example().saveSnapshotToBytes());
    for (Map.Entry<String, byte[]> file : databaseFiles().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /** The files of a database as this version writes them, left by a killed process. */
  private static Map<String, byte[]> databaseFiles() {
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    engine.execute("CREATE (:Gone)");
    engine.loadSnapshotFromBytes(example().saveSnapshotToBytes());
    for (int i = 0; i < 6; i++) {
      engine.execute("CREATE (:Later {i: " + i + ", text: 'some text that fills a segment'})");
    }
    engine.execute("MATCH (l:Later {i: 3}) DETACH DELETE l");
    engine.execute("MATCH (l:Later {i: 4}) SET l.text = null, l.i = 'four' SET l:Other");
    engine.execute("MATCH (l:Later {i: 5}) SET l += " + VALUES);
    engine.execute("CREATE (:Torn)");
    // As a killed process leaves it: never closed, the last record torn.
    CrashStorage left = storage.afterProcessDeath();
    String last = "";
    for (String name : left.list()) {
      last = LogFormat.segmentNumber(name) > 0 ? name : last;
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : left.list()) {
      byte[] bytes = left.bytesOf(name);
      int length = name.equals(last) ? bytes.length - 10 : bytes.length;
      files.put(name, Arrays.copyOf(bytes, length));
    }
    return files;
  }

  private static List<String> describe(Engine engine) {
    List<String> lines = new ArrayList<>();
    String nodes =
        """
        MATCH (n) WHERE NOT n:Later
        RETURN n.name AS name, labels(n), properties(n) ORDER BY name
        """;
    for (Row row : engine.execute(nodes)) {
      lines.add(row.get(0) + " " + row.get(1) + text((Map<?, ?>) row.get(2)));
    }
    String relationships =
        """
        MATCH (a)-[r]->(b) RETURN coalesce(a.name, 'null') + ' ' + type(r) + ' ' + coalesce(b.name, 'null') AS line, properties(r)
        ORDER BY line
        """;
    for (Row row : engine.execute(relationships)) {
      lines.add(row.get(0) + text((Map<?, ?>) row.get(1)));
    }
    return lines;
  }

  private static String text(Map<?, ?> properties) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(properties).forEach((k, v) -> text.append(' ').append(k + "=" + v));
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theSnapshotOfAVersionOpens(int version) throws IOException {
    byte[] bytes = Files.readAllBytes(snapshot(version));
    Engine engine = Engine.inMemory(options());
    int entities = version >= 2 ? 4 : 3;
    assertEquals(
        new SnapshotInfo(version, entities, entities, 0), engine.loadSnapshotFromBytes(bytes));
    assertEquals(expected(version), describe(engine));
    assertEquals(
        example(version).explain("MATCH (p:Person {name: 'Ada'}) RETURN p"),
        engine.explain("MATCH (p:Person {name: 'Ada'}) RETURN p"));
    if (version >= 2) {
      String near =
          "point.distance(n.point, point({longitude: 13, latitude: 52, height: 0})) < 9e4";
      String query =
          "MATCH (n:Values)-[h:HAS]->() WHERE " + near + " AND h.point = n.point RETURN h";
      assertEquals(example(version).explain(query), engine.explain(query));
      assertEquals(1, engine.execute(query).toList().size());
    }
    assertEquals(schema(example(version)), schema(engine));
    assertArrayEquals(example(version).saveSnapshotToBytes(), engine.saveSnapshotToBytes());
  }

  @Test
  void thisVersionStillWritesWhatIsCheckedIn() throws IOException {
    assertArrayEquals(
        Files.readAllBytes(snapshot(NEWEST)),
        example().saveSnapshotToBytes(),
        "the format has changed: before its release rewrite it, afterwards it is a new version");
  }

  @Test
  void thisVersionStillWritesTheDatabaseThatIsCheckedIn() throws IOException {
    Map<String, byte[]> files = databaseFiles();
    try (var checkedIn = Files.list(database(NEWEST))) {
      assertEquals(
          List.copyOf(files.keySet()),
          checkedIn.map(path -> path.getFileName().toString()).sorted().toList());
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertArrayEquals(
          Files.readAllBytes(database(NEWEST).resolve(file.getKey())),
          file.getValue(),
          file.getKey()
              + ": the format has changed: before its release rewrite it, afterwards it is a new"
              + " version");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theDatabaseOfAVersionOpensAndCanBeWritten(int version) throws IOException {
    MemoryStorage storage = new MemoryStorage();
    try (var files = Files.list(database(version))) {
      for (Path path : files.toList()) {
        byte[] bytes = Files.readAllBytes(path);
        AppendFile file = storage.create(path.getFileName().toString());
        file.append(bytes, 0, bytes.length);
        file.close();
      }
    }
    Engine engine = Engine.open(storage, options());
    int lsn = version >= 2 ? 11 : 10;
    assertEquals(lsn, engine.lastLsn());
    assertEquals(expected(version), describe(engine));
    if (version >= 2) {
      Row logged =
          engine.execute("MATCH (l:Later {i: 5}) RETURN l {.*, i: null, text: null}").next();
      Map<Object, Object> values = new TreeMap<>((Map<?, ?>) logged.get(0));
      values.values().removeIf(Objects::isNull);
      assertEquals(VALUES_TEXT, text(values));
    }
    assertEquals(schema(example(version)), schema(engine));
    assertEquals(
        List.of("0", "1", "2", "5", "four"),
        engine
            .execute("MATCH (l:Later) WITH toString(l.i) AS i ORDER BY i RETURN collect(i) AS all")
            .next()
            .get("all"));
    assertEquals(1L, engine.execute("MATCH (o:Other:Later) RETURN count(o)").next().get(0));
    engine.execute("CREATE (:Later)");
    assertEquals(lsn + 1, engine.lastLsn());
  }
}
