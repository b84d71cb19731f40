package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.YieldItem;
import org.weftdb.cypher.semantic.ProcedureSignature;
import org.weftdb.error.ErrorCode;

/** Plans queries clause by clause, each on top of the one before. */
final class QueryPlanner {
  private final Planning planning;

  QueryPlanner(Planning planning) {
    this.planning = planning;
  }

  /** A column of a result. */
  record Column(String name, Scalar.Slot slot) {}

  /** A planned query; without RETURN there are no columns. */
  record Planned(Plan plan, List<Column> columns) {
    Planned {
      columns = List.copyOf(columns);
    }

    List<Integer> slots() {
      List<Integer> slots = new ArrayList<>();
      for (Column column : columns) {
        slots.add(column.slot().slot());
      }
      return slots;
    }
  }

  /**
   * Where a query stands.
   *
   * @param leaf what its first clause works on
   * @param outer what it sees of the scope around it, or null
   * @param importable what a WITH at its beginning sees instead, or null
   */
  private record Place(Plan leaf, @Nullable Scope outer, @Nullable Scope importable) {}

  /** Plans a query that stands alone. */
  Planned plan(Query query) {
    return plan(query, new Place(new Plan.Start(), null, null));
  }

  /** Plans a query inside an expression, which runs for a row around it and sees its variables. */
  Planned nested(Query query, Scope outer) {
    return adapted(plan(query, new Place(new Plan.Argument(), outer, null)), outer);
  }

  /**
   * Plans the query of a CALL.
   *
   * @param outer the scope around the call
   */
  Planned called(Clause.Subquery call, Scope outer) {
    Clause.Imports imports = call.imports();
    Scope seen = null;
    if (imports != null && imports.all()) {
      seen = outer.flattened();
    } else if (imports != null) {
      seen = new Scope(null);
      seen.setLoaded(outer.loaded());
      for (Expression.Variable variable : imports.variables()) {
        Scalar.Slot slot = outer.find(variable.name());
        if (slot == null) {
          throw planning.error(
              ErrorCode.UNDEFINED_VARIABLE,
              "Variable `" + variable.name() + "` is not defined",
              variable);
        }
        seen.alias(variable.name(), slot);
      }
    }
    Scope importable = imports == null ? outer : null;
    return adapted(plan(call.query(), new Place(new Plan.Argument(), seen, importable)), outer);
  }

  private Planned adapted(Planned planned, Scope outer) {
    PlanLimits.check(planned.plan());
    Plan plan = GroupedArguments.apply(planned.plan(), planning.slots, outer, planned.slots());
    return new Planned(plan, planned.columns());
  }

  private Planned plan(Query query, Place place) {
    return switch (query) {
      case Query.SingleQuery single -> single(single, place);
      case Query.UnionQuery union -> union(union, place);
    };
  }

