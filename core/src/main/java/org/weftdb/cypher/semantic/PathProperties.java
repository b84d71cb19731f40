package org.weftdb.cypher.semantic;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.RelationshipPattern;

/** The expressions inside a path. */
final class PathProperties {
  private PathProperties() {}

  /** The expressions for computed labels and types in the order of the text. */
  static List<Expression> names(PathPattern path) {
    List<Expression> names = new ArrayList<>();
    for (NodePattern node : path.nodes()) {
      if (node.labelExpression() != null) {
        names.addAll(node.labelExpression().expressions());
      }
    }
    for (RelationshipPattern relationship : path.relationships()) {
      if (relationship.typeExpression() != null) {
        names.addAll(relationship.typeExpression().expressions());
      }
    }
    return names;
  }

  /** The conditions on single nodes and relationships in the order of the text. */
  static List<Expression> conditions(PathPattern path) {
    List<Expression> conditions = new ArrayList<>();
    for (int i = 0; i < path.nodes().size(); i++) {
      if (path.nodes().get(i).where() != null) {
        conditions.add(path.nodes().get(i).where());
      }
      if (i < path.relationships().size() && path.relationships().get(i).where() != null) {
        conditions.add(path.relationships().get(i).where());
      }
    }
    return conditions;
  }

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
