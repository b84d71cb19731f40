package org.weftdb.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Creates and drops the indexes and constraints of a transaction.
 *
 * <p>Indexes and constraints share their names. No two indexes of one kind are on the same, no two
 * constraints say the same, and on the same keys there is at most one of the constraints that own
 * an index, which is then the only RANGE index on them.
 */
final class SchemaEditor {
  private final GraphTransaction transaction;

  SchemaEditor(GraphTransaction transaction) {
    this.transaction = transaction;
  }

  private GraphState state() {
    return transaction.state;
  }

  // ---- Indexes ----------------------------------------------------------------------------------

  /** A definition with a name that is free when none is given. */
  IndexDefinition named(@Nullable String name, IndexDefinition unnamed) {
    if (name == null && unnamed.kind() == IndexDefinition.Kind.LOOKUP) {
      return withName(unnamed, freeName(unnamed.ofNodes() ? "index_labels" : "index_types"));
    }
    return withName(
        unnamed,
        name == null
            ? freeName(
                "index_" + described(unnamed.ofNodes(), unnamed.labelOrType(), unnamed.keys()))
            : name);
  }

  private static IndexDefinition withName(IndexDefinition index, String name) {
    return new IndexDefinition(
        name, index.kind(), index.ofNodes(), index.labelOrType(), index.keys());
  }

  private String described(boolean ofNodes, int labelOrType, List<Integer> keys) {
    Catalog catalog = state().catalog;
    StringBuilder text =
        new StringBuilder(ofNodes ? catalog.labelName(labelOrType) : catalog.typeName(labelOrType));
    for (int i = 0; i < keys.size(); i++) {
      text.append('_').append(catalog.keyName(keys.get(i)));
    }
    return text.toString();
  }

  private String freeName(String name) {
    String free = name;
    for (int number = 2; isTaken(free); number++) {
      free = name + "_" + number;
    }
    return free;
  }

  private boolean isTaken(String name) {
    return indexPlace(name) >= 0 || constraintPlace(name) >= 0;
  }

  private int indexPlace(String name) {
    ValueIndex[] indexes = state().indexes;
    for (int i = 0; i < indexes.length; i++) {
      if (indexes[i].definition().name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private int constraintPlace(String name) {
    ConstraintDefinition[] constraints = state().constraints;
    for (int i = 0; i < constraints.length; i++) {
      if (constraints[i].name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  void createIndex(IndexDefinition wanted, Editor editor) {
    checkFreeName(wanted.name());
    for (ValueIndex index : state().indexes) {
      IndexDefinition existing = index.definition();
      if (existing.isLike(wanted)) {
        String owner = constraintPlace(existing.name()) < 0 ? "" : " of the constraint";
        throw new WeftException(
            ErrorCode.INDEX_ALREADY_EXISTS,
            "index '" + existing.name() + "'" + owner + " is on the same already");
      }
    }
    addIndex(wanted, editor);
  }

  private void addIndex(IndexDefinition wanted, Editor editor) {
    ValueIndex index = IndexKeeper.built(transaction, wanted, editor);
    ValueIndex[] indexes = state().indexes;
    int count = indexes.length;
    state().indexes = Arrays.copyOf(indexes, count + 1);
    state().indexes[count] = index;
  }

  /** Throws unless there is an index of the name that may be dropped. */
  void checkDroppableIndex(String name) {
    if (constraintPlace(name) >= 0 && indexPlace(name) >= 0) {
      throw new WeftException(
          ErrorCode.INDEX_BELONGS_TO_CONSTRAINT,
          "index '" + name + "' belongs to the constraint of this name: drop the constraint");
    }
    if (indexPlace(name) < 0) {
      throw new WeftException(ErrorCode.INDEX_NOT_FOUND, "there is no index '" + name + "'");
    }
  }

  void dropIndex(String name) {
    int place = indexPlace(name);
    ValueIndex[] indexes = state().indexes;
    ValueIndex[] fewer = Arrays.copyOf(indexes, indexes.length - 1);
    System.arraycopy(indexes, place + 1, fewer, place, fewer.length - place);
    state().indexes = fewer;
  }

  private void checkFreeName(String name) {
    if (constraintPlace(name) >= 0) {
      throw new WeftException(
          ErrorCode.CONSTRAINT_ALREADY_EXISTS, "there is a constraint '" + name + "' already");
    }
    if (indexPlace(name) >= 0) {
      throw new WeftException(
          ErrorCode.INDEX_ALREADY_EXISTS, "there is an index '" + name + "' already");
    }
  }

  // ---- Constraints ------------------------------------------------------------------------------

  /** A definition with a name that is free when none is given. */
  ConstraintDefinition named(@Nullable String name, ConstraintDefinition unnamed) {
    String wanted =
        name == null
            ? freeName(
                "constraint_" + described(unnamed.ofNodes(), unnamed.labelOrType(), unnamed.keys()))
            : name;
    return new ConstraintDefinition(
        wanted,
        unnamed.kind(),
        unnamed.ofNodes(),
        unnamed.labelOrType(),
        unnamed.keys(),
        unnamed.type());
  }

  /** Creates a constraint with its index; the transaction is to be undone when this throws. */
  void createConstraint(ConstraintDefinition wanted, Editor editor) {
    checkFreeName(wanted.name());
    for (ConstraintDefinition existing : state().constraints) {
      if (existing.isLike(wanted)) {
        throw new WeftException(
            ErrorCode.CONSTRAINT_ALREADY_EXISTS,
            "constraint '" + existing.name() + "' says the same already");
      }
      boolean conflict =
          existing.isOnTheSame(wanted)
              && (existing.kind() == wanted.kind()
                  || existing.kind().ownsIndex() && wanted.kind().ownsIndex());
      if (conflict) {
        throw new WeftException(
            ErrorCode.CONSTRAINT_ALREADY_EXISTS,
            "constraint '" + existing.name() + "' on the same properties conflicts with it");
      }
    }
    if (wanted.kind().ownsIndex()) {
      for (ValueIndex index : state().indexes) {
        if (index.definition().isLike(wanted.ownedIndex())) {
          throw new WeftException(
              ErrorCode.INDEX_ALREADY_EXISTS,
              "index '"
                  + index.definition().name()
                  + "' is on the same already: drop it, the constraint brings its own");
        }
      }
      addIndex(wanted.ownedIndex(), editor);
    }
    ConstraintDefinition[] constraints = state().constraints;
    int count = constraints.length;
    state().constraints = Arrays.copyOf(constraints, count + 1);
    state().constraints[count] = wanted;
  }

  /** Throws unless there is a constraint of the name. */
  void checkConstraint(String name) {
    if (constraintPlace(name) < 0) {
      throw new WeftException(
          ErrorCode.CONSTRAINT_NOT_FOUND, "there is no constraint '" + name + "'");
    }
  }

  void dropConstraint(String name) {
    int place = constraintPlace(name);
    ConstraintDefinition[] constraints = state().constraints;
    if (constraints[place].kind().ownsIndex()) {
      dropIndex(name);
    }
    ConstraintDefinition[] fewer = Arrays.copyOf(constraints, constraints.length - 1);
    System.arraycopy(constraints, place + 1, fewer, place, fewer.length - place);
    state().constraints = fewer;
  }
}
