package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Arithmetic;

/**
 * Functions on strings. Positions and lengths count code points, so that no character is ever cut
 * in two.
 */
final class TextFunctions {
  private TextFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.SCALAR);
    addLength(library, "char_length");
    addLength(library, "character_length");
    addLength(library, "charLength");
    library.category(FunctionCategory.STRING);
    addLetterCase(library, "toUpper", true);
    addLetterCase(library, "upper", true);
    addLetterCase(library, "toLower", false);
    addLetterCase(library, "lower", false);
    addTrim(library, "trim", "both ends", true, true);
    addTrim(library, "bTrim", "both ends", true, true);
    addTrim(library, "lTrim", "the beginning", true, false);
    addTrim(library, "rTrim", "the end", false, true);
    library.addStrict(
        "substring(original :: STRING, start :: INTEGER, length = to the end :: INTEGER)"
            + " :: STRING",
        "The characters from a place counted from 0, so many or all.",
        (arguments, context) -> substring(arguments));
    library.addStrict(
        "left(original :: STRING, length :: INTEGER) :: STRING",
        "The first characters, so many.",
        (arguments, context) -> left(arguments));
    library.addStrict(
        "right(original :: STRING, length :: INTEGER) :: STRING",
        "The last characters, so many.",
        (arguments, context) -> right(arguments));
    library.addStrict(
        "replace(original :: STRING, search :: STRING, replace :: STRING, limit = all :: INTEGER)"
            + " :: STRING",
        "The string with occurrences of another replaced, the first ones up to a limit.",
        (arguments, context) -> replace(arguments));
    library.addStrict(
        "split(original :: STRING, delimiters :: STRING | LIST<STRING>) :: LIST<STRING>",
        "The parts of a string between delimiters.",
        (arguments, context) -> split(arguments));
  }

  private static void addLetterCase(Library library, String name, boolean upper) {
    library.addUnary(
        name + "(input :: STRING) :: STRING",
        upper ? "The text in upper case." : "The text in lower case.",
        (x, context) -> {
          String text = Arguments.string(name, 1, x);
          return upper ? LetterCase.upper(text) : LetterCase.lower(text);
        });
  }

  private static void addLength(Library library, String name) {
    library.addUnary(
        name + "(input :: STRING) :: INTEGER",
        "How many characters a string has.",
        (x, context) -> {
          String text = Arguments.string(name, 1, x);
          return (long) text.codePointCount(0, text.length());
        });
  }

  private static void addTrim(
      Library library, String name, String ends, boolean left, boolean right) {
    library.addStrict(
        name + "(input :: STRING, trimCharacters = white space :: STRING) :: STRING",
        "The string without white space, or without characters of a set, at " + ends + ".",
        (arguments, context) -> {
          String text = Arguments.string(name, 1, arguments[0]);
          String set = arguments.length > 1 ? Arguments.string(name, 2, arguments[1]) : null;
          return trim(text, set, left, right);
        });
  }

  static String trim(String text, @Nullable String set, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to) {
      int c = text.codePointAt(from);
      if (!isTrimmed(c, set)) {
        break;
      }
      from += Character.charCount(c);
    }
    while (right && from < to) {
      int c = text.codePointBefore(to);
      if (!isTrimmed(c, set)) {
        break;
      }
      to -= Character.charCount(c);
    }
    return text.substring(from, to);
  }

  private static boolean isTrimmed(int c, @Nullable String set) {
    return set == null ? isBlank(c) : set.indexOf(c) >= 0;
  }

  /** Unicode's white space, and the separators of ASCII that Java counts as such. */
  static boolean isBlank(int c) {
    return c == ' '
        || (c >= 0x09 && c <= 0x0D)
        || (c >= 0x1C && c <= 0x1F)
        || c == 0x85
        || c == 0xA0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  static String reversed(String text) {
    StringBuilder reversed = new StringBuilder(text.length());
    for (int end = text.length(); end > 0; ) {
      int c = text.codePointBefore(end);
      reversed.appendCodePoint(c);
      end -= Character.charCount(c);
    }
    return reversed.toString();
  }

  /** The index behind so many code points from another index, at most the end. */
  private static int advance(String text, int from, long codePoints) {
    int at = from;
    for (long left = codePoints; left > 0 && at < text.length(); left--) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  private static long count(String function, int position, @Nullable Object value) {
    long count = Arguments.integer(function, position, value);
    if (count < 0) {
      throw new WeftException(
          ErrorCode.NUMBER_OUT_OF_RANGE,
          function + "() needs 0 or more as argument " + position + ", not " + count);
    }
    return count;
  }

  private static Object substring(@Nullable Object[] arguments) {
    String text = Arguments.string("substring", 1, arguments[0]);
    int from = advance(text, 0, count("substring", 2, arguments[1]));
    int to =
        arguments.length > 2
            ? advance(text, from, count("substring", 3, arguments[2]))
            : text.length();
    return text.substring(from, to);
  }

  private static Object left(@Nullable Object[] arguments) {
    String text = Arguments.string("left", 1, arguments[0]);
    return text.substring(0, advance(text, 0, count("left", 2, arguments[1])));
  }

  private static Object right(@Nullable Object[] arguments) {
    String text = Arguments.string("right", 1, arguments[0]);
    int from = text.length();
    for (long left = count("right", 2, arguments[1]); left > 0 && from > 0; left--) {
      from -= Character.charCount(text.codePointBefore(from));
    }
    return text.substring(from);
  }

  private static Object replace(@Nullable Object[] arguments) {
    String text = Arguments.string("replace", 1, arguments[0]);
    String search = Arguments.string("replace", 2, arguments[1]);
    String replacement = Arguments.string("replace", 3, arguments[2]);
    long limit = arguments.length > 3 ? count("replace", 4, arguments[3]) : Long.MAX_VALUE;
    StringBuilder result = new StringBuilder(text.length());
    int from = 0;
    for (int at = text.indexOf(search); at >= 0 && limit > 0; limit--) {
      result.append(text, from, at).append(replacement);
      if (result.length() > Arithmetic.MAX_STRING_LENGTH) {
        throw new WeftException(
            ErrorCode.VALUE_TOO_LARGE,
            "replace() to more than " + Arithmetic.MAX_STRING_LENGTH + " characters");
      }
      from = at + search.length();
      // Nothing is found before every character and at the end.
      int next = search.isEmpty() ? advance(text, from, 1) : from;
      at = search.isEmpty() && from == text.length() ? -1 : text.indexOf(search, next);
    }
    return result.append(text, from, text.length()).toString();
  }

  private static @Nullable Object split(@Nullable Object[] arguments) {
    String text = Arguments.string("split", 1, arguments[0]);
    List<String> delimiters = new ArrayList<>();
    if (arguments[1] instanceof List<?> list) {
      for (Object element : list) {
        if (element == null) {
          return null;
        }
        delimiters.add(Arguments.string("split", 2, element));
      }
    } else {
      delimiters.add(Arguments.string("split", 2, arguments[1]));
    }
    List<Object> parts = new ArrayList<>();
    boolean intoCharacters = delimiters.contains("");
    int from = 0;
    for (int at = 0; at < text.length(); ) {
      int length = delimiterAt(text, at, delimiters);
      if (length > 0) {
        parts.add(text.substring(from, at));
        at += length;
        from = at;
      } else {
        at += Character.charCount(text.codePointAt(at));
        if (intoCharacters && at < text.length() && delimiterAt(text, at, delimiters) == 0) {
          parts.add(text.substring(from, at));
          from = at;
        }
      }
    }
    parts.add(text.substring(from));
    return Collections.unmodifiableList(parts);
  }

  /** The length of the first delimiter that stands at a place, or 0. */
  private static int delimiterAt(String text, int at, List<String> delimiters) {
    for (String delimiter : delimiters) {
      if (!delimiter.isEmpty() && text.startsWith(delimiter, at)) {
        return delimiter.length();
      }
    }
    return 0;
  }
}
