package org.weftdb.cypher.plan.rule;

import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.TreeRewriter;

/**
 * A sort keeps only the rows that are asked for.
 *
 * <pre>
 * Limit n              Limit n
 * Sort keys      ->    Sort keys limit n
 *
 * Limit n              Limit n
 * Skip m               Skip m
 * Sort keys      ->    Sort keys limit m + n
 * </pre>
 *
 * <p>The second form only when both counts are constants, so that their sum cannot fail where the
 * query would not. The limit stays, because it checks its count.
 */
public final class TopRows extends TreeRewriter {
  @Override
  protected Plan operator(Plan plan) {
    if (!(plan instanceof Plan.Limit limit)) {
      return plan;
    }
    if (limit.input() instanceof Plan.Sort sort && sort.limit() == null && isPlain(limit.count())) {
      return new Plan.Limit(
          new Plan.Sort(sort.input(), sort.keys(), limit.count()), limit.count(), limit.origin());
    }
    if (limit.input() instanceof Plan.Skip skip
        && skip.input() instanceof Plan.Sort sort
        && sort.limit() == null
        && limit.count() instanceof Scalar.Constant count
        && skip.count() instanceof Scalar.Constant skipped
        && count.value() instanceof Long rows
        && skipped.value() instanceof Long before
        && rows >= 0
        && before >= 0
        && before <= Long.MAX_VALUE - rows) {
      Scalar kept = new Scalar.Constant(rows + before);
      Plan top = new Plan.Sort(sort.input(), sort.keys(), kept);
      return new Plan.Limit(
          new Plan.Skip(top, skip.count(), skip.origin()), limit.count(), limit.origin());
    }
    return plan;
  }

  /** A count that is the same when evaluated twice. */
  private static boolean isPlain(Scalar count) {
    return count instanceof Scalar.Constant || count instanceof Scalar.Parameter;
  }
}
