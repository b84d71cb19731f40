package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.Utf8;
import org.weftdb.cypher.function.regex.RegexSearch;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;

/** The functions of the namespace {@code string}. Positions count characters (code points). */
final class StringNamespace {
  private static final String HEX = "0123456789ABCDEF";

  private StringNamespace() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.STRING);
    library.alias("string.upper", "toUpper");
    library.alias("string.lower", "toLower");
    library.alias("string.replace", "replace");
    library.alias("string.split", "split");
    library.alias("string.trim", "trim");
    library.alias("string.trim_left", "lTrim");
    library.alias("string.trim_right", "rTrim");
    library.alias("string.prefix", "left");
    library.alias("string.suffix", "right");
    library.alias("string.length", "char_length");
    addSearch(library);
    addParts(library);
    addFilling(library);
    addCases(library);
    addEncodings(library);
  }

  private static void addSearch(Library library) {
    library.define(
        "string.find(text :: STRING, search :: STRING) :: INTEGER",
        "The position of the first occurrence of a string, or -1.",
        a -> {
          String text = (String) a[0];
          int at = text.indexOf((String) a[1]);
          return at < 0 ? -1L : (long) text.codePointCount(0, at);
        });
    library.define(
        "string.count(text :: STRING, search :: STRING) :: INTEGER",
        "How many occurrences of a string there are that do not overlap; 0 of the empty string.",
        a -> {
          String text = (String) a[0];
          String search = (String) a[1];
          long count = 0;
          int at = search.isEmpty() ? -1 : text.indexOf(search);
          for (; at >= 0; at = text.indexOf(search, at + search.length())) {
            count++;
          }
          return count;
        });
    library.define(
        "string.before(text :: STRING, search :: STRING) :: STRING",
        "What is before the first occurrence of a string; null when there is none.",
        a -> {
          int at = ((String) a[0]).indexOf((String) a[1]);
          return at < 0 ? null : ((String) a[0]).substring(0, at);
        });
    library.define(
        "string.after(text :: STRING, search :: STRING) :: STRING",
        "What is behind the first occurrence of a string; null when there is none.",
        a -> {
          int at = ((String) a[0]).indexOf((String) a[1]);
          return at < 0 ? null : ((String) a[0]).substring(at + ((String) a[1]).length());
        });
    library.define(
        "string.starts_with(text :: STRING, prefix :: STRING) :: BOOLEAN",
        "Whether a string begins with another.",
        a -> ((String) a[0]).startsWith((String) a[1]));
    library.define(
        "string.ends_with(text :: STRING, suffix :: STRING) :: BOOLEAN",
        "Whether a string ends with another.",
        a -> ((String) a[0]).endsWith((String) a[1]));
    library.define(
        "string.contains(text :: STRING, search :: STRING) :: BOOLEAN",
        "Whether a string has another in it.",
        a -> ((String) a[0]).contains((String) a[1]));
    library.defineInContext(
        "string.matches(text :: STRING, pattern :: STRING) :: BOOLEAN",
        "Whether a whole string matches a regular expression, as =~.",
        (a, context) ->
            context.regexes().regex((String) a[1]).matches((String) a[0], context::work));
    library.defineInContext(
        "string.regex_groups(text :: STRING, pattern :: STRING) :: LIST<LIST<STRING>>",
        "All matches of a regular expression in a string: each the whole match and then what the"
            + " groups captured, null for a group that took no part.",
        (a, context) -> regexGroups((String) a[0], (String) a[1], context));
    library.define(
        "string.is_blank(text :: STRING) :: BOOLEAN",
        "Whether a string has nothing but white space in it.",
        a -> TextFunctions.trim((String) a[0], null, true, false).isEmpty());
  }

  private static List<Object> regexGroups(String text, String pattern, FunctionContext context) {
    RegexSearch search = context.regexes().search(pattern);
    List<Object> matches = new ArrayList<>();
    for (int from = 0; from <= text.length(); ) {
      int[] slots = search.find(text, from, context::work);
      if (slots == null) {
        break;
      }
      Sizes.list("string.regex_groups", (matches.size() + 1L) * (search.groups() + 1));
      List<@Nullable Object> groups = new ArrayList<>(search.groups() + 1);
      for (int i = 0; i < slots.length; i += 2) {
        groups.add(slots[i] < 0 ? null : text.substring(slots[i], slots[i + 1]));
      }
      matches.add(groups);
      from = slots[1];
      if (from == slots[0]) {
        // Behind an empty match the search goes on at the next character.
        from += from < text.length() ? Character.charCount(text.codePointAt(from)) : 1;
      }
    }
    return matches;
  }

  private static void addParts(Library library) {
    library.define(
        "string.slice(text :: STRING, from :: INTEGER, to = the end :: INTEGER) :: STRING",
        "The characters from a position to below another, from the end when they are below 0.",
        a -> {
          int[] points = CodePoints.of((String) a[0]);
          long from = fromEnd(points.length, (Long) a[1]);
          long to = a.length > 2 ? fromEnd(points.length, (Long) a[2]) : points.length;
          int first = (int) Math.max(0, Math.min(from, points.length));
          return CodePoints.text(points, first, (int) Math.max(first, Math.min(to, points.length)));
        });
    library.define(
        "string.char_at(text :: STRING, position :: INTEGER) :: STRING",
        "The character at a position, from the end when it is below 0; null when there is none.",
        a -> {
          int[] points = CodePoints.of((String) a[0]);
          long at = fromEnd(points.length, (Long) a[1]);
          boolean there = at >= 0 && at < points.length;
          return there ? CodePoints.text(points, (int) at, (int) at + 1) : null;
        });
    library.define(
        "string.code_at(text :: STRING, position :: INTEGER) :: INTEGER",
        "The code point at a position, from the end when it is below 0; null when there is none.",
        a -> {
          int[] points = CodePoints.of((String) a[0]);
          long at = fromEnd(points.length, (Long) a[1]);
          return at >= 0 && at < points.length ? (Object) (long) points[(int) at] : null;
        });
    library.define(
        "string.words(text :: STRING) :: LIST<STRING>",
        "The parts of a string between white space.",
        a -> {
          List<Object> words = new ArrayList<>();
          StringBuilder word = new StringBuilder();
          for (int c : CodePoints.of((String) a[0])) {
            if (!TextFunctions.isBlank(c)) {
              word.appendCodePoint(c);
            } else if (word.length() > 0) {
              words.add(word.toString());
              word.setLength(0);
            }
          }
          if (word.length() > 0) {
            words.add(word.toString());
          }
          return Collections.unmodifiableList(words);
        });
    library.define(
        "string.reverse(text :: STRING) :: STRING",
        "The characters in the other order.",
        a -> TextFunctions.reversed((String) a[0]));
    library.define(
        "string.join(list :: LIST<ANY>, separator = '' :: STRING) :: STRING",
        "The elements of a list that are not null as strings, with a separator between them.",
        a -> {
          String separator = a.length > 1 ? (String) a[1] : "";
          StringBuilder text = new StringBuilder();
          boolean first = true;
          for (Object element : (List<?>) a[0]) {
            if (element != null) {
              String part = ConversionFunctions.text("string.join", element);
              Sizes.text("string.join", (long) text.length() + separator.length() + part.length());
              text.append(first ? "" : separator).append(part);
              first = false;
            }
          }
          return text.toString();
        });
  }

  private static long fromEnd(int length, long position) {
    return position < 0 ? position + length : position;
  }

  private static void addFilling(Library library) {
    library.define(
        "string.repeat(text :: STRING, count :: INTEGER) :: STRING",
        "A string so many times.",
        a -> {
          String text = (String) a[0];
          long count = Sizes.count("string.repeat", 2, a[1]);
          if (text.isEmpty()) {
            return "";
          }
          // Bounded before it is multiplied.
          Sizes.text("string.repeat", count);
          StringBuilder all = new StringBuilder(Sizes.text("string.repeat", count * text.length()));
          for (long i = 0; i < count; i++) {
            all.append(text);
          }
          return all.toString();
        });
    addPad(library, "pad", "both ends", true, true);
    addPad(library, "pad_left", "the beginning", true, false);
    addPad(library, "pad_right", "the end", false, true);
  }

  private static void addPad(
      Library library, String name, String ends, boolean left, boolean right) {
    String function = "string." + name;
    library.define(
        function + "(text :: STRING, length :: INTEGER, fill = ' ' :: STRING) :: STRING",
        "The string filled up to a length at " + ends + ".",
        a -> {
          int[] text = CodePoints.of((String) a[0]);
          long length = Sizes.text(function, Sizes.count(function, 2, a[1]));
          int[] fill = CodePoints.of(a.length > 2 ? (String) a[2] : " ");
          if (fill.length == 0) {
            throw Arguments.wrongType(function, 3, "", "a String that is not empty");
          }
          int missing = (int) Math.max(0, length - text.length);
          int before = left ? right ? missing / 2 : missing : 0;
          StringBuilder filled = new StringBuilder();
          for (int i = 0; i < missing; i++) {
            if (i == before) {
              filled.append((String) a[0]);
            }
            filled.appendCodePoint(fill[(i < before ? i : i - before) % fill.length]);
          }
          return (before == missing ? filled.append((String) a[0]) : filled).toString();
        });
  }

  private static void addCases(Library library) {
    library.define(
        "string.capitalize(text :: STRING) :: STRING",
        "The string with its first character in upper case.",
        a -> {
          String text = (String) a[0];
          int end = text.isEmpty() ? 0 : Character.charCount(text.codePointAt(0));
          return LetterCase.upper(text.substring(0, end)) + text.substring(end);
        });
    library.define(
        "string.swap_case(text :: STRING) :: STRING",
        "The string with upper case for lower case and lower for upper.",
        a -> {
          StringBuilder swapped = new StringBuilder();
          for (int c : CodePoints.of((String) a[0])) {
            String one = CodePoints.text(new int[] {c}, 0, 1);
            String lower = LetterCase.lower(one);
            swapped.append(lower.equals(one) ? LetterCase.upper(one) : lower);
          }
          return swapped.toString();
        });
    library.define(
        "string.case(text :: STRING, style :: STRING) :: STRING",
        "The words of a string as 'camel', 'pascal', 'snake', 'kebab', 'screaming_snake'"
            + " or 'title'.",
        a -> WordCase.of((String) a[0], (String) a[1]));
    library.define(
        "string.slugify(text :: STRING) :: STRING",
        "The letters and digits of a string in lower case, with a hyphen for all between them.",
        a -> WordCase.slug((String) a[0]));
  }

  private static void addEncodings(Library library) {
    library.define(
        "string.escape(text :: STRING) :: STRING",
        "The string as it stands between the quotes of a Cypher literal.",
        a -> {
          StringBuilder escaped = new StringBuilder();
          String text = (String) a[0];
          for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int code = "\n\r\t\b\f'\"\\".indexOf(c);
            if (code >= 0) {
              escaped.append('\\').append("nrtbf'\"\\".charAt(code));
            } else {
              escaped.append(c);
            }
          }
          return escaped.toString();
        });
    library.define(
        "string.hex(text :: STRING) :: STRING",
        "The bytes of a string in UTF-8 as hexadecimal digits.",
        a -> hex(Utf8.encode((String) a[0])));
    library.define(
        "string.url_encode(text :: STRING) :: STRING",
        "The string for a part of a URL: all but letters, digits and -._~ as %XX of UTF-8.",
        a -> {
          StringBuilder encoded = new StringBuilder();
          for (byte b : Utf8.encode((String) a[0])) {
            int c = b & 0xFF;
            boolean letter = (c | 32) >= 'a' && (c | 32) <= 'z';
            if (letter || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
              encoded.append((char) c);
            } else {
              encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
          }
          return encoded.toString();
        });
    library.define(
        "string.url_decode(text :: STRING) :: STRING",
        "The string of a part of a URL with %XX; null when it is not valid.",
        a -> urlDecoded((String) a[0]));
  }

  /** Bytes as digits in lower case. */
  static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder(Sizes.text("hex", bytes.length * 2L));
    for (byte b : bytes) {
      hex.append(HEX.charAt((b & 0xFF) >> 4)).append(HEX.charAt(b & 15));
    }
    return Texts.lowerAscii(hex.toString());
  }

  private static @Nullable Object urlDecoded(String text) {
    byte[] bytes = Utf8.encode(text);
    int size = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        int high = i + 2 < bytes.length ? digit(bytes[i + 1]) : -1;
        int low = i + 2 < bytes.length ? digit(bytes[i + 2]) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        bytes[size++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[size++] = bytes[i];
      }
    }
    return tryDecode(bytes, size);
  }

  /** The string of the first bytes, or null when they are not UTF-8. */
  static @Nullable Object tryDecode(byte[] bytes, int size) {
    try {
      return Utf8.decode(bytes, 0, size);
    } catch (WeftException e) {
      if (e.code() != ErrorCode.CORRUPTED) {
        throw e;
      }
      return null;
    }
  }

  private static int digit(byte b) {
    int c = b >= 'a' && b <= 'f' ? b - 32 : b;
    return HEX.indexOf(c);
  }
}
