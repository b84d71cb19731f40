package org.weftdb.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A persistent array of pages: a top array of directories of 256 pages each. Replacing a page
 * copies its directory and the top, once per editor.
 *
 * <p>Frozen it is immutable and may be read by any thread; {@link #edit} gives a version for one
 * writer that shares what it has not written.
 */
final class PageTable<P extends Page> {
  static final int DIRECTORY_BITS = 8;
  static final int DIRECTORY_SIZE = 1 << DIRECTORY_BITS;
  private static final int DIRECTORY_MASK = DIRECTORY_SIZE - 1;
  private static final @Nullable Object[][] NO_DIRECTORIES = {};
  private static final @Nullable Object[] EMPTY_DIRECTORY = new @Nullable Object[DIRECTORY_SIZE];

  private @Nullable Object[][] top;
  private final @Nullable Editor editor;
  private final @Nullable PageSet ownedDirectories;
  private boolean topOwned;

  PageTable() {
    this(NO_DIRECTORIES, null);
  }

  private PageTable(@Nullable Object[][] top, @Nullable Editor editor) {
    this.top = top;
    this.editor = editor;
    this.ownedDirectories = editor == null ? null : new PageSet();
  }

  /** A version that the editor may write to. */
  PageTable<P> edit(Editor by) {
    return new PageTable<>(top, by);
  }

  /** A version that nobody writes to any more. */
  PageTable<P> freeze() {
    return editor == null ? this : new PageTable<>(top, null);
  }

  /** The page of a number, or null; any number will do. */
  @SuppressWarnings("unchecked")
  @Nullable P get(int page) {
    int directory = page >>> DIRECTORY_BITS;
    return directory < top.length ? (P) top[directory][page & DIRECTORY_MASK] : null;
  }

  /** All page numbers in use are below it. */
  int bound() {
    return top.length << DIRECTORY_BITS;
  }

  /** The bytes of its own arrays, without the pages. */
  long sizeBytes() {
    long bytes = top.length == 0 ? 0 : ObjectSize.references(top);
    for (@Nullable Object[] directory : top) {
      bytes += directory == EMPTY_DIRECTORY ? 0 : ObjectSize.references(directory);
    }
    return bytes;
  }

  /** Sets or, with null, drops a page. */
  void put(int page, @Nullable P value) {
    Editor by = editor;
    PageSet owned = ownedDirectories;
    if (by == null || owned == null) {
      throw new IllegalStateException("a frozen page table");
    }
    int directory = page >>> DIRECTORY_BITS;
    if (!topOwned || directory >= top.length) {
      growTop(directory, by);
    }
    if (owned.add(directory)) {
      top[directory] = Arrays.copyOf(top[directory], DIRECTORY_SIZE);
      by.copied(DIRECTORY_SIZE);
    }
    top[directory][page & DIRECTORY_MASK] = value;
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
