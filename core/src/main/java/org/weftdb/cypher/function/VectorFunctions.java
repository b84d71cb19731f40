package org.weftdb.cypher.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.CoordinateType;
import org.weftdb.value.VectorBuilder;
import org.weftdb.value.VectorMetric;
import org.weftdb.value.VectorParser;
import org.weftdb.value.VectorValue;

/**
 * Functions on vectors: those of Cypher 25 and the namespace {@code vector}. Where lists of numbers
 * are taken as well, they are taken for vectors of FLOAT32.
 */
final class VectorFunctions {
  private static final String METRICS =
      "'EUCLIDEAN', 'EUCLIDEAN_SQUARED', 'MANHATTAN', 'COSINE', 'DOT' or 'HAMMING'";
  private static final String LIKE_A_VECTOR = "VECTOR | LIST<INTEGER | FLOAT>";

  private VectorFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.VECTOR);
    library.define(
        "vector(vectorValue :: STRING | LIST<INTEGER | FLOAT>, dimension :: INTEGER,"
            + " coordinateType :: STRING) :: VECTOR",
        "A VECTOR of numbers, given as a list or as text such as '[1.5, 2]', which become"
            + " coordinates of a type: INTEGER8, INTEGER16, INTEGER32, INTEGER, FLOAT32 or FLOAT.",
        a -> vector(a[0], (Long) a[1], (String) a[2]));
    library.define(
        "vector_dimension_count(vector :: VECTOR) :: INTEGER",
        "How many coordinates a vector has.",
        a -> (long) ((VectorValue) a[0]).dimension());
    library.define(
        "vector_distance(vector1 :: VECTOR, vector2 :: VECTOR, vectorDistanceMetric :: STRING)"
            + " :: FLOAT",
        "How far apart two vectors are, by the metric EUCLIDEAN, EUCLIDEAN_SQUARED, MANHATTAN,"
            + " COSINE, DOT or HAMMING; the smaller, the nearer.",
        a -> distance("vector_distance", a[0], a[1], a[2]));
    library.define(
        "vector_norm(vector :: VECTOR, vectorDistanceMetric :: STRING) :: FLOAT",
        "How far a vector is from a vector of zeros, by the metric EUCLIDEAN or MANHATTAN.",
        a -> norm("vector_norm", a[0], a[1]));
    library.define(
        "vector.similarity.cosine(a :: " + LIKE_A_VECTOR + ", b :: " + LIKE_A_VECTOR + ") :: FLOAT",
        "From 0.0 to 1.0 how alike the directions of two vectors are.",
        a ->
            VectorMetric.cosineSimilarity(
                vectorOf("vector.similarity.cosine", 1, a[0]),
                vectorOf("vector.similarity.cosine", 2, a[1])));
    library.define(
        "vector.similarity.euclidean(a :: "
            + LIKE_A_VECTOR
            + ", b :: "
            + LIKE_A_VECTOR
            + ") :: FLOAT",
        "From 0.0 to 1.0 how near two vectors are: 1 / (1 + squared distance).",
        a ->
            VectorMetric.euclideanSimilarity(
                vectorOf("vector.similarity.euclidean", 1, a[0]),
                vectorOf("vector.similarity.euclidean", 2, a[1])));
    addNamespace(library);
  }

  private static void addNamespace(Library library) {
    library.alias("vector.dimension", "vector_dimension_count");
    library.define(
        "vector.coordinates(vector :: VECTOR, type = that of the coordinates :: STRING)"
            + " :: LIST<INTEGER | FLOAT>",
        "The coordinates of a vector as a list; with the type INTEGER or FLOAT as numbers of it,"
            + " null for those that fit no INTEGER.",
        a -> coordinates((VectorValue) a[0], a.length > 1 ? (String) a[1] : null));
    library.define(
        "vector.distance(a :: "
            + LIKE_A_VECTOR
            + ", b :: "
            + LIKE_A_VECTOR
            + ", metric = 'euclidean' :: STRING) :: FLOAT",
        "How far apart two vectors are: 'euclidean', 'euclidean_squared', 'manhattan', 'cosine',"
            + " 'dot' or 'hamming'; the smaller, the nearer.",
        a -> distance("vector.distance", a[0], a[1], a.length > 2 ? a[2] : "euclidean"));
    library.define(
        "vector.similarity(a :: "
            + LIKE_A_VECTOR
            + ", b :: "
            + LIKE_A_VECTOR
            + ", metric = 'cosine' :: STRING) :: FLOAT",
        "From 0.0 to 1.0 how alike two vectors are: 'cosine' or 'euclidean'.",
        a -> similarity(a[0], a[1], a.length > 2 ? a[2] : "cosine"));
    library.define(
        "vector.norm(vector :: " + LIKE_A_VECTOR + ", metric = 'euclidean' :: STRING) :: FLOAT",
        "How far a vector is from a vector of zeros: 'euclidean' or 'manhattan'.",
        a -> norm("vector.norm", a[0], a.length > 1 ? a[1] : "euclidean"));
  }

  // ---- Making vectors ---------------------------------------------------------------------------

  private static VectorValue vector(Object numbers, long dimension, String typeName) {
    CoordinateType type = CoordinateType.ofText(typeName);
    if (type == null) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE,
          "vector() knows coordinates of type INTEGER8, INTEGER16, INTEGER32, INTEGER, FLOAT32 and"
              + " FLOAT, not '"
              + typeName
              + "'");
    }
    VectorBuilder builder = new VectorBuilder(type, dimension);
    List<?> list = numbers instanceof String text ? VectorParser.numbers(text) : (List<?>) numbers;
    if (list.size() != dimension) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE,
          "vector() was given "
              + list.size()
              + " numbers for a vector of "
              + dimension
              + (dimension == 1 ? " coordinate" : " coordinates"));
    }
    builder.addAll(list);
    return builder.build();
  }

  /** A vector, or a list of numbers as one of FLOAT32. */
  private static VectorValue vectorOf(String function, int position, Object value) {
    if (value instanceof VectorValue vector) {
      return vector;
    }
    List<?> list = Arguments.list(function, position, value);
    VectorBuilder builder = new VectorBuilder(CoordinateType.FLOAT32, list.size());
    builder.addAll(list);
    return builder.build();
  }

  private static List<?> coordinates(VectorValue vector, @Nullable String typeName) {
    if (typeName == null) {
      return vector.coordinates();
    }
    CoordinateType type = CoordinateType.ofText(typeName);
    if (type == CoordinateType.INTEGER64) {
      return ConversionFunctions.integers(vector.coordinates());
    } else if (type == CoordinateType.FLOAT64) {
      return ConversionFunctions.floats(vector.coordinates());
    }
    throw new WeftException(
        ErrorCode.INVALID_ARGUMENT,
        "vector.coordinates() needs 'INTEGER' or 'FLOAT' as the type, not '" + typeName + "'");
  }

  // ---- Measuring --------------------------------------------------------------------------------

  private static double distance(String function, Object a, Object b, Object metricName) {
    VectorMetric metric = VectorMetric.ofText((String) metricName);
    if (metric == null) {
      throw unknown(function, METRICS, metricName);
    }
    return metric.distance(vectorOf(function, 1, a), vectorOf(function, 2, b));
  }

  private static double norm(String function, Object value, Object metricName) {
    VectorMetric metric = VectorMetric.ofText((String) metricName);
    if (metric != VectorMetric.EUCLIDEAN && metric != VectorMetric.MANHATTAN) {
      throw unknown(function, "'EUCLIDEAN' or 'MANHATTAN'", metricName);
    }
    return metric.norm(vectorOf(function, 1, value));
  }

  private static double similarity(Object a, Object b, Object metricName) {
    VectorMetric metric = VectorMetric.ofText((String) metricName);
    VectorValue left = vectorOf("vector.similarity", 1, a);
    VectorValue right = vectorOf("vector.similarity", 2, b);
    if (metric == VectorMetric.COSINE) {
      return VectorMetric.cosineSimilarity(left, right);
    } else if (metric == VectorMetric.EUCLIDEAN) {
      return VectorMetric.euclideanSimilarity(left, right);
    }
    throw unknown("vector.similarity", "'cosine' or 'euclidean'", metricName);
  }

  private static WeftException unknown(String function, String known, Object actual) {
    return new WeftException(
        ErrorCode.INVALID_ARGUMENT,
        function + "() needs " + known + " as the metric, not '" + actual + "'");
  }
}
