package org.weftdb.graph;

/**
 * Who is writing: the identity by which pages know whether they may be changed in place, and the
 * count of what had to be copied because they might not.
 *
 * <p>A page whose {@link Page#owner} is the editor in charge is changed in place; any other page is
 * copied first. After a savepoint a transaction goes on with {@link #next()}, which owns nothing,
 * so that everything reachable from the savepoint stays as it is.
 */
final class Editor {
  private final Copies copies;

  Editor() {
    this(new Copies());
  }

  private Editor(Copies copies) {
    this.copies = copies;
  }

  /** Another editor, which owns nothing, with the same count. */
  Editor next() {
    return new Editor(copies);
  }

  /** Counts one array of so many entries as copied. */
  void copied(int entries) {
    copies.arrays++;
    copies.entries += entries;
  }

  /** The arrays copied so far on behalf of the transaction. */
  long copiedArrays() {
    return copies.arrays;
  }

  /** The entries of these arrays. */
  long copiedEntries() {
    return copies.entries;
  }

  private static final class Copies {
    long arrays;
    long entries;
  }
}
