package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.QuantifiedPath;
import org.weftdb.cypher.ast.RelationshipPattern;

/** Adds quantified paths to a pattern: each is a list of relationships. */
final class RepeatedPath {
  private final Planning planning;
  private final PatternGraph graph;
  private final Scope scope;

  RepeatedPath(Planning planning, PatternGraph graph, Scope scope) {
    this.planning = planning;
    this.graph = graph;
    this.scope = scope;
  }

  /** A repetition: a list of relationships, and lists of what its variables were. */
  int add(
      QuantifiedPath pattern,
      PatternRelationship.@Nullable Selected selected,
      int left,
      int right) {
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
              slot.slot(), PatternGraph.direction(relationship.direction()), relationship.types()));
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
    graph.introduced.set(slot);
    PatternRelationship relationship =
        new PatternRelationship(
            graph.relationships.size(),
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
    graph.relationships.add(relationship);
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
      conditions.addAll(
          PatternGraph.propertyPredicates(subject, planning.expressions.lower(properties, inner)));
    }
  }

  /** The variables of a repetition as they are outside. */
  private void addGroups(PathPattern path, PatternRelationship relationship) {
    int steps = path.connections().size();
    Scalar.PathOf whole =
        new Scalar.PathOf(
            List.of(
                graph.nodes.get(relationship.left()).scalar(),
                graph.nodes.get(relationship.right()).scalar()),
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
    needs.and(graph.introduced);
    graph.paths.add(
        new PatternGraph.NamedPath(outside.slot(), SlotKind.VALUE, variable.name(), list, needs));
  }
}
