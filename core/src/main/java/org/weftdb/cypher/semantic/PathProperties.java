package org.weftdb.cypher.semantic;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.RelationshipPattern;

/** The property maps of a path in the order of the text. */
final class PathProperties {
  private PathProperties() {}

  static List<Expression> of(PathPattern path) {
    List<Expression> properties = new ArrayList<>();
    for (int i = 0; i < path.nodes().size(); i++) {
      NodePattern node = path.nodes().get(i);
      if (node.properties() != null) {
        properties.add(node.properties());
      }
      if (i < path.relationships().size()) {
        RelationshipPattern relationship = path.relationships().get(i);
        if (relationship.properties() != null) {
          properties.add(relationship.properties());
        }
      }
    }
    return properties;
  }
}
