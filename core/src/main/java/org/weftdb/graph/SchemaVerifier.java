package org.weftdb.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.weftdb.error.WeftException;

/**
 * Checks the indexes and constraints of a graph: that they can be, that every index has the entries
 * that the data gives, no other, in order, and finds each of them, and that the constraints hold.
 */
final class SchemaVerifier {
  private final GraphView view;
  private final GraphState state;
  private final Findings findings;

  /** The indexes whose trees must not be walked. */
  private final Set<ValueIndex> broken = new HashSet<>();

  SchemaVerifier(GraphView view, Findings findings) {
    this.view = view;
    this.state = view.state;
    this.findings = findings;
  }

  void check() {
    for (int i = 0; i < state.indexes.length && !findings.isFull(); i++) {
      IndexDefinition definition = state.indexes[i].definition();
      for (int j = 0; j < i; j++) {
        IndexDefinition other = state.indexes[j].definition();
        if (other.name().equals(definition.name()) || other.isLike(definition)) {
          findings.add("index '" + definition.name() + "' is there twice");
        }
      }
      boolean lookup = definition.kind() == IndexDefinition.Kind.LOOKUP;
      if (lookup || isPossible(definition.ofNodes(), definition.labelOrType(), definition.keys())) {
        checkIndex(state.indexes[i]);
      } else {
        findings.add("index '" + definition.name() + "' is on names that there are not");
      }
    }
    for (int i = 0; i < state.constraints.length && !findings.isFull(); i++) {
      checkConstraint(i);
    }
  }

  private boolean isPossible(boolean ofNodes, int labelOrType, List<Integer> keys) {
    int names = ofNodes ? state.members.length : state.typeCounts.length;
    boolean possible = labelOrType >= 0 && labelOrType < names;
    for (int i = 0; i < keys.size(); i++) {
      possible &= keys.get(i) >= 0 && keys.get(i) < state.nodeColumns.length;
    }
    return possible;
  }

  // ---- Indexes ----------------------------------------------------------------------------------

  private void checkIndex(ValueIndex index) {
    String name = index.definition().name();
    if (!IndexTreeVerifier.check(index.root(), name, findings)) {
      broken.add(index);
      return;
    }
    long expected = 0;
    IndexDefinition definition = index.definition();
    long[] ids = new long[512];
    if (definition.kind() == IndexDefinition.Kind.LOOKUP) {
      findings.addUnlessEqual(0, index.size(), "entries of index '" + name + "'");
      return;
    }
    if (definition.ofNodes()) {
      NodeScan nodes = view.nodesWithLabel(definition.labelOrType());
      for (int n = nodes.fill(ids, 0, ids.length); n > 0; n = nodes.fill(ids, 0, ids.length)) {
        expected += checkEntries(index, state.nodeColumns, ids, n);
      }
    } else {
      RelationshipScan scan = view.relationships(definition.labelOrType());
      for (int n = scan.fill(ids, 0, ids.length); n > 0; n = scan.fill(ids, 0, ids.length)) {
        expected += checkEntries(index, state.relationshipColumns, ids, n);
      }
    }
    findings.addUnlessEqual(expected, index.size(), "entries of index '" + name + "'");
  }

  private int checkEntries(ValueIndex index, PropertyColumn[] columns, long[] ids, int count) {
    int expected = 0;
    for (int i = 0; i < count && !findings.isFull(); i++) {
      int id = (int) ids[i];
      List<Object> entries = IndexEntries.of(index.definition(), columns, id);
      expected += entries.size();
      for (int at = 0; at < entries.size(); at++) {
        if (!index.contains(entries.get(at), id)) {
          findings.add("index '" + index.definition().name() + "' does not find entity " + id);
          break;
        }
      }
    }
    return expected;
  }

  // ---- Constraints ------------------------------------------------------------------------------

  private void checkConstraint(int place) {
    ConstraintDefinition constraint = state.constraints[place];
    String name = "constraint '" + constraint.name() + "'";
    for (int i = 0; i < place; i++) {
      ConstraintDefinition other = state.constraints[i];
      if (other.name().equals(constraint.name()) || other.isLike(constraint)) {
        findings.add(name + " is there twice");
      }
    }
    ValueIndex owned = null;
    for (ValueIndex index : state.indexes) {
      owned = index.definition().name().equals(constraint.name()) ? index : owned;
    }
    boolean indexFits =
        constraint.kind().ownsIndex()
            ? owned != null && owned.definition().isLike(constraint.ownedIndex())
            : owned == null;
    if (!indexFits
        || !isPossible(constraint.ofNodes(), constraint.labelOrType(), constraint.keys())) {
      findings.add(name + " has not the index or names that it needs");
      return;
    }
    if (owned != null && broken.contains(owned)) {
      return;
    }
    try {
      ConstraintChecker.checkAll(view, constraint);
    } catch (WeftException violated) {
      findings.add(String.valueOf(violated.getMessage()));
    }
  }
}
