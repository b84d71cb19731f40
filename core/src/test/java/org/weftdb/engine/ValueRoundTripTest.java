package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.bytes.Prng;
import org.weftdb.storage.CrashStorage;
import org.weftdb.value.ByteString;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.CoordinateType;
import org.weftdb.value.Node;
import org.weftdb.value.Point;
import org.weftdb.value.ValueEquality;
import org.weftdb.value.ValueType;
import org.weftdb.value.VectorBuilder;
import org.weftdb.value.VectorValue;
import org.weftdb.value.temporal.DateTimeValue;
import org.weftdb.value.temporal.DateValue;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.LocalDateTimeValue;
import org.weftdb.value.temporal.LocalTimeValue;
import org.weftdb.value.temporal.TimeValue;
import org.weftdb.value.temporal.Zone;

/**
 * Every kind of value that a property holds, on its way through parameters, properties, an index,
 * the log, a snapshot and back; a failure names its seed.
 */
final class ValueRoundTripTest {
  private static final int COUNT = 60;

  private static EngineOptions options() {
    return EngineOptions.singleThreaded(1, () -> 1_000)
        .withStorage(StorageOptions.DEFAULT.withSegmentBytes(4000));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void valuesComeBackFromEverywhere(long seed) {
    Prng random = new Prng(seed);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      values.add(i % 4 == 3 ? list(random) : scalar(random, random.nextInt(14)));
    }
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    engine.execute("CREATE INDEX FOR (n:Value) ON (n.v)");
    for (int i = 0; i < COUNT; i++) {
      Map<String, Object> parameters = Map.of("v", values.get(i), "i", (long) i);
      Result result =
          engine.execute(
              "CREATE (n:Value {v: $v, i: $i})-[r:HAS {v: $v}]->(n) RETURN $v AS p, n, r.v AS r",
              parameters);
      Row row = result.next();
      assertSame(values.get(i), row.get("p"), seed);
      assertSame(values.get(i), ((Node) row.get("n")).properties().get("v"), seed);
      assertSame(values.get(i), row.get("r"), seed);
    }
    assertHolds(engine, values, seed);
    byte[] snapshot = engine.saveSnapshotToBytes();
    Engine recovered = Engine.open(storage.afterProcessDeath(), options());
    assertHolds(recovered, values, seed);
    assertArrayEquals(snapshot, recovered.saveSnapshotToBytes(), "seed " + seed);
    Engine loaded = Engine.inMemory(options());
    loaded.loadSnapshotFromBytes(snapshot);
    assertHolds(loaded, values, seed);
  }

  @Test
  void everyKindOfValueIsAmongThem() {
    Set<ValueType> seen = EnumSet.noneOf(ValueType.class);
    Prng random = new Prng(1);
    for (int kind = 0; kind < 14; kind++) {
      seen.add(ValueType.of(scalar(random, kind)));
    }
    for (ValueType type : ValueType.values()) {
      boolean storable =
          switch (type) {
            case MAP, NODE, RELATIONSHIP, PATH, NULL, LIST -> false;
            default -> true;
          };
      assertEquals(storable, seen.contains(type), type.toString());
    }
  }

  private static void assertHolds(Engine engine, List<Object> values, long seed) {
    Result all = engine.execute("MATCH (n:Value)-[r:HAS]->() RETURN n.v, r.v ORDER BY n.i");
    for (Object value : values) {
      Row row = all.next();
      assertSame(value, row.get(0), seed);
      assertSame(value, row.get(1), seed);
    }
    for (int i = 0; i < values.size(); i++) {
      // What is equal to itself is found, through the index too.
      Object value = values.get(i);
      boolean found = Boolean.TRUE.equals(ValueEquality.equal(value, value));
      Result result =
          engine.execute(
              "MATCH (n:Value) WHERE n.v = $v RETURN collect(n.i) AS ids", Map.of("v", value));
      List<?> ids = (List<?>) result.next().get(0);
      assertEquals(found, ids.contains((long) i), () -> "seed " + seed + ": " + value);
    }
    assertTrue(
        engine.explain("MATCH (n:Value) WHERE n.v = $v RETURN n").toText().contains("Index"));
  }

