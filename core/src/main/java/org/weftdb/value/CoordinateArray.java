package org.weftdb.value;

import java.util.Arrays;
import org.weftdb.bytes.ByteWriter;

/**
 * The coordinates of a {@link VectorValue} in an array of their type. A class for each type and not
 * one variable for arrays of all types, because TeaVM 0.15 makes an invalid module of the latter.
 * There is no field beside the array: with the length in one, the cosine of vectors of FLOAT32 took
 * 1.4 times as long on the JVM.
 */
abstract sealed class CoordinateArray {
  /** Zeros. */
  static CoordinateArray of(CoordinateType type, int dimension) {
    return switch (type) {
      case INTEGER8 -> new Integer8(new byte[dimension]);
      case INTEGER16 -> new Integer16(new short[dimension]);
      case INTEGER32 -> new Integer32(new int[dimension]);
      case INTEGER64 -> new Integer64(new long[dimension]);
      case FLOAT32 -> new Float32(new float[dimension]);
      case FLOAT64 -> new Float64(new double[dimension]);
    };
  }

  abstract int length();

  /** A coordinate; a float is cut to an integer. */
  abstract long longAt(int place);

  /** A coordinate; an integer of more than 53 bits is rounded. */
  abstract double doubleAt(int place);

  /**
   * Sets a coordinate of an integer type, which fits it; only before anybody else has the array.
   */
  void set(int place, long coordinate) {
    throw new IllegalStateException("an integer in a vector of floats");
  }

  /** The same of a float type. */
  void set(int place, double coordinate) {
    throw new IllegalStateException("a float in a vector of integers");
  }

  /** A copy; integers of more than 53 bits are rounded. */
  abstract double[] toDoubles();

  /** Writes the coordinates one after the other. */
  abstract void writeTo(ByteWriter writer);

  static final class Integer8 extends CoordinateArray {
    private final byte[] values;

    Integer8(byte[] values) {
      this.values = values;
    }

    @Override
    int length() {
      return values.length;
    }

    @Override
    long longAt(int place) {
      return values[place];
    }

    @Override
    double doubleAt(int place) {
      return values[place];
    }

    @Override
    void set(int place, long coordinate) {
      values[place] = (byte) coordinate;
    }

    @Override
    double[] toDoubles() {
      double[] doubles = new double[values.length];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = values[i];
      }
      return doubles;
    }

    @Override
    void writeTo(ByteWriter writer) {
      writer.writeBytes(values);
    }
  }

  static final class Integer16 extends CoordinateArray {
    private final short[] values;

    Integer16(short[] values) {
      this.values = values;
    }

    @Override
    int length() {
      return values.length;
    }

    @Override
    long longAt(int place) {
      return values[place];
    }

    @Override
    double doubleAt(int place) {
      return values[place];
    }

    @Override
    void set(int place, long coordinate) {
      values[place] = (short) coordinate;
    }

    @Override
    double[] toDoubles() {
      double[] doubles = new double[values.length];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = values[i];
      }
      return doubles;
    }

    @Override
    void writeTo(ByteWriter writer) {
      for (short value : values) {
        writer.writeShort(value);
      }
    }
  }

  static final class Integer32 extends CoordinateArray {
    private final int[] values;

    Integer32(int[] values) {
      this.values = values;
    }

    @Override
    int length() {
      return values.length;
    }

    @Override
    long longAt(int place) {
      return values[place];
    }

    @Override
    double doubleAt(int place) {
      return values[place];
    }

    @Override
    void set(int place, long coordinate) {
      values[place] = (int) coordinate;
    }

    @Override
    double[] toDoubles() {
      double[] doubles = new double[values.length];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = values[i];
      }
      return doubles;
    }

    @Override
    void writeTo(ByteWriter writer) {
      writer.writeInts(values, 0, values.length);
    }
  }

  static final class Integer64 extends CoordinateArray {
    private final long[] values;

    Integer64(long[] values) {
      this.values = values;
    }

    @Override
    int length() {
      return values.length;
    }

    @Override
    long longAt(int place) {
      return values[place];
    }

    @Override
    double doubleAt(int place) {
      return values[place];
    }

    @Override
    void set(int place, long coordinate) {
      values[place] = coordinate;
    }

    @Override
    double[] toDoubles() {
      double[] doubles = new double[values.length];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = values[i];
      }
      return doubles;
    }

    @Override
    void writeTo(ByteWriter writer) {
      writer.writeLongs(values, 0, values.length);
    }
  }

  static final class Float32 extends CoordinateArray {
    final float[] values;

    Float32(float[] values) {
      this.values = values;
    }

    @Override
    int length() {
      return values.length;
    }

    @Override
    long longAt(int place) {
      return (long) values[place];
    }

    @Override
    double doubleAt(int place) {
      return values[place];
    }

    @Override
    void set(int place, double coordinate) {
      values[place] = (float) coordinate;
    }

    @Override
    double[] toDoubles() {
      double[] doubles = new double[values.length];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = values[i];
      }
      return doubles;
    }

    @Override
    void writeTo(ByteWriter writer) {
      for (float value : values) {
        writer.writeInt(Float.floatToRawIntBits(value));
      }
    }
  }

  static final class Float64 extends CoordinateArray {
    final double[] values;

    Float64(double[] values) {
      this.values = values;
    }

    @Override
    int length() {
      return values.length;
    }

    @Override
    long longAt(int place) {
      return (long) values[place];
    }

    @Override
    double doubleAt(int place) {
      return values[place];
    }

    @Override
    void set(int place, double coordinate) {
      values[place] = coordinate;
    }

    @Override
    double[] toDoubles() {
      return Arrays.copyOf(values, values.length);
    }

    @Override
    void writeTo(ByteWriter writer) {
      writer.writeDoubles(values, 0, values.length);
    }
  }
}
