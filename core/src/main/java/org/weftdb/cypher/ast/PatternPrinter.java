package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints patterns and the expressions of labels in them. */
final class PatternPrinter {
  private final StringBuilder out;
  private final NamePrinter names;
  private final ExpressionPrinter expressions;

  PatternPrinter(StringBuilder out, NamePrinter names, ExpressionPrinter expressions) {
    this.out = out;
    this.names = names;
    this.expressions = expressions;
  }

  void pattern(Pattern pattern) {
    for (int i = 0; i < pattern.parts().size(); i++) {
      out.append(i > 0 ? ", " : "");
      part(pattern.parts().get(i));
    }
  }

  void part(PatternPart part) {
    if (part.variable() != null) {
      names.variable(part.variable());
      out.append(" = ");
    }
    if (part.selection().isFunction()) {
      selectedPath(part.selection(), part.path());
      return;
    }
    out.append(
        switch (part.selection()) {
          case ANY -> "ANY ";
          case SHORTEST -> part.count() == null ? "ANY SHORTEST " : "SHORTEST ";
          case ALL_SHORTEST -> "ALL SHORTEST ";
          case SHORTEST_GROUPS -> "SHORTEST ";
          case ALL, SHORTEST_PATH, ALL_SHORTEST_PATHS -> "";
        });
    if (part.count() != null) {
      expressions.print(part.count());
      out.append(' ');
    }
    out.append(part.selection() == PathSelection.SHORTEST_GROUPS ? "GROUPS " : "");
    if (part.where() == null) {
      path(part.path());
    } else {
      out.append('(');
      path(part.path());
      out.append(" WHERE ");
      expressions.print(part.where());
      out.append(')');
    }
  }

  void selectedPath(PathSelection selection, PathPattern path) {
    out.append(selection == PathSelection.SHORTEST_PATH ? "shortestPath(" : "allShortestPaths(");
    path(path);
    out.append(')');
  }

  void path(PathPattern path) {
    node(path.nodes().get(0));
    for (int i = 0; i < path.connections().size(); i++) {
      switch (path.connections().get(i)) {
        case RelationshipPattern relationship -> relationship(relationship);
        case QuantifiedPath quantified -> quantified(quantified);
      }
      node(path.nodes().get(i + 1));
    }
  }

  private void quantified(QuantifiedPath quantified) {
    out.append(" (");
    path(quantified.path());
    if (quantified.where() != null) {
      out.append(" WHERE ");
      expressions.print(quantified.where());
    }
    out.append("){").append(quantified.minimum()).append(',');
    if (quantified.maximum() != QuantifiedPath.UNBOUNDED) {
      out.append(quantified.maximum());
    }
    out.append("} ");
  }

  private void node(NodePattern node) {
    out.append('(');
    if (node.variable() != null) {
      names.variable(node.variable());
    }
    if (node.labelExpression() == null) {
      labels(node.labels());
    } else {
      for (int i = 0; i < node.labels().size(); i++) {
        out.append(i == 0 ? ':' : '&');
        names.name(node.labels().get(i));
      }
      labelExpression(node.labels().isEmpty() ? ':' : '&', node.labelExpression());
    }
    if (node.properties() != null) {
      blankAfter('(');
      expressions.operand(node.properties());
    }
    if (node.where() != null) {
      blankAfter('(');
      out.append("WHERE ");
      expressions.print(node.where());
    }
    out.append(')');
  }

  private void relationship(RelationshipPattern relationship) {
    RelationshipPattern.Direction direction = relationship.direction();
    out.append(direction == RelationshipPattern.Direction.RIGHT_TO_LEFT ? "<-[" : "-[");
    if (relationship.variable() != null) {
      names.variable(relationship.variable());
    }
    for (int i = 0; i < relationship.types().size(); i++) {
      out.append(i > 0 ? '|' : ':');
      names.name(relationship.types().get(i));
    }
    labelExpression(':', relationship.typeExpression());
    if (relationship.length() != null) {
      length(relationship.length());
    }
    if (relationship.properties() != null) {
      blankAfter('[');
      expressions.operand(relationship.properties());
    }
    if (relationship.where() != null) {
      blankAfter('[');
      out.append("WHERE ");
      expressions.print(relationship.where());
    }
    out.append(direction == RelationshipPattern.Direction.LEFT_TO_RIGHT ? "]->" : "]-");
  }

  private void blankAfter(char open) {
    out.append(out.charAt(out.length() - 1) == open ? "" : " ");
  }

  void labelExpression(char before, @Nullable LabelExpression labels) {
    if (labels != null) {
      out.append(before);
      labelExpression(labels, before == '&');
    }
  }

  /** In parentheses where it is an operand and has operands itself. */
  void labelExpression(LabelExpression labels, boolean operand) {
    switch (labels) {
      case LabelExpression.Name name -> names.name(name.name());
      case LabelExpression.Wildcard wildcard -> out.append('%');
      case LabelExpression.Dynamic dynamic -> {
        out.append(dynamic.all() ? "$(" : "$any(");
        expressions.print(dynamic.names());
        out.append(')');
      }
      case LabelExpression.Not not -> {
        out.append('!');
        labelExpression(not.operand(), true);
      }
      case LabelExpression.And and -> labelOperands(and.operands(), '&', operand);
      case LabelExpression.Or or -> labelOperands(or.operands(), '|', operand);
    }
  }

  private void labelOperands(List<LabelExpression> operands, char operator, boolean parentheses) {
    out.append(parentheses ? "(" : "");
    for (int i = 0; i < operands.size(); i++) {
      out.append(i > 0 ? String.valueOf(operator) : "");
      labelExpression(operands.get(i), true);
    }
    out.append(parentheses ? ")" : "");
  }

  private void length(RelationshipPattern.VariableLength length) {
    out.append('*');
    boolean bounded = length.maximum() != RelationshipPattern.VariableLength.UNBOUNDED;
    if (bounded && length.minimum() == length.maximum()) {
      out.append(length.minimum());
    } else if (bounded || length.minimum() != 1) {
      out.append(length.minimum()).append("..");
      if (bounded) {
        out.append(length.maximum());
      }
    }
  }

  void labels(List<String> labels) {
    for (String label : labels) {
      out.append(':');
      names.name(label);
    }
  }
}
