package org.weftdb.cypher.plan.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.IndexRange;
import org.weftdb.cypher.plan.Inputs;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.PlannerCatalog;
import org.weftdb.cypher.plan.RowOrder;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.TreeRewriter;
import org.weftdb.graph.IndexDefinition;

/**
 * Rows that come out of an index in the order that is asked for are not sorted.
 *
 * <pre>
 * Sort n.p                          Expand r, m
 * Expand r, m                ->     NodeIndexSeek n:L n.p > 1
 * NodeIndexSeek n:L n.p > 1         Start
 * Start
 * </pre>
 *
 * <p>In the other direction the index is read from its end. What stands between must keep the order
 * of rows. Keys that an equality has made constant do not matter. When a constraint says that all
 * nodes with a label have the property, a scan of the label becomes one of the index; but not in a
 * statement that writes, because it may break the constraint on its way. The same is true of
 * relationships and their types; where {@code ORDER BY} is on a relationship's property, a scan of
 * nodes that is only there to reach all relationships of the type becomes one of the index too.
 */
public final class IndexOrder extends TreeRewriter {
  private final PlannerCatalog catalog;
  private final boolean writes;

  private IndexOrder(PlannerCatalog catalog, boolean writes) {
    this.catalog = catalog;
    this.writes = writes;
  }

  /**
   * Applies the rule to a whole statement.
   *
   * @param writes whether it changes the graph
   */
  public static Plan apply(Plan root, PlannerCatalog catalog, boolean writes) {
    return new IndexOrder(catalog, writes).rewrite(root);
  }

  @Override
  protected Plan operator(Plan plan) {
    if (!(plan instanceof Plan.Sort sort) || sort.limit() != null) {
      return plan;
    }
    List<Plan> chain = new ArrayList<>();
    Plan leaf = sort.input();
    List<Scalar> keys = new ArrayList<>();
    for (Plan.SortKey key : sort.keys()) {
      if (key.descending() != sort.keys().get(0).descending()) {
        return plan;
      }
      keys.add(key.value());
    }
    while (RowOrder.isRowByRow(leaf) || leaf instanceof Plan.Distinct) {
      if (leaf instanceof Plan.Project project) {
        keys.replaceAll(key -> below(key, project));
      }
      if (leaf.children().get(0) instanceof Plan.Start || WholeTypes.of(leaf) != null) {
        break;
      }
      chain.add(leaf);
      leaf = leaf.children().get(0);
    }
    Plan ordered = ordered(leaf, keys, sort.keys().get(0).descending());
    if (ordered == null) {
      return plan;
    }
    for (int i = chain.size() - 1; i >= 0; i--) {
      ordered = Inputs.replaceFirst(chain.get(i), ordered);
    }
    return ordered;
  }

  /** What a key is below a projection that computes it. */
  static Scalar below(Scalar key, Plan.Project project) {
    if (key instanceof Scalar.Slot slot) {
      for (Plan.Assignment column : project.columns()) {
        if (column.slot() == slot.slot()) {
          return column.value();
        }
      }
    }
    return key;
  }

  /** The leaf in the order of the keys, or null when it has none or another. */
  private @Nullable Plan ordered(Plan leaf, List<Scalar> keys, boolean descending) {
    Plan seek = startsPlan(leaf) ? seek(leaf, keys, descending) : null;
    if (seek != null || keys.size() > 1 || writes) {
      return seek;
    }
    if (leaf instanceof Plan.NodeByLabelScan scan
        && scan.input() instanceof Plan.Start
        && scan.labels().size() == 1) {
      String label = scan.labels().get(0);
      String property = property(keys.get(0), scan.node());
      return property != null
              && catalog.nodeIndexValues(label, property) >= 0
              && catalog.isRequired(true, label, property)
          ? new Plan.NodeIndexSeek(
              scan.input(), scan.node(), label, property, new IndexRange.Any(), descending)
          : null;
    }
    Plan.RelationshipTypeScan scan = WholeTypes.of(leaf);
    if (scan == null || !(scan.input() instanceof Plan.Start)) {
      return null;
    }
    String type = scan.types().get(0);
    String property = property(keys.get(0), scan.relationship());
    return property != null
            && catalog.relationshipIndexValues(type, property) >= 0
            && catalog.isRequired(false, type, property)
        ? ofType(scan, property, descending)
        : null;
  }

  private static boolean startsPlan(Plan leaf) {
    return !leaf.children().isEmpty() && leaf.children().get(0) instanceof Plan.Start;
  }

  /**
   * An index seek in the order of keys or against it for each row of its input; null when it has
   * another order or when the plan is something else.
   */
  static @Nullable Plan seek(Plan leaf, List<Scalar> keys, boolean descending) {
    if (leaf instanceof Plan.NodeIndexSeek seek
        && isOrdered(seek.property(), seek.range(), seek.node(), keys)) {
      return new Plan.NodeIndexSeek(
          seek.input(), seek.node(), seek.label(), seek.property(), seek.range(), descending);
    }
    if (leaf instanceof Plan.RelationshipIndexSeek seek
        && isOrdered(seek.property(), seek.range(), seek.relationship(), keys)) {
      return new Plan.RelationshipIndexSeek(
          seek.input(),
          seek.relationship(),
          seek.from(),
          seek.to(),
          seek.direction(),
          seek.type(),
          seek.property(),
          seek.range(),
          descending);
    }
    return null;
  }

  /** All relationships of a type that have a property, in its order. */
  static Plan ofType(Plan.RelationshipTypeScan scan, String property, boolean descending) {
    return new Plan.RelationshipIndexSeek(
        scan.input(),
        scan.relationship(),
        scan.from(),
        scan.to(),
        scan.direction(),
        scan.types().get(0),
        property,
        new IndexRange.Any(),
        descending);
  }

  private static @Nullable String property(Scalar key, int entity) {
    return key instanceof Scalar.Property property
            && property.subject() instanceof Scalar.Slot slot
            && slot.slot() == entity
        ? property.key()
        : null;
  }

  private static boolean isOrdered(
      String indexed, IndexRange range, int entity, List<Scalar> keys) {
    List<String> order = List.of(indexed);
    List<IndexRange> parts = List.of(range);
    if (range instanceof IndexRange.Tuple tuple) {
      order = tuple.keys();
      parts = tuple.parts();
    }
    IndexRange last = parts.get(parts.size() - 1);
    if (last instanceof IndexRange.AnyOf || last.kind() != IndexDefinition.Kind.RANGE) {
      return false;
    }
    int constant = parts.size() - (last instanceof IndexRange.Equal ? 0 : 1);
    int next = constant;
    for (Scalar key : keys) {
      String property = property(key, entity);
      if (property == null) {
        return false;
      }
      if (order.subList(0, constant).contains(property)) {
        continue;
      }
      if (next == order.size() || !order.get(next).equals(property)) {
        return false;
      }
      next++;
    }
    return true;
  }
}
