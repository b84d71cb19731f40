package org.weftdb.graph;

import org.weftdb.snapshot.SectionWriter;

/**
 * The texts that are properties of a graph, each once, numbered from 0 by first use; and the number
 * for each use, in the order of columns, pages and slots.
 *
 * <p>A million texts take 16 MB while a snapshot is written, and there is neither an object nor a
 * reference for any of them: what a collector must look through or move is what makes the threads
 * wait. A text is known by the entity that has it first.
 */
final class TextDictionary {
  private static final int FEWEST_SLOTS = 1 << 10;

  /** Fewer slots than these become eight times as many, since moving takes longer than room. */
  private static final int MANY_SLOTS = 1 << 20;

  private final PropertyColumn[] columns;

  /** For each column the number of texts that the columns before it have. */
  private final int[] firstNumbers;

  /** The columns that have been gone through, with the one that is. */
  private int columnCount;

  /** How many texts the present column may have that are not there yet. */
  private long rest;

  /** For each number the entity that has the text first. */
  private final IntChunks entities = new IntChunks(0);

  private final IntChunks uses = new IntChunks(0);

  /**
   * Open addressing, a power of two, at most half full. A slot has the number plus one in as many
   * low bits as the place of a slot takes and above them what the text's hash has there, so that
   * texts are hardly ever compared in vain; 0 is free.
   */
  private IntChunks slots = new IntChunks(FEWEST_SLOTS);

  /** The texts in the columns of nodes and then those of relationships. */
  TextDictionary(PropertyColumn[] ofNodes, PropertyColumn[] ofRelationships) {
    columns = new PropertyColumn[ofNodes.length + ofRelationships.length];
    System.arraycopy(ofNodes, 0, columns, 0, ofNodes.length);
    System.arraycopy(ofRelationships, 0, columns, ofNodes.length, ofRelationships.length);
    firstNumbers = new int[columns.length];
    for (PropertyColumn column : columns) {
      firstNumbers[columnCount++] = entities.count();
      addColumn(column);
    }
  }

  private void addColumn(PropertyColumn column) {
    rest = 0;
    for (int number = 0; number < column.pageBound(); number++) {
      PropertyPage page = column.page(number);
      rest += page != null && page.kind >= PropertyPage.STRING ? page.count : 0;
    }
    for (int number = 0; number < column.pageBound(); number++) {
      PropertyPage page = column.page(number);
      if (page != null && page.commonKind() == PropertyPage.STRING) {
        for (int slot = 0; slot < page.objects.length; slot++) {
          if (page.objects[slot] instanceof String text) {
            uses.add(numberOf(text, number << PropertyPage.BITS | slot));
          }
        }
      }
    }
  }

  /** The number of a text, which it gets when it has none. */
  private int numberOf(String text, int entity) {
    int mask = slots.count() - 1;
    int hash = hash(text);
    int at = hash & mask;
    for (int slot = slots.get(at); slot != 0; slot = slots.get(at)) {
      if (((slot ^ hash) & ~mask) == 0 && text((slot & mask) - 1).equals(text)) {
        return (slot & mask) - 1;
      }
      at = at + 1 & mask;
    }
    int number = entities.count();
    rest--;
    entities.add(entity);
    slots.set(at, hash & ~mask | number + 1);
    if (entities.count() > mask >>> 1) {
      grow();
    }
    return number;
  }

  private void grow() {
    int size = 2 * slots.count();
    int most = slots.count() < MANY_SLOTS ? 8 * slots.count() : size;
    while (size < most && size < 2L * (entities.count() + rest)) {
      size *= 2;
    }
    IntChunks larger = new IntChunks(size);
    int mask = larger.count() - 1;
    for (int number = 0; number < entities.count(); number++) {
      int hash = hash(text(number));
      int at = hash & mask;
      while (larger.get(at) != 0) {
        at = at + 1 & mask;
      }
      larger.set(at, hash & ~mask | number + 1);
    }
    slots = larger;
  }

  private static int hash(String text) {
    int mixed = text.hashCode() * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }

  private String text(int number) {
    int entity = entities.get(number);
    PropertyPage page = columns[columnOf(number)].page(entity >>> PropertyPage.BITS);
    if (page == null || !(page.objects[entity & PropertyPage.MASK] instanceof String text)) {
      throw new IllegalStateException("a graph changed while its snapshot was made");
    }
    return text;
  }

  /** The last column that has no more texts before it than a number. */
  private int columnOf(int number) {
    int low = 0;
    int high = columnCount - 1;
    while (low < high) {
      int middle = low + high + 1 >>> 1;
      if (firstNumbers[middle] <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Writes the texts by their numbers. */
  void writeTexts(SectionWriter section) {
    SectionWriter.TextColumn column = section.beginTextColumn(entities.count());
    for (int number = 0; number < entities.count(); number++) {
      column.writeEnd(text(number));
    }
    for (int number = 0; number < entities.count(); number++) {
      column.writeText(text(number));
    }
  }

  /** The number of the text of a use; uses count from 0. */
  int use(int index) {
    return uses.get(index);
  }
}
