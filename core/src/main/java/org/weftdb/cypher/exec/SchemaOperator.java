package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.SchemaChange;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.ConstraintDefinition;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.IndexDefinition;

/** Creates or drops an index or a constraint. */
final class SchemaOperator extends Operator {
  private final QueryState state;
  private final SchemaChange change;
  private final ScalarCompiler scalars;

  SchemaOperator(QueryState state, SchemaChange change, ScalarCompiler scalars) {
    this.state = state;
    this.change = change;
    this.scalars = scalars;
  }

  @Override
  void open() {}

  @Override
  @Nullable Batch next() {
    switch (change) {
      case SchemaChange.CreateIndex create -> createIndex(create);
      case SchemaChange.CreateConstraint create -> createConstraint(create);
      case SchemaChange.DropIndex drop -> {
        String name = name(drop.name());
        if (!drop.ifExists() || hasIndex(name)) {
          state.writable().dropIndex(name);
          state.counters.indexesRemoved++;
        }
      }
      case SchemaChange.DropConstraint drop -> {
        String name = name(drop.name());
        if (!drop.ifExists() || hasConstraint(name)) {
          state.writable().dropConstraint(name);
          state.counters.constraintsRemoved++;
        }
      }
    }
    return null;
  }

  private String name(SchemaChange.Name name) {
    Object value = scalars.compile(name.value(), new BitSet()).value(new Batch(0), 0);
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw name.origin()
        .locate(
            new WeftException(
                ErrorCode.TYPE_MISMATCH,
                "The name of an index or a constraint is a String of at least one character, but "
                    + (value instanceof String
                        ? "it is empty"
                        : "its value is of type " + Evaluator.typeName(value))));
  }

  private int labelOrType(SchemaChange.Subject subject) {
    GraphTransaction graph = state.writable();
    if (subject.label().isEmpty()) {
      return -1;
    }
    return subject.onRelationships()
        ? graph.typeIdOrCreate(subject.label())
        : graph.labelIdOrCreate(subject.label());
  }

  private List<Integer> keys(SchemaChange.Subject subject) {
    List<Integer> keys = new ArrayList<>();
    for (String property : subject.properties()) {
      keys.add(state.writable().keyIdOrCreate(property));
    }
    return keys;
  }

  private void createIndex(SchemaChange.CreateIndex create) {
    SchemaChange.Subject subject = create.subject();
    GraphTransaction graph = state.writable();
    IndexDefinition wanted =
        new IndexDefinition(
            "", create.kind(), !subject.onRelationships(), labelOrType(subject), keys(subject));
    String name = create.name() == null ? null : name(create.name());
    boolean exists = graph.index(wanted) != null || name != null && hasIndex(name);
    if (!create.ifNotExists() || !exists) {
      graph.createIndex(name, wanted);
      state.counters.indexesAdded++;
    }
  }

  private void createConstraint(SchemaChange.CreateConstraint create) {
    SchemaChange.Subject subject = create.subject();
    GraphTransaction graph = state.writable();
    ConstraintDefinition wanted =
        new ConstraintDefinition(
            "",
            create.kind(),
            !subject.onRelationships(),
            labelOrType(subject),
            keys(subject),
            create.type());
    String name = create.name() == null ? null : name(create.name());
    boolean exists = name != null && hasConstraint(name);
    for (ConstraintDefinition constraint : graph.constraints()) {
      exists |= constraint.isLike(wanted);
    }
    if (!create.ifNotExists() || !exists) {
      graph.createConstraint(name, wanted);
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
