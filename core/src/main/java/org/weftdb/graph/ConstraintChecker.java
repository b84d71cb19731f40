package org.weftdb.graph;

import java.util.List;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.type.TypeExpression;

/** Finds what breaks a constraint. */
final class ConstraintChecker {
  private ConstraintChecker() {}

  /**
   * Checks an entity that a constraint may be on.
   *
   * @throws WeftException {@link ErrorCode#CONSTRAINT_VIOLATED}
   */
  static void check(GraphView view, ConstraintDefinition constraint, int id) {
    if (!isMember(view, constraint, id)) {
      return;
    }
    PropertyColumn[] columns = columns(view, constraint);
    checkValues(view, constraint, columns, id);
    if (constraint.kind().ownsIndex()) {
      List<Object> entries = IndexEntries.of(constraint.ownedIndex(), columns, id);
      if (!entries.isEmpty()) {
        int other = ownedIndex(view, constraint).otherWith(entries.get(0), id);
        if (other >= 0) {
          throw notUnique(view, constraint, Math.min(id, other), Math.max(id, other));
        }
      }
    }
  }

  /** Checks all entities that a constraint is on; the index that it owns must be there. */
  static void checkAll(GraphView view, ConstraintDefinition constraint) {
    if (constraint.kind().ownsIndex()) {
      int[] equal = ownedIndex(view, constraint).firstDuplicate();
      if (equal != null) {
        throw notUnique(view, constraint, equal[0], equal[1]);
      }
    }
    if (constraint.kind() == ConstraintDefinition.Kind.UNIQUE) {
      return;
    }
    PropertyColumn[] columns = columns(view, constraint);
    long[] ids = new long[512];
    if (constraint.ofNodes()) {
      NodeScan nodes = view.nodesWithLabel(constraint.labelOrType());
      for (int n = nodes.fill(ids, 0, ids.length); n > 0; n = nodes.fill(ids, 0, ids.length)) {
        for (int i = 0; i < n; i++) {
          checkValues(view, constraint, columns, (int) ids[i]);
        }
      }
    } else {
      RelationshipScan scan = view.relationships(constraint.labelOrType());
      for (int n = scan.fill(ids, 0, ids.length); n > 0; n = scan.fill(ids, 0, ids.length)) {
        for (int i = 0; i < n; i++) {
          checkValues(view, constraint, columns, (int) ids[i]);
        }
      }
    }
  }

  private static PropertyColumn[] columns(GraphView view, ConstraintDefinition constraint) {
    return constraint.ofNodes() ? view.state.nodeColumns : view.state.relationshipColumns;
  }

  private static ValueIndex ownedIndex(GraphView view, ConstraintDefinition constraint) {
    for (ValueIndex index : view.state.indexes) {
      if (index.definition().name().equals(constraint.name())) {
        return index;
      }
    }
    throw new IllegalStateException("constraint '" + constraint.name() + "' has no index");
  }

  private static boolean isMember(GraphView view, ConstraintDefinition constraint, int id) {
    return constraint.ofNodes()
        ? view.hasLabel(id, constraint.labelOrType())
        : view.relationshipType(id) == constraint.labelOrType() && view.hasRelationship(id);
  }

  /** Checks what one entity alone tells. */
  private static void checkValues(
      GraphView view, ConstraintDefinition constraint, PropertyColumn[] columns, int id) {
    for (int i = 0; i < constraint.keys().size(); i++) {
      int key = constraint.keys().get(i);
      Object value = columns[key].get(id);
      if (value == null && constraint.kind().needsKeys()) {
        throw violated(
            constraint,
            entity(view, constraint, id) + " must have the property " + name(view, key));
      }
      TypeExpression type =
          constraint.kind() == ConstraintDefinition.Kind.TYPE
              ? PropertyTypes.of(constraint.type())
              : null;
      if (type != null && value != null && !type.matches(value)) {
        throw violated(
            constraint,
            entity(view, constraint, id)
                + " must have "
                + name(view, key)
                + " of type "
                + constraint.type()
                + ", but it is "
                + ValueText.of(value));
      }
    }
  }

  private static WeftException notUnique(
      GraphView view, ConstraintDefinition constraint, int first, int second) {
    StringBuilder values = new StringBuilder();
    PropertyColumn[] columns = columns(view, constraint);
    for (int i = 0; i < constraint.keys().size(); i++) {
      int key = constraint.keys().get(i);
      values.append(i == 0 ? "" : ", ").append(name(view, key)).append(" = ");
      values.append(ValueText.of(columns[key].get(first)));
    }
    String ids = (constraint.ofNodes() ? "node " : "relationship ") + second;
    return violated(
        constraint, entity(view, constraint, first) + " and " + ids + " both have " + values);
  }

  private static WeftException violated(ConstraintDefinition constraint, String what) {
    return new WeftException(
        ErrorCode.CONSTRAINT_VIOLATED, "constraint '" + constraint.name() + "': " + what);
  }

  private static String entity(GraphView view, ConstraintDefinition constraint, int id) {
    return constraint.ofNodes()
        ? "node " + id + " with the label " + view.catalog().labelName(constraint.labelOrType())
        : "relationship "
            + id
            + " of the type "
            + view.catalog().typeName(constraint.labelOrType());
  }

  private static String name(GraphView view, int key) {
    return view.catalog().keyName(key);
  }
}
