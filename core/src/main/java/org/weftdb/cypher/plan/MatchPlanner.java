package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.error.ErrorCode;

/** Plans patterns: which operators find their rows, and in which order. */
final class MatchPlanner {
  /** The most unconnected parts of a pattern for which all are compared before each choice. */
  private static final int MAX_COMPARED_PARTS = 20;

  private final Planning planning;

  MatchPlanner(Planning planning) {
    this.planning = planning;
  }

  /** Plans a pattern with its condition; its variables are bound in the scope. */
  Plan match(Plan input, List<PatternPart> parts, @Nullable Expression where, Scope scope) {
    if (!isSelectedFromAll(parts)) {
      return match(input, graph(parts, where, scope));
    }
    PatternGraph graph = selectedGraph(parts, where, scope);
    Scalar.PathOf path = graph.wholePath(parts.get(0));
    if (isSearchedWhole(parts.get(0), graph, where, scope)) {
      return match(input, graph);
    }
    return new Plan.Subquery(
        input,
        selected(parts.get(0), path, graph, where, scope),
        Plan.SubqueryKind.RETURNING,
        graph.newVariables);
  }

  /** Whether all paths must be found before some of them are selected. */
  private static boolean isSelectedFromAll(List<PatternPart> parts) {
    for (PatternPart part : parts) {
      if (part.selection() != PathSelection.ALL && !PatternGraph.canSelectWhileWalking(part)) {
        return true;
      }
    }
    return false;
  }

  private PatternGraph selectedGraph(
      List<PatternPart> parts, @Nullable Expression where, Scope scope) {
    PatternPart part = parts.get(0);
    if (parts.size() > 1) {
      throw planning.error(
          ErrorCode.NOT_SUPPORTED,
          "shortestPath of a relationship without '*' beside other paths is not supported, expected"
              + " it in a MATCH of its own",
          part);
    }
    return graph(parts, part.selection().isFunction() ? where : null, scope);
  }

  /**
   * Lets a search look for paths with relationships, the shortest first. Whether it finds the
   * selected ones; the condition of the clause is about these.
   */
  private boolean isSearchedWhole(
      PatternPart part, PatternGraph graph, @Nullable Expression where, Scope scope) {
    if (part.selection().isFunction()
        || part.path().connections().isEmpty()
        || !graph.searchWhole(part)) {
      return false;
    }
    if (where != null) {
      graph.addCondition(planning.expressions.lower(where, scope));
    }
    return true;
  }

  /** All paths, in the order of their lengths, and of these those that are meant. */
  private Plan selected(
      PatternPart part,
      Scalar.PathOf path,
      PatternGraph graph,
      @Nullable Expression where,
      Scope scope) {
    int length = planning.slots.addAnonymous();
    Plan.Assignment measured =
        new Plan.Assignment(
            length,
            SlotKind.VALUE,
            planning.slots.name(length),
            new Scalar.Call("length", List.of(path)));
    Plan plan = new Plan.Project(match(new Plan.Argument(), graph), List.of(measured));
    Scalar.Slot key = new Scalar.Slot(length, SlotKind.VALUE, planning.slots.name(length));
    plan = new Plan.Sort(plan, List.of(new Plan.SortKey(key, false)), null);
    plan =
        new Plan.FirstBetween(
            plan,
            path.nodes().get(0).slot(),
            path.nodes().get(path.nodes().size() - 1).slot(),
            length,
            graph.selection(part));
    return where == null || part.selection().isFunction()
        ? plan
        : new Plan.Filter(plan, planning.expressions.lower(where, scope));
  }

  /** The rows of the pattern, or one with nulls, for each row of the input. */
  Plan optionalMatch(Plan input, List<PatternPart> parts, @Nullable Expression where, Scope scope) {
    PatternGraph graph;
    Plan inner;
    if (isSelectedFromAll(parts)) {
      graph = selectedGraph(parts, where, scope);
      Scalar.PathOf path = graph.wholePath(parts.get(0));
      inner =
          isSearchedWhole(parts.get(0), graph, where, scope)
              ? match(new Plan.Argument(), input, graph)
              : selected(parts.get(0), path, graph, where, scope);
    } else {
      graph = graph(parts, where, scope);
      inner = match(new Plan.Argument(), input, graph);
    }
    return new Plan.OptionalApply(input, inner, graph.newVariables);
  }

  private PatternGraph graph(List<PatternPart> parts, @Nullable Expression where, Scope scope) {
    PatternGraph graph = new PatternGraph(planning, parts, scope);
    if (where != null) {
      graph.addCondition(planning.expressions.lower(where, scope));
    }
    return graph;
  }

  /** Plans a pattern whose variables are bound in its scope already. */
  Plan match(Plan input, PatternGraph graph) {
    return match(input, null, graph);
  }

