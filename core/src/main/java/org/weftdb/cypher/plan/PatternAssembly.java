package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.weftdb.value.Direction;

/**
 * Puts the operators of one pattern on top of each other, and each predicate on the first operator
 * where all that it needs is bound.
 */
final class PatternAssembly {
  private final Planning planning;
  private final RelationshipSteps steps;
  private final PatternGraph graph;
  private final BitSet bound = new BitSet();
  private final BitSet boundNodes = new BitSet();
  private final List<PatternGraph.Predicate> open;
  private final List<PatternGraph.NamedPath> openPaths;
  private final List<PatternRelationship> matched = new ArrayList<>();
  private Plan plan;

  PatternAssembly(Planning planning, PatternGraph graph, Plan input) {
    this.planning = planning;
    this.steps = new RelationshipSteps(planning);
    this.graph = graph;
    this.open = new ArrayList<>(graph.predicates);
    this.openPaths = new ArrayList<>(graph.paths);
    this.plan = graph.conversions.isEmpty() ? input : new Plan.Project(input, graph.conversions);
    for (PatternGraph.Node node : graph.nodes) {
      if (node.bound()) {
        boundNodes.set(node.index());
      }
    }
    requireLonelyNodes();
    settle();
  }

  /**
   * Matches a part of the pattern by itself: only with the predicates that look at nothing else.
   *
   * @param slots those of the part
   */
  private PatternAssembly(PatternAssembly whole, BitSet slots) {
    this.planning = whole.planning;
    this.steps = whole.steps;
    this.graph = whole.graph;
    this.open = new ArrayList<>();
    this.openPaths = new ArrayList<>();
    this.plan = new Plan.Start();
    for (PatternGraph.Predicate predicate : whole.open) {
      BitSet others = SlotUse.of(predicate.scalar());
      others.or(predicate.needs());
      others.andNot(slots);
      if (others.isEmpty() && !predicate.needs().isEmpty() && !predicate.nested()) {
        open.add(predicate);
      }
    }
  }

  /** Matches a part of the pattern by itself and joins it by value. */
  void join(JoinOrder.Order order, BitSet slots, HashJoins.Keys keys) {
    PatternAssembly part = new PatternAssembly(this, slots);
    List<PatternGraph.Predicate> solved = new ArrayList<>(part.open);
    solved.addAll(keys.solved());
    for (JoinOrder.Step step : order.steps()) {
      part.step(step);
    }
    if (!part.open.isEmpty()) {
      throw new IllegalStateException("not placed: " + part.open);
    }
    List<Integer> added = new ArrayList<>();
    for (int slot = part.bound.nextSetBit(0); slot >= 0; slot = part.bound.nextSetBit(slot + 1)) {
      added.add(slot);
    }
    open.removeAll(solved);
    plan = new Plan.ValueHashJoin(plan, part.plan, keys.outerKey(), keys.innerKey(), added);
    bound.or(part.bound);
    boundNodes.or(part.boundNodes);
    for (PatternRelationship relationship : part.matched) {
      requireDistinct(relationship);
    }
    matched.addAll(part.matched);
    settle();
  }

  /** What there is so far. */
  Plan plan() {
    return plan;
  }

  /** What could not be placed so far. */
  List<PatternGraph.Predicate> open() {
    return open;
  }

  /** The slots of the pattern that are bound so far. */
  BitSet bound() {
    return bound;
  }

  /** The indexes of the nodes that are bound so far. */
  BitSet boundNodes() {
    return boundNodes;
  }

  /** The plan, with the named paths that no predicate asked for. */
  Plan finish() {
    for (PatternGraph.NamedPath path : new ArrayList<>(openPaths)) {
      project(path);
    }
    settle();
    if (!open.isEmpty()) {
      throw new IllegalStateException("not placed: " + open);
    }
    return plan;
  }

