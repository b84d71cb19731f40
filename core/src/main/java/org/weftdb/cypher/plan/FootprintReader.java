package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.weftdb.cypher.function.FunctionDefinition;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.function.GraphReading;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;
import org.weftdb.cypher.semantic.FunctionSignatures;
import org.weftdb.graph.Facet;

/**
 * Finds the facets of the graph that a plan looks at.
 *
 * <p>It walks through the operators in the order of the rows and keeps for each slot what {@link
 * Held} entities can be in it, so that {@code n.name} of an {@code n} that a scan of {@code
 * :Person} has found is a property of persons. What a condition says of a node's labels counts for
 * what is behind it: when the node does not have the label, it is not looked at, and whether it has
 * it is a facet by itself.
 *
 * <p>Slots of one walk may depend on each other in circles ({@code reduce}); so it walks until
 * nothing new is found.
 */
final class FootprintReader {
  /** More walks are not needed for what is not made on purpose. */
  private static final int MAX_WALKS = 10;

  private final Statement statement;
  private final FunctionSignatures functions;
  private final FacetsRead facets = new FacetsRead();

  /** By slot. */
  private final Held[] held;

  private boolean grown;

  FootprintReader(Statement statement, FunctionSignatures functions) {
    this.statement = statement;
    this.functions = functions;
    this.held = new Held[statement.slotCount()];
    Arrays.fill(held, Held.NOTHING);
  }

  Set<Facet> facets() {
    if (statement.explains()) {
      return Set.of(Facet.ANYTHING);
    }
    int walks = 0;
    do {
      grown = false;
      KnownSlots known = new KnownSlots();
      plan(statement.root(), known);
      for (int slot : statement.columnSlots()) {
        facets.wholeOf(inSlot(slot, known));
      }
    } while (grown && ++walks < MAX_WALKS);
    return grown ? Set.of(Facet.ANYTHING) : facets.all();
  }

  // ---- Slots ------------------------------------------------------------------------------------

  private Held inSlot(int slot, KnownSlots known) {
    Held all = held[slot];
    Set<String> labels = known.labels.get(slot);
    return labels == null || !all.hasNodes() ? all : new Held(labels, all.types(), all.inMaps());
  }

  private void fill(int slot, Held more, KnownSlots known) {
    known.bound.set(slot);
    add(slot, more);
  }

  private void add(int slot, Held more) {
    Held all = held[slot].and(more);
    if (!all.equals(held[slot])) {
      held[slot] = all;
      grown = true;
    }
  }

  // ---- Operators --------------------------------------------------------------------------------

  /** A chain of operators is a loop; only unions and inner plans recurse. */
  private void plan(Plan root, KnownSlots known) {
    List<Plan> chain = new ArrayList<>();
    Plan at = root;
    chain.add(at);
    while (!at.children().isEmpty() && !(at instanceof Plan.Union)) {
      at = at.children().get(0);
      chain.add(at);
    }
    for (int i = chain.size() - 1; i >= 0; i--) {
      operator(chain.get(i), known);
    }
  }

