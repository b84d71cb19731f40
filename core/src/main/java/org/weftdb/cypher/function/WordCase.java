package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;

/**
 * Words written together in several ways. A word is made of letters and digits; a new one begins
 * where a capital follows a small letter or a digit, and at the last of several capitals before a
 * small letter: {@code parseHTMLText} has three.
 */
final class WordCase {
  private WordCase() {}

  static String of(String text, String style) {
    List<String> words = words(text);
    return switch (Texts.lowerAscii(style)) {
      case "camel" -> joined(words, "", true, true);
      case "pascal" -> joined(words, "", true, false);
      case "title" -> joined(words, " ", true, false);
      case "snake" -> joined(words, "_", false, false);
      case "kebab" -> joined(words, "-", false, false);
      case "screaming_snake" -> LetterCase.upper(joined(words, "_", false, false));
      default ->
          throw new WeftException(
              ErrorCode.INVALID_ARGUMENT,
              "string.case() knows 'camel', 'pascal', 'snake', 'kebab', 'screaming_snake' and"
                  + " 'title', not '"
                  + style
                  + "'");
    };
  }

  /** The words in lower case with hyphens, where capitals do not begin new ones. */
  static String slug(String text) {
    StringBuilder slug = new StringBuilder();
    boolean between = false;
    for (int c : CodePoints.of(LetterCase.lower(text))) {
      if (Character.isLetterOrDigit(c)) {
        slug.append(between && slug.length() > 0 ? "-" : "").appendCodePoint(c);
        between = false;
      } else {
        between = true;
      }
    }
    return slug.toString();
  }

  private static String joined(
      List<String> words, String separator, boolean capitals, boolean firstSmall) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      text.append(i == 0 ? "" : separator);
      if (capitals && !(firstSmall && i == 0)) {
        int end = Character.charCount(word.codePointAt(0));
        text.append(LetterCase.upper(word.substring(0, end))).append(word.substring(end));
      } else {
        text.append(word);
      }
    }
    return text.toString();
  }

  private static List<String> words(String text) {
    int[] points = CodePoints.of(text);
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= points.length; i++) {
      boolean inside = i < points.length && Character.isLetterOrDigit(points[i]);
      if (i > start && (!inside || beginsWord(points, i))) {
        words.add(LetterCase.lower(CodePoints.text(points, start, i)));
        start = i;
      }
      if (!inside) {
        start = i + 1;
      }
    }
    return words;
  }

  private static boolean beginsWord(int[] points, int at) {
    if (!Character.isUpperCase(points[at])) {
      return false;
    }
    boolean nextSmall = at + 1 < points.length && Character.isLowerCase(points[at + 1]);
    return !Character.isUpperCase(points[at - 1]) || nextSmall;
  }
}
