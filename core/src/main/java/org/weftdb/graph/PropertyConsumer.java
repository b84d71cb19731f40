package org.weftdb.graph;

/** Takes the properties of a node or relationship one by one. */
public interface PropertyConsumer {
  /**
   * Takes a property.
   *
   * @param key the id of its key
   * @param value a storable value, never null
   */
  void accept(int key, Object value);
}
