package org.weftdb.graph;

/**
 * What an index is on: the values of one property of the nodes with a label, or of the
 * relationships of a type.
 *
 * @param name unique among all indexes of a graph
 * @param ofNodes whether it is on nodes; otherwise it is on relationships
 * @param labelOrType the id of the label or type
 * @param key the id of the property key
 */
public record IndexDefinition(String name, boolean ofNodes, int labelOrType, int key) {}
