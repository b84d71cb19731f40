package org.weftdb.cypher.function;

/**
 * Upper and lower case, the same on every platform: the mapping of single characters is that of
 * {@link Character}, and the characters that become several ones (Unicode's SpecialCasing.txt) are
 * listed here, because the platforms do not agree on them. For characters that Unicode has added
 * lately or not assigned yet, {@code Character} itself may differ.
 */
final class LetterCase {
  /** A character, what it becomes in upper case, a semicolon. */
  private static final String EXPANSIONS =
      "\u00DFSS;\u0149\u02BCN;\u01F0J\u030C;\u0390\u0399\u0308\u0301;"
          + "\u03B0\u03A5\u0308\u0301;\u0587\u0535\u0552;\u1E96H\u0331;\u1E97T\u0308;"
          + "\u1E98W\u030A;\u1E99Y\u030A;\u1E9AA\u02BE;\u1F50\u03A5\u0313;"
          + "\u1F52\u03A5\u0313\u0300;\u1F54\u03A5\u0313\u0301;\u1F56\u03A5\u0313\u0342;"
          + "\u1FB2\u1FBA\u0399;\u1FB3\u0391\u0399;\u1FB4\u0386\u0399;\u1FB6\u0391\u0342;"
          + "\u1FB7\u0391\u0342\u0399;\u1FBC\u0391\u0399;\u1FC2\u1FCA\u0399;"
          + "\u1FC3\u0397\u0399;\u1FC4\u0389\u0399;\u1FC6\u0397\u0342;"
          + "\u1FC7\u0397\u0342\u0399;\u1FCC\u0397\u0399;\u1FD2\u0399\u0308\u0300;"
          + "\u1FD3\u0399\u0308\u0301;\u1FD6\u0399\u0342;\u1FD7\u0399\u0308\u0342;"
          + "\u1FE2\u03A5\u0308\u0300;\u1FE3\u03A5\u0308\u0301;\u1FE4\u03A1\u0313;"
          + "\u1FE6\u03A5\u0342;\u1FE7\u03A5\u0308\u0342;\u1FF2\u1FFA\u0399;"
          + "\u1FF3\u03A9\u0399;\u1FF4\u038F\u0399;\u1FF6\u03A9\u0342;"
          + "\u1FF7\u03A9\u0342\u0399;\u1FFC\u03A9\u0399;\uFB00FF;\uFB01FI;\uFB02FL;"
          + "\uFB03FFI;\uFB04FFL;\uFB05ST;\uFB06ST;\uFB13\u0544\u0546;\uFB14\u0544\u0535;"
          + "\uFB15\u0544\u053B;\uFB16\u054E\u0546;\uFB17\u0544\u053D;";

  private LetterCase() {}

  /** A name with its ASCII letters in upper case. */
  static String upperAscii(String name) {
    StringBuilder upper = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      upper.append(c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
    }
    return upper.toString();
  }

  static String upper(String text) {
    StringBuilder upper = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        upper.append(c >= 'a' && c <= 'z' ? (char) (c - 32) : (char) c);
      } else if (!appendExpansion(upper, c)) {
        upper.appendCodePoint(Character.toUpperCase(c));
      }
    }
    return upper.toString();
  }

  private static boolean appendExpansion(StringBuilder upper, int c) {
    if (c >= 0x1F80 && c <= 0x1FAF) {
      // Greek vowels with iota below: rows of 8 small and 8 capital ones for alpha, eta and omega.
      int row = c < 0x1F90 ? 0x1F08 : c < 0x1FA0 ? 0x1F28 : 0x1F68;
      upper.append((char) (row + (c & 7))).append('\u0399');
      return true;
    }
    if (c > 0xFB17 || (c > 0x587 && c < 0x1E96)) {
      return false;
    }
    for (int start = 0; start < EXPANSIONS.length(); ) {
      int end = EXPANSIONS.indexOf(';', start);
      if (EXPANSIONS.charAt(start) == c) {
        upper.append(EXPANSIONS, start + 1, end);
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (c < 0x80) {
        lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : (char) c);
      } else if (c == 0x130) {
        lower.append("i\u0307");
      } else if (c == 0x3A3) {
        // Sigma has a form of its own at the end of a word.
        boolean afterLetter = i > 0 && Character.isLetter(text.codePointBefore(i));
        boolean beforeLetter = next < text.length() && Character.isLetter(text.codePointAt(next));
        lower.append(afterLetter && !beforeLetter ? '\u03C2' : '\u03C3');
      } else {
        lower.appendCodePoint(Character.toLowerCase(c));
      }
      i = next;
    }
    return lower.toString();
  }
}
