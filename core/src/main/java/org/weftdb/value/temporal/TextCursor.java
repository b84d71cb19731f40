package org.weftdb.value.temporal;

import org.weftdb.error.WeftException;

/** Walks over the text of a temporal value. */
final class TextCursor {
  private final String text;
  private final String what;
  int at;
  private final int end;

  /**
   * @param what what the text should be, for messages: {@code a date}
   */
  TextCursor(String text, String what) {
    this.text = text;
    this.what = what;
    this.end = text.length();
  }

  boolean atEnd() {
    return at == end;
  }

  /** The next character, or 0 at the end. */
  char peek() {
    return at < end ? text.charAt(at) : 0;
  }

  boolean tryTake(char wanted) {
    if (peek() != wanted || at == end) {
      return false;
    }
    at++;
    return true;
  }

  boolean nextIsDigit() {
    char next = peek();
    return next >= '0' && next <= '9';
  }

  /** How many digits come next. */
  int countDigits() {
    int from = at;
    while (nextIsDigit()) {
      at++;
    }
    int count = at - from;
    at = from;
    return count;
  }

  /** A number of exactly so many digits. */
  int number(int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      if (!nextIsDigit()) {
        throw error();
      }
      value = value * 10 + (text.charAt(at++) - '0');
    }
    return value;
  }

  /** The digits after a decimal point as nanoseconds; at most nine of them. */
  int fraction() {
    int digits = countDigits();
    if (digits == 0 || digits > 9) {
      throw error();
    }
    int value = number(digits);
    for (int i = digits; i < 9; i++) {
      value *= 10;
    }
    return value;
  }

  /** What stands before a character, which is taken too. */
  String until(char last) {
    int place = text.indexOf(last, at);
    if (place < 0) {
      throw error();
    }
    String part = text.substring(at, place);
    at = place + 1;
    return part;
  }

  String rest() {
    String rest = text.substring(at);
    at = end;
    return rest;
  }

  void expectEnd() {
    if (at != end) {
      throw error();
    }
  }

  WeftException error() {
    String shown = text.length() <= 60 ? text : text.substring(0, 60) + "...";
    return Limits.invalid(
        "'" + shown + "' is not " + what + ", wrong from character " + (at + 1) + " on");
  }
}
