package org.weftdb.cypher.plan;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.weftdb.cypher.function.FunctionDefinition;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.function.GraphReading;

/**
 * What operators read of the graph and what they change in it, as coarse as {@link Barriers} needs
 * it. Property keys of nodes and of relationships are not told apart.
 *
 * <p>Reading a property, a label or the type of something that a row holds already is one kind of
 * reading; finding things (by scans, seeks and expands) is the other: what is created can be found,
 * but it has no influence on what is there already.
 */
public final class Effects {
  /** Stands for every key or every label. */
  private static final String ANY = "*";

  // Reads.
  private boolean allNodes;
  private boolean relationships;
  private final Set<String> scannedLabels = new TreeSet<>();
  private final Set<String> keysRead = new TreeSet<>();
  private final Set<String> labelsRead = new TreeSet<>();

  // Writes.
  private boolean createsNodes;
  private boolean changesRelationships;
  private boolean deletes;

  /** Whether what was changed so far is committed now and then. */
  private boolean commits;

  private final Set<String> labelsCreated = new TreeSet<>();
  private final Set<String> keysWritten = new TreeSet<>();
  private final Set<String> labelsWritten = new TreeSet<>();

  /** The effects of an operator without those of its input; those of inner plans are its own. */
  static Effects of(Plan plan) {
    Effects effects = new Effects();
    effects.addOperator(plan);
    return effects;
  }

  /** The effects of all operators of a plan. */
  static Effects ofWhole(Plan plan) {
    Effects effects = new Effects();
    effects.addAll(plan);
    return effects;
  }

  /** Whether a plan changes the graph. */
  public static boolean areWritesOf(Plan plan) {
    Plan current = plan;
    while (true) {
      if (current instanceof Plan.Create
          || current instanceof Plan.Merge
          || current instanceof Plan.Apply
          || current instanceof Plan.Delete) {
        return true;
      }
      List<Plan> children = current.children();
      if (children.isEmpty()) {
        return false;
      }
      for (int i = 1; i < children.size(); i++) {
        if (areWritesOf(children.get(i))) {
          return true;
        }
      }
      current = children.get(0);
    }
  }

  /** Whether two operators, without their inputs, could disturb each other. */
  public static boolean conflict(Plan plan, Plan other) {
    return of(plan).conflictsWith(of(other));
  }

  /** Whether the graph is changed. */
  boolean writes() {
    return createsNodes
        || changesRelationships
        || deletes
        || !keysWritten.isEmpty()
        || !labelsWritten.isEmpty();
  }

  /** Whether a transaction that writes is needed. */
  boolean needsTransaction() {
    return commits || writes();
  }

  private boolean reads() {
    return finds() || !keysRead.isEmpty() || !labelsRead.isEmpty();
  }

  private boolean finds() {
    return allNodes || relationships || !scannedLabels.isEmpty();
  }

  void add(Effects other) {
    allNodes |= other.allNodes;
    relationships |= other.relationships;
    scannedLabels.addAll(other.scannedLabels);
    keysRead.addAll(other.keysRead);
    labelsRead.addAll(other.labelsRead);
    createsNodes |= other.createsNodes;
    changesRelationships |= other.changesRelationships;
    deletes |= other.deletes;
    commits |= other.commits;
    labelsCreated.addAll(other.labelsCreated);
    keysWritten.addAll(other.keysWritten);
    labelsWritten.addAll(other.labelsWritten);
  }

  /** Whether the two could disturb each other when they take turns. */
  boolean conflictsWith(Effects other) {
    return disturbs(other)
        || other.disturbs(this)
        || overwrites(other)
        || commits && other.writes()
        || other.commits && writes();
  }

  /** Whether what this writes changes what the other reads. */
  private boolean disturbs(Effects other) {
    if (deletes && (other.reads() || other.writes())) {
      return true;
    }
    if (createsNodes && (other.allNodes || intersect(labelsCreated, other.scannedLabels))) {
      return true;
    }
    if (changesRelationships && other.relationships) {
      return true;
    }
    return intersect(keysWritten, other.keysRead)
        || intersect(labelsWritten, other.labelsRead)
        || intersect(labelsWritten, other.scannedLabels);
  }

  /** Whether both write the same, so that the order counts. */
  private boolean overwrites(Effects other) {
    return intersect(keysWritten, other.keysWritten)
        || intersect(labelsWritten, other.labelsWritten);
  }