  private void operator(Plan plan, KnownSlots known) {
    switch (plan) {
      case Plan.Start p -> {}
      case Plan.Argument p -> {}
      case Plan.AllNodesScan p -> {
        facets.add(Facet.NODES);
        fill(p.node(), Held.ANY_NODES, known);
      }
      case Plan.NodeByLabelScan p -> {
        facets.nodesOf(p.labels());
        fill(p.node(), Held.nodes(p.labels()), known);
      }
      case Plan.NodeByIdSeek p -> {
        scalar(p.ids().value(), known);
        facets.add(Facet.NODES);
        fill(p.node(), Held.ANY_NODES, known);
      }
      case Plan.NodeIndexSeek p -> {
        all(Operands.of(p), known);
        facets.nodesOf(List.of(p.label()));
        fill(p.node(), Held.nodes(List.of(p.label())), known);
        indexed(held[p.node()], p.property(), p.range());
      }
      case Plan.StoreCount p -> storeCount(p, known);
      case Plan.RelationshipByIdSeek p -> {
        scalar(p.ids().value(), known);
        relationships(p.relationship(), p.from(), p.to(), List.of(), known);
      }
      case Plan.RelationshipTypeScan p ->
          relationships(p.relationship(), p.from(), p.to(), p.types(), known);
      case Plan.RelationshipIndexSeek p -> {
        all(Operands.of(p), known);
        relationships(p.relationship(), p.from(), p.to(), List.of(p.type()), known);
        indexed(held[p.relationship()], p.property(), p.range());
      }
      case Plan.Expand p -> hop(p.hop(), known);
      case Plan.Intersect p -> {
        hop(p.first(), known);
        hop(p.second(), known);
      }
      case Plan.VariableLengthExpand p -> {
        hop(p.hop(), known);
        if (p.eachSlot() >= 0) {
          fill(p.eachSlot(), Held.relationships(Set.copyOf(p.hop().types())), known);
        }
        if (p.repetition() != null) {
          repetition(p.repetition(), p.hop().relationship(), known);
        }
        all(Operands.of(p), known);
      }
      case Plan.ShortestPaths p -> {
        hop(p.hop(), known);
        repetition(p.repetition(), p.hop().relationship(), known);
        all(Operands.of(p), known);
      }
      case Plan.SelectedPaths p -> selectedPaths(p, known);
      case Plan.FirstBetween p -> all(Operands.of(p), known);
      case Plan.OptionalApply p -> inner(p.inner(), known);
      case Plan.ValueHashJoin p -> {
        scalar(p.outerKey(), known);
        KnownSlots inside = known.copy();
        plan(p.inner(), inside);
        scalar(p.innerKey(), inside);
        known.addFilledBy(inside);
      }
      case Plan.Subquery p -> inner(p.inner(), known);
      case Plan.Filter p -> condition(p.predicate(), known);
      case Plan.Project p -> assign(p.columns(), known);
      case Plan.GroupBy p -> {
        assign(p.keys(), known);
        for (Plan.Aggregate aggregate : p.aggregates()) {
          Held arguments = all(aggregate.arguments(), known);
          boolean counts = aggregate.function().equals("count");
          fill(aggregate.slot(), counts ? Held.NOTHING : arguments, known);
        }
      }
      case Plan.Distinct p -> {}
      case Plan.Sort p -> all(Operands.of(p), known);
      case Plan.Skip p -> scalar(p.count(), known);
      case Plan.Limit p -> scalar(p.count(), known);
      case Plan.Unwind p -> fill(p.slot(), scalar(p.list(), known), known);
      case Plan.LoadCsv p -> scalar(p.source(), known);
      case Plan.ProcedureCall p -> procedure(p, known);
      case Plan.Union p -> union(p, known);
      case Plan.Eager p -> {}
      case Plan.SubqueryInTransactions p -> facets.add(Facet.ANYTHING);
      case Plan.Create p -> facets.add(Facet.ANYTHING);
      case Plan.Merge p -> facets.add(Facet.ANYTHING);
      case Plan.Apply p -> facets.add(Facet.ANYTHING);
      case Plan.Delete p -> facets.add(Facet.ANYTHING);
      case Plan.ChangeSchema p -> facets.add(Facet.ANYTHING);
    }
  }

  private void inner(Plan inner, KnownSlots known) {
    KnownSlots inside = known.copy();
    plan(inner, inside);
    known.addFilledBy(inside);
  }

  private void union(Plan.Union union, KnownSlots known) {
    KnownSlots left = known.copy();
    plan(union.left(), left);
    KnownSlots right = known.copy();
    plan(union.right(), right);
    for (int i = 0; i < union.slots().size(); i++) {
      Held either =
          inSlot(union.leftSlots().get(i), left).and(inSlot(union.rightSlots().get(i), right));
      fill(union.slots().get(i), either, known);
    }
  }

  private void assign(List<Plan.Assignment> columns, KnownSlots known) {
    for (Plan.Assignment column : columns) {
      fill(column.slot(), scalar(column.value(), known), known);
    }
  }

