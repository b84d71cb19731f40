package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/** Rows kept in columns, in chunks of {@link Batch#MAXIMUM_ROWS}; row r is in chunk r / that. */
final class RowBuffer {
  private static final int SHIFT = 10;
  private static final int MASK = Batch.MAXIMUM_ROWS - 1;

  private final List<Vector[]> chunks = new ArrayList<>();
  private final QueryMemory.Share memory;
  private final int width;
  private int size;

  /** What the memory was charged for the rows that are kept. */
  private long bytes;

  /**
   * @param memory what is charged for the rows
   */
  RowBuffer(int width, QueryMemory.Share memory) {
    this.width = width;
    this.memory = memory;
  }

  int size() {
    return size;
  }

  /** Gives up all rows; also to be called before a buffer itself is given up. */
  void clear() {
    memory.add(-bytes);
    bytes = 0;
    chunks.clear();
    size = 0;
  }

  /**
   * Adds the rows of a batch.
   *
   * @param slots what is kept of them, as many as the buffer is wide
   */
  void add(Batch batch, int[] slots) {
    Vector[] columns = new Vector[width];
    for (int i = 0; i < width; i++) {
      columns[i] = batch.column(slots[i]);
    }
    add(columns, batch.selection, batch.rows());
  }

  /**
   * Adds the rows of some columns.
   *
   * @param rows the rows, or null for all up to {@code count}
   */
  void add(Vector[] columns, int @Nullable [] rows, int count) {
    long more = 0;
    for (int i = 0; i < width; i++) {
      more += ValueSize.of(columns[i], rows, 0, count);
    }
    memory.add(more);
    bytes += more;
    int done = 0;
    while (done < count) {
      int offset = size & MASK;
      int n = Math.min(count - done, Batch.MAXIMUM_ROWS - offset);
      if (offset == 0) {
        chunks.add(newChunk(columns, n));
      }
      Vector[] chunk = chunks.get(size >> SHIFT);
      if (width > 0 && chunk[0].capacity() < offset + n) {
        enlarge(chunk, offset, offset + n);
      }
      for (int i = 0; i < width; i++) {
        append(columns[i], rows, done, n, chunk[i], offset);
      }
      size += n;
      done += n;
    }
  }

  /** The first chunk begins small: what runs for each row of another plan keeps few rows. */
  private Vector[] newChunk(Vector[] columns, int rows) {
    int capacity = chunks.isEmpty() ? Math.max(Batch.FIRST_ROWS, rows) : Batch.MAXIMUM_ROWS;
    Vector[] chunk = new Vector[width];
    for (int i = 0; i < width; i++) {
      chunk[i] = new Vector(columns[i].kind, capacity);
    }
    return chunk;
  }

  private static void enlarge(Vector[] chunk, int used, int rows) {
    int capacity = Math.min(Math.max(2 * chunk[0].capacity(), rows), Batch.MAXIMUM_ROWS);
    for (int i = 0; i < chunk.length; i++) {
      Vector larger = new Vector(chunk[i].kind, capacity);
      for (int row = 0; row < used; row++) {
        larger.copyFrom(chunk[i], row, row);
      }
      chunk[i] = larger;
    }
  }

  private static void append(
      Vector source, int @Nullable [] rows, int from, int count, Vector target, int offset) {
    if (rows == null) {
      appendAll(source, from, count, target, offset);
      return;
    }
    if (source.kind == target.kind && source.kind != Vector.Kind.OBJECT && !source.hasNulls) {
      if (source.kind == Vector.Kind.FLOAT) {
        for (int i = 0; i < count; i++) {
          target.doubles[offset + i] = source.doubles[rows[from + i]];
        }
      } else {
        for (int i = 0; i < count; i++) {
          target.longs[offset + i] = source.longs[rows[from + i]];
        }
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      target.copyFrom(source, rows[from + i], offset + i);
    }
  }

  private static void appendAll(Vector source, int from, int count, Vector target, int offset) {
    if (source.kind == target.kind && source.kind != Vector.Kind.OBJECT && !source.hasNulls) {
      if (source.kind == Vector.Kind.FLOAT) {
        System.arraycopy(source.doubles, from, target.doubles, offset, count);
      } else {
        System.arraycopy(source.longs, from, target.longs, offset, count);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      target.copyFrom(source, from + i, offset + i);
    }
  }

  /** The column that holds a row, at index {@code row & 1023}. */
  Vector column(int column, int row) {
    return chunks.get(row >> SHIFT)[column];
  }

  static int index(int row) {
    return row & MASK;
  }

  /** Rows in the chunk that starts at a multiple of the chunk size. */
  int chunkRows(int chunk) {
    return Math.min(size - (chunk << SHIFT), Batch.MAXIMUM_ROWS);
  }

  int chunkCount() {
    return chunks.size();
  }

  Vector[] chunk(int chunk) {
    return chunks.get(chunk);
  }

  /** Gives up a chunk's memory once it has been passed on. */
  void release(int chunk) {
    // Each of the chunks that are left takes about the same.
    long less = bytes / (chunks.size() - chunk);
    memory.add(-less);
    bytes -= less;
    chunks.set(chunk, new Vector[0]);
  }

  /** Fills {@code target} with the chosen rows of a column. */
  void gather(int column, int[] rows, int from, int count, Vector target) {
    if (count == 0) {
      return;
    }
    target.reset(column(column, rows[from]).kind, count);
    for (int i = 0; i < count; i++) {
      int row = rows[from + i];
      target.copyFrom(column(column, row), index(row), i);
    }
  }
}
