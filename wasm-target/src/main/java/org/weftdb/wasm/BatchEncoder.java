package org.weftdb.wasm;

import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.value.ValueCodec;
import org.weftdb.value.Vector;

/**
 * Writes rows into the window, column by column.
 *
 * <pre>
 * batch  = rows: int32 – from 1
 *          columns: int32
 *          column*
 * column = kind: int32
 *          size: int32 – bytes of the body
 *          nulls: (rows + 63) / 64 words of 64 bits, bit set = null; not in kinds 0 and 4
 *          body
 *            kind 0 values:   each row a value of {@link ValueCodec}, filled up to a multiple of 8
 *            kind 1 integers: each row an int64
 *            kind 2 floats:   each row a float64
 *            kind 3 booleans: (rows + 63) / 64 words of 64 bits, bit set = true
 *            kind 4 texts:    each row an int32, the chars of its text or -1 for null, filled up to a
 *                             multiple of 8; then the texts as UTF-8 without gaps, filled up;
 *                             only for short ones
 * </pre>
 *
 * Little-endian; every part begins on a multiple of 8, so that JavaScript can lay typed arrays over
 * numbers. What stands in a null row of kinds 1 to 3 is undefined.
 *
 * <p>Nodes and relationships of a vector must have been turned into entities before: ids mean
 * nothing to JavaScript.
 */
final class BatchEncoder {
  private static final int VALUES = 0;
  private static final int INTEGERS = 1;
  private static final int FLOATS = 2;
  private static final int BOOLEANS = 3;
  private static final int TEXTS = 4;
  private static final int HEADER_BYTES = 8;

  /**
   * The most bytes of one batch: engines trap on arrays not much larger, which nobody can catch.
   */
  private static final int MAX_VALUES_BYTES = 1 << 28;

  /**
   * The most chars of a column of kind 4: JavaScript reads them as one text and cuts it, and each
   * cut may keep all of it in memory.
   */
  private static final int MAX_JOINED_CHARS = 1 << 18;

  private final Window window;
  private final ByteWriter values = new ByteWriter(256, MAX_VALUES_BYTES);

  BatchEncoder(Window window) {
    this.window = window;
  }

  /**
   * Writes the selected rows (all of the first {@code rows} when null) behind what stands in the
   * window.
   *
   * @param start where the batch begins, a multiple of 8
   * @return where it ends
   */
  int encode(int start, Vector[] columns, int rows, int @Nullable [] selection) {
    values.truncate(0);
    int[] bodyEnds = new int[columns.length];
    int[] kinds = new int[columns.length];
    long end = start + (long) HEADER_BYTES;
    int words = words(rows);
    for (int i = 0; i < columns.length; i++) {
      Vector column = columns[i];
      end += HEADER_BYTES;
      switch (column.kind) {
        case INTEGER, FLOAT -> end += 8L * words + 8L * rows;
        case BOOLEAN -> end += 16L * words;
        case OBJECT, NODE, RELATIONSHIP -> {
          int bodyStart = values.position();
          kinds[i] = areShortTexts(column, rows, selection) ? TEXTS : VALUES;
          if (kinds[i] == TEXTS) {
            encodeTexts(column, rows, selection);
          } else {
            encodeValues(column, rows, selection);
          }
          end += values.position() - bodyStart;
        }
      }
      bodyEnds[i] = values.position();
    }
    window.extend(start, end);
    window.putInt(start, rows);
    window.putInt(start + 4, columns.length);
    int at = start + HEADER_BYTES;
    for (int i = 0; i < columns.length; i++) {
      int bodyStart = i == 0 ? 0 : bodyEnds[i - 1];
      at =
          switch (columns[i].kind) {
            case INTEGER, FLOAT, BOOLEAN -> put(columns[i], at, rows, selection);
            case OBJECT, NODE, RELATIONSHIP -> putValues(kinds[i], at, bodyStart, bodyEnds[i]);
          };
    }
    return at;
  }

