package org.weftdb.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.testing.DataDrivenFile;
import org.weftdb.testing.ValueText;

class ValueSemanticsTest {
  /**
   * {@code equal}, {@code compare}, {@code in}, {@code arithmetic} and {@code sort} over literals.
   */
  @TestFactory
  Stream<DynamicTest> cases() {
    return DataDrivenFile.runAll("value", ValueSemanticsTest::run);
  }

  private static String run(DataDrivenFile.Case test) {
    StringBuilder output = new StringBuilder();
    for (String line : test.input().split("\n")) {
      output.append(output.isEmpty() ? "" : "\n").append(answer(test.directive(), line));
    }
    return output.toString();
  }

  private static String answer(String directive, String line) {
    try {
      List<?> values = (List<?>) ValueText.parse("[" + line + "]");
      Object a = values.get(0);
      Object b = values.size() > 1 ? values.get(1) : null;
      return switch (directive) {
        case "equal" -> line + " => " + ValueEquality.equal(a, b);
        case "in" -> line + " => " + ValueEquality.in(a, (List<?>) b);
        case "equivalent" -> line + " => " + ValueEquality.equivalent(a, b);
        case "compare" ->
            line
                + " => < "
                + ValueComparison.less(a, b)
                + ", <= "
                + ValueComparison.lessOrEqual(a, b)
                + ", > "
                + ValueComparison.greater(a, b)
                + ", >= "
                + ValueComparison.greaterOrEqual(a, b);
        case "sort" -> {
          List<Object> sorted = new ArrayList<>(values);
          sorted.sort(ValueOrder.ASCENDING);
          yield ValueText.print(sorted);
        }
        case "add" -> line + " => " + ValueText.print(Arithmetic.add(a, b));
        case "subtract" -> line + " => " + ValueText.print(Arithmetic.subtract(a, b));
        case "multiply" -> line + " => " + ValueText.print(Arithmetic.multiply(a, b));
        case "divide" -> line + " => " + ValueText.print(Arithmetic.divide(a, b));
        case "modulo" -> line + " => " + ValueText.print(Arithmetic.modulo(a, b));
        case "power" -> line + " => " + ValueText.print(Arithmetic.power(a, b));
        case "negate" -> line + " => " + ValueText.print(Arithmetic.negate(a));
        default -> throw new IllegalArgumentException(directive);
      };
    } catch (WeftException e) {
      return line + " => " + e.code() + ": " + e.getMessage();
    }
  }

