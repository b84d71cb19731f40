package org.weftdb.value;

import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * How far apart two vectors are.
 *
 * <pre>
 * EUCLIDEAN          sqrt(sum (a - b)^2)
 * EUCLIDEAN_SQUARED  sum (a - b)^2
 * MANHATTAN          sum |a - b|
 * COSINE             1 - a.b / (|a| |b|); not defined for a vector of zeros
 * DOT                -(a.b), so that the smaller one is the nearer, as for the others
 * HAMMING            how many coordinates are different
 * </pre>
 *
 * <p>Sums are made in 64 bits. Of coordinates that a FLOAT32 holds exactly (FLOAT32, INTEGER8 and
 * INTEGER16) the result is rounded to 32 bits, unless it does not fit.
 */
public enum VectorMetric {
  EUCLIDEAN,
  EUCLIDEAN_SQUARED,
  MANHATTAN,
  COSINE,
  DOT,
  HAMMING;

  /** The metric of a name in any case, or null. */
  public static @Nullable VectorMetric ofText(String name) {
    for (VectorMetric metric : values()) {
      if (metric.name().equalsIgnoreCase(name)) {
        return metric;
      }
    }
    return null;
  }

  /**
   * The distance of two vectors.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT_VALUE} when their dimensions are
   *     different, or for the cosine of a vector of zeros
   */
  public double distance(VectorValue a, VectorValue b) {
    checkDimensions(a, b);
    double distance =
        switch (this) {
          case EUCLIDEAN -> euclidean(a, b);
          case EUCLIDEAN_SQUARED -> squaredDistance(a, b);
          case MANHATTAN -> manhattan(a, b);
          case COSINE -> 1 - rounded(cosine(a, b), a, b);
          case DOT -> -dot(a, b);
          case HAMMING -> differences(a, b);
        };
    return rounded(distance, a, b);
  }

  /**
   * How alike two vectors are, from 0 to 1: (1 + cosine) / 2.
   *
   * @throws WeftException as {@link #distance}
   */
  public static double cosineSimilarity(VectorValue a, VectorValue b) {
    checkDimensions(a, b);
    return rounded((1 + rounded(cosine(a, b), a, b)) / 2, a, b);
  }

  /**
   * How near two vectors are, from 0 to 1: 1 / (1 + squared distance).
   *
   * @throws WeftException as {@link #distance}
   */
  public static double euclideanSimilarity(VectorValue a, VectorValue b) {
    checkDimensions(a, b);
    return rounded(1 / (1 + rounded(squaredDistance(a, b), a, b)), a, b);
  }

  /** The distance from a vector of zeros, which {@link #EUCLIDEAN} and {@link #MANHATTAN} have. */
  public double norm(VectorValue vector) {
    double[] coordinates = doubles(vector);
    double norm = 0;
    if (this == MANHATTAN) {
      for (double coordinate : coordinates) {
        norm += Math.abs(coordinate);
      }
    } else {
      norm = length(dot(coordinates, coordinates), coordinates);
    }
    return rounded(norm, vector, vector);
  }

