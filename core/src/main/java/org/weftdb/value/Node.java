package org.weftdb.value;

import java.util.List;
import java.util.Map;

/**
 * A node as it was when the result was made; it does not follow later changes.
 *
 * @param id the node's id in its database
 * @param labels the labels, sorted by name when they come from the engine
 * @param properties the properties, sorted by key when they come from the engine; unmodifiable, in
 *     the order given
 */
public record Node(long id, List<String> labels, Map<String, Object> properties) {
  public Node {
    labels = List.copyOf(labels);
    properties = PropertyMap.copyOf(properties);
  }
}
