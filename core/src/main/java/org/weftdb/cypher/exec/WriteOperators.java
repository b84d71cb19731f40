package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.AdjacencyCursor;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.value.Direction;
import org.weftdb.value.NodeReference;
import org.weftdb.value.PathReference;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.Vector;

/** Operators that change the graph, row by row, and pass their input's batches on. */
final class WriteOperators {
  private WriteOperators() {}

  /** Creates nodes and relationships for each row. */
  static final class Create extends Operator {
    private final QueryState state;
    private final Operator input;
    private final EntityMaker maker;
    private final Vector[] nodes;
    private final Vector[] relationships;

    Create(QueryState state, Operator input, EntityMaker maker) {
      this.state = state;
      this.input = input;
      this.maker = maker;
      this.nodes = vectors(maker.nodes.length);
      this.relationships = vectors(maker.relationships.length);
    }

    @Override
    void open() {
      input.open();
    }

    @Override
    @Nullable Batch next() {
      Batch batch = input.next();
      if (batch == null) {
        return null;
      }
      state.checkCancelled();
      for (int i = 0; i < nodes.length; i++) {
        nodes[i].reset(Vector.Kind.NODE, batch.size);
        batch.columns[maker.nodes[i].slot()] = nodes[i];
      }
      for (int i = 0; i < relationships.length; i++) {
        relationships[i].reset(Vector.Kind.RELATIONSHIP, batch.size);
        batch.columns[maker.relationships[i].slot()] = relationships[i];
      }
      for (int k = 0; k < batch.rows(); k++) {
        int row = batch.row(k);
        maker.make(batch, row, batch, row);
      }
      return batch;
    }
  }

  static Vector[] vectors(int count) {
    Vector[] vectors = new Vector[count];
    for (int i = 0; i < count; i++) {
      vectors[i] = new Vector();
    }
    return vectors;
  }

  /** Applies updates to each row, in order. */
  static final class Apply extends Operator {
    private final QueryState state;
    private final Operator input;
    private final Updates[] updates;

    private final Origin origin;

    Apply(QueryState state, Operator input, Updates[] updates, Origin origin) {
      this.origin = origin;
      this.state = state;
      this.input = input;
      this.updates = updates;
    }

    @Override
    void open() {
      input.open();
    }

    @Override
    @Nullable Batch next() {
      Batch batch = input.next();
      if (batch != null) {
        state.checkCancelled();
        try {
          for (int k = 0; k < batch.rows(); k++) {
            for (Updates update : updates) {
              update.apply(batch, batch.row(k));
            }
          }
        } catch (WeftException failure) {
          throw origin.locate(failure);
        }
      }
      return batch;
    }
  }

  /** Deletes entities. */
  static final class Delete extends Operator {
    private final QueryState state;
    private final Operator input;
    private final Evaluator[] targets;
    private final boolean detach;
    private final AdjacencyCursor cursor = new AdjacencyCursor();
    private int[] attached = new int[16];

    private final Origin origin;

    Delete(QueryState state, Operator input, Evaluator[] targets, boolean detach, Origin origin) {
      this.origin = origin;
      this.state = state;
      this.input = input;
      this.targets = targets;
      this.detach = detach;
    }

    @Override
    void open() {
      input.open();
    }

    @Override
    @Nullable Batch next() {
      Batch batch = input.next();
      if (batch != null) {
        state.checkCancelled();
        try {
          for (int k = 0; k < batch.rows(); k++) {
            for (Evaluator target : targets) {
              delete(target.value(batch, batch.row(k)));
            }
          }
        } catch (WeftException failure) {
          throw origin.locate(failure);
        }
        finishDeletes(state, false);
      }
      return batch;
    }

    private void delete(@Nullable Object value) {
      if (value == null) {
        return;
      }
      if (value instanceof NodeReference node) {
        deleteNode(node.id());
      } else if (value instanceof RelationshipReference relationship) {
        deleteRelationship(relationship.id());
      } else if (value instanceof PathReference path) {
        for (int relationship : path.relationships()) {
          deleteRelationship(relationship);
        }
        for (int node : path.nodes()) {
          deleteNode(node);
        }
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          Object element = list.get(i);
          if (element instanceof List<?>) {
            throw Evaluator.mismatch("a Node, Relationship or Path to delete", element);
          }
          delete(element);
        }
      } else {
        throw Evaluator.mismatch("a Node, Relationship or Path to delete", value);
      }
    }

    private void deleteRelationship(int relationship) {
      if (state.writable().deleteRelationship(relationship)) {
        state.counters.relationshipsDeleted++;
        state.deletes = true;
      }
    }

    private void deleteNode(int node) {
      GraphTransaction graph = state.writable();
      if (!graph.hasNode(node)) {
        return;
      }
      if (detach) {
        int n = 0;
        graph.neighbours(node, Direction.BOTH, -1, cursor);
        while (cursor.nextSegment()) {
          for (int i = cursor.from; i < cursor.to; i++) {
            if (n == attached.length) {
              attached = Arrays.copyOf(attached, n * 2);
            }
            attached[n++] = cursor.relationships[i];
          }
        }
        for (int i = 0; i < n; i++) {
          deleteRelationship(attached[i]);
        }
      }
      state.deletes = true;
      if (graph.degree(node, Direction.BOTH, -1) == 0) {
        if (graph.deleteNode(node)) {
          state.counters.nodesDeleted++;
        }
      } else {
        state.pendingDeletes.add(node, origin);
      }
    }
  }

  /**
   * Deletes the nodes that had relationships when DELETE met them and have none any more.
   *
   * @param end whether the statement has ended, so that it is an error when one still has some
   */
  static void finishDeletes(QueryState state, boolean end) {
    PendingDeletes pending = state.pendingDeletes;
    if (pending.size() == 0) {
      return;
    }
    GraphTransaction graph = state.writable();
    boolean all = true;
    for (int i = 0; i < pending.size(); i++) {
      int node = pending.node(i);
      if (!graph.hasNode(node)) {
        continue;
      }
      int degree = graph.degree(node, Direction.BOTH, -1);
      if (degree == 0) {
        if (graph.deleteNode(node)) {
          state.counters.nodesDeleted++;
        }
      } else if (end) {
        String still =
            "node "
                + node
                + " cannot be deleted, because it still has "
                + degree
                + (degree == 1 ? " relationship" : " relationships")
                + "; DETACH DELETE deletes them with it";
        throw pending.origin(i).locate(new WeftException(ErrorCode.DELETE_CONNECTED_NODE, still));
      } else {
        all = false;
      }
    }
    if (all) {
      pending.clear();
    }
  }
}