  private Planned union(Query.UnionQuery query, Place place) {
    List<Planned> parts = new ArrayList<>();
    for (Query.SingleQuery single : query.queries()) {
      parts.add(single(single, place));
    }
    List<Column> columns = new ArrayList<>();
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < parts.get(0).columns().size(); i++) {
      String name = parts.get(0).columns().get(i).name();
      int slot = planning.slots.add(name);
      slots.add(slot);
      columns.add(new Column(name, new Scalar.Slot(slot, kindOf(parts, name), name)));
    }
    Plan plan = join(parts, columns, slots).plan();
    plan = query.all() ? plan : new Plan.Distinct(plan, slots);
    return new Planned(ordered(plan, parts.get(parts.size() - 1), columns), columns);
  }

  /**
   * An ORDER BY at the end belongs to the last part, where it would have no effect: without SKIP
   * and LIMIT it orders the whole union, when it speaks of columns alone.
   */
  private static Plan ordered(Plan union, Planned last, List<Column> columns) {
    if (!(last.plan() instanceof Plan.Sort sort)) {
      return union;
    }
    List<Integer> lastSlots = slotsInOrder(last, columns);
    TreeRewriter toUnion =
        new TreeRewriter() {
          @Override
          protected Scalar expression(Scalar scalar) {
            int column = scalar instanceof Scalar.Slot slot ? lastSlots.indexOf(slot.slot()) : -1;
            return column < 0 ? scalar : columns.get(column).slot();
          }
        };
    List<Plan.SortKey> keys = new ArrayList<>();
    for (Plan.SortKey key : sort.keys()) {
      BitSet others = SlotUse.of(key.value());
      for (int slot : lastSlots) {
        others.clear(slot);
      }
      if (!others.isEmpty()) {
        return union;
      }
      keys.add(new Plan.SortKey(toUnion.rewrite(key.value()), key.descending()));
    }
    return new Plan.Sort(union, keys, null);
  }

  private static SlotKind kindOf(List<Planned> parts, String name) {
    SlotKind kind = null;
    for (Planned part : parts) {
      for (Column column : part.columns()) {
        if (column.name().equals(name)) {
          kind =
              kind == null || kind == column.slot().kind() ? column.slot().kind() : SlotKind.VALUE;
        }
      }
    }
    return kind == null ? SlotKind.VALUE : kind;
  }

  /** Unites neighbours pairwise, so that the tree is as flat as can be. */
  private static Planned join(List<Planned> parts, List<Column> columns, List<Integer> slots) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int middle = parts.size() >> 1;
    Planned left = join(parts.subList(0, middle), columns, slots);
    Planned right = join(parts.subList(middle, parts.size()), columns, slots);
    return new Planned(
        new Plan.Union(
            left.plan(),
            slotsInOrder(left, columns),
            right.plan(),
            slotsInOrder(right, columns),
            slots),
        columns);
  }

  private static List<Integer> slotsInOrder(Planned part, List<Column> columns) {
    List<Integer> slots = new ArrayList<>();
    for (Column wanted : columns) {
      for (Column column : part.columns()) {
        if (column.name().equals(wanted.name())) {
          slots.add(column.slot().slot());
          break;
        }
      }
    }
    if (slots.size() != columns.size()) {
      throw new IllegalStateException("the columns of the union differ");
    }
    return slots;
  }

  private Planned single(Query.SingleQuery query, Place place) {
    Planned planned = new Planned(place.leaf(), List.of());
    Scope scope = new Scope(place.outer());
    if (place.importable() != null) {
      scope.setLoaded(place.importable().loaded());
    }
    List<Clause> clauses = query.clauses();
    for (int i = 0; i < clauses.size(); i++) {
      Clause clause = clauses.get(i);
      if (i == 0 && place.importable() != null && clause instanceof Clause.With) {
        scope = place.importable().flattened();
      }
      if (clause instanceof Clause.With with) {
        ProjectionPlanner.Projected projected =
            planning.projections.project(planned.plan(), with.projection(), with.where(), scope);
        planned = new Planned(projected.plan(), List.of());
        scope = projected.scope();
      } else {
        planned = clause(clause, planned.plan(), scope);
      }
    }
    return planned;
  }

  /** A clause on top of those before it, whose variables come into the scope. */
  private Planned clause(Clause clause, Plan plan, Scope scope) {
    return switch (clause) {
      case Clause.Return c -> {
        ProjectionPlanner.Projected projected =
            planning.projections.project(plan, c.projection(), null, scope);
        yield new Planned(projected.plan(), projected.columns());
      }
      case Clause.Call c -> call(plan, c, scope);
      case Clause.With c -> throw new IllegalStateException("makes a scope of its own: " + c);
      case Clause.Match c ->
          rows(
              c.optional()
                  ? planning.matches.optionalMatch(plan, c.pattern().parts(), c.where(), scope)
                  : planning.matches.match(plan, c.pattern().parts(), c.where(), scope));
      case Clause.Unwind c -> {
        Scalar list = planning.expressions.lower(c.expression(), scope);
        int slot = planning.slots.add(c.variable().name());
        scope.bind(c.variable().name(), slot, SlotKind.VALUE);
        yield rows(new Plan.Unwind(plan, list, slot));
      }
      case Clause.Subquery c -> rows(planning.subqueries.call(plan, c, scope));
      case Clause.LoadCsv c -> rows(loadCsv(plan, c, scope));
      case Clause.Let c -> rows(planning.projections.let(plan, c, scope));
      case Clause.Filter c ->
          rows(new Plan.Filter(plan, planning.expressions.lower(c.condition(), scope)));
      case Clause.OrderBy c -> rows(planning.projections.order(plan, c, scope));
      case Clause.Finish c -> rows(plan);
      case Clause.Create c -> rows(update(plan, c, scope));
      case Clause.Merge c -> rows(update(plan, c, scope));
      case Clause.SetClause c -> rows(update(plan, c, scope));
      case Clause.Remove c -> rows(update(plan, c, scope));
      case Clause.Delete c -> rows(update(plan, c, scope));
      case Clause.Foreach c -> rows(update(plan, c, scope));
    };
  }

  private Plan loadCsv(Plan input, Clause.LoadCsv load, Scope scope) {
    Scalar source = planning.expressions.lower(load.source(), scope);
    String name = load.variable().name();
    int slot = planning.slots.add(name);
    Scalar.Slot line = hidden();
    Scalar.Slot file = hidden();
    scope.bind(name, slot, SlotKind.VALUE);
    scope.setLoaded(new Scope.LoadedCsv(line, file));
    String separator = load.fieldTerminator() == null ? "," : load.fieldTerminator();
    return new Plan.LoadCsv(
        input,
        source,
        load.withHeaders(),
        separator,
        slot,
        line.slot(),
        file.slot(),
        planning.origin(load));
  }

  private Scalar.Slot hidden() {
    int slot = planning.slots.addAnonymous();
    return new Scalar.Slot(slot, SlotKind.VALUE, planning.slots.name(slot));
  }

  private static Planned rows(Plan plan) {
    return new Planned(plan, List.of());
  }

  /** A clause that changes the graph, of a query or inside FOREACH. */
  Plan update(Plan plan, Clause clause, Scope scope) {
    if (!(clause instanceof Clause.Foreach)) {
      planning.addChange(clause);
    }
    return switch (clause) {
      case Clause.Create c -> planning.writes.create(plan, c, scope);
      case Clause.Merge c -> planning.writes.merge(plan, c, scope);
      case Clause.SetClause c ->
          new Plan.Apply(plan, planning.writes.updates(c.items(), scope), planning.origin(c));
      case Clause.Remove c ->
          new Plan.Apply(plan, planning.writes.removals(c.items(), scope), planning.origin(c));
      case Clause.Delete c -> planning.writes.delete(plan, c, scope);
      case Clause.Foreach c -> planning.subqueries.foreach(plan, c, scope);
      default -> throw new IllegalStateException("changes nothing: " + clause);
    };
  }

  /** A call of a procedure; what it yields is a result when the call is the whole query. */
  private Planned call(Plan input, Clause.Call call, Scope scope) {
    ProcedureSignature signature = planning.procedures.find(call.name());
    if (signature == null) {
      throw planning.error(
          ErrorCode.PROCEDURE_NOT_FOUND, "There is no procedure `" + call.name() + "`", call);
    }
    List<Scalar> arguments = arguments(call, signature, scope);
    List<Plan.Yield> yields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    List<ProcedureSignature.Field> outputs = signature.outputs();
    Clause.Yield yield = call.yield();
    if (yield != null && !yield.all()) {
      for (YieldItem item : yield.items()) {
        for (int i = 0; i < outputs.size(); i++) {
          if (outputs.get(i).name().equals(item.field())) {
            columns.add(yielded(i, item.variable().name(), yields, scope));
          }
        }
      }
    } else if (call.standalone()) {
      for (int i = 0; i < outputs.size(); i++) {
        columns.add(yielded(i, outputs.get(i).name(), yields, scope));
      }
    }
    Plan plan =
        new Plan.ProcedureCall(input, call.name(), arguments, yields, planning.origin(call));
    if (call.where() != null) {
      plan = new Plan.Filter(plan, planning.expressions.lower(call.where(), scope));
    }
    return new Planned(plan, call.standalone() ? columns : List.of());
  }

  private Column yielded(int column, String name, List<Plan.Yield> yields, Scope scope) {
    int slot = planning.slots.add(name);
    yields.add(new Plan.Yield(column, slot));
    return new Column(name, scope.bind(name, slot, SlotKind.VALUE));
  }

  private List<Scalar> arguments(Clause.Call call, ProcedureSignature signature, Scope scope) {
    List<Scalar> arguments = new ArrayList<>();
    if (call.arguments() != null) {
      for (Expression argument : call.arguments()) {
        arguments.add(planning.expressions.lower(argument, scope));
      }
      return arguments;
    }
    for (ProcedureSignature.Field input : signature.inputs()) {
      if (!input.optional()) {
        planning.useParameter(input.name(), call);
        arguments.add(new Scalar.Parameter(input.name()));
      }
    }
    return arguments;
  }
}
