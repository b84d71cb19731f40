package org.weftdb.cypher.plan;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and relationships that a value may be, or have in it.
 *
 * @param labels each node has one of them; null when nothing is known; without nodes empty
 * @param types the same of relationships
 * @param inMaps whether they may be fields of maps, rather than the value itself or in its lists
 */
record Held(@Nullable Set<String> labels, @Nullable Set<String> types, boolean inMaps) {
  /** No node and no relationship. */
  static final Held NOTHING = new Held(Set.of(), Set.of(), false);

  /** Any. */
  static final Held ANYTHING = new Held(null, null, true);

  static final Held ANY_NODES = new Held(null, Set.of(), false);

  static Held nodes(Iterable<String> labels) {
    return new Held(set(labels), Set.of(), false);
  }

  /** Relationships of some types, or of any when there are none. */
  static Held relationships(Set<String> types) {
    return new Held(Set.of(), types.isEmpty() ? null : types, false);
  }

  /** What a map holds that has these in its fields. */
  Held asFields() {
    return inMaps || isNothing() ? this : new Held(labels, types, true);
  }

  /** What fields of it may hold: of nodes and relationships nothing, of maps the same. */
  Held fields() {
    return inMaps ? this : NOTHING;
  }

  boolean hasNodes() {
    return labels == null || !labels.isEmpty();
  }

  boolean hasRelationships() {
    return types == null || !types.isEmpty();
  }

  boolean isNothing() {
    return !hasNodes() && !hasRelationships();
  }

  Held and(Held other) {
    if (other.equals(this) || other.isNothing()) {
      return this;
    } else if (isNothing()) {
      return other;
    }
    return new Held(both(labels, other.labels), both(types, other.types), inMaps || other.inMaps);
  }

  private static @Nullable Set<String> both(
      @Nullable Set<String> some, @Nullable Set<String> others) {
    if (some == null || others == null) {
      return null;
    }
    Set<String> all = set(some);
    all.addAll(others);
    return all;
  }

  private static Set<String> set(Iterable<String> names) {
    Set<String> set = new TreeSet<>();
    for (String name : names) {
      set.add(name);
    }
    return set;
  }
}
