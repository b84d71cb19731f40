package org.weftdb.cypher.semantic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathConnection;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.RelationshipPattern;

/** The expressions inside a path, those of its repetitions left out. */
final class PathProperties {
  private PathProperties() {}

  /** The single relationships, null where there is a repetition. */
  private static List<@Nullable RelationshipPattern> singles(PathPattern path) {
    List<@Nullable RelationshipPattern> singles = new ArrayList<>();
    for (PathConnection connection : path.connections()) {
      singles.add(connection instanceof RelationshipPattern single ? single : null);
    }
    return singles;
  }

  /** The expressions for computed labels and types in the order of the text. */
  static List<Expression> names(PathPattern path) {
    List<Expression> names = new ArrayList<>();
    for (NodePattern node : path.nodes()) {
      if (node.labelExpression() != null) {
        names.addAll(node.labelExpression().expressions());
      }
    }
    for (RelationshipPattern relationship : singles(path)) {
      if (relationship != null && relationship.typeExpression() != null) {
        names.addAll(relationship.typeExpression().expressions());
      }
    }
    return names;
  }

  /** The conditions on single nodes and relationships in the order of the text. */
  static List<Expression> conditions(PathPattern path) {
    List<Expression> conditions = new ArrayList<>();
    List<@Nullable RelationshipPattern> singles = singles(path);
    for (int i = 0; i < path.nodes().size(); i++) {
      if (path.nodes().get(i).where() != null) {
        conditions.add(path.nodes().get(i).where());
      }
      RelationshipPattern relationship = i < singles.size() ? singles.get(i) : null;
      if (relationship != null && relationship.where() != null) {
        conditions.add(relationship.where());
      }
    }
    return conditions;
  }

  static List<Expression> of(PathPattern path) {
    List<Expression> properties = new ArrayList<>();
    List<@Nullable RelationshipPattern> singles = singles(path);
    for (int i = 0; i < path.nodes().size(); i++) {
      NodePattern node = path.nodes().get(i);
      if (node.properties() != null) {
        properties.add(node.properties());
      }
      RelationshipPattern relationship = i < singles.size() ? singles.get(i) : null;
      if (relationship != null && relationship.properties() != null) {
        properties.add(relationship.properties());
      }
    }
    return properties;
  }
}