  private static void checkDimensions(VectorValue a, VectorValue b) {
    if (a.dimension() != b.dimension()) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE,
          "vectors of one dimension are compared, not of the dimensions "
              + a.dimension()
              + " and "
              + b.dimension());
    }
  }

  private static boolean isSingle(VectorValue vector) {
    return switch (vector.coordinateType()) {
      case INTEGER8, INTEGER16, FLOAT32 -> true;
      case INTEGER32, INTEGER64, FLOAT64 -> false;
    };
  }

  private static double rounded(double result, VectorValue a, VectorValue b) {
    float single = (float) result;
    return isSingle(a) && isSingle(b) && single - single == 0 ? single : result;
  }

  /** The coordinates, in the array of the vector itself when they are doubles. */
  private static double[] doubles(VectorValue vector) {
    return vector.array() instanceof CoordinateArray.Float64 doubles
        ? doubles.values
        : vector.toDoubleArray();
  }

  private static float @Nullable [] floats(VectorValue vector) {
    return vector.array() instanceof CoordinateArray.Float32 floats ? floats.values : null;
  }

  // The loops below have four sums each, because one would wait for its last addition every time.
  // FLOAT32 has loops of its own: what is made doubles first, as INTEGER8 is, takes 1.4 times as
  // long
  // in WebAssembly.

  private static double squaredDistance(VectorValue a, VectorValue b) {
    float[] singlesA = floats(a);
    float[] singlesB = floats(b);
    return singlesA != null && singlesB != null
        ? squaredDistance(singlesA, singlesB)
        : squaredDistance(doubles(a), doubles(b));
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (int end = a.length - 3; i < end; i += 4) {
      double d0 = (double) a[i] - b[i];
      double d1 = (double) a[i + 1] - b[i + 1];
      double d2 = (double) a[i + 2] - b[i + 2];
      double d3 = (double) a[i + 3] - b[i + 3];
      sum0 += d0 * d0;
      sum1 += d1 * d1;
      sum2 += d2 * d2;
      sum3 += d3 * d3;
    }
    for (; i < a.length; i++) {
      double d = (double) a[i] - b[i];
      sum0 += d * d;
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (int end = a.length - 3; i < end; i += 4) {
      double d0 = a[i] - b[i];
      double d1 = a[i + 1] - b[i + 1];
      double d2 = a[i + 2] - b[i + 2];
      double d3 = a[i + 3] - b[i + 3];
      sum0 += d0 * d0;
      sum1 += d1 * d1;
      sum2 += d2 * d2;
      sum3 += d3 * d3;
    }
    for (; i < a.length; i++) {
      double d = a[i] - b[i];
      sum0 += d * d;
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private static double dot(VectorValue a, VectorValue b) {
    float[] singlesA = floats(a);
    float[] singlesB = floats(b);
    return singlesA != null && singlesB != null
        ? dot(singlesA, singlesB)
        : dot(doubles(a), doubles(b));
  }

  private static double dot(float[] a, float[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (int end = a.length - 3; i < end; i += 4) {
      sum0 += (double) a[i] * b[i];
      sum1 += (double) a[i + 1] * b[i + 1];
      sum2 += (double) a[i + 2] * b[i + 2];
      sum3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += (double) a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private static double dot(double[] a, double[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (int end = a.length - 3; i < end; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private static double euclidean(VectorValue a, VectorValue b) {
    double squared = squaredDistance(a, b);
    if (isReliable(squared)) {
      return Math.sqrt(squared);
    }
    double[] difference = a.toDoubleArray();
    double[] doublesB = doubles(b);
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= doublesB[i];
    }
    return length(squared, difference);
  }

  private static double cosine(VectorValue a, VectorValue b) {
    float[] singlesA = floats(a);
    float[] singlesB = floats(b);
    double squares;
    double product;
    if (singlesA != null && singlesB != null) {
      squares = dot(singlesA, singlesA) * dot(singlesB, singlesB);
      product = dot(singlesA, singlesB);
    } else {
      double[] doublesA = doubles(a);
      double[] doublesB = doubles(b);
      squares = dot(doublesA, doublesA) * dot(doublesB, doublesB);
      product = dot(doublesA, doublesB);
    }
    if (!isReliable(squares) || product - product != 0) {
      double[] unitA = scaled(doubles(a));
      double[] unitB = scaled(doubles(b));
      squares = dot(unitA, unitA) * dot(unitB, unitB);
      product = dot(unitA, unitB);
    }
    if (squares == 0) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE, "a vector of zeros has no cosine with another");
    }
    // Rounding may put the cosine of a vector with itself above one.
    return Math.max(-1, Math.min(1, product / Math.sqrt(squares)));
  }

  /** Whether squares of coordinates have added up without leaving the range of floats. */
  private static boolean isReliable(double squares) {
    return squares > 1e-200 && squares < 1e300;
  }

  /** The length of a vector, given the sum of the squares of its coordinates. */
  private static double length(double squares, double[] coordinates) {
    if (isReliable(squares)) {
      return Math.sqrt(squares);
    }
    double[] scaled = scaled(coordinates);
    return greatest(coordinates) * Math.sqrt(dot(scaled, scaled));
  }

  /** The coordinates over the greatest of them; zeros as they are. */
  private static double[] scaled(double[] coordinates) {
    double greatest = greatest(coordinates);
    double[] scaled = new double[coordinates.length];
    for (int i = 0; i < scaled.length && greatest > 0; i++) {
      scaled[i] = coordinates[i] / greatest;
    }
    return scaled;
  }

  private static double greatest(double[] coordinates) {
    double greatest = 0;
    for (double coordinate : coordinates) {
      greatest = Math.max(greatest, Math.abs(coordinate));
    }
    return greatest;
  }

  private static double manhattan(VectorValue a, VectorValue b) {
    double[] doublesA = doubles(a);
    double[] doublesB = doubles(b);
    double sum = 0;
    for (int i = 0; i < doublesA.length; i++) {
      sum += Math.abs(doublesA[i] - doublesB[i]);
    }
    return sum;
  }

  private static double differences(VectorValue a, VectorValue b) {
    boolean floatsA = a.coordinateType().isFloat();
    boolean floatsB = b.coordinateType().isFloat();
    int different = 0;
    for (int i = 0; i < a.dimension(); i++) {
      boolean same =
          floatsA
              ? floatsB ? a.doubleAt(i) == b.doubleAt(i) : Numbers.equal(b.longAt(i), a.doubleAt(i))
              : floatsB ? Numbers.equal(a.longAt(i), b.doubleAt(i)) : a.longAt(i) == b.longAt(i);
      different += same ? 0 : 1;
    }
    return different;
  }
}
