package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.bytes.Prng;
import org.weftdb.value.ByteString;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;
import org.weftdb.value.ValueComparison;
import org.weftdb.value.ValueEquality;
import org.weftdb.value.ValueOrder;
import org.weftdb.value.VectorValue;
import org.weftdb.value.temporal.DateTimeValue;
import org.weftdb.value.temporal.DateValue;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.Zone;

final class ValueIndexTest {
  private static final IndexDefinition DEFINITION = new IndexDefinition("i", true, 0, 0);

  private final TreeMap<Integer, Object> model = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsWhatTheOperatorsSay(long seed) {
    Prng random = new Prng(seed);
    ValueIndex index = new ValueIndex(DEFINITION, new Editor());
    for (int round = 0; round < 6; round++) {
      boolean shrinking = round % 2 == 1;
      for (int i = 0; i < 1500; i++) {
        change(random, index, random.nextInt(2500), shrinking);
      }
      ValueIndex before = index.freeze();
      GraphInvariants.checkTree(before);
      long[] content = Scanned.all(before.all());
      assertArrayEquals(matching(value -> true), content);
      index = before.edit(new Editor());
      for (int i = 0; i < 25; i++) {
        assertFinds(index, value(random), value(random), random.nextInt(4));
      }
      for (int i = 0; i < 200; i++) {
        change(random, index, random.nextInt(2500), shrinking);
      }
      assertArrayEquals(content, Scanned.all(before.all()));
      assertArrayEquals(matching(value -> true), Scanned.all(index.all()));
    }
    for (Integer id : new ArrayList<>(model.keySet())) {
      assertTrue(index.remove(model.remove(id), id));
      assertTrue(!index.remove(1L, id));
    }
    assertEquals(0, index.size());
    assertEquals(0, Scanned.all(index.all()).length);
  }

  private void change(Prng random, ValueIndex index, int id, boolean shrinking) {
    Object old = model.remove(id);
    if (old != null) {
      assertTrue(index.remove(old, id));
    }
    if (!shrinking || random.nextInt(4) == 0) {
      Object value = value(random);
      index.insert(value, id);
      model.put(id, value);
    }
  }

  private void assertFinds(ValueIndex index, Object a, Object b, int inclusive) {
    boolean withA = (inclusive & 1) != 0;
    boolean withB = (inclusive & 2) != 0;
    assertArrayEquals(
        matching(value -> Boolean.TRUE.equals(ValueEquality.equal(value, a))),
        Scanned.all(index.equal(a)),
        "= " + a);
    long[] above = matching(value -> isAbove(value, a, withA));
    assertArrayEquals(above, Scanned.all(index.range(a, withA, null, false)), "from " + a);
    long[] below = matching(value -> isAbove(b, value, withB));
    assertArrayEquals(below, Scanned.all(index.range(null, false, b, withB)), "to " + b);
    long[] between = matching(value -> isAbove(value, a, withA) && isAbove(b, value, withB));
    assertArrayEquals(
        between, Scanned.all(index.range(a, withA, b, withB)), "from " + a + " to " + b);
    if (!(a instanceof List) && !(b instanceof List)) {
      assertEquals(
          between.length, index.estimate(List.of(new KeyRange.Between(a, withA, b, withB))));
    }
    if (a instanceof String prefix) {
      long[] found = matching(value -> value instanceof String s && s.startsWith(prefix));
      assertArrayEquals(found, Scanned.all(index.prefix(prefix)), "starts with " + prefix);
      assertEquals(found.length, index.estimate(List.of(new KeyRange.Prefix(prefix))));
    }
  }

  private static boolean isAbove(Object a, Object b, boolean inclusive) {
    int order = ValueComparison.compare(a, b);
    return order == 1 || inclusive && order == 0;
  }

  private long[] matching(Predicate<Object> predicate) {
    List<Integer> ids = new ArrayList<>();
    model.forEach(
        (id, value) -> {
          if (predicate.test(value)) {
            ids.add(id);
          }
        });
    ids.sort((a, b) -> ValueOrder.compare(model.get(a), model.get(b)));
    return ids.stream().mapToLong(Integer::longValue).toArray();
  }

  private static Object value(Prng random) {
    return switch (random.nextInt(15)) {
      case 0, 1 -> (long) random.nextInt(200) - 100;
      case 2 -> random.nextInt(20) == 0 ? Double.NaN : random.nextInt(400) / 2.0 - 100;
      case 3 -> random.nextInt(2) == 0;
      case 4 -> "";
      case 5 -> text(random, 2);
      case 6 -> text(random, 4);
      case 7 -> new DateValue(random.nextInt(40) - 20);
      case 8 -> DurationValue.of(random.nextInt(3), random.nextInt(90), 0, random.nextInt(2));
      case 10 ->
          new Point(
              random.nextInt(2) == 0 ? CoordinateSystem.WGS_84 : CoordinateSystem.CARTESIAN_3D,
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3));
      case 11 -> VectorValue.of(new double[] {random.nextInt(3) - 0.0, random.nextInt(2)});
      case 12 -> VectorValue.of(new int[random.nextInt(3) + 1]);
      case 13 ->
          ByteString.owning(new byte[] {(byte) random.nextInt(6), (byte) -random.nextInt(2)});
      case 9 -> new DateTimeValue(random.nextInt(9), 0, Zone.ofOffset(1800 * random.nextInt(3)));
      default ->
          random.nextInt(2) == 0
              ? List.of((long) random.nextInt(4), random.nextInt(3) == 0 ? "x" : 2.5)
              : List.of(random.nextInt(5) == 0 ? Double.NaN : 1.0);
    };
  }

  private static String text(Prng random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      text.append("ab\uFFFD\uD83D\uDE00z".charAt(random.nextInt(6)));
    }
    return text.toString();
  }

  @Test
  void ascendingKeysFillTheirPages() {
    ValueIndex index = new ValueIndex(DEFINITION, new Editor());
    for (int i = 0; i < 10_000; i++) {
      index.insert((long) i, i);
    }
    IndexPage page = index.root();
    int leaves = 0;
    for (int i = 0; i < page.count; i++) {
      leaves += page.child(i).isLeaf() ? 1 : page.child(i).count;
    }
    assertTrue(leaves <= 10_000 / 60, leaves + " leaves");
    assertEquals(10_000, index.estimateDistinct());
  }

  @Test
  void nullFindsNothingAndNeitherDoesARangeWithoutBounds() {
    ValueIndex index = new ValueIndex(DEFINITION, new Editor());
    index.insert(1L, 1);
    assertEquals(0, Scanned.all(index.equal(null)).length);
    assertEquals(0, Scanned.all(index.range(null, true, null, true)).length);
    assertEquals(0, Scanned.all(index.range(1L, true, "a", true)).length);
    assertEquals(1, Scanned.all(index.equal(1.0)).length);
    assertEquals(1, index.estimateDistinct());
  }
}
