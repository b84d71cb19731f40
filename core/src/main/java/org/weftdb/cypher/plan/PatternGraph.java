package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathConnection;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.QuantifiedPath;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.error.ErrorCode;
import org.weftdb.value.Direction;

/**
 * The pattern of one MATCH or MERGE as a graph: its nodes, the relationships between them, the
 * paths named in it, and the predicates that its rows must satisfy, inline properties and labels
 * among them. Building it binds its variables in the scope.
 */
final class PatternGraph {
  /** The most nodes and the most relationships of one pattern. */
  static final int MAX_SIZE = 1_000;

  /**
   * A node of the pattern.
   *
   * @param slot its slot while the pattern is matched
   * @param outerSlot its slot outside; another one when a bound variable is not known to be a node
   * @param bound whether it is bound before the pattern
   */
  record Node(
      int index,
      int slot,
      int outerSlot,
      String name,
      boolean bound,
      List<String> labels,
      List<Scalar> dynamicLabels,
      @Nullable Scalar properties) {
    Scalar.Slot scalar() {
      return new Scalar.Slot(slot, SlotKind.NODE, name);
    }
  }

  /**
   * A relationship of the pattern, or many of variable length.
   *
   * @param bound whether it is one relationship bound before the pattern
   * @param direction as seen from the left node
   * @param each predicate on every relationship of a variable length, over {@code eachSlot}, or on
   *     every repetition
   * @param repetition what is repeated, or null; then the length is that of the relationship
   * @param selected which paths are meant, or null for all
   * @param search the whole path that this stands for, or null
   */
  record Relationship(
      int index,
      int slot,
      String name,
      boolean bound,
      int left,
      int right,
      Direction direction,
      List<String> types,
      @Nullable Scalar dynamicType,
      RelationshipPattern.@Nullable VariableLength length,
      int eachSlot,
      @Nullable Scalar each,
      @Nullable Repetition repetition,
      @Nullable Selected selected,
      @Nullable Search search,
      @Nullable Scalar properties) {
    SlotKind kind() {
      return length == null ? SlotKind.RELATIONSHIP : SlotKind.RELATIONSHIP_LIST;
    }

    Scalar.Slot scalar() {
      return new Scalar.Slot(slot, kind(), name);
    }

    /** Whether a relationship could be both this one and the other. */
    boolean canCoincide(Relationship other) {
      if (types.isEmpty() || other.types.isEmpty()) {
        return true;
      }
      for (String type : types) {
        if (other.types.contains(type)) {
          return true;
        }
      }
      return false;
    }

    int other(int node) {
      return node == left ? right : left;
    }
  }

  /** Which of the paths between two ends are meant, and what must hold for each of them. */
  static final class Selected {
    final Selection selection;

    /** Whether it is written as a function, so that conditions on its path are its own. */
    final boolean isFunction;

    final List<Scalar> conditions = new ArrayList<>();

    Selected(Selection selection, boolean isFunction) {
      this.selection = selection;
      this.isFunction = isFunction;
    }
  }

  /**
   * The pieces of a path that is searched for as a whole.
   *
   * @param nodes slots of its nodes, from left to right
   * @param nodeConditions what must hold for each node between pieces
   * @param condition on a whole path, or null
   * @param required the indexes of nodes that must be bound before
   */
  record Search(
      List<Integer> nodes,
      List<PathPiece> pieces,
      List<List<Scalar>> nodeConditions,
      @Nullable Scalar condition,
      BitSet required) {}

  /** A named path, or a list of what a variable of a repetition was. */
  record NamedPath(int slot, SlotKind kind, String name, Scalar path, BitSet needs) {}

  /**
   * What must be true of every row.
   *
   * @param needs the slots of the pattern without which it cannot be evaluated
   * @param nested whether it runs a nested plan, so that others should be tried before
   */
  record Predicate(Scalar scalar, BitSet needs, boolean nested) {}

  final List<Node> nodes = new ArrayList<>();
  final List<Relationship> relationships = new ArrayList<>();
  final List<NamedPath> paths = new ArrayList<>();
  final List<Predicate> predicates = new ArrayList<>();

  /** Bound variables that are not known to be nodes, turned into nodes before all else. */
  final List<Plan.Assignment> conversions = new ArrayList<>();

  /** The slots that the pattern fills. */
  final BitSet introduced = new BitSet();

  /** The variables that the pattern binds. */
  final List<Integer> newVariables = new ArrayList<>();

