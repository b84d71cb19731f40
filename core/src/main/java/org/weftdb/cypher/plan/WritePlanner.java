package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.MergeAction;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.cypher.ast.RemoveItem;
import org.weftdb.cypher.ast.SetItem;
import org.weftdb.value.Direction;

/** Plans CREATE, MERGE, SET, REMOVE and DELETE. */
final class WritePlanner {
  private final Planning planning;

  WritePlanner(Planning planning) {
    this.planning = planning;
  }

  /** What a CREATE makes, collected over the parts of its pattern. */
  private static final class Creation {
    final List<Plan.Assignment> conversions = new ArrayList<>();
    final List<Plan.NewNode> nodes = new ArrayList<>();
    final List<Plan.NewRelationship> relationships = new ArrayList<>();
    final List<Plan.Assignment> paths = new ArrayList<>();
  }

  Plan create(Plan input, Clause.Create clause, Scope scope) {
    Creation creation = new Creation();
    for (PatternPart part : clause.pattern().parts()) {
      addPart(part, scope, creation);
    }
    Plan plan =
        creation.conversions.isEmpty() ? input : new Plan.Project(input, creation.conversions);
    if (!creation.nodes.isEmpty() || !creation.relationships.isEmpty()) {
      plan = new Plan.Create(plan, creation.nodes, creation.relationships);
    }
    return creation.paths.isEmpty() ? plan : new Plan.Project(plan, creation.paths);
  }

  private void addPart(PatternPart part, Scope scope, Creation creation) {
    List<Scalar.Slot> nodes = new ArrayList<>();
    List<Scalar.Slot> relationships = new ArrayList<>();
    for (NodePattern node : part.path().nodes()) {
      nodes.add(node(node, scope, creation));
    }
    for (int i = 0; i < part.path().connections().size(); i++) {
      RelationshipPattern pattern = part.path().relationship(i);
      boolean leftward = pattern.direction() == RelationshipPattern.Direction.RIGHT_TO_LEFT;
      int start = nodes.get(leftward ? i + 1 : i).slot();
      int end = nodes.get(leftward ? i : i + 1).slot();
      Scalar properties =
          pattern.properties() == null
              ? null
              : planning.expressions.lower(pattern.properties(), scope);
      Scalar.Slot slot = newSlot(pattern.variable(), SlotKind.RELATIONSHIP, scope);
      relationships.add(slot);
      creation.relationships.add(
          new Plan.NewRelationship(
              slot.slot(),
              type(pattern),
              dynamicType(pattern, scope),
              start,
              end,
              properties,
              planning.origin(pattern)));
    }
    if (part.variable() != null) {
      Scalar path = new Scalar.PathOf(nodes, relationships);
      Scalar.Slot slot = newSlot(part.variable(), SlotKind.PATH, scope);
      creation.paths.add(new Plan.Assignment(slot.slot(), slot.kind(), slot.name(), path));
    }
  }

  private Scalar.Slot node(NodePattern pattern, Scope scope, Creation creation) {
    Scalar.Slot known = pattern.variable() == null ? null : scope.find(pattern.variable().name());
    if (known != null && known.kind() == SlotKind.NODE) {
      return known;
    }
    if (known != null) {
      int slot = planning.slots.add(known.name());
      creation.conversions.add(new Plan.Assignment(slot, SlotKind.NODE, known.name(), known));
      return new Scalar.Slot(slot, SlotKind.NODE, known.name());
    }
    Scalar properties =
        pattern.properties() == null
            ? null
            : planning.expressions.lower(pattern.properties(), scope);
    Scalar.Slot slot = newSlot(pattern.variable(), SlotKind.NODE, scope);
    creation.nodes.add(
        new Plan.NewNode(
            slot.slot(),
            distinct(pattern.labels()),
            dynamicLabels(pattern.labelExpression(), scope),
            properties,
            planning.origin(pattern)));
    return slot;
  }

  private static String type(RelationshipPattern pattern) {
    return pattern.types().isEmpty() ? "" : pattern.types().get(0);
  }

  private @Nullable Scalar dynamicType(RelationshipPattern pattern, Scope scope) {
    return pattern.typeExpression() instanceof LabelExpression.Dynamic dynamic
        ? lower(dynamic.names(), scope)
        : null;
  }

  /** The computed names among labels that are only enumerated. */
  private List<Scalar> dynamicLabels(@Nullable LabelExpression labels, Scope scope) {
    List<Scalar> names = new ArrayList<>();
    if (labels != null) {
      for (Expression each : labels.expressions()) {
        names.add(lower(each, scope));
      }
    }
    return names;
  }

  private static List<String> fixedLabels(LabelExpression labels) {
    List<String> names = new ArrayList<>();
    for (LabelExpression each : labels.conjuncts()) {
      if (each instanceof LabelExpression.Name name) {
        names.add(name.name());
      }
    }
    return distinct(names);
  }

  private static List<String> distinct(List<String> labels) {
    return new ArrayList<>(new LinkedHashSet<>(labels));
  }