  /** A bound node that nothing else asks of must at least be there. */
  private void requireLonelyNodes() {
    BitSet touched = new BitSet();
    for (PatternRelationship relationship : graph.relationships) {
      touched.set(relationship.left());
      touched.set(relationship.right());
    }
    for (PatternGraph.Node node : graph.nodes) {
      if (node.bound() && !touched.get(node.index()) && node.labels().isEmpty()) {
        // The labels of what is no node are an error.
        boolean isNode = node.slot() == node.outerSlot();
        Scalar subject = isNode ? node.scalar() : new Scalar.Call("labels", List.of(node.scalar()));
        filter(new Scalar.Unary(Scalar.UnaryOperator.IS_NOT_NULL, subject));
      }
    }
  }

  void step(JoinOrder.Step step) {
    switch (step) {
      case JoinOrder.Step.Find find -> find(find.access());
      case JoinOrder.Step.Follow follow -> follow(follow.relationship(), follow.fromLeft());
    }
    settle();
  }

  private void find(Access access) {
    Map<PatternGraph.Predicate, Boolean> solved = new IdentityHashMap<>();
    for (PatternGraph.Predicate each : access.solved()) {
      solved.put(each, true);
    }
    // By a new list: in WebAssembly removeIf moves all that follows for each that it removes.
    List<PatternGraph.Predicate> rest = new ArrayList<>();
    for (PatternGraph.Predicate each : open) {
      if (!solved.containsKey(each)) {
        rest.add(each);
      }
    }
    open.clear();
    open.addAll(rest);
    if (access.isOfRelationships()) {
      findRelationship(access);
      return;
    }
    PatternGraph.Node node = graph.nodes.get(access.element());
    plan =
        switch (access.kind()) {
          case ID -> new Plan.NodeByIdSeek(plan, node.slot(), idsOf(access));
          case NODE_INDEX ->
              new Plan.NodeIndexSeek(
                  plan, node.slot(), access.name(), access.property(), access.range(), false);
          case LABEL -> new Plan.NodeByLabelScan(plan, node.slot(), access.names());
          case ALL, RELATIONSHIP_INDEX, RELATIONSHIP_TYPE, RELATIONSHIP_ID ->
              new Plan.AllNodesScan(plan, node.slot());
        };
    bindNode(node.index());
  }

  private static Plan.Ids idsOf(Access access) {
    boolean ofElements = access.property().equals("elementid");
    return switch (access.range()) {
      case IndexRange.Equal one -> new Plan.Ids(one.value(), false, ofElements);
      case IndexRange.AnyOf any -> new Plan.Ids(any.list(), true, ofElements);
      default -> throw new IllegalStateException("no id: " + access);
    };
  }

  private void findRelationship(Access access) {
    PatternRelationship relationship = graph.relationships.get(access.element());
    int left = graph.nodes.get(relationship.left()).slot();
    int right = graph.nodes.get(relationship.right()).slot();
    int slot = relationship.slot();
    Direction direction = relationship.direction();
    plan =
        switch (access.kind()) {
          case RELATIONSHIP_ID ->
              new Plan.RelationshipByIdSeek(plan, slot, left, right, direction, idsOf(access));
          case RELATIONSHIP_TYPE ->
              new Plan.RelationshipTypeScan(plan, slot, left, right, direction, access.names());
          default ->
              new Plan.RelationshipIndexSeek(
                  plan,
                  slot,
                  left,
                  right,
                  direction,
                  access.name(),
                  access.property(),
                  access.range(),
                  false);
        };
    if (access.kind() == Access.Kind.RELATIONSHIP_ID) {
      requireTypes(relationship);
    }
    bindNode(relationship.left());
    bindNode(relationship.right());
    bound.set(relationship.slot());
    requireDistinct(relationship);
    matched.add(relationship);
  }

  private void bindNode(int index) {
    boundNodes.set(index);
    bound.set(graph.nodes.get(index).slot());
  }

