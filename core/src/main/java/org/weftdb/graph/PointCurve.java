package org.weftdb.graph;

import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;

/**
 * The Z-order curve through the points of each coordinate system, as numbers that sort along it.
 *
 * <pre>
 * 62..63  place of the system in {@link CoordinateSystem}
 *  0..61  two dimensions: 31 bits of each coordinate, the highest bits first, x before y
 *  0..59  three dimensions: 20 bits of each, x before y before z
 * </pre>
 *
 * <p>A longitude or latitude is cut into equal steps. Of any other coordinate its sign, its
 * exponent within limits and the first bits of its significand are taken, so that every double has
 * a place and steps are small where numbers are. Each map keeps order, but several coordinates
 * share a step: what lies between two numbers has to be looked at again.
 *
 * <p>The numbers are compared as signed ones. They are made anew for each version of a graph and
 * stand in no file.
 */
final class PointCurve {
  private static final int SIGNIFICAND_BITS = 52;

  private PointCurve() {}

  /** The bits of each coordinate. */
  static int bits(CoordinateSystem system) {
    return system.dimensions() == 2 ? 31 : 20;
  }

  /** The place of a point on the curve. */
  static long of(Point point) {
    CoordinateSystem system = point.system();
    return of(
        system,
        step(system, 0, point.x()),
        step(system, 1, point.y()),
        system.dimensions() == 2 ? 0 : step(system, 2, point.z()));
  }

  /** The place on the curve of the steps of coordinates. */
  static long of(CoordinateSystem system, long x, long y, long z) {
    boolean flat = system.dimensions() == 2;
    long place =
        flat ? spread2(x) << 1 | spread2(y) : spread3(x) << 2 | spread3(y) << 1 | spread3(z);
    return (long) system.ordinal() << 62 | place;
  }

  /**
   * The step of a coordinate, from 0: of two coordinates the greater one has no smaller step.
   *
   * @param dimension 0, 1 or 2
   * @param coordinate may be infinite
   */
  static long step(CoordinateSystem system, int dimension, double coordinate) {
    int bits = bits(system);
    if (system.isGeographic() && dimension < 2) {
      double half = dimension == 0 ? 180 : 90;
      double steps = (coordinate + half) * ((1L << bits) / (2 * half));
      return (long) Math.max(0, Math.min((1L << bits) - 1, steps));
    }
    // From 2^-128 to 2^128, or in three dimensions from 2^-24 to 2^40, steps grow with the numbers.
    int lowest = system.dimensions() == 2 ? -128 : -24;
    int exponentBits = system.dimensions() == 2 ? 8 : 6;
    int shift = SIGNIFICAND_BITS + exponentBits - (bits - 1);
    long above =
        Double.doubleToLongBits(Math.abs(coordinate))
            - ((long) (lowest + 1023) << SIGNIFICAND_BITS);
    long middle = 1L << (bits - 1);
    long size = Math.min(middle - 1, Math.max(0, above) >> shift);
    return coordinate < 0 ? middle - 1 - size : middle + size;
  }

  /** Puts a zero before each of 31 bits. */
  private static long spread2(long bits) {
    long x = bits;
    x = (x | x << 16) & 0x0000FFFF0000FFFFL;
    x = (x | x << 8) & 0x00FF00FF00FF00FFL;
    x = (x | x << 4) & 0x0F0F0F0F0F0F0F0FL;
    x = (x | x << 2) & 0x3333333333333333L;
    return (x | x << 1) & 0x5555555555555555L;
  }

  /** Puts two zeros before each of 20 bits. */
  private static long spread3(long bits) {
    long x = bits;
    x = (x | x << 32) & 0x001F00000000FFFFL;
    x = (x | x << 16) & 0x001F0000FF0000FFL;
    x = (x | x << 8) & 0x100F00F00F00F00FL;
    x = (x | x << 4) & 0x10C30C30C30C30C3L;
    return (x | x << 2) & 0x1249249249249249L;
  }
}
