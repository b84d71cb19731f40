package org.weftdb.cypher.function;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.TextNormalizer;
import org.weftdb.value.TextNormalizer.Form;

/** The functions that bring text into a normalization form of Unicode. */
final class NormalizeFunctions {
  private NormalizeFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.STRING);
    library.defineInContext(
        "normalize(input :: STRING, form = NFC :: STRING) :: STRING",
        "The string in a normalization form of Unicode: NFC, NFD, NFKC or NFKD.",
        (a, context) -> normalized((String) a[0], form("normalize", a), context.textNormalizer()));
    library.alias("string.normalize", "normalize");
    library.defineInContext(
        "string.is_normalized(input :: ANY, form = NFC :: STRING) :: BOOLEAN",
        "Whether a string is in a normalization form, as input IS NORMALIZED;"
            + " null of what is no string.",
        (a, context) -> {
          if (!(a[0] instanceof String text)) {
            return null;
          }
          Form form = form("string.is_normalized", a);
          return normalized(text, form, context.textNormalizer()).equals(text);
        });
  }

  private static Form form(String function, Object[] a) {
    String name = a.length > 1 ? LetterCase.upperAscii((String) a[1]) : "NFC";
    for (Form form : Form.values()) {
      if (form.name().equals(name)) {
        return form;
      }
    }
    throw new WeftException(
        ErrorCode.INVALID_ARGUMENT,
        function + "() knows the forms NFC, NFD, NFKC and NFKD, not '" + a[1] + "'");
  }

  private static String normalized(String text, Form form, TextNormalizer normalizer) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return normalizer.normalize(text, form);
      }
    }
    return text;
  }
}
