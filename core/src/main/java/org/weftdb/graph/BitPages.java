package org.weftdb.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A persistent set of ids: pages of 64 words, 4,096 ids, under directories of 256 pages under a top
 * array. Writing copies a page, its directory and the top, once per editor.
 *
 * <p>Frozen it is immutable and may be read by any thread; {@link #edit} gives a version for one
 * writer that shares what it has not written.
 */
final class BitPages {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_WORDS = 64;
  private static final int DIRECTORY_SIZE = PageTable.DIRECTORY_SIZE;
  private static final int DIRECTORY_MASK = DIRECTORY_SIZE - 1;
  private static final int TOP_SHIFT = PAGE_BITS + PageTable.DIRECTORY_BITS;
  private static final long[] EMPTY_PAGE = new long[PAGE_WORDS];
  private static final long[][] EMPTY_DIRECTORY = emptyDirectory();
  private static final long[][][] NO_DIRECTORIES = {};

  private long[][][] top;
  private long count;
  private final @Nullable Editor editor;
  private final @Nullable PageSet ownedPages;
  private final @Nullable PageSet ownedDirectories;
  private boolean topOwned;

  BitPages() {
    this(NO_DIRECTORIES, 0, null);
  }

  private BitPages(long[][][] top, long count, @Nullable Editor editor) {
    this.top = top;
    this.count = count;
    this.editor = editor;
    this.ownedPages = editor == null ? null : new PageSet();
    this.ownedDirectories = editor == null ? null : new PageSet();
  }

  private static long[][] emptyDirectory() {
    long[][] directory = new long[DIRECTORY_SIZE][];
    Arrays.fill(directory, EMPTY_PAGE);
    return directory;
  }

  /** A version that the editor may write to. */
  BitPages edit(Editor by) {
    return new BitPages(top, count, by);
  }

  /** A version that nobody writes to any more; this one must not be written to after. */
  BitPages freeze() {
    return editor == null ? this : new BitPages(top, count, null);
  }

  boolean isEditable() {
    return editor != null;
  }

  /** The number of ids in the set. */
  long count() {
    return count;
  }

  /** The bytes of its arrays. */
  long sizeBytes() {
    long bytes = top.length == 0 ? 0 : ObjectSize.references(top);
    for (long[][] directory : top) {
      if (directory != EMPTY_DIRECTORY) {
        bytes += ObjectSize.references(directory);
        for (long[] page : directory) {
          bytes += page == EMPTY_PAGE ? 0 : ObjectSize.array(PAGE_WORDS, Long.BYTES);
        }
      }
    }
    return bytes;
  }

  boolean contains(int id) {
    int directory = id >>> TOP_SHIFT;
    return directory < top.length
        && (top[directory][id >>> PAGE_BITS & DIRECTORY_MASK][id >>> 6 & PAGE_WORDS - 1] >>> id & 1)
            != 0;
  }

  /** Adds an id; false when it was there. */
  boolean add(int id) {
    if (contains(id)) {
      return false;
    }
    writable(id >>> PAGE_BITS)[id >>> 6 & PAGE_WORDS - 1] |= 1L << id;
    count++;
    return true;
  }

  /** Removes an id; false when it was not there. */
  boolean remove(int id) {
    if (!contains(id)) {
      return false;
    }
    int number = id >>> PAGE_BITS;
    long[] page = writable(number);
    page[id >>> 6 & PAGE_WORDS - 1] &= ~(1L << id);
    count--;
    for (long word : page) {
      if (word != 0) {
        return true;
      }
    }
    top[number >>> PageTable.DIRECTORY_BITS][number & DIRECTORY_MASK] = EMPTY_PAGE;
    return true;
  }

  /**
   * Writes members from an id on in ascending order.
   *
   * @return how many were written, less than {@code max} only when there are no more
   */
  int fill(int fromId, long[] out, int offset, int max) {
    int written = 0;
    int id = fromId;
    for (int directory = id >>> TOP_SHIFT; directory < top.length && id >= 0; directory++) {
      if (top[directory] != EMPTY_DIRECTORY) {
        int end = directory + 1 << TOP_SHIFT;
        while (id != end && written < max) {
          long[] page = top[directory][id >>> PAGE_BITS & DIRECTORY_MASK];
          if (page == EMPTY_PAGE) {
            id = (id >>> PAGE_BITS) + 1 << PAGE_BITS;
            continue;
          }
          long word = page[id >>> 6 & PAGE_WORDS - 1] & -1L << id;
          int base = id & ~63;
          while (word != 0 && written < max) {
            out[offset + written++] = base + Long.numberOfTrailingZeros(word);
            word &= word - 1;
          }
          id = base + 64;
        }
        if (written == max) {
          return written;
        }
      }
      id = directory + 1 << TOP_SHIFT;
    }
    return written;
  }

  private long[] writable(int number) {
    Editor by = editor;
    PageSet pages = ownedPages;
    PageSet directories = ownedDirectories;
    if (by == null || pages == null || directories == null) {
      throw new IllegalStateException("frozen pages");
    }
    int directory = number >>> PageTable.DIRECTORY_BITS;
    if (!topOwned || directory >= top.length) {
      growTop(directory, by);
    }
    if (directories.add(directory)) {
      top[directory] = Arrays.copyOf(top[directory], DIRECTORY_SIZE);
      by.copied(DIRECTORY_SIZE);
    }
    int slot = number & DIRECTORY_MASK;
    long[] page = top[directory][slot];
    if (pages.add(number) || page == EMPTY_PAGE) {
      page = Arrays.copyOf(page, PAGE_WORDS);
      by.copied(PAGE_WORDS);
      top[directory][slot] = page;
    }
    return page;
  }

  private void growTop(int directory, Editor by) {
    int old = top.length;
    int length = Math.max(old, directory + 1);
    top = Arrays.copyOf(top, length);
    for (int i = old; i < length; i++) {
      top[i] = EMPTY_DIRECTORY;
    }
    by.copied(length);
    topOwned = true;
  }
}