  private static void assertSame(Object expected, Object actual, long seed) {
    assertTrue(
        ValueEquality.equivalent(expected, actual),
        () -> "seed " + seed + ": expected " + expected + ", got " + actual);
    assertEquals(ValueType.of(expected), ValueType.of(actual));
    assertEquals(expected.toString(), actual.toString());
  }

  private static List<Object> list(Prng random) {
    List<Object> list = new ArrayList<>();
    boolean mixed = random.nextBoolean();
    int kind = random.nextInt(14);
    for (int size = random.nextInt(5); size > 0; size--) {
      list.add(scalar(random, mixed ? random.nextInt(14) : kind));
    }
    return list;
  }

  private static Object scalar(Prng random, int kind) {
    return switch (kind) {
      case 0 -> random.nextLong() >> random.nextInt(64);
      case 1 -> real(random);
      case 2 -> random.nextBoolean();
      case 3 -> text(random);
      case 4 -> new DateValue(random.nextInt(2_000_000) - 1_000_000);
      case 5 -> new LocalTimeValue(nanoOfDay(random));
      case 6 -> new TimeValue(nanoOfDay(random), random.nextInt(129_601) - 64_800);
      case 7 -> new LocalDateTimeValue(random.nextInt(2_000_000) - 1_000_000, nanoOfDay(random));
      case 8 ->
          new DateTimeValue(
              random.nextInt(), random.nextInt(1_000_000_000), Zone.ofOffset(random.nextInt(3600)));
      case 9 ->
          DurationValue.of(
              random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt(1_000_000_000));
      case 10 -> point(random);
      case 11 -> vector(random);
      case 12 -> bytes(random);
      default -> random.nextBoolean() ? Long.MIN_VALUE : "";
    };
  }

  private static long nanoOfDay(Prng random) {
    return random.nextInt(86_400) * 1_000_000_000L + random.nextInt(1_000_000_000);
  }

  private static double real(Prng random) {
    double any = Double.longBitsToDouble(random.nextLong());
    return random.nextInt(5) == 0 ? -0.0 : any;
  }

  private static String text(Prng random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
    }
    return text.toString();
  }

  private static Point point(Prng random) {
    CoordinateSystem system = CoordinateSystem.values()[random.nextInt(4)];
    double y = system.isGeographic() ? random.nextInt(181) - 90 : random.nextInt() / 7.0;
    return new Point(system, random.nextInt() / 3.0, y, random.nextInt(9000));
  }

  private static VectorValue vector(Prng random) {
    CoordinateType type = CoordinateType.values()[random.nextInt(6)];
    int dimension = random.nextInt(20) == 0 ? VectorValue.MAX_DIMENSION : 1 + random.nextInt(9);
    VectorBuilder builder = new VectorBuilder(type, dimension);
    for (int i = 0; i < dimension; i++) {
      switch (type) {
        case FLOAT32 -> builder.add((double) (random.nextInt() / 1000f));
        case FLOAT64 -> builder.add(random.nextInt() / 1000.0);
        default -> builder.add(random.nextLong() >> 64 - 8 * type.sizeBytes());
      }
    }
    return builder.build();
  }

  private static ByteString bytes(Prng random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes, 0, bytes.length);
    return ByteString.owning(bytes);
  }

  @Test
  void arraysOfBytesAreByteStringsAndOthersAreLists() {
    Engine engine = Engine.inMemory(options());
    Map<String, Object> parameters =
        Map.of(
            "bytes", new byte[] {-1, 0},
            "floats", new float[] {0.5f},
            "nested", List.of(new byte[] {1}, Map.of("k", new byte[] {2})));
    Row row = engine.execute("RETURN $bytes AS b, $floats AS f, $nested AS n", parameters).next();
    assertEquals(ByteString.copyOf(new byte[] {-1, 0}), row.get("b"));
    assertEquals(Arrays.asList(0.5), row.get("f"));
    assertEquals("[X'01', {k=X'02'}]", String.valueOf(row.get("n")));
  }
}
