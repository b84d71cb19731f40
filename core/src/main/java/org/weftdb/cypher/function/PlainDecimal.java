package org.weftdb.cypher.function;

/** Decimal text without an exponent. */
final class PlainDecimal {
  private PlainDecimal() {}

  /** The same number as {@code 1.5E-7} written {@code 0.00000015}. */
  static String of(String text) {
    int exponentAt = text.indexOf('E');
    if (exponentAt < 0) {
      return text;
    }
    int from = text.startsWith("-") ? 1 : 0;
    int dot = text.indexOf('.');
    int exponent = Integer.parseInt(text.substring(exponentAt + 1));
    StringBuilder digits = new StringBuilder();
    digits.append(text, from, dot < 0 ? exponentAt : dot);
    int point = digits.length() + exponent;
    if (dot >= 0) {
      digits.append(text, dot + 1, exponentAt);
    }
    while (point <= 0) {
      digits.insert(0, '0');
      point++;
    }
    while (digits.length() < point + 1) {
      digits.append('0');
    }
    return text.substring(0, from) + digits.insert(point, '.');
  }
}
