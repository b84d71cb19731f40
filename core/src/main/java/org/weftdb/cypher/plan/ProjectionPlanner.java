package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.ReturnItem;
import org.weftdb.cypher.ast.SortItem;

/**
 * Plans WITH and RETURN: grouping, projection, DISTINCT, ORDER BY, SKIP, LIMIT and WHERE, in this
 * order from the input upward.
 *
 * <p>When an item holds an aggregate, the items without one are the keys of the grouping. The rest
 * of an item with aggregates is computed above the grouping from aggregates and keys.
 */
final class ProjectionPlanner {
  private final Planning planning;

  ProjectionPlanner(Planning planning) {
    this.planning = planning;
  }

  /** What comes out of a projection. */
  record Projected(Plan plan, Scope scope, List<QueryPlanner.Column> columns) {}

  /**
   * An item.
   *
   * @param aggregates whether it holds aggregates
   * @param binds whether it fills slots of its own, as what has variables of its own does
   */
  private record Item(String name, Scalar value, boolean aggregates, boolean binds) {}

  /** An item's value where it is visible above the projection. */
  private record Output(Item item, Scalar.Slot slot) {}

  Projected project(Plan input, Projection projection, @Nullable Expression where, Scope scope) {
    Aggregation aggregation = new Aggregation(planning.slots);
    List<Item> items = items(projection, scope, aggregation);
    List<Output> outputs = outputs(items);
    Scope visible = scope.inner();
    Scope result = new Scope(scope.outer());
    result.setLoaded(aggregation.isEmpty() ? scope.loaded() : null);
    List<QueryPlanner.Column> columns = new ArrayList<>();
    for (Output output : outputs) {
      visible.alias(output.item().name(), output.slot());
      result.alias(output.item().name(), output.slot());
      columns.add(new QueryPlanner.Column(output.item().name(), output.slot()));
    }
    ItemReferences references = new ItemReferences(outputs);
    boolean hidesInput = !aggregation.isEmpty() || projection.distinct();
    Map<String, Scalar.Slot> repeated = hidesInput ? repeated(projection, outputs) : Map.of();
    List<Plan.SortKey> sortKeys = new ArrayList<>();
    for (SortItem item : projection.orderBy()) {
      Scalar key =
          planning.expressions.lower(
              item.expression(), new ExpressionPlanner.Place(visible, aggregation, repeated));
      sortKeys.add(new Plan.SortKey(references.rewrite(key), item.descending()));
    }
    Plan plan = aggregation.isEmpty() ? input : group(input, outputs, aggregation);
    plan = compute(plan, outputs, aggregation.isEmpty());
    if (projection.distinct()) {
      plan = new Plan.Distinct(plan, distinctSlots(outputs));
    }
    plan = ordered(plan, sortKeys, projection.skip(), projection.limit());
    if (where != null) {
      Scalar predicate =
          planning.expressions.lower(where, new ExpressionPlanner.Place(visible, null, repeated));
      plan = new Plan.Filter(plan, references.rewrite(predicate));
    }
    return new Projected(plan, result, columns);
  }

  /** The items that bind variables somewhere, which ORDER BY and WHERE may repeat. */
  private static Map<String, Scalar.Slot> repeated(Projection projection, List<Output> outputs) {
    Map<String, Scalar.Slot> repeated = new HashMap<>();
    int starred = outputs.size() - projection.items().size();
    for (int i = 0; i < projection.items().size(); i++) {
      Expression expression = projection.items().get(i).expression();
      Output output = outputs.get(starred + i);
      if (!output.item().aggregates() && output.item().binds()) {
        repeated.put(AstPrinter.print(expression), output.slot());
      }
    }
    return repeated;
  }

  private Plan ordered(
      Plan input, List<Plan.SortKey> keys, @Nullable Expression skip, @Nullable Expression limit) {
    Plan plan = keys.isEmpty() ? input : new Plan.Sort(input, keys, null);
    Scope nothing = new Scope(null);
    if (skip != null) {
      plan = new Plan.Skip(plan, planning.expressions.lower(skip, nothing), planning.origin(skip));
    }
    if (limit != null) {
      plan =
          new Plan.Limit(plan, planning.expressions.lower(limit, nothing), planning.origin(limit));
    }
    return plan;
  }

  /** ORDER BY, SKIP and LIMIT as a clause of their own. */
  Plan order(Plan input, Clause.OrderBy order, Scope scope) {
    List<Plan.SortKey> keys = new ArrayList<>();
    for (SortItem item : order.items()) {
      Scalar key = planning.expressions.lower(item.expression(), scope);
      keys.add(new Plan.SortKey(key, item.descending()));
    }
    return ordered(input, keys, order.skip(), order.limit());
  }