  private final Planning planning;
  private final Scope scope;

  /** The indexes of the nodes of the first part, then of its relationships. */
  private final int[] firstShape;

  private final Map<String, Integer> nodeByName = new LinkedHashMap<>();
  private final Map<String, @Nullable Boolean> relationshipNames = new LinkedHashMap<>();

  PatternGraph(Planning planning, List<PatternPart> parts, Scope scope) {
    this.planning = planning;
    this.scope = scope;
    for (PatternPart part : parts) {
      checkSize(part);
    }
    List<int[]> shapes = new ArrayList<>();
    for (PatternPart part : parts) {
      bindVariables(part);
    }
    for (PatternPart part : parts) {
      shapes.add(addPart(part));
    }
    firstShape = shapes.get(0);
    for (int i = 0; i < parts.size(); i++) {
      addPath(parts.get(i), shapes.get(i));
    }
  }

  private int nodesSeen;
  private int relationshipsSeen;

  private void checkSize(PatternPart part) {
    nodesSeen += part.path().nodes().size();
    for (PathConnection connection : part.path().connections()) {
      relationshipsSeen +=
          connection instanceof QuantifiedPath quantified
              ? quantified.path().connections().size()
              : 1;
    }
    if (nodesSeen > MAX_SIZE || relationshipsSeen > MAX_SIZE) {
      throw planning.error(
          ErrorCode.QUERY_TOO_LARGE,
          "The pattern has more than " + MAX_SIZE + " nodes or relationships",
          part);
    }
  }

  /** Names first, so that a property may speak of any variable of the pattern. */
  private void bindVariables(PatternPart part) {
    for (NodePattern node : part.path().nodes()) {
      if (node.variable() != null) {
        bindNode(node.variable().name());
      }
    }
    for (PathConnection connection : part.path().connections()) {
      switch (connection) {
        case RelationshipPattern relationship -> {
          if (relationship.variable() != null) {
            bindRelationship(
                relationship.variable().name(),
                relationship.length() == null ? SlotKind.RELATIONSHIP : SlotKind.RELATIONSHIP_LIST);
          }
        }
        case QuantifiedPath quantified -> bindGroups(quantified);
      }
    }
    if (part.variable() != null) {
      int slot = newSlot(part.variable().name());
      scope.bind(part.variable().name(), slot, SlotKind.PATH);
      newVariables.add(slot);
    }
  }

  private void bindGroups(QuantifiedPath quantified) {
    for (NodePattern node : quantified.path().nodes()) {
      bindGroup(node.variable());
    }
    for (RelationshipPattern relationship : quantified.path().relationships()) {
      bindGroup(relationship.variable());
    }
  }

  private void bindGroup(Expression.@Nullable Variable variable) {
    if (variable != null && scope.find(variable.name()) == null) {
      int slot = newSlot(variable.name());
      scope.bind(variable.name(), slot, SlotKind.VALUE);
      newVariables.add(slot);
    }
  }

  private int newSlot(String name) {
    int slot = planning.slots.add(name);
    introduced.set(slot);
    return slot;
  }

  private void bindNode(String name) {
    if (nodeByName.containsKey(name)) {
      return;
    }
    Scalar.Slot known = scope.find(name);
    if (known == null) {
      int slot = newSlot(name);
      scope.bind(name, slot, SlotKind.NODE);
      newVariables.add(slot);
      nodeByName.put(name, addNode(slot, slot, name, false));
    } else if (known.kind() == SlotKind.NODE) {
      nodeByName.put(name, addNode(known.slot(), known.slot(), name, true));
    } else {
      int slot = planning.slots.add(name);
      conversions.add(new Plan.Assignment(slot, SlotKind.NODE, name, known));
      nodeByName.put(name, addNode(slot, known.slot(), name, true));
    }
  }

  private int addNode(int slot, int outerSlot, String name, boolean bound) {
    nodes.add(new Node(nodes.size(), slot, outerSlot, name, bound, List.of(), List.of(), null));
    return nodes.size() - 1;
  }

  private void bindRelationship(String name, SlotKind kind) {
    if (relationshipNames.containsKey(name)) {
      return;
    }
    if (scope.find(name) != null) {
      relationshipNames.put(name, true);
      return;
    }
    relationshipNames.put(name, false);
    int slot = newSlot(name);
    scope.bind(name, slot, kind);
    newVariables.add(slot);
  }

