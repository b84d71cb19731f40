package org.weftdb.error;

/**
 * A place in a query's text.
 *
 * @param offset UTF-16 code units before the place, from 0
 * @param line line, from 1
 * @param column code point in the line, from 1
 */
public record Position(int offset, int line, int column) {
  public Position {
    if (offset < 0 || line < 1 || column < 1) {
      throw new IllegalArgumentException("not a position: " + offset + ", " + line + ":" + column);
    }
  }
}
