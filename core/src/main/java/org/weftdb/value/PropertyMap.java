package org.weftdb.value;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;

/**
 * The properties of a node or relationship: an unmodifiable map that shares its keys with the maps
 * of others that have the same ones, since most have.
 */
public final class PropertyMap extends AbstractMap<String, Object> {
  /** The keys of some maps, in their order. */
  public static final class Keys {
    private static final Keys NONE = new Keys();

    private final String[] names;
    private final boolean sorted;

    /** The names as {@link ByteWriter#writeString} writes them, and where each ends. */
    private final byte[] written;

    private final int[] ends;

    /**
     * Keys of which no two are equal.
     *
     * @param names not copied: must not change any more
     */
    public Keys(String... names) {
      this.names = names;
      this.ends = new int[names.length];
      ByteWriter writer = new ByteWriter(16 * names.length);
      boolean ascending = true;
      for (int i = 0; i < names.length; i++) {
        writer.writeString(names[i]);
        ends[i] = writer.position();
        ascending &= i == 0 || names[i - 1].compareTo(names[i]) < 0;
      }
      this.written = writer.toByteArray();
      this.sorted = ascending;
    }

    private int find(Object key) {
      if (!(key instanceof String name)) {
        return -1;
      }
      int low = 0;
      int high = names.length - 1;
      while (sorted && low <= high) {
        int middle = (low + high) >>> 1;
        int compared = names[middle].compareTo(name);
        if (compared == 0) {
          return middle;
        } else if (compared < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      for (int i = 0; !sorted && i < names.length; i++) {
        if (names[i].equals(name)) {
          return i;
        }
      }
      return -1;
    }

    private void write(int key, ByteWriter writer) {
      int start = key == 0 ? 0 : ends[key - 1];
      writer.writeBytes(written, start, ends[key] - start);
    }
  }

  private final Keys keys;
  private final Object[] values;

  /**
   * A map of as many values as there are keys.
   *
   * @param values not copied: must not change any more
   */
  public PropertyMap(Keys keys, Object[] values) {
    this.keys = keys;
    this.values = values;
  }

  /** The same entries in the same order. */
  static PropertyMap copyOf(Map<String, Object> map) {
    if (map instanceof PropertyMap same) {
      return same;
    }
    String[] names = new String[map.size()];
    Object[] values = new Object[names.length];
    int i = 0;
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      names[i] = entry.getKey();
      values[i++] = entry.getValue();
    }
    return new PropertyMap(names.length == 0 ? Keys.NONE : new Keys(names), values);
  }

  /** Writes the name of an entry. */
  void writeKey(int entry, ByteWriter writer) {
    keys.write(entry, writer);
  }

  /** The value of an entry. */
  Object value(int entry) {
    return values[entry];
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public boolean containsKey(Object key) {
    return keys.find(key) >= 0;
  }

  @Override
  public @Nullable Object get(Object key) {
    int found = keys.find(key);
    return found < 0 ? null : values[found];
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return values.length;
      }

      @Override
      public Iterator<Entry<String, Object>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Entry<String, Object>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < values.length;
    }

    @Override
    public Entry<String, Object> next() {
      if (next == values.length) {
        throw new NoSuchElementException();
      }
      int entry = next++;
      return new SimpleImmutableEntry<>(keys.names[entry], values[entry]);
    }
  }
}
