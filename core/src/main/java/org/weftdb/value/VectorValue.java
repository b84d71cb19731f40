package org.weftdb.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * A vector: 1 to {@value #MAX_DIMENSION} numbers of one {@linkplain CoordinateType type}, which are
 * one value and kept in an array of that type.
 *
 * <p>Coordinates are finite. Two vectors are equal when their coordinate types, dimensions and all
 * coordinates are; 0.0 and -0.0 are one coordinate. They have an order for {@code ORDER BY} and
 * indexes, by coordinate type, then dimension, then coordinate by coordinate, but {@code <} of two
 * vectors is null. Neither a list nor its elements: a vector has no subscripts.
 *
 * <p>Immutable; arrays are copied on the way in and out.
 */
public final class VectorValue {
  /** No vector has more coordinates. */
  public static final int MAX_DIMENSION = 4096;

  private final CoordinateType type;
  private final CoordinateArray array;

  /** Takes the array over; whoever gives it has checked it. */
  VectorValue(CoordinateType type, CoordinateArray array) {
    this.type = type;
    this.array = array;
  }

  /**
   * A dimension that a vector can have.
   *
   * @throws WeftException {@link ErrorCode#NUMBER_OUT_OF_RANGE}
   */
  static int checkedDimension(long dimension) {
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new WeftException(
          ErrorCode.NUMBER_OUT_OF_RANGE,
          "a vector has from 1 to " + MAX_DIMENSION + " coordinates, not " + dimension);
    }
    return (int) dimension;
  }

  /** A vector of INTEGER8. */
  public static VectorValue of(byte[] coordinates) {
    int dimension = checkedDimension(coordinates.length);
    return new VectorValue(
        CoordinateType.INTEGER8,
        new CoordinateArray.Integer8(Arrays.copyOf(coordinates, dimension)));
  }

  /** A vector of INTEGER16. */
  public static VectorValue of(short[] coordinates) {
    int dimension = checkedDimension(coordinates.length);
    return new VectorValue(
        CoordinateType.INTEGER16,
        new CoordinateArray.Integer16(Arrays.copyOf(coordinates, dimension)));
  }

  /** A vector of INTEGER32. */
  public static VectorValue of(int[] coordinates) {
    int dimension = checkedDimension(coordinates.length);
    return new VectorValue(
        CoordinateType.INTEGER32,
        new CoordinateArray.Integer32(Arrays.copyOf(coordinates, dimension)));
  }

  /** A vector of INTEGER, which has 64 bits. */
  public static VectorValue of(long[] coordinates) {
    int dimension = checkedDimension(coordinates.length);
    return new VectorValue(
        CoordinateType.INTEGER64,
        new CoordinateArray.Integer64(Arrays.copyOf(coordinates, dimension)));
  }

  /**
   * A vector of FLOAT32.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT_VALUE} when a coordinate is not finite
   */
  public static VectorValue of(float[] coordinates) {
    VectorBuilder builder = new VectorBuilder(CoordinateType.FLOAT32, coordinates.length);
    for (float coordinate : coordinates) {
      builder.add(coordinate);
    }
    return builder.build();
  }

  /**
   * A vector of FLOAT, which has 64 bits.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT_VALUE} when a coordinate is not finite
   */
  public static VectorValue of(double[] coordinates) {
    VectorBuilder builder = new VectorBuilder(CoordinateType.FLOAT64, coordinates.length);
    for (double coordinate : coordinates) {
      builder.add(coordinate);
    }
    return builder.build();
  }

  /** What the coordinates are. */
  public CoordinateType coordinateType() {
    return type;
  }

  /** How many coordinates there are. */
  public int dimension() {
    return array.length();
  }

  /** How many bytes the coordinates take. */
  public int sizeBytes() {
    return array.length() * type.sizeBytes();
  }

  /** The coordinates themselves, for those who only read them. */
  CoordinateArray array() {
    return array;
  }

  /** A coordinate of an integer type by its place, from 0; of a float type cut to an integer. */
  public long longAt(int place) {
    return array.longAt(place);
  }

  /** A coordinate by its place, from 0; integers of more than 53 bits are rounded. */
  public double doubleAt(int place) {
    return array.doubleAt(place);
  }

  /** A coordinate as Cypher has it: a Long of an integer type, a Double of a float type. */
  public Object coordinate(int place) {
    return type.isFloat() ? (Object) doubleAt(place) : (Object) longAt(place);
  }

  /** The coordinates as a list of Longs or of Doubles. */
  public List<Object> coordinates() {
    List<Object> list = new ArrayList<>(array.length());
    for (int i = 0; i < array.length(); i++) {
      list.add(coordinate(i));
    }
    return Collections.unmodifiableList(list);
  }

  /** A copy of the coordinates; integers of more than 53 bits are rounded. */
  public double[] toDoubleArray() {
    return array.toDoubles();
  }

  /** A copy of the coordinates, rounded to 32 bits. */
  public float[] toFloatArray() {
    float[] floats = new float[array.length()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = type.isFloat() ? (float) array.doubleAt(i) : (float) array.longAt(i);
    }
    return floats;
  }

  /** A copy of the coordinates, those of float types cut to integers. */
  public long[] toLongArray() {
    long[] longs = new long[array.length()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = longAt(i);
    }
    return longs;
  }

  /** The order of indexes and {@code ORDER BY}. */
  static int compare(VectorValue a, VectorValue b) {
    int order = Integer.compare(a.type.code(), b.type.code());
    if (order == 0) {
      order = Integer.compare(a.dimension(), b.dimension());
    }
    boolean floats = a.type.isFloat();
    for (int i = 0; order == 0 && i < a.array.length(); i++) {
      order =
          floats
              ? Numbers.compare(a.doubleAt(i), b.doubleAt(i))
              : Long.compare(a.longAt(i), b.longAt(i));
    }
    return order;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || other instanceof VectorValue vector && compare(this, vector) == 0;
  }

  @Override
  public int hashCode() {
    int hash = type.code();
    boolean floats = type.isFloat();
    for (int i = 0; i < array.length(); i++) {
      hash = hash * 31 + (floats ? ValueEquality.hash(doubleAt(i)) : ValueEquality.hash(longAt(i)));
    }
    return hash;
  }

  /** The text of {@code toString()} in Cypher: {@code vector([1.0, 0.5], 2, FLOAT32)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("vector([");
    for (int i = 0; i < array.length(); i++) {
      text.append(i == 0 ? "" : ", ");
      if (!type.isFloat()) {
        text.append(longAt(i));
      } else if (type == CoordinateType.FLOAT32) {
        FloatText.append(text, (float) doubleAt(i));
      } else {
        Numbers.append(text, doubleAt(i));
      }
    }
    return text.append("], ")
        .append(array.length())
        .append(", ")
        .append(type.text())
        .append(')')
        .toString();
  }
}
