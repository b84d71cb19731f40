package org.weftdb.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A persistent array of ints, 0 where nothing was set: pages of 512 under directories of 256 pages
 * under a top array. Writing copies a page, its directory and the top, once per editor.
 *
 * <p>Frozen it is immutable and may be read by any thread; {@link #edit} gives a version for one
 * writer that shares what it has not written.
 */
final class IntPages {
  static final int PAGE_BITS = 9;
  static final int PAGE_SIZE = 1 << PAGE_BITS;
  static final int PAGE_MASK = PAGE_SIZE - 1;
  private static final int DIRECTORY_SIZE = PageTable.DIRECTORY_SIZE;
  private static final int DIRECTORY_MASK = DIRECTORY_SIZE - 1;
  private static final int TOP_SHIFT = PAGE_BITS + PageTable.DIRECTORY_BITS;
  private static final int[] EMPTY_PAGE = new int[PAGE_SIZE];
  private static final int[][] EMPTY_DIRECTORY = emptyDirectory();
  private static final int[][][] NO_DIRECTORIES = {};

  private int[][][] top;
  private final @Nullable Editor editor;
  private final @Nullable PageSet ownedPages;
  private final @Nullable PageSet ownedDirectories;
  private boolean topOwned;

  /** The last page written to, and its number or -1. */
  private int[] lastPage = EMPTY_PAGE;

  private int lastNumber = -1;

  IntPages() {
    this(NO_DIRECTORIES, null);
  }

  private IntPages(int[][][] top, @Nullable Editor editor) {
    this.top = top;
    this.editor = editor;
    this.ownedPages = editor == null ? null : new PageSet();
    this.ownedDirectories = editor == null ? null : new PageSet();
  }

  private static int[][] emptyDirectory() {
    int[][] directory = new int[DIRECTORY_SIZE][];
    Arrays.fill(directory, EMPTY_PAGE);
    return directory;
  }

  /** A version that the editor may write to. */
  IntPages edit(Editor by) {
    return new IntPages(top, by);
  }

  /** A version that nobody writes to any more; this one must not be written to after. */
  IntPages freeze() {
    return editor == null ? this : new IntPages(top, null);
  }

  boolean isEditable() {
    return editor != null;
  }

  /** The entry, 0 when it was never set or the index is negative. */
  int get(int index) {
    int directory = index >>> TOP_SHIFT;
    return directory < top.length
        ? top[directory][index >>> PAGE_BITS & DIRECTORY_MASK][index & PAGE_MASK]
        : 0;
  }

  /** The page of entries {@code number * 512} and on, for reading. */
  int[] page(int number) {
    int directory = number >>> PageTable.DIRECTORY_BITS;
    return directory < top.length ? top[directory][number & DIRECTORY_MASK] : EMPTY_PAGE;
  }

  /** All page numbers in use are below it. */
  int pageBound() {
    return top.length * DIRECTORY_SIZE;
  }

  /** The bytes of its arrays. */
  long sizeBytes() {
    long bytes = top.length == 0 ? 0 : ObjectSize.references(top);
    for (int[][] directory : top) {
      if (directory != EMPTY_DIRECTORY) {
        bytes += ObjectSize.references(directory);
        for (int[] page : directory) {
          bytes += page == EMPTY_PAGE ? 0 : ObjectSize.ints(page);
        }
      }
    }
    return bytes;
  }

  /** Whether a page holds nothing but zeros, known without looking into it. */
  static boolean isEmpty(int[] page) {
    return page == EMPTY_PAGE;
  }

  /** Sets an entry to something other than 0, or to 0 without giving up the page. */
  void set(int index, int value) {
    int number = index >>> PAGE_BITS;
    int[] page = number == lastNumber ? lastPage : writable(number);
    page[index & PAGE_MASK] = value;
  }

  /** Sets an entry to 0 and gives up the page when nothing else is in it. */
  void clear(int index) {
    int number = index >>> PAGE_BITS;
    if (isEmpty(page(number))) {
      return;
    }
    int[] page = number == lastNumber ? lastPage : writable(number);
    page[index & PAGE_MASK] = 0;
    for (int entry : page) {
      if (entry != 0) {
        return;
      }
    }
    top[number >>> PageTable.DIRECTORY_BITS][number & DIRECTORY_MASK] = EMPTY_PAGE;
    lastNumber = -1;
  }

  /** The page for writing. It is this version's own until the next freeze. */
  int[] writable(int number) {
    Editor by = editor;
    PageSet pages = ownedPages;
    if (by == null || pages == null) {
      throw new IllegalStateException("frozen pages");
    }
    int[][] directory = writableDirectory(number >>> PageTable.DIRECTORY_BITS, by);
    int slot = number & DIRECTORY_MASK;
    int[] page = directory[slot];
    if (pages.add(number) || isEmpty(page)) {
      if (isEmpty(page)) {
        page = new int[PAGE_SIZE];
      } else {
        page = Arrays.copyOf(page, PAGE_SIZE);
        by.copied(PAGE_SIZE);
      }
      directory[slot] = page;
    }
    lastNumber = number;
    lastPage = page;
    return page;
  }

  private int[][] writableDirectory(int number, Editor by) {
    if (!topOwned || number >= top.length) {
      int old = top.length;
      int length = Math.max(old, number + 1);
      top = Arrays.copyOf(top, length);
      for (int i = old; i < length; i++) {
        top[i] = EMPTY_DIRECTORY;
      }
      by.copied(length);
      topOwned = true;
    }
    PageSet owned = ownedDirectories;
    if (owned != null && owned.add(number)) {
      top[number] = Arrays.copyOf(top[number], DIRECTORY_SIZE);
      by.copied(DIRECTORY_SIZE);
    }
    return top[number];
  }
}