  private Scalar.Slot newSlot(Expression.@Nullable Variable variable, SlotKind kind, Scope scope) {
    if (variable != null) {
      return scope.bind(variable.name(), planning.slots.add(variable.name()), kind);
    }
    int slot = planning.slots.addAnonymous();
    return new Scalar.Slot(slot, kind, planning.slots.name(slot));
  }

  Plan merge(Plan input, Clause.Merge clause, Scope scope) {
    PatternGraph graph = new PatternGraph(planning, List.of(clause.part()), scope);
    List<Plan.Assignment> namedPaths = new ArrayList<>();
    for (PatternGraph.NamedPath path : graph.paths) {
      namedPaths.add(new Plan.Assignment(path.slot(), path.kind(), path.name(), path.path()));
    }
    graph.paths.clear();
    Plan match = planning.matches.match(new Plan.Argument(), graph);
    Origin origin = planning.origin(clause);
    List<Plan.NewNode> nodes = new ArrayList<>();
    for (PatternGraph.Node node : graph.nodes) {
      if (!node.bound()) {
        nodes.add(
            new Plan.NewNode(
                node.slot(), node.labels(), node.dynamicLabels(), node.properties(), origin));
      }
    }
    List<Plan.NewRelationship> relationships = new ArrayList<>();
    for (PatternRelationship relationship : graph.relationships) {
      boolean leftward = relationship.direction() == Direction.INCOMING;
      PatternGraph.Node left = graph.nodes.get(relationship.left());
      PatternGraph.Node right = graph.nodes.get(relationship.right());
      relationships.add(
          new Plan.NewRelationship(
              relationship.slot(),
              relationship.types().isEmpty() ? "" : relationship.types().get(0),
              relationship.dynamicType(),
              (leftward ? right : left).outerSlot(),
              (leftward ? left : right).outerSlot(),
              relationship.properties(),
              origin));
    }
    List<Update> onCreate = new ArrayList<>();
    List<Update> onMatch = new ArrayList<>();
    for (MergeAction action : clause.actions()) {
      (action.onCreate() ? onCreate : onMatch).addAll(updates(action.items(), scope));
    }
    Plan plan = new Plan.Merge(input, match, nodes, relationships, onCreate, onMatch, origin);
    return namedPaths.isEmpty() ? plan : new Plan.Project(plan, namedPaths);
  }

  List<Update> updates(List<SetItem> items, Scope scope) {
    List<Update> updates = new ArrayList<>();
    for (SetItem item : items) {
      if (item instanceof SetItem.SetLabels set) {
        Scalar subject = lower(set.variable(), scope);
        List<String> fixed = fixedLabels(set.labels());
        if (!fixed.isEmpty()) {
          updates.add(new Update.SetLabels(subject, fixed));
        }
        for (Scalar names : dynamicLabels(set.labels(), scope)) {
          updates.add(new Update.SetDynamicLabels(subject, names));
        }
        continue;
      }
      updates.add(
          switch (item) {
            case SetItem.SetProperty i ->
                new Update.SetProperty(
                    lower(i.property().subject(), scope),
                    i.property().key(),
                    lower(i.value(), scope));
            case SetItem.ReplaceProperties i ->
                new Update.SetProperties(
                    lower(i.variable(), scope), lower(i.value(), scope), false);
            case SetItem.AddProperties i ->
                new Update.SetProperties(lower(i.variable(), scope), lower(i.value(), scope), true);
            case SetItem.SetDynamicProperty i ->
                new Update.SetDynamicProperty(
                    lower(i.property().subject(), scope),
                    lower(i.property().index(), scope),
                    lower(i.value(), scope));
            case SetItem.SetLabels i -> throw new IllegalStateException();
          });
    }
    return updates;
  }

  List<Update> removals(List<RemoveItem> items, Scope scope) {
    List<Update> updates = new ArrayList<>();
    for (RemoveItem item : items) {
      if (item instanceof RemoveItem.RemoveLabels remove) {
        Scalar subject = lower(remove.variable(), scope);
        List<String> fixed = fixedLabels(remove.labels());
        if (!fixed.isEmpty()) {
          updates.add(new Update.RemoveLabels(subject, fixed));
        }
        for (Scalar names : dynamicLabels(remove.labels(), scope)) {
          updates.add(new Update.RemoveDynamicLabels(subject, names));
        }
        continue;
      }
      updates.add(
          switch (item) {
            case RemoveItem.RemoveProperty i ->
                new Update.SetProperty(
                    lower(i.property().subject(), scope),
                    i.property().key(),
                    new Scalar.Constant(null));
            case RemoveItem.RemoveDynamicProperty i ->
                new Update.SetDynamicProperty(
                    lower(i.property().subject(), scope),
                    lower(i.property().index(), scope),
                    new Scalar.Constant(null));
            case RemoveItem.RemoveLabels i -> throw new IllegalStateException();
          });
    }
    return updates;
  }

  Plan delete(Plan input, Clause.Delete clause, Scope scope) {
    List<Scalar> targets = new ArrayList<>();
    for (Expression expression : clause.expressions()) {
      targets.add(lower(expression, scope));
    }
    return new Plan.Delete(input, targets, clause.detach(), planning.origin(clause));
  }

  private Scalar lower(Expression expression, Scope scope) {
    return planning.expressions.lower(expression, scope);
  }
}
