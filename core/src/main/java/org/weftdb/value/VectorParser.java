package org.weftdb.value;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Reads the coordinates of a vector from text: {@code [1.5, 2, 3e-1]}. */
public final class VectorParser {
  private VectorParser() {}

  /**
   * The numbers of a text, each a Long or a Double; none of {@code []}.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT_VALUE} when the text is not of this
   *     form, {@link ErrorCode#NUMBER_OUT_OF_RANGE} when no vector has so many coordinates
   */
  public static List<Object> numbers(String text) {
    String trimmed = text.trim();
    if (trimmed.length() < 2 || !trimmed.startsWith("[") || !trimmed.endsWith("]")) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE,
          "the text of a vector is numbers in brackets, such as '[1.5, 2]', not '"
              + Texts.shortened(text)
              + "'");
    }
    List<Object> numbers = new ArrayList<>();
    int end = trimmed.length() - 1;
    if (trimmed.substring(1, end).isBlank()) {
      return numbers;
    }
    for (int start = 1; start <= end; ) {
      int comma = trimmed.indexOf(',', start);
      int stop = comma < 0 ? end : comma;
      VectorValue.checkedDimension(numbers.size() + 1L);
      numbers.add(number(trimmed.substring(start, stop).trim(), numbers.size() + 1));
      start = stop + 1;
    }
    return numbers;
  }

  private static Object number(String text, int place) {
    Long whole = Numbers.tryParseLong(text);
    Double real = whole == null ? Numbers.tryParseDouble(text) : null;
    if (whole != null) {
      return whole;
    } else if (real != null) {
      return real;
    }
    throw new WeftException(
        ErrorCode.INVALID_ARGUMENT_VALUE,
        "the coordinates in the text of a vector are decimal numbers, coordinate "
            + place
            + " is '"
            + Texts.shortened(text)
            + "'");
  }
}
