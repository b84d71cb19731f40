package org.weftdb.graph;

/**
 * Keeps the constraints of a transaction: takes note of what each change touches, and checks that
 * when the statement has ended, so that a statement may break a constraint on its way. What is
 * checked is what was touched, not the graph.
 */
final class Constraints {
  private final GraphEditor transaction;
  private final TouchedEntities nodes = new TouchedEntities();
  private final TouchedEntities relationships = new TouchedEntities();

  Constraints(GraphEditor transaction) {
    this.transaction = transaction;
  }

  /** A node has come to have these labels. */
  void labelled(int node, int[] labels) {
    if (transaction.state.constraints.length == 0) {
      return;
    }
    for (int label : labels) {
      labelled(node, label);
    }
  }

  /** A node has come to have a label. */
  void labelled(int node, int label) {
    for (ConstraintDefinition constraint : transaction.state.constraints) {
      if (constraint.ofNodes() && constraint.labelOrType() == label) {
        nodes.add(node);
        return;
      }
    }
  }

  /** A relationship was created. */
  void created(int relationship, int type) {
    for (ConstraintDefinition constraint : transaction.state.constraints) {
      if (!constraint.ofNodes() && constraint.labelOrType() == type) {
        relationships.add(relationship);
        return;
      }
    }
  }

  /** A property of a node was set or removed. */
  void nodeChanged(int node, int key) {
    for (ConstraintDefinition constraint : transaction.state.constraints) {
      if (constraint.ofNodes()
          && constraint.hasKey(key)
          && transaction.hasLabel(node, constraint.labelOrType())) {
        nodes.add(node);
        return;
      }
    }
  }

  /** A property of a relationship was set or removed. */
  void relationshipChanged(int relationship, int key) {
    for (ConstraintDefinition constraint : transaction.state.constraints) {
      if (!constraint.ofNodes()
          && constraint.hasKey(key)
          && transaction.relationshipType(relationship) == constraint.labelOrType()) {
        relationships.add(relationship);
        return;
      }
    }
  }

  /** Checks what was touched since the last time. */
  void check() {
    for (ConstraintDefinition constraint : transaction.state.constraints) {
      TouchedEntities touched = constraint.ofNodes() ? nodes : relationships;
      for (int i = 0; i < touched.count(); i++) {
        ConstraintChecker.check(transaction, constraint, touched.id(i));
      }
    }
    truncate(0, 0);
  }

  int nodeCount() {
    return nodes.count();
  }

  int relationshipCount() {
    return relationships.count();
  }

  /** Forgets what was touched after there were so many. */
  void truncate(int nodeCount, int relationshipCount) {
    nodes.truncate(nodeCount);
    relationships.truncate(relationshipCount);
  }
}
