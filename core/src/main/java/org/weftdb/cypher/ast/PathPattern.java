package org.weftdb.cypher.ast;

import java.util.ArrayList;
import java.util.List;

/**
 * Nodes and what is between them: {@code node(i)} and {@code node(i + 1)} are the ends of {@code
 * connection(i)}, left and right.
 */
public record PathPattern(List<NodePattern> nodes, List<PathConnection> connections, Span span)
    implements AstNode {
  public PathPattern {
    nodes = List.copyOf(nodes);
    connections = List.copyOf(connections);
    Checks.that(
        nodes.size() == connections.size() + 1, "a path has one node more than connections");
  }

  /** The connections of a path that repeats nothing. */
  public List<RelationshipPattern> relationships() {
    List<RelationshipPattern> relationships = new ArrayList<>(connections.size());
    for (int i = 0; i < connections.size(); i++) {
      relationships.add(relationship(i));
    }
    return relationships;
  }

  /** One connection of a path that repeats nothing. */
  public RelationshipPattern relationship(int index) {
    return switch (connections.get(index)) {
      case RelationshipPattern relationship -> relationship;
      case QuantifiedPath quantified ->
          throw new IllegalStateException("a repetition where there are only relationships");
    };
  }

  /** Whether a part of it is repeated. */
  public boolean hasQuantified() {
    for (PathConnection connection : connections) {
      if (connection instanceof QuantifiedPath) {
        return true;
      }
    }
    return false;
  }
}
