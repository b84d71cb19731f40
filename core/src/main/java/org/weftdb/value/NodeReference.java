package org.weftdb.value;

/**
 * A node by its id, inside the engine. Whether the node exists depends on the graph that is asked.
 *
 * @param id the dense internal id, at least 0
 */
public record NodeReference(int id) {}
