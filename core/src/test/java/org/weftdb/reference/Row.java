package org.weftdb.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each variable is at one place of a query; never changed. */
final class Row {
  static final Row EMPTY = new Row(Map.of());

  private final Map<String, @Nullable Object> values;

  private Row(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  @Nullable Object get(String name) {
    if (!has(name)) {
      throw new IllegalStateException("no variable " + name + " among " + values.keySet());
    }
    return values.get(name);
  }

  Row with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Row(more);
  }

  /** This row with all that another one has, which counts where both have a variable. */
  Row with(Row other) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
    more.putAll(other.values);
    return new Row(more);
  }

  /** This row with these of its variables behind the others, in this order. */
  Row endingWith(List<String> names) {
    Map<String, @Nullable Object> ordered = new LinkedHashMap<>(values);
    names.forEach(ordered::remove);
    names.forEach(name -> ordered.put(name, get(name)));
    return new Row(ordered);
  }

  /** The variables, in the order in which they came. */
  Iterable<String> names() {
    return values.keySet();
  }
}