  /** Whether all are texts, and not so long that each had better be read by itself. */
  private static boolean areShortTexts(Vector column, int rows, int @Nullable [] selection) {
    if (column.kind != Vector.Kind.OBJECT) {
      return false;
    }
    @Nullable Object[] objects = column.objects;
    int chars = 0;
    for (int i = 0; i < rows; i++) {
      Object value = objects[selection == null ? i : selection[i]];
      if (value instanceof String text) {
        chars += text.length();
        if (chars > MAX_JOINED_CHARS || chars < 0) {
          return false;
        }
      } else if (value != null) {
        return false;
      }
    }
    return true;
  }

  private void encodeTexts(Vector column, int rows, int @Nullable [] selection) {
    for (int i = 0; i < rows; i++) {
      Object text = column.objects[selection == null ? i : selection[i]];
      values.writeInt(text == null ? -1 : ((String) text).length());
    }
    fillUp();
    for (int i = 0; i < rows; i++) {
      Object text = column.objects[selection == null ? i : selection[i]];
      if (text != null) {
        values.writeText((String) text);
      }
    }
    fillUp();
  }

  private void fillUp() {
    while ((values.position() & 7) != 0) {
      values.writeByte(0);
    }
  }

  private void encodeValues(Vector column, int rows, int @Nullable [] selection) {
    for (int i = 0; i < rows; i++) {
      ValueCodec.encodeWithText(column.value(selection == null ? i : selection[i]), values);
    }
    fillUp();
  }

  private int putValues(int kind, int start, int bodyStart, int bodyEnd) {
    int length = bodyEnd - bodyStart;
    putHeader(start, kind, length);
    window.put(start + HEADER_BYTES, values.array(), bodyStart, length);
    return start + HEADER_BYTES + length;
  }

  private int put(Vector column, int start, int rows, int @Nullable [] selection) {
    int words = words(rows);
    int body = start + HEADER_BYTES;
    switch (column.kind) {
      case INTEGER -> {
        putHeader(start, INTEGERS, 8 * rows);
        body = putNulls(column, body, rows, selection);
        long[] source = column.longs;
        for (int i = 0; i < rows; i++, body += 8) {
          window.putLong(body, source[selection == null ? i : selection[i]]);
        }
      }
      case FLOAT -> {
        putHeader(start, FLOATS, 8 * rows);
        body = putNulls(column, body, rows, selection);
        double[] source = column.doubles;
        for (int i = 0; i < rows; i++, body += 8) {
          window.putDouble(body, source[selection == null ? i : selection[i]]);
        }
      }
      case BOOLEAN -> {
        putHeader(start, BOOLEANS, 8 * words);
        body = putNulls(column, body, rows, selection);
        long[] source = column.longs;
        for (int word = 0; word < words; word++, body += 8) {
          long bits = 0;
          for (int i = word << 6, end = Math.min(rows, i + 64); i < end; i++) {
            bits |= (source[selection == null ? i : selection[i]] & 1) << i;
          }
          window.putLong(body, bits);
        }
      }
      case OBJECT, NODE, RELATIONSHIP -> throw new IllegalStateException("values of any type");
    }
    return body;
  }

  private void putHeader(int at, int kind, int size) {
    window.putInt(at, kind);
    window.putInt(at + 4, size);
  }

  private int putNulls(Vector column, int start, int rows, int @Nullable [] selection) {
    int at = start;
    for (int word = 0, words = words(rows); word < words; word++, at += 8) {
      long bits = 0;
      if (column.hasNulls) {
        for (int i = word << 6, end = Math.min(rows, i + 64); i < end; i++) {
          bits |= column.isNull(selection == null ? i : selection[i]) ? 1L << i : 0;
        }
      }
      window.putLong(at, bits);
    }
    return at;
  }

  private static int words(int rows) {
    return rows + 63 >>> 6;
  }
}