  /** Adds the elements; answers the indexes of the nodes, then of the relationships. */
  private int[] addPart(PatternPart part) {
    PathPattern path = part.path();
    int count = path.nodes().size();
    int[] shape = new int[count + path.connections().size()];
    for (int i = 0; i < count; i++) {
      shape[i] = nodeOf(path.nodes().get(i));
    }
    Selected selected = canSelectWhileWalking(part) ? selected(part) : null;
    for (int i = 0; i < path.connections().size(); i++) {
      int left = shape[i];
      int right = shape[i + 1];
      shape[count + i] =
          switch (path.connections().get(i)) {
            case RelationshipPattern relationship ->
                relationshipOf(relationship, selected, left, right);
            case QuantifiedPath quantified -> repetitionOf(quantified, selected, left, right);
          };
    }
    if (part.where() != null) {
      addCondition(planning.expressions.lower(part.where(), scope));
    }
    return shape;
  }

  private Selected selected(PatternPart part) {
    return new Selected(selection(part), part.selection().isFunction());
  }

  /** What a part selects. */
  Selection selection(PatternPart part) {
    Expression count = part.count();
    Selection.Choice choice =
        switch (part.selection()) {
          case ALL_SHORTEST_PATHS, ALL_SHORTEST, SHORTEST_GROUPS -> Selection.Choice.GROUPS;
          case SHORTEST_PATH, SHORTEST, ANY, ALL -> Selection.Choice.SHORTEST;
        };
    return count == null
        ? new Selection(choice, new Scalar.Constant(1L), Origin.NONE)
        : new Selection(choice, planning.expressions.lower(count, scope), planning.origin(count));
  }

  /**
   * Whether the paths that are selected consist of one repeated relationship, so that a search
   * finds the shortest first; otherwise all are found before the selection.
   */
  static boolean canSelectWhileWalking(PatternPart part) {
    if (part.selection() == PathSelection.ALL
        || part.where() != null
        || part.path().connections().size() != 1) {
      return false;
    }
    return switch (part.path().connections().get(0)) {
      case RelationshipPattern relationship -> relationship.length() != null;
      case QuantifiedPath quantified -> quantified.path().connections().size() == 1;
    };
  }

  /** A repetition: a list of relationships, and lists of what its variables were. */
  private int repetitionOf(
      QuantifiedPath pattern, @Nullable Selected selected, int left, int right) {
    Scope inner = scope.inner();
    PathPattern path = pattern.path();
    List<Scalar> conditions = new ArrayList<>();
    List<Integer> nodeSlots = new ArrayList<>();
    Map<String, Scalar.Slot> nodesInside = new LinkedHashMap<>();
    for (NodePattern node : path.nodes()) {
      Scalar.Slot slot = innerSlot(node.variable(), SlotKind.NODE);
      nodeSlots.add(slot.slot());
      if (node.variable() != null) {
        Scalar.Slot same = nodesInside.putIfAbsent(node.variable().name(), slot);
        if (same == null) {
          inner.bind(node.variable().name(), slot.slot(), SlotKind.NODE);
        } else {
          conditions.add(new Scalar.Binary(Scalar.BinaryOperator.EQUAL, same, slot));
        }
      }
    }
    List<Repetition.Step> steps = new ArrayList<>();
    for (RelationshipPattern relationship : path.relationships()) {
      Scalar.Slot slot = innerSlot(relationship.variable(), SlotKind.RELATIONSHIP);
      if (relationship.variable() != null) {
        inner.bind(relationship.variable().name(), slot.slot(), SlotKind.RELATIONSHIP);
      }
      steps.add(
          new Repetition.Step(
              slot.slot(), direction(relationship.direction()), relationship.types()));
    }
    for (int i = 0; i < path.nodes().size(); i++) {
      addInnerConditions(path.nodes().get(i), nodeSlots.get(i), inner, conditions);
    }
    for (int i = 0; i < steps.size(); i++) {
      RelationshipPattern relationship = path.relationship(i);
      addInnerConditions(relationship, steps.get(i).relationship(), inner, conditions);
    }
    if (pattern.where() != null) {
      ExpressionPlanner.addConjuncts(
          planning.expressions.lower(pattern.where(), inner), conditions);
    }
    int slot = planning.slots.addAnonymous();
    introduced.set(slot);
    Relationship relationship =
        new Relationship(
            relationships.size(),
            slot,
            planning.slots.name(slot),
            false,
            left,
            right,
            steps.get(0).direction(),
            steps.size() == 1 ? steps.get(0).types() : List.of(),
            null,
            new RelationshipPattern.VariableLength(pattern.minimum(), pattern.maximum()),
            steps.get(0).relationship(),
            conditions.isEmpty()
                ? null
                : conditions.size() == 1 ? conditions.get(0) : new Scalar.And(conditions),
            new Repetition(steps, nodeSlots),
            selected,
            null,
            null);
    relationships.add(relationship);
    addGroups(path, relationship);
    return relationship.index();
  }

