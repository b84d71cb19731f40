package org.weftdb.value.type;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.CoordinateType;
import org.weftdb.value.VectorValue;

/**
 * What a type says of vectors: {@code VECTOR}, {@code VECTOR<FLOAT32 NOT NULL>(3)}.
 *
 * @param coordinates the type of the coordinates, or null when nothing is said of it
 * @param dimension the dimension, or 0 when nothing is said of it
 */
public record VectorShape(@Nullable CoordinateType coordinates, int dimension) {
  /** Of all vectors. */
  public static final VectorShape ANY = new VectorShape(null, 0);

  private static final String NAME = "VECTOR";

  public VectorShape {
    if (dimension < 0 || dimension > VectorValue.MAX_DIMENSION) {
      throw new IllegalArgumentException("a vector of the dimension " + dimension);
    }
  }

  /** The shape of one vector. */
  public static VectorShape of(VectorValue vector) {
    return new VectorShape(vector.coordinateType(), vector.dimension());
  }

  /** Whether a value is a vector of this shape. */
  boolean matches(Object value) {
    return value instanceof VectorValue vector
        && (coordinates == null || vector.coordinateType() == coordinates)
        && (dimension == 0 || vector.dimension() == dimension);
  }

  /** As Cypher writes it: {@code VECTOR<INTEGER8 NOT NULL>(3)}. */
  public String text() {
    return NAME
        + (coordinates == null ? "" : "<" + coordinates.text() + " NOT NULL>")
        + (dimension == 0 ? "" : "(" + dimension + ")");
  }

  /** The shape of a {@link #text()}, or null when it is of none. */
  public static @Nullable VectorShape ofText(String text) {
    if (!text.startsWith(NAME)) {
      return null;
    }
    String rest = text.substring(NAME.length());
    CoordinateType coordinates = null;
    int close = rest.indexOf('>');
    if (rest.startsWith("<") && close > 0) {
      coordinates = CoordinateType.ofText(rest.substring(1, close));
      rest = rest.substring(close + 1);
    }
    int dimension = 0;
    if (rest.length() > 2 && rest.length() < 8 && rest.startsWith("(") && rest.endsWith(")")) {
      for (int i = 1; i < rest.length() - 1; i++) {
        char c = rest.charAt(i);
        dimension = dimension * 10 + (c >= '0' && c <= '9' ? c - '0' : VectorValue.MAX_DIMENSION);
      }
    }
    if (dimension > VectorValue.MAX_DIMENSION) {
      return null;
    }
    VectorShape shape = new VectorShape(coordinates, dimension);
    return shape.text().equals(text) ? shape : null;
  }
}