  private void storeCount(Plan.StoreCount count, KnownSlots known) {
    List<String> names = count.name().isEmpty() ? List.of() : List.of(count.name());
    if (!count.ofNodes()) {
      facets.relationshipsOf(names);
    } else if (names.isEmpty()) {
      facets.add(Facet.NODES);
    } else {
      facets.nodesOf(names);
    }
    for (int slot : count.slots()) {
      fill(slot, Held.NOTHING, known);
    }
  }

  private void indexed(Held subject, String property, IndexRange range) {
    facets.propertyOf(subject, property);
    if (range instanceof IndexRange.Tuple tuple) {
      for (String key : tuple.keys()) {
        facets.propertyOf(subject, key);
      }
    }
  }

  private void relationships(
      int relationship, int from, int to, List<String> types, KnownSlots known) {
    facets.relationshipsOf(types);
    fill(relationship, Held.relationships(Set.copyOf(types)), known);
    fill(from, Held.ANY_NODES, known);
    fill(to, Held.ANY_NODES, known);
  }

  private void hop(Plan.Hop hop, KnownSlots known) {
    facets.relationshipsOf(hop.types());
    fill(hop.relationship(), Held.relationships(Set.copyOf(hop.types())), known);
    if (!hop.into()) {
      fill(hop.to(), Held.ANY_NODES, known);
    }
  }

  private void repetition(Repetition repetition, int listSlot, KnownSlots known) {
    for (int node : repetition.nodes()) {
      if (!known.bound.get(node)) {
        fill(node, Held.ANY_NODES, known);
      }
    }
    for (Repetition.Step step : repetition.steps()) {
      facets.relationshipsOf(step.types());
      Held found = Held.relationships(Set.copyOf(step.types()));
      fill(step.relationship(), found, known);
      add(listSlot, found);
    }
  }

  private void selectedPaths(Plan.SelectedPaths paths, KnownSlots known) {
    for (int i = 1; i < paths.nodes().size(); i++) {
      boolean last = i == paths.nodes().size() - 1;
      if (!last || !paths.into()) {
        fill(paths.nodes().get(i), Held.ANY_NODES, known);
      }
    }
    for (PathPiece piece : paths.pieces()) {
      known.bound.set(piece.relationship());
      repetition(piece.repetition(), piece.relationship(), known);
    }
    all(Operands.of(paths), known);
  }

  private void procedure(Plan.ProcedureCall call, KnownSlots known) {
    facets.wholeOf(all(call.arguments(), known));
    switch (call.name()) {
      case "db.ping", "db.info", "dbms.components", "db.awaitIndexes" -> {}
      case "show.functions", "show.procedures" -> {}
      case "db.relationshipTypes" -> facets.add(Facet.RELATIONSHIPS);
      case "db.labels" -> {
        facets.add(Facet.NODES);
        facets.add(Facet.LABELS);
      }
      case "show.indexes", "show.constraints", "db.awaitIndex" -> facets.add(Facet.SCHEMA);
      // What others look at is not known.
      default -> facets.add(Facet.ANYTHING);
    }
    for (Plan.Yield yield : call.yields()) {
      fill(yield.slot(), Held.NOTHING, known);
    }
  }

  // ---- Expressions ------------------------------------------------------------------------------

  /** What must be true for a row to go on; the parts of a conjunction are asked one by one. */
  private void condition(Scalar predicate, KnownSlots known) {
    if (predicate instanceof Scalar.And and) {
      for (Scalar operand : and.operands()) {
        condition(operand, known);
      }
      return;
    }
    scalar(predicate, known);
    if (predicate instanceof Scalar.HasLabels has && has.subject() instanceof Scalar.Slot slot) {
      learn(slot, has.labels().subList(0, 1), known);
    } else if (predicate instanceof Scalar.Or or) {
      learnAny(or, known);
    }
  }