  private Scalar.Slot innerSlot(Expression.@Nullable Variable variable, SlotKind kind) {
    int slot =
        variable == null ? planning.slots.addAnonymous() : planning.slots.add(variable.name());
    return new Scalar.Slot(slot, kind, planning.slots.name(slot));
  }

  private void addInnerConditions(
      NodePattern node, int slot, Scope inner, List<Scalar> conditions) {
    Scalar.Slot subject = new Scalar.Slot(slot, SlotKind.NODE, planning.slots.name(slot));
    if (!node.labels().isEmpty()) {
      conditions.add(new Scalar.HasLabels(subject, node.labels()));
    }
    addInnerConditions(subject, node.labelExpression(), node.properties(), inner, conditions);
    if (node.where() != null) {
      conditions.add(planning.expressions.lower(node.where(), inner));
    }
  }

  private void addInnerConditions(
      RelationshipPattern relationship, int slot, Scope inner, List<Scalar> conditions) {
    Scalar.Slot subject = new Scalar.Slot(slot, SlotKind.RELATIONSHIP, planning.slots.name(slot));
    addInnerConditions(
        subject, relationship.typeExpression(), relationship.properties(), inner, conditions);
    if (relationship.where() != null) {
      conditions.add(planning.expressions.lower(relationship.where(), inner));
    }
  }

  private void addInnerConditions(
      Scalar.Slot subject,
      @Nullable LabelExpression labels,
      @Nullable Expression properties,
      Scope inner,
      List<Scalar> conditions) {
    if (labels != null) {
      conditions.add(planning.expressions.labels(subject, labels, inner));
    }
    if (properties != null) {
      conditions.addAll(propertyPredicates(subject, planning.expressions.lower(properties, inner)));
    }
  }

  /** The variables of a repetition as they are outside. */
  private void addGroups(PathPattern path, Relationship relationship) {
    int steps = path.connections().size();
    Scalar.PathOf whole =
        new Scalar.PathOf(
            List.of(
                nodes.get(relationship.left()).scalar(), nodes.get(relationship.right()).scalar()),
            List.of(relationship.scalar()));
    Scalar allNodes = new Scalar.Call("nodes", List.of(whole));
    List<String> done = new ArrayList<>();
    for (int i = 0; i < path.nodes().size(); i++) {
      addGroup(path.nodes().get(i).variable(), new Scalar.Strided(allNodes, i, steps, 1), done);
    }
    for (int i = 0; i < steps; i++) {
      Scalar all = relationship.scalar();
      addGroup(path.relationship(i).variable(), new Scalar.Strided(all, i, steps, 0), done);
    }
  }

  private void addGroup(Expression.@Nullable Variable variable, Scalar list, List<String> done) {
    if (variable == null || done.contains(variable.name())) {
      return;
    }
    done.add(variable.name());
    Scalar.Slot outside = scope.find(variable.name());
    if (outside == null) {
      throw new IllegalStateException("not bound: " + variable.name());
    }
    BitSet needs = SlotUse.of(list);
    needs.and(introduced);
    paths.add(new NamedPath(outside.slot(), SlotKind.VALUE, variable.name(), list, needs));
  }