  private static boolean intersect(Set<String> some, Set<String> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return false;
    }
    if (some.contains(ANY) || others.contains(ANY)) {
      return true;
    }
    for (String one : some) {
      if (others.contains(one)) {
        return true;
      }
    }
    return false;
  }

  private void addAll(Plan plan) {
    Plan at = plan;
    while (true) {
      addOperator(at);
      if (at instanceof Plan.Union union) {
        addAll(union.right());
      }
      if (at.children().isEmpty()) {
        return;
      }
      at = at.children().get(0);
    }
  }

  private void addOperator(Plan plan) {
    for (Scalar scalar : Operands.of(plan)) {
      addScalar(scalar);
    }
    switch (plan) {
      case Plan.AllNodesScan p -> allNodes = true;
      case Plan.NodeByLabelScan p -> scannedLabels.addAll(p.labels());
      case Plan.NodeByIdSeek p -> allNodes = true;
      case Plan.RelationshipByIdSeek p -> relationships = true;
      case Plan.NodeIndexSeek p -> {
        scannedLabels.add(p.label());
        keysRead.add(p.property());
        addKeys(p.range());
      }
      case Plan.StoreCount p -> {
        relationships |= !p.ofNodes();
        allNodes |= p.ofNodes() && p.name().isEmpty();
        if (p.ofNodes() && !p.name().isEmpty()) {
          scannedLabels.add(p.name());
        }
      }
      case Plan.RelationshipTypeScan p -> relationships = true;
      case Plan.RelationshipIndexSeek p -> {
        relationships = true;
        keysRead.add(p.property());
        addKeys(p.range());
      }
      case Plan.Expand p -> relationships = true;
      case Plan.Intersect p -> relationships = true;
      case Plan.VariableLengthExpand p -> relationships = true;
      case Plan.ShortestPaths p -> relationships = true;
      case Plan.SelectedPaths p -> relationships = true;
      case Plan.ProcedureCall p -> {
        // What a procedure looks at is not known.
        allNodes = true;
        relationships = true;
        keysRead.add(ANY);
        labelsRead.add(ANY);
      }
      case Plan.OptionalApply p -> addAll(p.inner());
      case Plan.ValueHashJoin p -> addAll(p.inner());
      case Plan.Subquery p -> addAll(p.inner());
      case Plan.SubqueryInTransactions p -> {
        addAll(p.inner());
        commits = true;
      }
      case Plan.Create p -> created(p.nodes(), p.relationships());
      case Plan.Merge p -> {
        addAll(p.match());
        created(p.nodes(), p.relationships());
        updates(p.onCreate());
        updates(p.onMatch());
      }
      case Plan.Apply p -> updates(p.updates());
      case Plan.Delete p -> deletes = true;
      default -> {}
    }
  }

  private void created(List<Plan.NewNode> nodes, List<Plan.NewRelationship> created) {
    createsNodes |= !nodes.isEmpty();
    changesRelationships |= !created.isEmpty();
    for (Plan.NewNode node : nodes) {
      labelsCreated.addAll(node.labels());
      if (!node.dynamicLabels().isEmpty()) {
        labelsCreated.add(ANY);
      }
    }
  }

  private void updates(List<Update> updates) {
    for (Update update : updates) {
      switch (update) {
        case Update.SetProperty u -> keysWritten.add(u.key());
        case Update.SetProperties u -> {
          keysWritten.add(ANY);
          if (!isValueOnly(u.map())) {
            keysRead.add(ANY);
          }
        }
        case Update.SetDynamicProperty u -> keysWritten.add(ANY);
        case Update.SetDynamicLabels u -> labelsWritten.add(ANY);
        case Update.RemoveDynamicLabels u -> labelsWritten.add(ANY);
        case Update.SetLabels u -> labelsWritten.addAll(u.labels());
        case Update.RemoveLabels u -> labelsWritten.addAll(u.labels());
      }
    }
  }

  private static boolean isValueOnly(Scalar scalar) {
    return scalar instanceof Scalar.Parameter || scalar instanceof Scalar.MapLiteral;
  }

  private void addScalar(Scalar scalar) {
    switch (scalar) {
      case Scalar.Property s -> keysRead.add(s.key());
      case Scalar.HasLabels s -> labelsRead.addAll(s.labels());
      case Scalar.HasAnyLabel s -> labelsRead.add(ANY);
      case Scalar.HasDynamicLabels s -> labelsRead.add(ANY);
      case Scalar.Subscript s ->
          keysRead.add(
              s.index() instanceof Scalar.Constant constant
                      && constant.value() instanceof String key
                  ? key
                  : ANY);
      case Scalar.MapProjection s -> {
        if (s.all()) {
          keysRead.add(ANY);
        }
      }
      case Scalar.Call s -> addCall(s.function());
      case Scalar.Nested s -> addAll(s.plan());
      default -> {}
    }
    for (Scalar operand : Operands.of(scalar)) {
      addScalar(operand);
    }
  }

  private void addCall(String function) {
    FunctionDefinition definition = FunctionRegistry.standard().scalar(function);
    // A function of the embedder is given whole nodes and relationships.
    if (definition == null || definition.reads() == GraphReading.LABELS) {
      labelsRead.add(ANY);
    }
    if (definition == null || definition.reads() == GraphReading.PROPERTIES) {
      keysRead.add(ANY);
    }
  }

  /** An index on several keys is read by all of them. */
  private void addKeys(IndexRange range) {
    if (range instanceof IndexRange.Tuple tuple) {
      keysRead.addAll(tuple.keys());
    }
  }
}
