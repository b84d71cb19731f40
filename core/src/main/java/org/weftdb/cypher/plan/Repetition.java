package org.weftdb.cypher.plan;

import java.util.List;
import org.weftdb.value.Direction;

/**
 * A path that is repeated, from left to right.
 *
 * @param nodes slots under which the predicate sees its nodes; one more than steps
 */
public record Repetition(List<Step> steps, List<Integer> nodes) {
  public Repetition {
    steps = List.copyOf(steps);
    nodes = List.copyOf(nodes);
  }

  /**
   * A relationship of a path that is repeated.
   *
   * @param relationship slot under which the predicate on a repetition sees it
   * @param direction as seen from the left
   * @param types any of these types; empty for all
   */
  public record Step(int relationship, Direction direction, List<String> types) {
    public Step {
      types = List.copyOf(types);
    }
  }
}