  private int nodeOf(NodePattern pattern) {
    int index;
    if (pattern.variable() != null) {
      index = Objects.requireNonNull(nodeByName.get(pattern.variable().name()));
    } else {
      int slot = planning.slots.addAnonymous();
      introduced.set(slot);
      index = addNode(slot, slot, planning.slots.name(slot), false);
    }
    Node node = nodes.get(index);
    List<String> labels = new ArrayList<>(node.labels());
    for (String label : pattern.labels()) {
      if (!labels.contains(label)) {
        labels.add(label);
        addPredicate(new Scalar.HasLabels(node.scalar(), List.of(label)));
      }
    }
    List<Scalar> dynamicLabels = new ArrayList<>(node.dynamicLabels());
    LabelExpression labelExpression = pattern.labelExpression();
    if (labelExpression != null) {
      addCondition(planning.expressions.labels(node.scalar(), labelExpression, scope));
      for (Expression names : labelExpression.expressions()) {
        dynamicLabels.add(planning.expressions.lower(names, scope));
      }
    }
    Scalar properties = node.properties();
    if (pattern.properties() != null) {
      properties = planning.expressions.lower(pattern.properties(), scope);
      addProperties(node.scalar(), properties);
    }
    if (pattern.where() != null) {
      addCondition(planning.expressions.lower(pattern.where(), scope));
    }
    nodes.set(
        index,
        new Node(
            index,
            node.slot(),
            node.outerSlot(),
            node.name(),
            node.bound(),
            List.copyOf(labels),
            List.copyOf(dynamicLabels),
            properties));
    return index;
  }

  private void addProperties(Scalar subject, Scalar properties) {
    for (Scalar predicate : propertyPredicates(subject, properties)) {
      addPredicate(predicate);
    }
  }

  private static List<Scalar> propertyPredicates(Scalar subject, Scalar properties) {
    List<Scalar> predicates = new ArrayList<>();
    if (properties instanceof Scalar.MapLiteral map) {
      for (int i = 0; i < map.keys().size(); i++) {
        Scalar property = new Scalar.Property(subject, map.keys().get(i));
        predicates.add(
            new Scalar.Binary(Scalar.BinaryOperator.EQUAL, property, map.values().get(i)));
      }
    }
    return predicates;
  }

  private int relationshipOf(
      RelationshipPattern pattern, @Nullable Selected selected, int left, int right) {
    Expression.Variable variable = pattern.variable();
    Scalar.Slot known = variable == null ? null : scope.find(variable.name());
    boolean isBound =
        variable != null && Boolean.TRUE.equals(relationshipNames.get(variable.name()));
    int slot;
    if (known == null || isBound && pattern.length() != null) {
      slot = planning.slots.addAnonymous();
      introduced.set(slot);
    } else if (isBound && known.kind() != SlotKind.RELATIONSHIP) {
      slot = planning.slots.add(known.name());
      conversions.add(new Plan.Assignment(slot, SlotKind.RELATIONSHIP, known.name(), known));
    } else {
      slot = known.slot();
    }
    Scalar properties =
        pattern.properties() == null
            ? null
            : planning.expressions.lower(pattern.properties(), scope);
    LabelExpression types = pattern.typeExpression();
    Scalar dynamicType =
        types instanceof LabelExpression.Dynamic dynamic
            ? planning.expressions.lower(dynamic.names(), scope)
            : null;
    List<Scalar> each = new ArrayList<>();
    int eachSlot = pattern.length() == null ? -1 : planning.slots.addAnonymous();
    if (pattern.length() != null) {
      Scalar.Slot element =
          new Scalar.Slot(eachSlot, SlotKind.RELATIONSHIP, planning.slots.name(eachSlot));
      if (properties != null) {
        each.addAll(propertyPredicates(element, properties));
      }
      if (types != null) {
        each.add(planning.expressions.labels(element, types, scope));
      }
      if (isBound && known != null) {
        each.add(new Scalar.Binary(Scalar.BinaryOperator.IN, element, known));
      }
    }
    Relationship relationship =
        new Relationship(
            relationships.size(),
            slot,
            planning.slots.name(slot),
            isBound && pattern.length() == null,
            left,
            right,
            direction(pattern.direction()),
            pattern.types(),
            dynamicType,
            pattern.length(),
            eachSlot,
            each.isEmpty() ? null : each.size() == 1 ? each.get(0) : new Scalar.And(each),
            null,
            selected,
            null,
            properties);
    relationships.add(relationship);
    if (pattern.length() == null && properties != null) {
      addProperties(relationship.scalar(), properties);
    }
    if (pattern.length() == null && types != null) {
      addCondition(planning.expressions.labels(relationship.scalar(), types, scope));
    }
    if (pattern.where() != null) {
      addCondition(planning.expressions.lower(pattern.where(), scope));
    }
    if (isBound && known != null && pattern.length() != null) {
      addPredicate(new Scalar.Binary(Scalar.BinaryOperator.EQUAL, relationship.scalar(), known));
    }
    return relationship.index();
  }

