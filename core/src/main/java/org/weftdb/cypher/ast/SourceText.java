package org.weftdb.cypher.ast;

import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;

/**
 * The text of a query, which turns offsets into lines and columns, and failures into errors that
 * show the place.
 *
 * <p>Lines end at LF, CR or CR LF. Columns count code points.
 */
public record SourceText(String text) {
  /** The most columns of a line that a message shows. */
  static final int WINDOW_COLUMNS = 76;

  private static final String CUT = "...";

  /** The line and column of an offset; the end of the text is a place too. */
  public Position positionAt(int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (endsLine(i)) {
        line++;
      }
    }
    return new Position(offset, line, columns(lineStart(offset), offset) + 1);
  }

  /**
   * The exception for a failure at an offset: {@code what (line 1, column 5)}, then the line and a
   * caret below the place. Lines too long to show are cut on both sides.
   *
   * @param what what is wrong and what was expected, one line, without a full stop
   */
  public WeftException error(ErrorCode code, String what, int offset) {
    return error(code, what, offset, null);
  }

  /** The same with what caused it. */
  public WeftException error(ErrorCode code, String what, int offset, @Nullable Throwable cause) {
    Position position = positionAt(offset);
    StringBuilder message = new StringBuilder(what);
    message.append(" (line ").append(position.line());
    message.append(", column ").append(position.column()).append(")\n  ");
    int start = lineStart(offset);
    int end = lineEnd(offset);
    int from = start;
    int to = end;
    if (end - start > WINDOW_COLUMNS) {
      from = Math.max(start, Math.min(offset - WINDOW_COLUMNS / 2, end - WINDOW_COLUMNS));
      to = Math.min(end, from + WINDOW_COLUMNS);
      from += splitsPair(from) ? 1 : 0;
      to += splitsPair(to) ? 1 : 0;
    }
    int caret = columns(from, offset);
    if (from > start) {
      message.append(CUT);
      caret += CUT.length();
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      message.append(c < ' ' ? ' ' : c);
    }
    if (to < end) {
      message.append(CUT);
    }
    message.append("\n  ");
    for (int i = 0; i < caret; i++) {
      message.append(' ');
    }
    message.append('^');
    return new WeftException(code, message.toString(), position, cause);
  }

  private boolean splitsPair(int offset) {
    return offset > 0
        && offset < text.length()
        && Character.isLowSurrogate(text.charAt(offset))
        && Character.isHighSurrogate(text.charAt(offset - 1));
  }

  private int columns(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (i == from || !splitsPair(i)) {
        count++;
      }
    }
    return count;
  }

  private boolean endsLine(int offset) {
    char c = text.charAt(offset);
    return c == '\n'
        || c == '\r' && (offset + 1 == text.length() || text.charAt(offset + 1) != '\n');
  }

  private int lineStart(int offset) {
    int start = offset;
    while (start > 0 && !endsLine(start - 1)) {
      start--;
    }
    return start;
  }

  private int lineEnd(int offset) {
    int end = offset;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }
}
