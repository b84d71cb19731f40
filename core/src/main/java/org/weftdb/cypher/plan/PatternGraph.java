package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
  final List<PatternRelationship> relationships = new ArrayList<>();
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
    PatternRelationship.Selected selected = canSelectWhileWalking(part) ? selected(part) : null;
    for (int i = 0; i < path.connections().size(); i++) {
      int left = shape[i];
      int right = shape[i + 1];
      shape[count + i] =
          switch (path.connections().get(i)) {
            case RelationshipPattern relationship ->
                relationshipOf(relationship, selected, left, right);
            case QuantifiedPath quantified ->
                new RepeatedPath(planning, this, scope).add(quantified, selected, left, right);
          };
    }
    if (part.where() != null) {
      addCondition(planning.expressions.lower(part.where(), scope));
    }
    return shape;
  }

  PatternRelationship.Selected selected(PatternPart part) {
    return new PatternRelationship.Selected(selection(part), part.selection().isFunction());
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
    Set<String> names = new LinkedHashSet<>(node.labels());
    for (String label : pattern.labels()) {
      if (names.add(label)) {
        addPredicate(new Scalar.HasLabels(node.scalar(), List.of(label)));
      }
    }
    List<String> labels = new ArrayList<>(names);
    List<Scalar> dynamicLabels = new ArrayList<>(node.dynamicLabels());
    LabelExpression labelExpression = pattern.labelExpression();
    if (labelExpression != null) {
      addCondition(planning.expressions.labels(node.scalar(), labelExpression, scope));
      for (Expression each : labelExpression.expressions()) {
        dynamicLabels.add(planning.expressions.lower(each, scope));
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

  static List<Scalar> propertyPredicates(Scalar subject, Scalar properties) {
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
      RelationshipPattern pattern,
      PatternRelationship.@Nullable Selected selected,
      int left,
      int right) {
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
    PatternRelationship relationship =
        new PatternRelationship(
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

  static Direction direction(RelationshipPattern.Direction direction) {
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
   * @return as {@link WholePath#search}
   */
  boolean searchWhole(PatternPart part) {
    return new WholePath(planning, this, firstShape).search(part);
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
      if (TypeConditions.take(this, conjunct)) {
        continue;
      }
      if (conjunct instanceof Scalar.HasLabels labels) {
        for (String label : labels.labels()) {
          addPredicate(new Scalar.HasLabels(labels.subject(), List.of(label)));
        }
      } else if (!SelectedConditions.add(this, conjunct)) {
        addPredicate(Alternatives.merged(conjunct));
      }
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
