package org.weftdb.cypher.plan.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Effects;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.TreeRewriter;

/**
 * Creates one after the other become one, so that scripts of hundreds of CREATE clauses run as one
 * operator.
 *
 * <pre>
 * Create b
 * Create a       ->    Create a, b
 * </pre>
 *
 * <p>Only when no property of the upper one is read from the graph: its expressions are made of
 * constants, parameters, variables, lists and maps. And only when the lower one does not look for
 * what the upper one creates.
 */
public final class MergeCreates extends TreeRewriter {
  @Override
  protected Plan operator(Plan plan) {
    if (!(plan instanceof Plan.Create upper)
        || !(upper.input() instanceof Plan.Create lower)
        || !isPlain(upper)
        || (!isPlain(lower) && Effects.conflict(upper, lower))) {
      return plan;
    }
    List<Plan.NewNode> nodes = new ArrayList<>(lower.nodes());
    nodes.addAll(upper.nodes());
    List<Plan.NewRelationship> relationships = new ArrayList<>(lower.relationships());
    relationships.addAll(upper.relationships());
    return new Plan.Create(lower.input(), nodes, relationships);
  }

  private static boolean isPlain(Plan.Create create) {
    for (Plan.NewNode node : create.nodes()) {
      if (!isPlain(node.properties())) {
        return false;
      }
    }
    for (Plan.NewRelationship relationship : create.relationships()) {
      if (!isPlain(relationship.properties())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(@Nullable Scalar scalar) {
    return switch (scalar) {
      case null -> true;
      case Scalar.Constant s -> true;
      case Scalar.Parameter s -> true;
      case Scalar.Slot s -> true;
      case Scalar.ListLiteral s -> arePlain(s.elements());
      case Scalar.MapLiteral s -> arePlain(s.values());
      default -> false;
    };
  }

  private static boolean arePlain(List<Scalar> scalars) {
    for (Scalar scalar : scalars) {
      if (!isPlain(scalar)) {
        return false;
      }
    }
    return true;
  }
}