  private static @Nullable Object randomValue(Prng random, int depth) {
    switch (random.nextInt(depth == 0 ? 11 : 14)) {
      case 0:
        return null;
      case 1, 2:
        return (long) random.nextInt(4) - 1;
      case 3:
        return (random.nextInt(8) - 3) / 2.0;
      case 4:
        return new double[] {Double.NaN, -0.0, 0x1p53, 0x1p63, -0x1p63}[random.nextInt(5)];
      case 5:
        return new long[] {(1L << 53) + 1, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE}
            [random.nextInt(4)];
      case 6:
        return new String[] {"", "a", "b", "ab", "\uFFFF", "\uD83D\uDE00"}[random.nextInt(6)];
      case 7:
        return random.nextBoolean();
      case 8:
        return new NodeReference(random.nextInt(3));
      case 9:
        return new RelationshipReference(random.nextInt(3));
      case 10:
        return new PathReference(
            new int[] {random.nextInt(2), random.nextInt(2)}, new int[] {random.nextInt(2)});
      case 11, 12:
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(randomValue(random, depth - 1));
        }
        return list;
      default:
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          map.put(random.nextBoolean() ? "a" : "b", randomValue(random, depth - 1));
        }
        return map;
    }
  }

  private static List<Object> randomValues(long seed, int count) {
    Prng random = new Prng(seed);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(randomValue(random, 2));
    }
    return values;
  }

  @Test
  void theOrderIsTotalAndTellsApartWhatIsNotEquivalent() {
    List<Object> values = randomValues(21, 160);
    for (Object a : values) {
      for (Object b : values) {
        int order = Integer.signum(ValueOrder.compare(a, b));
        assertEquals(-order, Integer.signum(ValueOrder.compare(b, a)), a + " and " + b);
        assertEquals(order == 0, ValueEquality.equivalent(a, b), a + " and " + b);
        if (order == 0) {
          assertEquals(ValueEquality.hash(a), ValueEquality.hash(b), a + " and " + b);
        }
        for (Object c : values) {
          if (order <= 0 && ValueOrder.compare(b, c) <= 0) {
            assertTrue(ValueOrder.compare(a, c) <= 0, a + ", " + b + ", " + c);
          }
        }
      }
    }
  }

  @Test
  void whatIsEqualIsEquivalentAndComparisonAgreesWithTheOrder() {
    List<Object> values = randomValues(22, 600);
    for (Object a : values) {
      for (Object b : values) {
        Boolean equal = ValueEquality.equal(a, b);
        assertEquals(equal, ValueEquality.equal(b, a));
        if (Boolean.TRUE.equals(equal)) {
          assertTrue(ValueEquality.equivalent(a, b), a + " and " + b);
        }
        int comparison = ValueComparison.compare(a, b);
        if (comparison <= 1 && !(a instanceof List)) {
          assertEquals(Integer.signum(ValueOrder.compare(a, b)), comparison, a + " and " + b);
        }
        assertEquals(ValueComparison.less(a, b), ValueComparison.greater(b, a));
      }
    }
  }

  @Test
  void aSetOfValuesHasOneOfEachGroup() {
    List<Object> values = randomValues(23, 3_000);
    ValueSet set = new ValueSet();
    List<Object> distinct = new ArrayList<>();
    for (Object value : values) {
      boolean isNew = true;
      for (Object known : distinct) {
        isNew &= !ValueEquality.equivalent(known, value);
      }
      assertEquals(!isNew, set.contains(value));
      assertEquals(isNew, value instanceof Long number ? set.addLong(number) : set.add(value));
      if (isNew) {
        distinct.add(value);
      }
    }
    assertEquals(distinct.size(), set.size());
  }

  @Test
  void aMapOfValuesNumbersThemInTheOrderOfTheirFirstAppearance() {
    ValueMap map = new ValueMap();
    Prng random = new Prng(24);
    Map<Long, Integer> expected = new LinkedHashMap<>();
    for (int i = 0; i < 200_000; i++) {
      long value = random.nextInt(50_000) * (random.nextBoolean() ? 1L : 0x100000000L);
      int index = expected.computeIfAbsent(value, v -> expected.size());
      assertEquals(
          index,
          random.nextBoolean() ? map.indexOfOrAddLong(value) : map.indexOfOrAdd((double) value));
    }
    assertEquals(expected.size(), map.size());
    assertEquals(-1, map.indexOf("a"));
    assertEquals(-1, map.indexOfLong(-7));
  }

  @Test
  void bothFormsOfAnEntityAreTheSame() {
    Node node = new Node(5, List.of("A"), Map.of("a", 1L));
    Relationship relationship = new Relationship(7, "T", 5, 5, Map.of());
    Path path = new Path(List.of(node, node), List.of(relationship));
    Object[][] pairs = {
      {node, new NodeReference(5)},
      {relationship, new RelationshipReference(7)},
      {path, new PathReference(new int[] {5, 5}, new int[] {7})}
    };
    for (Object[] pair : pairs) {
      assertEquals(true, ValueEquality.equal(pair[0], pair[1]));
      assertTrue(ValueEquality.equivalent(pair[0], pair[1]));
      assertEquals(0, ValueOrder.compare(pair[0], pair[1]));
      assertEquals(ValueEquality.hash(pair[0]), ValueEquality.hash(pair[1]));
    }
    assertFalse(ValueEquality.equivalent(new NodeReference(7), relationship));
  }

  @Test
  void stringsAreOrderedAsTheirUtf8BytesAre() {
    Prng random = new Prng(25);
    for (int i = 0; i < 20_000; i++) {
      String a = randomText(random);
      String b = randomText(random);
      int expected =
          Arrays.compareUnsigned(
              a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
              b.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertEquals(Integer.signum(expected), Integer.signum(Texts.compare(a, b)), a + " and " + b);
    }
  }

  private static String randomText(Prng random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.appendCodePoint(
          new int[] {'a', 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF}[random.nextInt(7)]);
    }
    return text.toString();
  }

  @Test
  void nestingThatWouldExhaustTheStackIsRefused() {
    Object a = deep();
    Object b = deep();
    for (Runnable walk :
        List.<Runnable>of(
            () -> ValueEquality.equal(a, b),
            () -> ValueEquality.equivalent(a, b),
            () -> ValueEquality.hash(a),
            () -> ValueOrder.compare(a, b),
            () -> ValueComparison.compare(a, b))) {
      assertEquals(ErrorCode.VALUE_TOO_LARGE, assertThrows(WeftException.class, walk::run).code());
    }
  }

  private static Object deep() {
    List<Object> outer = List.of(1L);
    for (int i = 0; i < 100_000; i++) {
      outer = List.of(outer);
    }
    return outer;
  }

  @Test
  void integerArithmeticIsExactOrAnError() {
    Prng random = new Prng(26);
    long[] edges = {
      0,
      1,
      -1,
      2,
      -2,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      Long.MAX_VALUE - 1,
      Long.MIN_VALUE + 1,
      1L << 31,
      1L << 32,
      -(1L << 31),
      3037000499L,
      3037000500L
    };
    for (int i = 0; i < 300_000; i++) {
      long a =
          random.nextBoolean()
              ? edges[random.nextInt(edges.length)]
              : random.nextLong() >> random.nextInt(64);
      long b =
          random.nextBoolean()
              ? edges[random.nextInt(edges.length)]
              : random.nextLong() >> random.nextInt(64);
      agrees(a, b, Math::addExact, Arithmetic::add);
      agrees(a, b, Math::subtractExact, Arithmetic::subtract);
      agrees(a, b, Math::multiplyExact, Arithmetic::multiply);
      agrees(a, b, Math::divideExact, Arithmetic::divide);
      agrees(a, b, (x, y) -> y == 0 ? Math.divideExact(1L, 0L) : x % y, Arithmetic::modulo);
    }
  }

  private interface Operator {
    long apply(long a, long b);
  }

  private static void agrees(long a, long b, Operator exact, Operator ours) {
    Long expected;
    try {
      expected = exact.apply(a, b);
    } catch (ArithmeticException e) {
      expected = null;
    }
    if (expected == null) {
      assertThrows(WeftException.class, () -> ours.apply(a, b), a + " and " + b);
    } else {
      assertEquals(expected, ours.apply(a, b), a + " and " + b);
    }
  }
}
