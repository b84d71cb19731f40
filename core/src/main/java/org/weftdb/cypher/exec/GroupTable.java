package org.weftdb.cypher.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueEquality;
import org.weftdb.value.Vector;

/**
 * Numbers the distinct combinations of some columns from 0, in the order in which they first come.
 * Values are the same when they are {@linkplain ValueEquality#equivalent equivalent}.
 *
 * <p>While there is one column and it holds only integers, nodes or relationships of one kind, keys
 * are kept as numbers; from the first other value on, as objects.
 */
final class GroupTable {
  private static final int EMPTY = -1;

  private final int width;
  private int[] table = new int[64];
  private int size;

  /** Whether keys are in {@link #numbers}. */
  private boolean numeric;

  private Vector.Kind kind = Vector.Kind.OBJECT;
  private long[] numbers = new long[32];

  /** The group of null among numeric keys, or -1. */
  private int nullGroup = EMPTY;

  private int[] hashes = {};
  private @Nullable Object[] keys = {};
  private final @Nullable Object[] probe;
  private long keyBytes;

  GroupTable(int width) {
    this.width = width;
    this.probe = new @Nullable Object[width];
    this.numeric = width == 1;
    if (!numeric) {
      hashes = new int[32];
      keys = new @Nullable Object[32 * width];
    }
    Arrays.fill(table, EMPTY);
  }

  int size() {
    return size;
  }

  /** About how much memory it takes. */
  long bytes() {
    return 4L * table.length + 8L * numbers.length + 4L * hashes.length + keyBytes;
  }

  /** Makes the one group of a table without columns, to which no row need belong. */
  void addEmptyGroup() {
    findProbe();
  }

  /** Writes the group of the {@code k}th selected row to {@code groups[k]}, making new ones. */
  void find(Vector[] columns, Batch batch, int[] groups) {
    int rows = batch.rows();
    if (numeric) {
      Vector column = columns[0];
      boolean fits =
          column.kind == Vector.Kind.INTEGER
              || column.kind == Vector.Kind.NODE
              || column.kind == Vector.Kind.RELATIONSHIP;
      if (fits && (size == 0 || column.kind == kind)) {
        kind = column.kind;
        findNumbers(column, batch, rows, groups);
        return;
      }
      becomeGeneric();
    }
    for (int k = 0; k < rows; k++) {
      int row = batch.row(k);
      for (int i = 0; i < width; i++) {
        probe[i] = columns[i].value(row);
      }
      groups[k] = findProbe();
    }
  }

  private void findNumbers(Vector column, Batch batch, int rows, int[] groups) {
    for (int k = 0; k < rows; k++) {
      int row = batch.row(k);
      if (column.hasNulls && column.isNull(row)) {
        if (nullGroup == EMPTY) {
          nullGroup = newNumber(0);
        }
        groups[k] = nullGroup;
        continue;
      }
      long key = column.longs[row];
      int mask = table.length - 1;
      int position = Hashes.mix(key) & mask;
      int group = table[position];
      while (group != EMPTY && numbers[group] != key) {
        position = position + 1 & mask;
        group = table[position];
      }
      if (group == EMPTY) {
        group = newNumber(key);
        table[position] = group;
        if (size * 2 > table.length) {
          rehash();
        }
      }
      groups[k] = group;
    }
  }

  private int newNumber(long key) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size] = key;
    return size++;
  }

  private int findProbe() {
    int hash = 0;
    for (int i = 0; i < width; i++) {
      hash = hash * 31 + ValueEquality.hash(probe[i]);
    }
    int mask = table.length - 1;
    int position = Hashes.mix(hash) & mask;
    int group = table[position];
    while (group != EMPTY && !(hashes[group] == hash && probeEquals(group))) {
      position = position + 1 & mask;
      group = table[position];
    }
    if (group != EMPTY) {
      return group;
    }
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
      keys = Arrays.copyOf(keys, size * 2 * width);
    }
    group = size++;
    hashes[group] = hash;
    System.arraycopy(probe, 0, keys, group * width, width);
    for (int i = 0; i < width; i++) {
      keyBytes += ValueSize.of(probe[i]);
    }
    table[position] = group;
    if (size * 2 > table.length) {
      rehash();
    }
    return group;
  }

  private boolean probeEquals(int group) {
    for (int i = 0; i < width; i++) {
      if (!ValueEquality.equivalent(keys[group * width + i], probe[i])) {
        return false;
      }
    }
    return true;
  }

  private void becomeGeneric() {
    hashes = new int[Math.max(32, size * 2)];
    keys = new @Nullable Object[hashes.length];
    keyBytes = (long) ValueSize.FLAT * size;
    for (int group = 0; group < size; group++) {
      Object key = numericKey(group);
      keys[group] = key;
      hashes[group] = ValueEquality.hash(key);
    }
    numeric = false;
    rehash();
  }

  private @Nullable Object numericKey(int group) {
    if (group == nullGroup) {
      return null;
    }
    Vector one = new Vector(kind, 1);
    one.setLong(0, numbers[group]);
    return one.value(0);
  }

  private void rehash() {
    int length = table.length;
    while (size * 4 > length) {
      length *= 2;
    }
    table = new int[length];
    Arrays.fill(table, EMPTY);
    int mask = length - 1;
    for (int group = 0; group < size; group++) {
      if (numeric && group == nullGroup) {
        continue;
      }
      int position = (numeric ? Hashes.mix(numbers[group]) : Hashes.mix(hashes[group])) & mask;
      while (table[position] != EMPTY) {
        position = position + 1 & mask;
      }
      table[position] = group;
    }
  }

  /** Fills a vector with a key column of some groups. */
  void keys(int column, int firstGroup, int count, Vector target) {
    if (numeric) {
      target.reset(kind, count);
      for (int i = 0; i < count; i++) {
        target.longs[i] = numbers[firstGroup + i];
      }
      if (nullGroup >= firstGroup && nullGroup < firstGroup + count) {
        target.setNull(nullGroup - firstGroup);
      }
      return;
    }
    target.reset(
        count == 0 ? Vector.Kind.OBJECT : Evaluator.kindOf(keys[firstGroup * width + column]),
        count);
    for (int i = 0; i < count; i++) {
      target.set(i, keys[(firstGroup + i) * width + column]);
    }
  }
}
