package org.weftdb.cypher.function;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;

/** The functions of the namespace {@code text}: how alike two strings are, and how they sound. */
final class TextNamespace {
  private TextNamespace() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.STRING);
    library.define(
        "text.distance(left :: STRING, right :: STRING, metric = 'levenshtein' :: STRING)"
            + " :: INTEGER",
        "How many edits lie between two strings: 'levenshtein', 'damerau' or 'hamming'.",
        a -> distance(CodePoints.of((String) a[0]), CodePoints.of((String) a[1]), metric(a)));
    library.define(
        "text.similarity(left :: STRING, right :: STRING, metric = 'levenshtein' :: STRING)"
            + " :: FLOAT",
        "From 0.0 to 1.0 how alike two strings are:"
            + " 'levenshtein', 'jaro', 'jaro_winkler' or 'sorensen_dice'.",
        a -> similarity(CodePoints.of((String) a[0]), CodePoints.of((String) a[1]), metric(a)));
    library.define(
        "text.phonetic(text :: STRING, algorithm = 'soundex' :: STRING) :: STRING",
        "How a word sounds in English: its Soundex code; empty without letters.",
        a -> {
          String algorithm = a.length > 1 ? (String) a[1] : "soundex";
          if (!Texts.lowerAscii(algorithm).equals("soundex")) {
            throw unknown("text.phonetic", "'soundex'", algorithm);
          }
          return TextDistance.soundex((String) a[0]);
        });
    library.define(
        "text.phonetic_match(left :: STRING, right :: STRING) :: BOOLEAN",
        "Whether two words have the same Soundex code.",
        a -> TextDistance.soundex((String) a[0]).equals(TextDistance.soundex((String) a[1])));
  }

  private static String metric(Object[] a) {
    return a.length > 2 ? Texts.lowerAscii((String) a[2]) : "levenshtein";
  }

  private static Object distance(int[] left, int[] right, String metric) {
    return switch (metric) {
      case "levenshtein" -> TextDistance.edits("text.distance", left, right, false);
      case "damerau" -> TextDistance.edits("text.distance", left, right, true);
      case "hamming" -> TextDistance.hamming(left, right);
      default -> throw unknown("text.distance", "'levenshtein', 'damerau' and 'hamming'", metric);
    };
  }

  private static Object similarity(int[] left, int[] right, String metric) {
    int longer = Math.max(left.length, right.length);
    return switch (metric) {
      case "levenshtein" ->
          longer == 0
              ? 1.0
              : 1 - (double) TextDistance.edits("text.similarity", left, right, false) / longer;
      case "jaro" -> TextDistance.jaro(left, right);
      case "jaro_winkler" -> TextDistance.jaroWinkler(left, right);
      case "sorensen_dice" -> TextDistance.sorensenDice(left, right);
      default ->
          throw unknown(
              "text.similarity",
              "'levenshtein', 'jaro', 'jaro_winkler' and 'sorensen_dice'",
              metric);
    };
  }

  private static WeftException unknown(String function, String known, String actual) {
    return new WeftException(
        ErrorCode.INVALID_ARGUMENT, function + "() knows " + known + ", not '" + actual + "'");
  }
}
