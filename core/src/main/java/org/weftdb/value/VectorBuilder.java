package org.weftdb.value;

import java.util.List;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Makes a {@link VectorValue} of numbers, which become coordinates of its type: floats lose what is
 * behind the point where coordinates are integers, and precision where they are FLOAT32; integers
 * lose precision where coordinates are floats. What does not fit the type is an error.
 */
public final class VectorBuilder {
  private final CoordinateType type;
  private final CoordinateArray array;
  private int count;

  /**
   * @throws WeftException {@link ErrorCode#NUMBER_OUT_OF_RANGE} when no vector has the dimension
   */
  public VectorBuilder(CoordinateType type, long dimension) {
    this.type = type;
    this.array = CoordinateArray.of(type, VectorValue.checkedDimension(dimension));
  }

  /**
   * Adds an integer.
   *
   * @throws WeftException {@link ErrorCode#NUMBER_OUT_OF_RANGE} when it does not fit the type
   */
  public void add(long coordinate) {
    if (type.isFloat()) {
      array.set(count++, type == CoordinateType.FLOAT32 ? (float) coordinate : (double) coordinate);
      return;
    }
    if (coordinate < type.least() || coordinate > type.greatest()) {
      throw outOfRange(String.valueOf(coordinate));
    }
    array.set(count++, coordinate);
  }

  /**
   * Adds a float.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT_VALUE} when it is not finite, {@link
   *     ErrorCode#NUMBER_OUT_OF_RANGE} when it does not fit the type
   */
  public void add(double coordinate) {
    if (coordinate - coordinate != 0) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE,
          "the coordinates of a vector are finite, "
              + Numbers.toText(coordinate)
              + " cannot be one of them");
    }
    if (type.isFloat()) {
      float rounded = (float) coordinate;
      if (type == CoordinateType.FLOAT32 && rounded - rounded != 0) {
        throw outOfRange(Numbers.toText(coordinate));
      }
      array.set(count++, coordinate);
      return;
    }
    double cut = coordinate < 0 ? Math.ceil(coordinate) : Math.floor(coordinate);
    if (cut < type.least() || cut >= -(double) type.least()) {
      throw outOfRange(Numbers.toText(coordinate));
    }
    array.set(count++, (long) cut);
  }

  /**
   * Adds what the elements of a list are, of which all must be numbers.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT_VALUE} when one is not
   */
  public void addAll(List<?> numbers) {
    for (int i = 0; i < numbers.size(); i++) {
      Object number = numbers.get(i);
      if (number instanceof Long whole) {
        add(whole.longValue());
      } else if (number instanceof Double real) {
        add(real.doubleValue());
      } else {
        throw new WeftException(
            ErrorCode.INVALID_ARGUMENT_VALUE,
            "the coordinates of a vector are numbers, a value of type "
                + ValueType.of(number).displayName()
                + " cannot be one of them");
      }
    }
  }

  private WeftException outOfRange(String coordinate) {
    return new WeftException(
        ErrorCode.NUMBER_OUT_OF_RANGE,
        coordinate
            + " is no coordinate of type "
            + type.text()
            + (type.isFloat()
                ? ""
                : ", which are from " + type.least() + " to " + type.greatest()));
  }

  /** The vector, when it has all its coordinates; nothing may be added any more. */
  public VectorValue build() {
    if (count != array.length()) {
      throw new IllegalStateException(count + " coordinates of " + array.length());
    }
    return new VectorValue(type, array);
  }
}
