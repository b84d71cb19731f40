package org.weftdb.graph;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/**
 * The values of one property key, of all nodes or of all relationships, in {@link PropertyPage}s; a
 * stretch of entities without the property has no page.
 *
 * <p>Frozen it is immutable and may be read by any thread; {@link #edit} gives a version for one
 * writer that shares what it has not written.
 */
final class PropertyColumn {
  private final PageTable<PropertyPage> pages;
  private final @Nullable Editor editor;

  PropertyColumn() {
    this(new PageTable<>(), null);
  }

  private PropertyColumn(PageTable<PropertyPage> pages, @Nullable Editor editor) {
    this.pages = pages;
    this.editor = editor;
  }

  /** A version that the editor may write to. */
  PropertyColumn edit(Editor by) {
    return new PropertyColumn(pages.edit(by), by);
  }

  /** A version that nobody writes to any more; this one must not be written to after. */
  PropertyColumn freeze() {
    return editor == null ? this : new PropertyColumn(pages.freeze(), null);
  }

  boolean isEditable() {
    return editor != null;
  }

  /** The page of a number, or null. */
  @Nullable PropertyPage page(int number) {
    return pages.get(number);
  }

  /** All page numbers in use are below it. */
  int pageBound() {
    return pages.bound();
  }

  /** The bytes of the way to the pages. */
  long directoryBytes() {
    return pages.sizeBytes();
  }

  /** Puts a page that was built elsewhere. */
  void putPage(int number, PropertyPage page) {
    pages.put(number, page);
  }

  @Nullable Object get(int id) {
    PropertyPage page = pages.get(id >>> PropertyPage.BITS);
    return page == null ? null : page.get(id & PropertyPage.MASK);
  }

  boolean has(int id) {
    PropertyPage page = pages.get(id >>> PropertyPage.BITS);
    return page != null && page.has(id & PropertyPage.MASK);
  }

  /** Sets the value of an entity to a storable value. */
  void set(int id, Object value) {
    Editor by = checkEditable();
    int number = id >>> PropertyPage.BITS;
    int slot = id & PropertyPage.MASK;
    PropertyPage page = pages.get(number);
    if (page == null || page.owner != by) {
      page =
          page == null
              ? new PropertyPage(by, PropertyPage.kindOf(value), slot + 1)
              : page.ownedBy(by);
      pages.put(number, page);
    }
    page.set(slot, value);
  }

  /** Removes the value of an entity; false when it had none. */
  boolean remove(int id) {
    Editor by = checkEditable();
    int number = id >>> PropertyPage.BITS;
    PropertyPage page = pages.get(number);
    if (page == null || !page.has(id & PropertyPage.MASK)) {
      return false;
    }
    if (page.count == 1) {
      pages.put(number, null);
      return true;
    }
    if (page.owner != by) {
      page = page.ownedBy(by);
      pages.put(number, page);
    }
    return page.remove(id & PropertyPage.MASK);
  }

  private Editor checkEditable() {
    Editor by = editor;
    if (by == null) {
      throw new IllegalStateException("a frozen column");
    }
    return by;
  }

  /** Reads many values, as {@link GraphView#nodeProperties} says. */
  void read(Vector ids, int @Nullable [] selection, int count, Vector out) {
    PropertyPage first = firstPage(ids, selection, count);
    int kind = first == null ? PropertyPage.OTHER : first.kind;
    boolean done =
        switch (kind) {
          case PropertyPage.INTEGER, PropertyPage.BOOLEAN ->
              readLongs(kind, ids, selection, count, out);
          case PropertyPage.FLOAT -> readDoubles(ids, selection, count, out);
          default -> false;
        };
    if (!done) {
      readObjects(ids, selection, count, out);
    }
  }

  private @Nullable PropertyPage firstPage(Vector ids, int @Nullable [] selection, int count) {
    for (int i = 0; i < count; i++) {
      int row = selection == null ? i : selection[i];
      if (!ids.isNull(row)) {
        PropertyPage page = pages.get((int) ids.longs[row] >>> PropertyPage.BITS);
        if (page != null) {
          return page;
        }
      }
    }
    return null;
  }

  /** Reads integers or booleans; false when a page of another kind is met. */
  private boolean readLongs(
      int kind, Vector ids, int @Nullable [] selection, int count, Vector out) {
    out.reset(PropertyPage.vectorKind(kind), ids.capacity());
    long[] numbers = ids.longs;
    long[] target = out.longs;
    boolean nullIds = ids.hasNulls;
    PropertyPage page = null;
    int number = -1;
    for (int i = 0; i < count; i++) {
      int row = selection == null ? i : selection[i];
      if (nullIds && ids.isNull(row)) {
        out.setNull(row);
        continue;
      }
      int id = (int) numbers[row];
      if (id >>> PropertyPage.BITS != number) {
        number = id >>> PropertyPage.BITS;
        page = pages.get(number);
        if (page != null && page.kind != kind) {
          return false;
        }
      }
      int slot = id & PropertyPage.MASK;
      if (page != null && (page.present[slot >> 6] >>> slot & 1) != 0) {
        target[row] = page.longs[slot];
      } else {
        out.setNull(row);
      }
    }
    return true;
  }

  /** Reads floats; false when a page of another kind is met. */
  private boolean readDoubles(Vector ids, int @Nullable [] selection, int count, Vector out) {
    out.reset(Vector.Kind.FLOAT, ids.capacity());
    long[] numbers = ids.longs;
    double[] target = out.doubles;
    boolean nullIds = ids.hasNulls;
    PropertyPage page = null;
    int number = -1;
    for (int i = 0; i < count; i++) {
      int row = selection == null ? i : selection[i];
      if (nullIds && ids.isNull(row)) {
        out.setNull(row);
        continue;
      }
      int id = (int) numbers[row];
      if (id >>> PropertyPage.BITS != number) {
        number = id >>> PropertyPage.BITS;
        page = pages.get(number);
        if (page != null && page.kind != PropertyPage.FLOAT) {
          return false;
        }
      }
      int slot = id & PropertyPage.MASK;
      if (page != null && (page.present[slot >> 6] >>> slot & 1) != 0) {
        target[row] = page.doubles[slot];
      } else {
        out.setNull(row);
      }
    }
    return true;
  }

  private void readObjects(Vector ids, int @Nullable [] selection, int count, Vector out) {
    out.reset(Vector.Kind.OBJECT, ids.capacity());
    long[] numbers = ids.longs;
    @Nullable Object[] target = out.objects;
    boolean nullIds = ids.hasNulls;
    PropertyPage page = null;
    int number = -1;
    for (int i = 0; i < count; i++) {
      int row = selection == null ? i : selection[i];
      if (nullIds && ids.isNull(row)) {
        continue;
      }
      int id = (int) numbers[row];
      if (id >>> PropertyPage.BITS != number) {
        number = id >>> PropertyPage.BITS;
        page = pages.get(number);
      }
      if (page != null) {
        target[row] = page.get(id & PropertyPage.MASK);
      }
    }
  }
}
