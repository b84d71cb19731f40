package org.weftdb.cypher.exec;

import java.util.BitSet;
import java.util.List;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.Update;

/** Compiles what CREATE, MERGE, SET and REMOVE do to a row. */
final class WriteCompiler {
  private final QueryState state;
  private final ScalarCompiler scalars;

  WriteCompiler(QueryState state, ScalarCompiler scalars) {
    this.state = state;
    this.scalars = scalars;
  }

  /** Adds the slots of what is made. */
  static void addMade(EntityMaker maker, BitSet slots) {
    for (EntityMaker.NodeMaker node : maker.nodes) {
      slots.set(node.slot());
    }
    for (EntityMaker.RelationshipMaker relationship : maker.relationships) {
      slots.set(relationship.slot());
    }
  }

  /**
   * Compiles what makes the entities of a pattern.
   *
   * @param columns slots that the rows have
   */
  EntityMaker maker(
      List<Plan.NewNode> nodes, List<Plan.NewRelationship> relationships, BitSet columns) {
    BitSet visible = Slots.copy(columns);
    for (Plan.NewNode node : nodes) {
      visible.set(node.slot());
    }
    for (Plan.NewRelationship relationship : relationships) {
      visible.set(relationship.slot());
    }
    EntityMaker.NodeMaker[] nodeMakers = new EntityMaker.NodeMaker[nodes.size()];
    for (int i = 0; i < nodeMakers.length; i++) {
      Plan.NewNode node = nodes.get(i);
      nodeMakers[i] =
          new EntityMaker.NodeMaker(
              node.slot(),
              labels(node.labels()),
              compileAll(node.dynamicLabels(), visible),
              new EntityMaker.Properties(state, scalars.compileOrNull(node.properties(), visible)),
              node.origin());
    }
    EntityMaker.RelationshipMaker[] relationshipMakers =
        new EntityMaker.RelationshipMaker[relationships.size()];
    for (int i = 0; i < relationshipMakers.length; i++) {
      Plan.NewRelationship relationship = relationships.get(i);
      relationshipMakers[i] =
          new EntityMaker.RelationshipMaker(
              relationship.slot(),
              relationship.type(),
              scalars.compileOrNull(relationship.dynamicType(), visible),
              relationship.start(),
              relationship.end(),
              new EntityMaker.Properties(
                  state, scalars.compileOrNull(relationship.properties(), visible)),
              relationship.origin());
    }
    return new EntityMaker(state, nodeMakers, relationshipMakers);
  }

  private Evaluator[] compileAll(List<Scalar> expressions, BitSet columns) {
    Evaluator[] compiled = new Evaluator[expressions.size()];
    for (int i = 0; i < compiled.length; i++) {
      compiled[i] = scalars.compile(expressions.get(i), columns);
    }
    return compiled;
  }

  private Names.Label[] labels(List<String> names) {
    Names.Label[] labels = new Names.Label[names.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = new Names.Label(state, names.get(i));
    }
    return labels;
  }

  /** Compiles changes of SET and REMOVE. */
  Updates[] updates(List<Update> plans, BitSet columns) {
    Updates[] updates = new Updates[plans.size()];
    for (int i = 0; i < updates.length; i++) {
      updates[i] =
          switch (plans.get(i)) {
            case Update.SetProperty set ->
                new Updates.SetProperty(
                    state,
                    scalars.compile(set.subject(), columns),
                    set.key(),
                    scalars.compile(set.value(), columns));
            case Update.SetProperties set ->
                new Updates.SetProperties(
                    state,
                    scalars.compile(set.subject(), columns),
                    scalars.compile(set.map(), columns),
                    set.merge());
            case Update.SetDynamicProperty set ->
                new Updates.SetDynamicProperty(
                    state,
                    scalars.compile(set.subject(), columns),
                    scalars.compile(set.key(), columns),
                    scalars.compile(set.value(), columns));
            case Update.SetDynamicLabels set ->
                new Updates.DynamicLabels(
                    state,
                    scalars.compile(set.subject(), columns),
                    scalars.compile(set.names(), columns),
                    true);
            case Update.RemoveDynamicLabels remove ->
                new Updates.DynamicLabels(
                    state,
                    scalars.compile(remove.subject(), columns),
                    scalars.compile(remove.names(), columns),
                    false);
            case Update.SetLabels set ->
                new Updates.SetLabels(
                    state, scalars.compile(set.subject(), columns), labels(set.labels()));
            case Update.RemoveLabels remove ->
                new Updates.RemoveLabels(
                    state, scalars.compile(remove.subject(), columns), labels(remove.labels()));
          };
    }
    return updates;
  }
}