  private static Direction direction(RelationshipPattern.Direction direction) {
    return switch (direction) {
      case LEFT_TO_RIGHT -> Direction.OUTGOING;
      case RIGHT_TO_LEFT -> Direction.INCOMING;
      case EITHER -> Direction.BOTH;
    };
  }

  private void addPath(PatternPart part, int[] shape) {
    if (part.variable() == null) {
      return;
    }
    Scalar.Slot variable = scope.find(part.variable().name());
    if (variable == null) {
      throw new IllegalStateException("not bound: " + part.variable().name());
    }
    Scalar.PathOf path = pathOf(part, shape);
    BitSet needs = SlotUse.of(path);
    needs.and(introduced);
    paths.add(new NamedPath(variable.slot(), SlotKind.PATH, variable.name(), path, needs));
  }

  /** Nodes that are bound by the search for a whole path. */
  final BitSet searched = new BitSet();

  /**
   * Lets a search for whole paths stand for the relationships of the only part of the pattern.
   *
   * <p>What is on the way and known before the search, be it bound already, an end of the path or a
   * node that is on the way twice, gets a slot of the search's own, which must be equal to it.
   *
   * @return whether what the search finds is what is selected; if not, because nodes are on the way
   *     twice, it is the selection for each of them, and the selection of the whole is among these
   */
  boolean searchWhole(PatternPart part) {
    int count = part.path().nodes().size();
    List<Integer> pivots = pivots(count);
    BitSet required = new BitSet();
    pivots.forEach(required::set);
    List<Integer> slots = new ArrayList<>();
    BitSet known = new BitSet();
    for (int i = 0; i < count; i++) {
      Node node = nodes.get(firstShape[i]);
      boolean isEnd = firstShape[i] == firstShape[0] || firstShape[i] == firstShape[count - 1];
      if (i == 0 || i == count - 1) {
        slots.add(node.slot());
      } else if (isEnd || node.bound() || pivots.contains(node.index())) {
        slots.add(planning.slots.add(node.name()));
        known.set(i);
        if (isEnd) {
          required.set(node.index());
        }
      } else {
        slots.add(node.slot());
        searched.set(node.index());
      }
    }
    PathConditions conditions = new PathConditions(this, firstShape, slots, pivots);
    for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
      Node node = nodes.get(firstShape[i]);
      Scalar.Slot own = new Scalar.Slot(slots.get(i), SlotKind.NODE, node.name());
      conditions.require(i, equal(own, node.scalar()));
    }
    List<PathPiece> pieces = new ArrayList<>();
    for (int i = count; i < firstShape.length; i++) {
      pieces.add(piece(relationships.get(firstShape[i]), conditions));
    }
    int slot = planning.slots.addAnonymous();
    Relationship whole =
        new Relationship(
            0,
            slot,
            planning.slots.name(slot),
            false,
            firstShape[0],
            firstShape[count - 1],
            Direction.OUTGOING,
            List.of(),
            null,
            new RelationshipPattern.VariableLength(0, RelationshipPattern.VariableLength.UNBOUNDED),
            -1,
            null,
            null,
            selected(part),
            new Search(slots, pieces, conditions.ofNodes(), conditions.whole(), required),
            null);
    relationships.clear();
    relationships.add(whole);
    return pivots.isEmpty();
  }

  /** The nodes that are on the way twice or more, and neither at an end nor bound. */
  private List<Integer> pivots(int count) {
    List<Integer> pivots = new ArrayList<>();
    BitSet seen = new BitSet();
    for (int i = 1; i < count - 1; i++) {
      int node = firstShape[i];
      boolean isEnd = node == firstShape[0] || node == firstShape[count - 1];
      if (seen.get(node) && !isEnd && !nodes.get(node).bound() && !pivots.contains(node)) {
        pivots.add(node);
      }
      seen.set(node);
    }
    return pivots;
  }

  private static Scalar equal(Scalar left, Scalar right) {
    return new Scalar.Binary(Scalar.BinaryOperator.EQUAL, left, right);
  }

  private PathPiece piece(Relationship relationship, PathConditions conditions) {
    RelationshipPattern.VariableLength length = relationship.length();
    int slot = relationship.bound() ? planning.slots.add(relationship.name()) : relationship.slot();
    Repetition repetition = relationship.repetition();
    if (repetition == null) {
      int inner = length == null ? slot : relationship.eachSlot();
      repetition =
          new Repetition(
              List.of(new Repetition.Step(inner, relationship.direction(), relationship.types())),
              List.of(planning.slots.addAnonymous(), planning.slots.addAnonymous()));
    }
    boolean unbounded =
        length != null && length.maximum() == RelationshipPattern.VariableLength.UNBOUNDED;
    Scalar each = length == null ? conditions.of(slot) : relationship.each();
    if (relationship.bound()) {
      Scalar own = new Scalar.Slot(slot, SlotKind.RELATIONSHIP, relationship.name());
      each = equal(own, relationship.scalar());
    }
    return new PathPiece(
        slot,
        length != null,
        length == null ? 1 : length.minimum(),
        length == null ? 1 : unbounded ? -1 : length.maximum(),
        repetition,
        each);
  }

  /** The whole path of the only part of a pattern. */
  Scalar.PathOf wholePath(PatternPart part) {
    return pathOf(part, firstShape);
  }

  private Scalar.PathOf pathOf(PatternPart part, int[] shape) {
    List<Scalar.Slot> pathNodes = new ArrayList<>();
    List<Scalar.Slot> pathRelationships = new ArrayList<>();
    int count = part.path().nodes().size();
    for (int i = 0; i < shape.length; i++) {
      if (i < count) {
        pathNodes.add(nodes.get(shape[i]).scalar());
      } else {
        pathRelationships.add(relationships.get(shape[i]).scalar());
      }
    }
    return new Scalar.PathOf(pathNodes, pathRelationships);
  }

  /** Adds a condition on the rows: each of its conjuncts is a predicate of its own. */
  void addCondition(Scalar condition) {
    List<Scalar> conjuncts = new ArrayList<>();
    ExpressionPlanner.addConjuncts(condition, conjuncts);
    for (Scalar conjunct : conjuncts) {
      if (conjunct instanceof Scalar.HasLabels labels) {
        for (String label : labels.labels()) {
          addPredicate(new Scalar.HasLabels(labels.subject(), List.of(label)));
        }
      } else if (!addToSelected(conjunct)) {
        addPredicate(Alternatives.merged(conjunct));
      }
    }
  }

  /**
   * A condition on a path of shortestPath or allShortestPaths holds for the path that is found: it
   * is looked for among those that satisfy it.
   */
  private boolean addToSelected(Scalar condition) {
    BitSet uses = SlotUse.of(condition);
    uses.and(introduced);
    for (Relationship relationship : relationships) {
      Selected selected = relationship.selected();
      if (selected == null || !selected.isFunction) {
        continue;
      }
      NamedPath path = pathOver(relationship);
      BitSet own = new BitSet();
      own.set(relationship.slot());
      if (path != null) {
        own.set(path.slot());
      }
      if (!uses.intersects(own)) {
        continue;
      }
      own.set(nodes.get(relationship.left()).slot());
      own.set(nodes.get(relationship.right()).slot());
      BitSet others = (BitSet) uses.clone();
      others.andNot(own);
      if (others.isEmpty()) {
        selected.conditions.add(
            path == null ? condition : new Replacing(path.slot(), path.path()).rewrite(condition));
        return true;
      }
    }
    return false;
  }

  private @Nullable NamedPath pathOver(Relationship relationship) {
    for (NamedPath path : paths) {
      if (path.path() instanceof Scalar.PathOf of
          && of.relationships().size() == 1
          && of.relationships().get(0).equals(relationship.scalar())) {
        return path;
      }
    }
    return null;
  }

  /** Puts an expression in the place of a slot. */
  static final class Replacing extends TreeRewriter {
    private final int slot;
    private final Scalar replacement;

    Replacing(int slot, Scalar replacement) {
      this.slot = slot;
      this.replacement = replacement;
    }

    @Override
    protected Scalar expression(Scalar scalar) {
      return scalar instanceof Scalar.Slot found && found.slot() == slot ? replacement : scalar;
    }
  }

  void addPredicate(Scalar scalar) {
    BitSet needs;
    if (FunctionNames.isDeterministic(scalar)) {
      needs = SlotUse.of(scalar);
      needs.and(introduced);
    } else {
      needs = (BitSet) introduced.clone();
    }
    predicates.add(new Predicate(scalar, needs, isNested(scalar)));
  }

  private static boolean isNested(Scalar scalar) {
    if (scalar instanceof Scalar.Nested) {
      return true;
    }
    for (Scalar operand : Operands.of(scalar)) {
      if (isNested(operand)) {
        return true;
      }
    }
    return false;
  }
}
