package org.weftdb.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.Utf8;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Takes a table apart into records, as RFC 4180 describes them, in UTF-8 with or without a byte
 * order mark.
 *
 * <ul>
 *   <li>A record ends with LF, CR LF or CR, the last one also with the text. Lines without any
 *       character are no records.
 *   <li>A field that begins with a quotation mark goes on to the next one, over line ends and
 *       separators; two marks together stand for one. In any other field a mark is a character.
 *   <li>A field without a character is null; between quotation marks it is the empty string.
 * </ul>
 */
public final class CsvReader {
  /** The most bytes of one record, so that a missing quotation mark cannot fill the memory. */
  public static final int MAX_RECORD_BYTES = 64 << 20;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int END = -1;
  private static final int QUOTE = '"';
  private static final int LINE_FEED = '\n';
  private static final int CARRIAGE_RETURN = '\r';

  private final CsvInput input;
  private final byte[] separator;
  private final int lastOfSeparator;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int filled;

  private byte[] field = new byte[64];
  private int fieldLength;
  private long recordBytes;
  private long line = 1;
  private long recordLine;
  private boolean begun;
  private boolean ended;

  /**
   * @param separator what stands between fields: one character, no quotation mark or line end
   */
  public CsvReader(CsvInput input, String separator) {
    this.input = input;
    this.separator = Utf8.encode(separator);
    this.lastOfSeparator = this.separator[this.separator.length - 1] & 0xFF;
  }

  /** The line, from 1, on which the record that was read last begins. */
  public long line() {
    return recordLine;
  }

  /**
   * The fields of the next record, or null at the end.
   *
   * @throws WeftException {@link ErrorCode#INVALID_CSV} with the line, {@link
   *     ErrorCode#VALUE_TOO_LARGE}, or what the input throws
   */
  public @Nullable List<@Nullable String> next() {
    if (!begun) {
      begun = true;
      skipByteOrderMark();
    }
    recordBytes = 0;
    int first = take();
    while (first == LINE_FEED || first == CARRIAGE_RETURN) {
      endLine(first);
      first = take();
    }
    if (first == END) {
      return null;
    }
    recordLine = line;
    List<@Nullable String> fields = new ArrayList<>();
    int next = first;
    while (true) {
      fieldLength = 0;
      int end = next == QUOTE ? quoted(fields) : plain(next, fields);
      if (end != lastOfSeparator) {
        endLine(end);
        return fields;
      }
      next = take();
    }
  }

  /** Reads a field without marks, from its first byte on; answers what ended it. */
  private int plain(int first, List<@Nullable String> fields) {
    int next = first;
    while (true) {
      if (next == END || next == LINE_FEED || next == CARRIAGE_RETURN) {
        fields.add(fieldLength == 0 ? null : text());
        return next;
      }
      append(next);
      if (next == lastOfSeparator && endsWithSeparator()) {
        fieldLength -= separator.length;
        fields.add(fieldLength == 0 ? null : text());
        return next;
      }
      next = take();
    }
  }

  /** Reads a field behind its first mark; answers what ended it. */
  private int quoted(List<@Nullable String> fields) {
    long start = line;
    while (true) {
      int next = take();
      if (next == END) {
        throw invalid("a quotation mark without a second one", start);
      }
      if (next == QUOTE) {
        next = take();
        if (next != QUOTE) {
          fields.add(text());
          return afterQuoted(next);
        }
      } else if (next == LINE_FEED || next == CARRIAGE_RETURN && peek() != LINE_FEED) {
        line++;
      }
      append(next);
    }
  }

  private int afterQuoted(int first) {
    fieldLength = 0;
    int next = first;
    for (int i = 0; i < separator.length; i++) {
      if (next != (separator[i] & 0xFF)) {
        boolean lineEnd = next == END || next == LINE_FEED || next == CARRIAGE_RETURN;
        if (i == 0 && lineEnd) {
          return next;
        }
        throw invalid("text behind the quotation mark that ends a field", line);
      }
      next = i == separator.length - 1 ? next : take();
    }
    return next;
  }

  private void endLine(int end) {
    if (end == CARRIAGE_RETURN && peek() == LINE_FEED) {
      take();
    }
    line += end == END ? 0 : 1;
  }

  private boolean endsWithSeparator() {
    int from = fieldLength - separator.length;
    for (int i = 0; i < separator.length; i++) {
      if (from < 0 || field[from + i] != separator[i]) {
        return false;
      }
    }
    return true;
  }

  private void append(int unit) {
    if (fieldLength == field.length) {
      field = Arrays.copyOf(field, fieldLength * 2);
    }
    field[fieldLength++] = (byte) unit;
  }

  private String text() {
    try {
      return Utf8.decode(field, 0, fieldLength);
    } catch (WeftException notText) {
      throw invalid("bytes that are no UTF-8", recordLine);
    }
  }

  private WeftException invalid(String what, long where) {
    return new WeftException(ErrorCode.INVALID_CSV, input.name() + ", line " + where + ": " + what);
  }

  // Bytes.

  private void skipByteOrderMark() {
    if (peek() == 0xEF) {
      take();
      if (take() != 0xBB || take() != 0xBF) {
        throw invalid("bytes that are no UTF-8", 1);
      }
    } else if (peek() == 0xFE || peek() == 0xFF) {
      throw invalid("the text seems to be UTF-16, expected UTF-8", 1);
    }
  }

  private int take() {
    if (at == filled && !fill()) {
      return END;
    }
    if (++recordBytes > MAX_RECORD_BYTES) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          input.name()
              + ", line "
              + line
              + ": a record of more than "
              + MAX_RECORD_BYTES
              + " bytes; is a quotation mark missing?");
    }
    return buffer[at++] & 0xFF;
  }

  private int peek() {
    return at == filled && !fill() ? END : buffer[at] & 0xFF;
  }

  private boolean fill() {
    if (ended) {
      return false;
    }
    at = 0;
    filled = input.read(buffer);
    if (filled <= 0) {
      filled = 0;
      ended = true;
    }
    return !ended;
  }
}
