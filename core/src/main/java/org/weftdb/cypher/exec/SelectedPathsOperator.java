package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.Vector;

/**
 * For each row, the selected trails of a path pattern to the node at its other end, or to each node
 * at which it can end.
 */
final class SelectedPathsOperator extends FanOutOperator {
  private final Plan.SelectedPaths plan;
  private final TrailSearch search;
  private final PathCount count;
  private final @Nullable Evaluator condition;
  private final int last;
  private final boolean into;

  /** The slots that are filled: nodes by their index in the path, then relationships by piece. */
  private final boolean[] nodeWanted;

  private final boolean[] pieceWanted;
  private final List<@Nullable Object[]> nodeValues = new ArrayList<>();
  private final List<@Nullable Object[]> pieceValues = new ArrayList<>();

  // The row in work.
  private boolean working;
  private @Nullable Batch batch;
  private int row;
  private int[] targets = {};
  private int nextTarget;
  private boolean walking;
  private long found;
  private int foundLength;

  /**
   * @param condition on a whole path, or null
   * @param above slots that are read above
   */
  SelectedPathsOperator(
      Frame frame,
      Plan.SelectedPaths plan,
      TrailSearch search,
      PathCount count,
      @Nullable Evaluator condition,
      BitSet above) {
    super(frame);
    this.plan = plan;
    this.search = search;
    this.count = count;
    this.condition = condition;
    this.last = plan.pieces().size();
    this.into = plan.into();
    this.nodeWanted = new boolean[last + 1];
    this.pieceWanted = new boolean[last];
    for (int i = 0; i <= last; i++) {
      nodeWanted[i] = i > 0 && (i < last || !into) && above.get(plan.nodes().get(i));
      nodeValues.add(new @Nullable Object[0]);
    }
    for (int i = 0; i < last; i++) {
      pieceWanted[i] = above.get(plan.pieces().get(i).relationship());
      pieceValues.add(new @Nullable Object[0]);
    }
  }

  @Override
  void prepare() {
    count.read();
  }

  @Override
  void clearRow() {
    working = false;
    walking = false;
  }

  @Override
  boolean rowOpen() {
    return working;
  }

  @Override
  void reserve() {
    if (nodeValues.get(0).length < capacity) {
      for (int i = 0; i <= last; i++) {
        nodeValues.set(i, new @Nullable Object[capacity]);
      }
      for (int i = 0; i < last; i++) {
        pieceValues.set(i, new @Nullable Object[capacity]);
      }
    }
  }

  @Override
  void fillColumns(int n) {
    for (int i = 0; i <= last; i++) {
      if (nodeWanted[i]) {
        Vector column = output.own(plan.nodes().get(i));
        column.reset(Vector.Kind.NODE, n);
        for (int k = 0; k < n; k++) {
          column.longs[k] = Entities.node(nodeValues.get(i)[k]);
        }
      }
    }
    for (int i = 0; i < last; i++) {
      if (pieceWanted[i]) {
        Vector column = output.own(plan.pieces().get(i).relationship());
        column.reset(Vector.Kind.OBJECT, n);
        System.arraycopy(pieceValues.get(i), 0, column.objects, 0, n);
      }
    }
  }

  @Override
  void startRow(Batch from, int newRow) {
    int start = Entities.node(from.column(plan.nodes().get(0)), newRow);
    int target = into ? Entities.node(from.column(plan.nodes().get(last)), newRow) : -1;
    if (start < 0 || (into && target < 0)) {
      return;
    }
    batch = from;
    row = newRow;
    search.begin(from, newRow, start);
    working = true;
    walking = false;
    nextTarget = 0;
    targets = into ? new int[] {target} : search.ends();
  }

  @Override
  int take(Batch from, int first) {
    while (true) {
      if (walking) {
        if (nextTrail()) {
          put(first);
          return first + 1;
        }
        walking = false;
      }
      if (nextTarget == targets.length) {
        working = false;
        return first;
      }
      search.search(targets[nextTarget++]);
      walking = true;
      found = 0;
      foundLength = -1;
    }
  }

  /** Goes on to the next trail of the present target that counts. */
  private boolean nextTrail() {
    boolean groups = count.groups;
    while (groups || found < count.most) {
      if (!search.next()) {
        return false;
      }
      boolean same = groups && search.length == foundLength;
      if (!same && found == count.most) {
        return false;
      }
      if (holds()) {
        found += same ? 0 : 1;
        foundLength = search.length;
        return true;
      }
    }
    return false;
  }

  private boolean holds() {
    Evaluator whole = condition;
    Batch from = batch;
    if (whole == null || from == null) {
      return true;
    }
    int at = 0;
    for (int i = 0; i < last; i++) {
      int end = endOf(i, at);
      state.locals[plan.pieces().get(i).relationship()] = relationships(i, at, end);
      if (i + 1 < last || !into) {
        state.locals[plan.nodes().get(i + 1)] = new NodeReference(search.nodes[end]);
      }
      at = end;
    }
    return Evaluator.isTrue(whole.value(from, row));
  }

  /** Where the relationships of a piece, which begin at a place of the trail, end. */
  private int endOf(int piece, int begin) {
    int end = begin;
    while (end < search.length && search.pieceOf[end] == piece) {
      end++;
    }
    return end;
  }

  private Object relationships(int piece, int begin, int end) {
    if (!plan.pieces().get(piece).repeated()) {
      return new RelationshipReference(search.relationships[begin]);
    }
    Trail list = Trail.empty(plan.reversed());
    for (int i = begin; i < end; i++) {
      list = list.with(search.relationships[i]);
    }
    return list;
  }

  private void put(int place) {
    int at = 0;
    for (int i = 0; i < last; i++) {
      int end = endOf(i, at);
      if (pieceWanted[i]) {
        pieceValues.get(i)[place] = relationships(i, at, end);
      }
      if (nodeWanted[i + 1]) {
        nodeValues.get(i + 1)[place] = new NodeReference(search.nodes[end]);
      }
      at = end;
    }
  }
}