  private void follow(PatternRelationship relationship, boolean fromLeft) {
    int from = fromLeft ? relationship.left() : relationship.right();
    int to = relationship.other(from);
    boolean into = boundNodes.get(to);
    Plan.Hop hop =
        new Plan.Hop(
            graph.nodes.get(from).slot(),
            relationship.slot(),
            graph.nodes.get(to).slot(),
            fromLeft ? relationship.direction() : relationship.direction().reversed(),
            relationship.types(),
            into,
            rivals(relationship));
    plan = steps.follow(plan, relationship, hop, fromLeft);
    PatternRelationship.Search search = relationship.search();
    if (search != null) {
      search.nodes().subList(1, search.nodes().size() - 1).forEach(bound::set);
      search.pieces().forEach(piece -> bound.set(piece.relationship()));
    }
    bindNode(to);
    bound.set(relationship.slot());
    matched.add(relationship);
  }

  /**
   * The relationships matched so far that could be this one. Which path is the shortest must not
   * depend on what is matched before it, so that its relationships may be those of other paths.
   */
  private List<Integer> rivals(PatternRelationship relationship) {
    List<Integer> rivals = new ArrayList<>();
    if (relationship.selected() != null) {
      return rivals;
    }
    for (PatternRelationship other : matched) {
      if (other.selected() == null && other.canCoincide(relationship)) {
        rivals.add(other.slot());
      }
    }
    return rivals;
  }

  private void requireDistinct(PatternRelationship relationship) {
    for (PatternRelationship other : matched) {
      if (other.selected() != null || !other.canCoincide(relationship)) {
        continue;
      }
      Scalar same =
          other.length() == null
              ? binary(Scalar.BinaryOperator.EQUAL, relationship.scalar(), other.scalar())
              : binary(Scalar.BinaryOperator.IN, relationship.scalar(), other.scalar());
      filter(new Scalar.Unary(Scalar.UnaryOperator.NOT, same));
    }
  }

  /**
   * Matches a relationship that is bound before the pattern: its ends come from itself. Undirected,
   * with neither end bound, both ways round count.
   */
  void useBound(PatternRelationship relationship) {
    Scalar self = relationship.scalar();
    PatternGraph.Node left = graph.nodes.get(relationship.left());
    PatternGraph.Node right = graph.nodes.get(relationship.right());
    filter(new Scalar.Unary(Scalar.UnaryOperator.IS_NOT_NULL, self));
    requireTypes(relationship);
    requireDistinct(relationship);
    boolean incoming = relationship.direction() == Direction.INCOMING;
    Scalar start = new Scalar.Call("startnode", List.of(self));
    Scalar end = new Scalar.Call("endnode", List.of(self));
    if (relationship.direction() != Direction.BOTH) {
      bindOrCompare(left, incoming ? end : start);
      bindOrCompare(right, incoming ? start : end);
    } else {
      if (!boundNodes.get(left.index()) && !boundNodes.get(right.index())) {
        unwindEnds(left, start, end);
      }
      PatternGraph.Node known = boundNodes.get(left.index()) ? left : right;
      PatternGraph.Node other = known == left ? right : left;
      Scalar knownIsStart = binary(Scalar.BinaryOperator.EQUAL, known.scalar(), start);
      Scalar knownIsEnd = binary(Scalar.BinaryOperator.EQUAL, known.scalar(), end);
      filter(new Scalar.Or(List.of(knownIsStart, knownIsEnd)));
      bindOrCompare(other, new Scalar.Case(null, List.of(knownIsStart), List.of(end), start));
    }
    matched.add(relationship);
    settle();
  }

  private void requireTypes(PatternRelationship relationship) {
    List<Scalar> alternatives = new ArrayList<>();
    for (String type : relationship.types()) {
      alternatives.add(new Scalar.HasLabels(relationship.scalar(), List.of(type)));
    }
    if (!alternatives.isEmpty()) {
      filter(alternatives.size() == 1 ? alternatives.get(0) : new Scalar.Or(alternatives));
    }
  }

