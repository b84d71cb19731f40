package org.weftdb.cypher.exec;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.graph.RelationshipScan;

/** All relationships, or those of any of some types, one type after the other. */
final class RelationshipTypeScanOperator extends RelationshipSource {
  private final Names.Types types;
  private @Nullable RelationshipScan scan;
  private int[] ids = {};
  private int type;

  RelationshipTypeScanOperator(Frame frame, Plan.RelationshipTypeScan plan, BitSet above) {
    super(frame, plan.relationship(), plan.from(), plan.to(), plan.direction(), above);
    this.types = new Names.Types(frame.state(), plan.types());
  }

  @Override
  void find(Batch batch, int row) {
    ids = types.ids();
    type = 0;
    scan = null;
  }

  @Override
  int found(long[] out, int max) {
    while (type < ids.length) {
      RelationshipScan present = scan == null ? state.graph.relationships(ids[type]) : scan;
      scan = present;
      int n = present.fill(out, 0, max);
      if (n > 0) {
        return n;
      }
      scan = null;
      type++;
    }
    return 0;
  }
}
