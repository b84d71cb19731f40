package org.weftdb.value;

/**
 * A relationship by its id, inside the engine. Whether it exists depends on the graph that is
 * asked.
 *
 * @param id the dense internal id, at least 0
 */
public record RelationshipReference(int id) {}