  /** LET, whose items see none of each other. */
  Plan let(Plan input, Clause.Let let, Scope scope) {
    List<Scalar> values = new ArrayList<>();
    for (Clause.LetItem item : let.items()) {
      values.add(planning.expressions.lower(item.expression(), scope));
    }
    List<Plan.Assignment> columns = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String name = let.items().get(i).variable().name();
      Scalar value = values.get(i);
      if (value instanceof Scalar.Slot variable) {
        scope.alias(name, variable);
      } else {
        Scalar.Slot slot = scope.bind(name, planning.slots.add(name), kindOf(value));
        columns.add(new Plan.Assignment(slot.slot(), slot.kind(), name, value));
      }
    }
    return columns.isEmpty() ? input : new Plan.Project(input, columns);
  }

  private List<Item> items(Projection projection, Scope scope, Aggregation aggregation) {
    List<Item> items = new ArrayList<>();
    if (projection.star()) {
      for (Map.Entry<String, Scalar.Slot> own : new TreeMap<>(scope.own()).entrySet()) {
        items.add(new Item(own.getKey(), own.getValue(), false, false));
      }
    }
    for (ReturnItem item : projection.items()) {
      int before = aggregation.uses();
      int slots = planning.slots.names().size();
      Scalar value = planning.expressions.lower(item.expression(), scope, aggregation);
      boolean binds = planning.slots.names().size() > slots;
      items.add(new Item(item.columnName(), value, aggregation.uses() > before, binds));
    }
    return items;
  }

  /** A variable keeps its slot, and equal items share one. */
  private List<Output> outputs(List<Item> items) {
    List<Output> outputs = new ArrayList<>();
    ScalarTable known = new ScalarTable();
    for (Item item : items) {
      Scalar value = item.value();
      boolean shares = !(value instanceof Scalar.Slot) && FunctionNames.isDeterministic(value);
      Scalar.Slot slot = value instanceof Scalar.Slot variable ? variable : null;
      if (shares) {
        slot = known.find(value);
      }
      if (slot == null) {
        slot = new Scalar.Slot(planning.slots.add(item.name()), kindOf(value), item.name());
        if (shares) {
          known.putIfAbsent(value, slot);
        }
      }
      outputs.add(new Output(item, slot));
    }
    return outputs;
  }

  private static SlotKind kindOf(Scalar value) {
    return switch (value) {
      case Scalar.Slot slot -> slot.kind();
      case Scalar.PathOf path -> SlotKind.PATH;
      default -> SlotKind.VALUE;
    };
  }

  private static Plan group(Plan input, List<Output> outputs, Aggregation aggregation) {
    List<Plan.Assignment> keys = new ArrayList<>();
    Set<Integer> known = new LinkedHashSet<>();
    for (Output output : outputs) {
      Scalar.Slot slot = output.slot();
      if (!output.item().aggregates() && known.add(slot.slot())) {
        keys.add(new Plan.Assignment(slot.slot(), slot.kind(), slot.name(), output.item().value()));
      }
    }
    return new Plan.GroupBy(input, keys, aggregation.aggregates());
  }

  /** Fills the slots of the items; above a grouping only those of items with aggregates. */
  private static Plan compute(Plan input, List<Output> outputs, boolean all) {
    List<Output> keys = new ArrayList<>();
    for (Output output : outputs) {
      if (!output.item().aggregates()) {
        keys.add(output);
      }
    }
    ItemReferences references = new ItemReferences(keys);
    List<Plan.Assignment> columns = new ArrayList<>();
    Set<Integer> known = new LinkedHashSet<>();
    for (Output output : outputs) {
      Scalar.Slot slot = output.slot();
      Scalar value = output.item().value();
      boolean isThere = value instanceof Scalar.Slot same && same.slot() == slot.slot();
      if (!isThere && (all || output.item().aggregates()) && known.add(slot.slot())) {
        Scalar computed = all ? value : references.rewrite(value);
        columns.add(new Plan.Assignment(slot.slot(), slot.kind(), slot.name(), computed));
      }
    }
    return columns.isEmpty() ? input : new Plan.Project(input, columns);
  }

  private static List<Integer> distinctSlots(List<Output> outputs) {
    Set<Integer> slots = new LinkedHashSet<>();
    for (Output output : outputs) {
      slots.add(output.slot().slot());
    }
    return new ArrayList<>(slots);
  }

  /** Replaces what was computed as an item by the item. */
  private static final class ItemReferences extends TreeRewriter {
    private final ScalarTable items = new ScalarTable();

    ItemReferences(List<Output> outputs) {
      for (Output output : outputs) {
        items.putIfAbsent(output.item().value(), output.slot());
      }
    }

    /** Before its operands, which may be items too. */
    @Override
    protected @Nullable Scalar whole(Scalar scalar) {
      return items.find(scalar);
    }
  }
}
