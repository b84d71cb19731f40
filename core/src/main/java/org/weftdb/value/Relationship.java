package org.weftdb.value;

import java.util.Map;

/**
 * A relationship as it was when the result was made; it does not follow later changes.
 *
 * @param id the relationship's id in its database
 * @param type the name of its type
 * @param startId the id of the node where it starts
 * @param endId the id of the node where it ends
 * @param properties the properties, sorted by key when they come from the engine; unmodifiable, in
 *     the order given
 */
public record Relationship(
    long id, String type, long startId, long endId, Map<String, Object> properties) {
  public Relationship {
    properties = PropertyMap.copyOf(properties);
  }
}
