package org.weftdb.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.type.VectorShape;

final class VectorValueTest {
  private static final List<VectorValue> ONE_OF_EACH =
      List.of(
          VectorValue.of(new byte[] {1, -2}),
          VectorValue.of(new short[] {1, -2}),
          VectorValue.of(new int[] {1, -2}),
          VectorValue.of(new long[] {1, -2}),
          VectorValue.of(new float[] {1, -2}),
          VectorValue.of(new double[] {1, -2}));

  @Test
  void everyTypeGivesItsCoordinatesInEveryForm() {
    for (int i = 0; i < ONE_OF_EACH.size(); i++) {
      VectorValue vector = ONE_OF_EACH.get(i);
      assertEquals(CoordinateType.values()[i], vector.coordinateType());
      assertEquals(2, vector.dimension());
      assertArrayEquals(new double[] {1, -2}, vector.toDoubleArray());
      assertArrayEquals(new float[] {1, -2}, vector.toFloatArray());
      assertArrayEquals(new long[] {1, -2}, vector.toLongArray());
      boolean floats = vector.coordinateType().isFloat();
      assertEquals(floats ? List.of(1.0, -2.0) : List.of(1L, -2L), vector.coordinates());
      VectorShape shape = VectorShape.of(vector);
      assertEquals(shape, VectorShape.ofText(shape.text()));
      for (VectorValue other : ONE_OF_EACH) {
        assertEquals(other == vector, other.equals(vector));
        assertEquals(
            Integer.signum(ONE_OF_EACH.indexOf(vector) - ONE_OF_EACH.indexOf(other)),
            Integer.signum(ValueOrder.compare(vector, other)));
      }
    }
  }

  @Test
  void arraysAreCopiedInAndOut() {
    float[] given = {1, 2};
    byte[] bytes = {3};
    VectorValue vector = VectorValue.of(given);
    ByteString string = ByteString.copyOf(bytes);
    given[0] = 9;
    bytes[0] = 9;
    vector.toFloatArray()[0] = 9;
    string.toByteArray()[0] = 9;
    assertEquals("vector([1.0, 2.0], 2, FLOAT32)", vector.toString());
    assertEquals("X'03'", string.toString());
  }

  @Test
  void zerosOfBothSignsAreOneCoordinate() {
    VectorValue zero = VectorValue.of(new float[] {0f});
    VectorValue negative = VectorValue.of(new float[] {-0f});
    assertEquals(zero, negative);
    assertEquals(ValueEquality.hash(zero), ValueEquality.hash(negative));
    assertNotEquals(zero, VectorValue.of(new float[] {Float.MIN_VALUE}));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertEquals(ErrorCode.NUMBER_OUT_OF_RANGE, codeOf(() -> VectorValue.of(new int[0])));
    assertEquals(ErrorCode.NUMBER_OUT_OF_RANGE, codeOf(() -> VectorValue.of(new int[4097])));
    assertEquals(
        ErrorCode.INVALID_ARGUMENT_VALUE, codeOf(() -> VectorValue.of(new float[] {Float.NaN})));
    for (CoordinateType type : CoordinateType.values()) {
      if (type.isFloat()) {
        continue;
      }
      VectorBuilder builder = new VectorBuilder(type, 4);
      builder.add(type.least());
      builder.add(type.greatest());
      builder.add((double) type.least());
      builder.add(Math.nextDown(-(double) type.least()));
      assertEquals(
          ErrorCode.NUMBER_OUT_OF_RANGE,
          codeOf(() -> new VectorBuilder(type, 1).add(-(double) type.least())));
      VectorValue vector = builder.build();
      assertEquals(type.least(), vector.longAt(2));
      if (type != CoordinateType.INTEGER64) {
        assertEquals(
            ErrorCode.NUMBER_OUT_OF_RANGE,
            codeOf(() -> new VectorBuilder(type, 1).add(type.least() - 1)));
        assertEquals(type.greatest(), vector.longAt(3));
      }
    }
  }

  private static ErrorCode codeOf(Runnable action) {
    return assertThrows(WeftException.class, action::run).code();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theTextOfAFloatIsTheShortestThatIsReadAsIt(long seed) {
    Prng random = new Prng(seed);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (!Float.isFinite(value)) {
        continue;
      }
      StringBuilder text = new StringBuilder();
      FloatText.append(text, value);
      float read = (float) Double.parseDouble(text.toString());
      assertEquals(value, read, () -> "seed " + seed + ": " + value);
      int expected = digits(Float.toString(value));
      assertTrue(
          digits(text.toString()) <= expected, () -> "seed " + seed + ": " + text + ", " + value);
    }
  }

  private static int digits(String text) {
    int exponent = text.indexOf('E');
    String decimal = (exponent < 0 ? text : text.substring(0, exponent)).replaceAll("[-.]", "");
    return decimal.replaceAll("^0+|0+$", "").length();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void distancesAreThoseOfTheirFormulas(long seed) {
    Prng random = new Prng(seed);
    for (int i = 0; i < 300; i++) {
      int dimension = 1 + random.nextInt(40);
      VectorValue a = vector(random, dimension);
      VectorValue b = vector(random, dimension);
      double squared = 0;
      double manhattan = 0;
      double dot = 0;
      double lengthA = 0;
      double lengthB = 0;
      int different = 0;
      for (int k = 0; k < dimension; k++) {
        double x = a.doubleAt(k);
        double y = b.doubleAt(k);
        squared += (x - y) * (x - y);
        manhattan += Math.abs(x - y);
        dot += x * y;
        lengthA += x * x;
        lengthB += y * y;
        different += x == y ? 0 : 1;
      }
      String what = "seed " + seed + ", " + a + ", " + b;
      near(Math.sqrt(squared), VectorMetric.EUCLIDEAN.distance(a, b), what);
      near(squared, VectorMetric.EUCLIDEAN_SQUARED.distance(a, b), what);
      near(manhattan, VectorMetric.MANHATTAN.distance(a, b), what);
      near(-dot, VectorMetric.DOT.distance(a, b), what);
      assertEquals(different, VectorMetric.HAMMING.distance(a, b), what);
      near(Math.sqrt(lengthA), VectorMetric.EUCLIDEAN.norm(a), what);
      near(1 / (1 + squared), VectorMetric.euclideanSimilarity(a, b), what);
      if (lengthA > 0 && lengthB > 0) {
        double cosine = dot / Math.sqrt(lengthA) / Math.sqrt(lengthB);
        near(1 - cosine, VectorMetric.COSINE.distance(a, b), what);
        near((1 + cosine) / 2, VectorMetric.cosineSimilarity(a, b), what);
      }
    }
  }

  private static void near(double expected, double actual, String what) {
    assertEquals(expected, actual, 1e-6 * Math.max(1, Math.abs(expected)), what);
  }

  /** Small coordinates, which every type holds exactly. */
  private static VectorValue vector(Prng random, int dimension) {
    CoordinateType type = CoordinateType.values()[random.nextInt(6)];
    VectorBuilder builder = new VectorBuilder(type, dimension);
    for (int i = 0; i < dimension; i++) {
      builder.add(type.isFloat() ? random.nextInt(64) / 4.0 - 8 : random.nextInt(16) - 8);
    }
    return builder.build();
  }
}
