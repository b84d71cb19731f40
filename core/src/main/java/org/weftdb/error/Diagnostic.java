package org.weftdb.error;

import org.jspecify.annotations.Nullable;

/**
 * An error in a query's text, for an editor to show.
 *
 * @param code what kind of error
 * @param message what is wrong and what was expected, in one line
 * @param position where, or null when the error has no place in the text
 * @param length UTF-16 code units from there that are wrong; 0 when nothing certain is known
 */
public record Diagnostic(ErrorCode code, String message, @Nullable Position position, int length) {
  /** What an exception says, without the lines that show the place. */
  public static Diagnostic of(WeftException failure, int length) {
    String message = failure.what();
    int end = message.indexOf('\n');
    return new Diagnostic(
        failure.code(), end < 0 ? message : message.substring(0, end), failure.position(), length);
  }
}
