package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.graph.GraphView;
import org.weftdb.value.Direction;
import org.weftdb.value.Vector;

/**
 * Says for each row how many rows a hop would make of it, without making them; rows of which it
 * would make none are left out.
 */
final class DegreeOperator extends Operator {
  private final QueryState state;
  private final Operator input;
  private final Plan.Hop hop;
  private final Names.Types types;
  private final Entities.Excluded excluded;
  private final int countSlot;
  private final Vector counts = new Vector();
  private int[] selection = new int[Batch.FIRST_ROWS];

  /** Keeps the compiler from leaving out reads whose result nobody needs. */
  private int readAhead;

  /**
   * @param countSlot slot for the number of rows
   */
  DegreeOperator(QueryState state, Operator input, Plan.Hop hop, int countSlot) {
    this.state = state;
    this.input = input;
    this.hop = hop;
    this.types = new Names.Types(state, hop.types());
    this.excluded = new Entities.Excluded(hop.distinctFrom());
    this.countSlot = countSlot;
  }

  @Override
  void open() {
    input.open();
  }

  @Override
  @Nullable Batch next() {
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      state.checkCancelled();
      int rows = batch.rows();
      if (selection.length < rows) {
        selection = new int[rows];
      }
      Vector nodes = batch.column(hop.from());
      counts.reset(Vector.Kind.INTEGER, batch.size);
      if (nodes.kind == Vector.Kind.NODE && rows >= ExpandOperator.ROWS_TO_READ_AHEAD) {
        readAhead += state.graph.readAhead(hop.direction(), nodes, batch.selection, rows);
      }
      int n = 0;
      for (int k = 0; k < rows; k++) {
        int row = batch.row(k);
        int node = Entities.node(nodes, row);
        int count = node < 0 ? 0 : count(batch, row, node);
        if (count > 0) {
          counts.longs[row] = count;
          selection[n++] = row;
        }
      }
      if (n > 0) {
        batch.columns[countSlot] = counts;
        batch.selection = selection;
        batch.selected = n;
        return batch;
      }
    }
    return null;
  }

  private int count(Batch batch, int row, int node) {
    int count = 0;
    int[] ids = types.ids();
    for (int type : ids) {
      count += state.graph.degree(node, hop.direction(), type);
    }
    excluded.read(batch, row);
    for (int i = 0; i < excluded.count(); i++) {
      int relationship = excluded.id(i);
      if (!excluded.cameBefore(i) && isCounted(relationship, node, ids)) {
        count--;
      }
    }
    return count;
  }

  private boolean isCounted(int relationship, int node, int[] ids) {
    GraphView graph = state.graph;
    boolean leaves = hop.direction() != Direction.INCOMING && graph.startNode(relationship) == node;
    boolean comes = hop.direction() != Direction.OUTGOING && graph.endNode(relationship) == node;
    if (!leaves && !comes) {
      return false;
    }
    int type = graph.relationshipType(relationship);
    for (int id : ids) {
      if (id < 0 || id == type) {
        return graph.hasRelationship(relationship);
      }
    }
    return false;
  }
}
