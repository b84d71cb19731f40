package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.graph.ConstraintDefinition;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.IndexDefinition;

/** Creates or drops an index or a constraint. */
final class SchemaOperator extends Operator {
  private final QueryState state;
  private final Plan.SchemaChange change;

  SchemaOperator(QueryState state, Plan.SchemaChange change) {
    this.state = state;
    this.change = change;
  }

  @Override
  void open() {}

  @Override
  @Nullable Batch next() {
    switch (change) {
      case Plan.SchemaChange.CreateIndex create -> createIndex(create);
      case Plan.SchemaChange.CreateConstraint create -> createConstraint(create);
      case Plan.SchemaChange.DropIndex drop -> {
        if (!drop.ifExists() || hasIndex(drop.name())) {
          state.writable().dropIndex(drop.name());
          state.counters.indexesRemoved++;
        }
      }
      case Plan.SchemaChange.DropConstraint drop -> {
        if (!drop.ifExists() || hasConstraint(drop.name())) {
          state.writable().dropConstraint(drop.name());
          state.counters.constraintsRemoved++;
        }
      }
    }
    return null;
  }

  private int labelOrType(Plan.SchemaSubject subject) {
    GraphTransaction graph = state.writable();
    if (subject.label().isEmpty()) {
      return -1;
    }
    return subject.onRelationships()
        ? graph.typeIdOrCreate(subject.label())
        : graph.labelIdOrCreate(subject.label());
  }

  private List<Integer> keys(Plan.SchemaSubject subject) {
    List<Integer> keys = new ArrayList<>();
    for (String property : subject.properties()) {
      keys.add(state.writable().keyIdOrCreate(property));
    }
    return keys;
  }

  private void createIndex(Plan.SchemaChange.CreateIndex create) {
    Plan.SchemaSubject subject = create.subject();
    GraphTransaction graph = state.writable();
    IndexDefinition wanted =
        new IndexDefinition(
            "", create.kind(), !subject.onRelationships(), labelOrType(subject), keys(subject));
    boolean exists = graph.index(wanted) != null;
    if (create.name() != null) {
      exists |= hasIndex(create.name());
    }
    if (!create.ifNotExists() || !exists) {
      graph.createIndex(create.name(), wanted);
      state.counters.indexesAdded++;
    }
  }

  private void createConstraint(Plan.SchemaChange.CreateConstraint create) {
    Plan.SchemaSubject subject = create.subject();
    GraphTransaction graph = state.writable();
    ConstraintDefinition wanted =
        new ConstraintDefinition(
            "",
            create.kind(),
            !subject.onRelationships(),
            labelOrType(subject),
            keys(subject),
            create.type());
    boolean exists = create.name() != null && hasConstraint(create.name());
    for (ConstraintDefinition constraint : graph.constraints()) {
      exists |= constraint.isLike(wanted);
    }
    if (!create.ifNotExists() || !exists) {
      graph.createConstraint(create.name(), wanted);
      state.counters.constraintsAdded++;
    }
  }

  private boolean hasIndex(String name) {
    for (IndexDefinition index : state.graph.indexes()) {
      if (index.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasConstraint(String name) {
    for (ConstraintDefinition constraint : state.graph.constraints()) {
      if (constraint.name().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
