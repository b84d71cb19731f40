package org.weftdb.cypher.function;

/** Upper and lower case. */
final class Cases {
  private Cases() {}

  /** A name with its ASCII letters in lower case. */
  static String lowerAscii(String name) {
    StringBuilder lower = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return lower.toString();
  }
}