  private static void learn(Scalar.Slot slot, List<String> labels, KnownSlots known) {
    Set<String> before = known.labels.get(slot.slot());
    if (slot.kind() == SlotKind.NODE && (before == null || before.size() > labels.size())) {
      known.labels.put(slot.slot(), Set.copyOf(labels));
    }
  }

  /** {@code n:A OR n:B}. */
  private static void learnAny(Scalar.Or or, KnownSlots known) {
    Scalar.Slot subject = null;
    List<String> labels = new ArrayList<>();
    for (Scalar operand : or.operands()) {
      if (!(operand instanceof Scalar.HasLabels has)
          || !(has.subject() instanceof Scalar.Slot slot)
          || subject != null && subject.slot() != slot.slot()) {
        return;
      }
      subject = slot;
      labels.add(has.labels().get(0));
    }
    if (subject != null) {
      learn(subject, labels, known);
    }
  }

  private Held all(List<Scalar> scalars, KnownSlots known) {
    Held all = Held.NOTHING;
    for (Scalar scalar : scalars) {
      all = all.and(scalar(scalar, known));
    }
    return all;
  }

  /** Notes what an expression looks at; gives what its value may hold. */
  private Held scalar(Scalar scalar, KnownSlots known) {
    return switch (scalar) {
      case Scalar.Constant s -> Held.NOTHING;
      case Scalar.Parameter s -> Held.NOTHING;
      case Scalar.Slot s -> inSlot(s.slot(), known);
      case Scalar.Property s -> property(s.subject(), s.key(), known);
      case Scalar.HasLabels s -> {
        if (scalar(s.subject(), known).hasNodes()) {
          facets.nodesOf(s.labels());
        }
        yield Held.NOTHING;
      }
      case Scalar.HasAnyLabel s -> {
        facets.labelsOf(scalar(s.subject(), known));
        yield Held.NOTHING;
      }
      case Scalar.HasDynamicLabels s -> {
        scalar(s.names(), known);
        facets.labelsOf(scalar(s.subject(), known));
        yield Held.NOTHING;
      }
      case Scalar.Call s -> call(s, known);
      case Scalar.Subscript s -> subscript(s, known);
      case Scalar.MapProjection s -> {
        Held subject = scalar(s.subject(), known);
        if (s.all()) {
          facets.propertiesOf(subject);
        }
        Held values = all(s.values(), known);
        yield (s.all() ? values.and(subject.fields()) : values).asFields();
      }
      case Scalar.ListComprehension s -> {
        Held list = scalar(s.list(), known);
        add(s.slot(), list);
        if (s.filter() != null) {
          scalar(s.filter(), known);
        }
        yield s.result() == null ? list : scalar(s.result(), known);
      }
      case Scalar.Quantifier s -> {
        add(s.slot(), scalar(s.list(), known));
        scalar(s.predicate(), known);
        yield Held.NOTHING;
      }
      case Scalar.Reduce s -> {
        add(s.slot(), scalar(s.list(), known));
        add(s.accumulatorSlot(), scalar(s.initial(), known));
        add(s.accumulatorSlot(), scalar(s.step(), known));
        yield held[s.accumulatorSlot()];
      }
      case Scalar.Case s -> {
        if (s.subject() != null) {
          scalar(s.subject(), known);
        }
        all(s.conditions(), known);
        Held results = all(s.results(), known);
        yield s.otherwise() == null ? results : results.and(scalar(s.otherwise(), known));
      }
      case Scalar.Nested s -> {
        KnownSlots inside = known.copy();
        plan(s.plan(), inside);
        Held result = s.result() == null ? Held.NOTHING : scalar(s.result(), inside);
        yield s.kind() == Scalar.NestedKind.COLLECT ? result : Held.NOTHING;
      }
      case Scalar.Unary s -> {
        scalar(s.operand(), known);
        yield Held.NOTHING;
      }
      case Scalar.And s -> nothing(s.operands(), known);
      case Scalar.Or s -> nothing(s.operands(), known);
      case Scalar.Binary s -> {
        Held both = scalar(s.left(), known).and(scalar(s.right(), known));
        boolean joins =
            s.operator() == Scalar.BinaryOperator.ADD
                || s.operator() == Scalar.BinaryOperator.CONCATENATE;
        yield joins ? both : Held.NOTHING;
      }
      case Scalar.PathOf s -> path(s, known);
      case Scalar.Typed s -> scalar(s.operand(), known);
      case Scalar.Chain s -> all(s.operands(), known);
      case Scalar.Strided s -> scalar(s.list(), known);
      case Scalar.Slice s -> all(Operands.of(s), known);
      case Scalar.ListLiteral s -> all(s.elements(), known);
      case Scalar.MapLiteral s -> all(s.values(), known).asFields();
    };
  }

