package org.weftdb.cypher.function;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;

/** Reads the value of a key from what has keys: maps, nodes and relationships. */
final class Fields {
  private Fields() {}

  /** The value, or null when there is none or the holder is null. */
  static @Nullable Object of(
      String function, @Nullable Object holder, String key, FunctionContext context) {
    if (holder == null) {
      return null;
    } else if (holder instanceof Map<?, ?> map) {
      return map.get(key);
    } else if (holder instanceof NodeReference || holder instanceof RelationshipReference) {
      return context.properties(holder).get(key);
    }
    throw Arguments.wrongType(function, 1, holder, "a List of Maps, Nodes or Relationships");
  }
}