  private void bindOrCompare(PatternGraph.Node node, Scalar value) {
    if (boundNodes.get(node.index())) {
      filter(binary(Scalar.BinaryOperator.EQUAL, node.scalar(), value));
    } else {
      plan =
          new Plan.Project(
              plan, List.of(new Plan.Assignment(node.slot(), SlotKind.NODE, node.name(), value)));
      bindNode(node.index());
    }
  }

  private void unwindEnds(PatternGraph.Node left, Scalar start, Scalar end) {
    int slot = planning.slots.addAnonymous();
    Scalar ends =
        new Scalar.Case(
            null,
            List.of(binary(Scalar.BinaryOperator.EQUAL, start, end)),
            List.of(new Scalar.ListLiteral(List.of(start))),
            new Scalar.ListLiteral(List.of(start, end)));
    plan = new Plan.Unwind(plan, ends, slot);
    bindOrCompare(left, new Scalar.Slot(slot, SlotKind.VALUE, planning.slots.name(slot)));
  }

  private static Scalar binary(Scalar.BinaryOperator operator, Scalar left, Scalar right) {
    return new Scalar.Binary(operator, left, right);
  }

  private void filter(Scalar predicate) {
    plan = new Plan.Filter(plan, predicate);
  }

  private void project(PatternGraph.NamedPath path) {
    plan =
        new Plan.Project(
            plan, List.of(new Plan.Assignment(path.slot(), path.kind(), path.name(), path.path())));
    bound.set(path.slot());
    openPaths.remove(path);
  }

  /** Places the predicates that can be evaluated now; nested plans come last. */
  private void settle() {
    projectNeededPaths();
    List<Scalar> ready = new ArrayList<>();
    List<Scalar> nested = new ArrayList<>();
    List<PatternGraph.Predicate> later = new ArrayList<>();
    for (PatternGraph.Predicate predicate : open) {
      if (isBound(predicate.needs())) {
        (predicate.nested() ? nested : ready).add(predicate.scalar());
      } else {
        later.add(predicate);
      }
    }
    open.clear();
    open.addAll(later);
    ready.addAll(nested);
    if (!ready.isEmpty()) {
      List<Scalar> merged = mergeLabels(ready);
      filter(merged.size() == 1 ? merged.get(0) : new Scalar.And(merged));
    }
  }

  private void projectNeededPaths() {
    for (PatternGraph.NamedPath path : new ArrayList<>(openPaths)) {
      boolean wanted = false;
      for (PatternGraph.Predicate predicate : open) {
        wanted |= predicate.needs().get(path.slot());
      }
      if (wanted && isBound(path.needs())) {
        project(path);
      }
    }
  }

  private boolean isBound(BitSet needs) {
    BitSet missing = (BitSet) needs.clone();
    missing.andNot(bound);
    return missing.isEmpty();
  }

  /** {@code n:A} and {@code n:B} become {@code n:A:B}. */
  private static List<Scalar> mergeLabels(List<Scalar> predicates) {
    List<Scalar> result = new ArrayList<>();
    Map<Scalar, Integer> places = new HashMap<>();
    Map<Scalar, List<String>> labels = new LinkedHashMap<>();
    for (Scalar predicate : predicates) {
      if (predicate instanceof Scalar.HasLabels has && isNode(has.subject())) {
        if (places.putIfAbsent(has.subject(), result.size()) == null) {
          result.add(predicate);
        }
        labels.computeIfAbsent(has.subject(), subject -> new ArrayList<>()).addAll(has.labels());
      } else {
        result.add(predicate);
      }
    }
    for (Map.Entry<Scalar, List<String>> each : labels.entrySet()) {
      Integer place = places.get(each.getKey());
      if (place != null) {
        result.set(place, new Scalar.HasLabels(each.getKey(), each.getValue()));
      }
    }
    return result;
  }

  private static boolean isNode(Scalar scalar) {
    return scalar instanceof Scalar.Slot slot && slot.kind() == SlotKind.NODE;
  }
}
