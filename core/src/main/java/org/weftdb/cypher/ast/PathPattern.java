package org.weftdb.cypher.ast;

import java.util.List;

/**
 * Nodes and the relationships between them: {@code node(i)} and {@code node(i + 1)} are the ends of
 * {@code relationship(i)}, left and right.
 */
public record PathPattern(
    List<NodePattern> nodes, List<RelationshipPattern> relationships, Span span)
    implements AstNode {
  public PathPattern {
    nodes = List.copyOf(nodes);
    relationships = List.copyOf(relationships);
    Checks.that(
        nodes.size() == relationships.size() + 1, "a path has one node more than relationships");
  }
}
