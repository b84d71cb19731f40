package org.weftdb.value.temporal;

/**
 * Prints the parts of temporal values in their canonical ISO 8601 form: that of {@code java.time},
 * with seconds and three, six or nine digits of a fraction only where they are not zero.
 */
final class TemporalText {
  private TemporalText() {}

  static void appendDate(StringBuilder text, long epochDay) {
    Calendar date = Calendar.of(epochDay);
    if (date.year > 9999) {
      text.append('+');
    }
    if (date.year < 0) {
      text.append('-');
    }
    appendPadded(text, Math.abs(date.year), 4);
    text.append('-');
    appendPadded(text, date.month, 2);
    text.append('-');
    appendPadded(text, date.day, 2);
  }

  static void appendTime(StringBuilder text, long nanoOfDay) {
    int second = (int) (nanoOfDay / Limits.NANOS);
    int nano = (int) (nanoOfDay % Limits.NANOS);
    appendPadded(text, second / 3600, 2);
    text.append(':');
    appendPadded(text, second / 60 % 60, 2);
    if (second % 60 != 0 || nano != 0) {
      text.append(':');
      appendPadded(text, second % 60, 2);
    }
    if (nano != 0) {
      text.append('.');
      if (nano % 1_000_000 == 0) {
        appendPadded(text, nano / 1_000_000, 3);
      } else if (nano % 1000 == 0) {
        appendPadded(text, nano / 1000, 6);
      } else {
        appendPadded(text, nano, 9);
      }
    }
  }

  static void appendOffset(StringBuilder text, int offsetSeconds) {
    if (offsetSeconds == 0) {
      text.append('Z');
      return;
    }
    int seconds = Math.abs(offsetSeconds);
    text.append(offsetSeconds < 0 ? '-' : '+');
    appendPadded(text, seconds / 3600, 2);
    text.append(':');
    appendPadded(text, seconds / 60 % 60, 2);
    if (seconds % 60 != 0) {
      text.append(':');
      appendPadded(text, seconds % 60, 2);
    }
  }

  private static void appendPadded(StringBuilder text, long number, int digits) {
    String decimal = Long.toString(number);
    for (int i = decimal.length(); i < digits; i++) {
      text.append('0');
    }
    text.append(decimal);
  }
}