  private Held nothing(List<Scalar> operands, KnownSlots known) {
    all(operands, known);
    return Held.NOTHING;
  }

  /** The path of a list of relationships goes through nodes that have no slot. */
  private Held path(Scalar.PathOf path, KnownSlots known) {
    Held all = Held.NOTHING;
    for (Scalar.Slot node : path.nodes()) {
      all = all.and(scalar(node, known));
    }
    for (Scalar.Slot relationship : path.relationships()) {
      all = all.and(scalar(relationship, known));
      if (relationship.kind() != SlotKind.RELATIONSHIP) {
        all = all.and(Held.ANY_NODES);
      }
    }
    return all;
  }

  private Held property(Scalar subject, String key, KnownSlots known) {
    Held entities = scalar(subject, known);
    facets.propertyOf(entities, key);
    return entities.fields();
  }

  private Held subscript(Scalar.Subscript subscript, KnownSlots known) {
    Held subject = scalar(subscript.subject(), known);
    scalar(subscript.index(), known);
    if (subscript.index() instanceof Scalar.Constant constant) {
      if (constant.value() instanceof String key) {
        facets.propertyOf(subject, key);
        return subject.fields();
      }
    } else {
      facets.propertiesOf(subject);
    }
    boolean ofEntity =
        subscript.subject() instanceof Scalar.Slot slot
            && (slot.kind() == SlotKind.NODE || slot.kind() == SlotKind.RELATIONSHIP);
    return ofEntity ? Held.NOTHING : subject;
  }

  private Held call(Scalar.Call call, KnownSlots known) {
    Held arguments = all(call.arguments(), known);
    FunctionSignature signature = functions.find(call.function());
    CypherType result = signature == null ? CypherType.ANY : signature.result();
    FunctionDefinition definition = FunctionRegistry.standard().scalar(call.function());
    if (definition == null) {
      // A function of the embedder is given whole nodes and relationships, and may give others.
      facets.wholeOf(arguments);
      return ofType(Held.ANYTHING, result);
    }
    if (arguments.isNothing()) {
      return Held.NOTHING;
    }
    if (definition.reads() == GraphReading.LABELS) {
      facets.labelsOf(arguments);
    } else if (definition.reads() == GraphReading.PROPERTIES) {
      facets.propertiesOf(arguments);
    }
    Held given = arguments.hasRelationships() ? arguments.and(Held.ANY_NODES) : arguments;
    return switch (call.function()) {
      case "properties" -> arguments.fields();
      case "coalesce", "head", "last", "tail", "reverse" -> arguments;
      // Others may give the nodes at the ends of relationships, and make maps.
      default -> ofType(given.asFields(), result);
    };
  }

  /** As much of it as a value of a type can hold. */
  private static Held ofType(Held held, CypherType type) {
    Held some =
        new Held(
            canHold(type, CypherType.NODE) ? held.labels() : Set.of(),
            canHold(type, CypherType.RELATIONSHIP) ? held.types() : Set.of(),
            canHold(type, CypherType.MAP) && held.inMaps());
    return some.isNothing() ? Held.NOTHING : some;
  }

  private static boolean canHold(CypherType type, CypherType entity) {
    return type.canBe(entity.or(CypherType.PATH).or(CypherType.MAP))
        || type.canBe(CypherType.LIST) && canHold(type.element(), entity);
  }
}