  /**
   * The same.
   *
   * @param outer the plan for whose rows the input is, or null when that is not known
   */
  private Plan match(Plan input, @Nullable Plan outer, PatternGraph graph) {
    PatternAssembly assembly = new PatternAssembly(planning, graph, input);
    for (PatternRelationship relationship : graph.relationships) {
      if (relationship.bound()) {
        assembly.useBound(relationship);
      }
    }
    Estimates estimates = new Estimates(planning.catalog, graph);
    JoinOrder joinOrder =
        new JoinOrder(graph, estimates, new AccessPaths(planning.catalog, graph, estimates, false));
    JoinOrder orderAlone =
        new JoinOrder(graph, estimates, new AccessPaths(planning.catalog, graph, estimates, true));
    HashJoins joins = new HashJoins(graph);
    List<Part> parts = parts(graph);
    while (!parts.isEmpty()) {
      planning.work(graph.predicates.size());
      Choice best = choice(parts.get(0), joinOrder, joins, assembly);
      int compared = parts.size() <= MAX_COMPARED_PARTS ? parts.size() : 1;
      for (int i = 1; i < compared; i++) {
        Choice other = choice(parts.get(i), joinOrder, joins, assembly);
        best = other.isBetterThan(best) ? other : best;
      }
      parts.remove(best.part());
      if (best.slots() != null && best.keys() != null) {
        JoinOrder.Order alone =
            orderAlone.order(
                best.part().nodes(), best.part().relationships(), new BitSet(), new BitSet());
        double rows = Cardinality.rowsOf(assembly.plan(), outer, planning.catalog);
        if (HashJoins.isWorth(rows, best.order(), alone)) {
          assembly.join(alone, best.slots(), best.keys());
          continue;
        }
      }
      for (JoinOrder.Step step : best.order().steps()) {
        assembly.step(step);
      }
    }
    return assembly.finish();
  }

  /**
   * A part that could come next.
   *
   * @param slots its slots when it can be matched by itself, or null
   * @param keys by what it could be joined, or null
   */
  private record Choice(
      Part part, JoinOrder.Order order, @Nullable BitSet slots, HashJoins.@Nullable Keys keys) {
    /** By how much it multiplies the rows: where a value must be equal, not at all. */
    double factor() {
      return keys == null ? order.rows() : Math.min(1, order.rows());
    }

    /** What comes first is run again for no row, what comes later for each row of the first. */
    boolean isBetterThan(Choice other) {
      return factor() < other.factor()
          || factor() == other.factor() && order.cost() < other.order.cost();
    }
  }

  private static Choice choice(
      Part part, JoinOrder joinOrder, HashJoins joins, PatternAssembly assembly) {
    BitSet slots = joins.slots(part.nodes(), part.relationships(), assembly.boundNodes());
    return new Choice(
        part,
        joinOrder.order(
            part.nodes(), part.relationships(), assembly.boundNodes(), assembly.bound()),
        slots,
        slots == null ? null : joins.keys(assembly.open(), slots, assembly.bound()));
  }

  private record Part(List<Integer> nodes, List<PatternRelationship> relationships) {}

  /** The connected parts in the order written; nodes that are bound and alone are none. */
  private static List<Part> parts(PatternGraph graph) {
    int[] leader = new int[graph.nodes.size()];
    for (int i = 0; i < leader.length; i++) {
      leader[i] = i;
    }
    for (PatternRelationship relationship : graph.relationships) {
      if (!relationship.bound()) {
        int left = find(leader, relationship.left());
        int right = find(leader, relationship.right());
        leader[Math.max(left, right)] = Math.min(left, right);
        joinRequired(leader, relationship);
      }
    }
    List<Part> parts = new ArrayList<>();
    int[] partOf = new int[leader.length];
    BitSet known = new BitSet();
    for (int i = 0; i < leader.length; i++) {
      if (graph.searched.get(i)) {
        continue;
      }
      int first = find(leader, i);
      if (!known.get(first)) {
        known.set(first);
        partOf[first] = parts.size();
        parts.add(new Part(new ArrayList<>(), new ArrayList<>()));
      }
      parts.get(partOf[first]).nodes().add(i);
    }
    for (PatternRelationship relationship : graph.relationships) {
      if (!relationship.bound()) {
        parts.get(partOf[find(leader, relationship.left())]).relationships().add(relationship);
      }
    }
    return parts;
  }

  private static void joinRequired(int[] leader, PatternRelationship relationship) {
    PatternRelationship.Search search = relationship.search();
    if (search != null) {
      for (int i = search.required().nextSetBit(0); i >= 0; ) {
        int left = find(leader, relationship.left());
        int other = find(leader, i);
        leader[Math.max(left, other)] = Math.min(left, other);
        i = search.required().nextSetBit(i + 1);
      }
    }
  }

  private static int find(int[] leader, int node) {
    int at = node;
    while (leader[at] != at) {
      at = leader[at];
    }
    return at;
  }
}
