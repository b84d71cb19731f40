package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Direction;

/**
 * Plans as text, for people and for tests: an operator on each line, its input on the line below
 * it.
 *
 * <pre>
 * Result name
 * Project name := b.name
 * OptionalApply r, b
 * | Filter b:B
 * | Expand (a)-[r:KNOWS]-&gt;(b)
 * | Argument
 * NodeByLabelScan a:A
 * Start
 * </pre>
 *
 * <p>Inner plans, and the nested plans of an operator's expressions after a line with their number,
 * stand below the operator behind a bar. The two sides of a union do so as well. The text is the
 * same for equal statements, and may be worded differently in any version.
 */
public final class PlanPrinter {
  private final SlotNames names;
  private final Cardinality cardinality;
  private final Measurements measurements;

  private PlanPrinter(SlotNames names, Cardinality cardinality, Measurements measurements) {
    this.names = names;
    this.cardinality = cardinality;
    this.measurements = measurements;
  }

  /** The plan of a statement without estimates; every line ends with a line feed. */
  public static String print(Statement statement) {
    StringBuilder text = new StringBuilder();
    for (String line : describe(statement, Cardinality.UNKNOWN, Measurements.NONE).operators()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /**
   * The plan of a statement as data.
   *
   * @param cardinality how many rows its operators are expected to give
   * @param measurements what they did
   */
  public static PlanDescription describe(
      Statement statement, Cardinality cardinality, Measurements measurements) {
    PlanPrinter printer = new PlanPrinter(new SlotNames(statement), cardinality, measurements);
    PlanDescription root = printer.describe(statement.root(), PlanDescription.Role.INPUT);
    if (statement.columns().isEmpty()) {
      return root;
    }
    PlanDescription.Measured measured = root.measured();
    return new PlanDescription(
        PlanDescription.Role.INPUT,
        "Result",
        printer.columns(statement),
        root.estimatedRows(),
        measured == null ? null : new PlanDescription.Measured(measured.rows(), 0, 0),
        List.of(root));
  }

  private String columns(Statement statement) {
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < statement.columns().size(); i++) {
      String column = statement.columns().get(i);
      String slot = names.of(statement.columnSlots().get(i));
      columns.append(i == 0 ? "" : ", ").append(column);
      if (!column.equals(slot)) {
        columns.append(" <- ").append(slot);
      }
    }
    return columns.toString();
  }

  /** A long chain of operators is a loop; only inner plans recurse. */
  private PlanDescription describe(Plan root, PlanDescription.Role role) {
    List<Plan> chain = new ArrayList<>();
    Plan leaf = root;
    while (!(leaf instanceof Plan.Union) && !leaf.children().isEmpty()) {
      chain.add(leaf);
      leaf = leaf.children().get(0);
    }
    List<PlanDescription> inputs = new ArrayList<>();
    if (leaf instanceof Plan.Union union) {
      inputs.add(describe(union.left(), PlanDescription.Role.INPUT));
      inputs.add(describe(union.right(), PlanDescription.Role.INPUT));
    }
    PlanDescription described = describe(leaf, chain.isEmpty() ? role : null, inputs, List.of());
    for (int i = chain.size() - 1; i >= 0; i--) {
      List<Plan> children = chain.get(i).children();
      described =
          describe(
              chain.get(i),
              i == 0 ? role : null,
              List.of(described),
              children.subList(1, children.size()));
    }
    return described;
  }

  private PlanDescription describe(
      Plan plan,
      PlanDescription.@Nullable Role role,
      List<PlanDescription> inputs,
      List<Plan> inner) {
    ScalarPrinter scalars = new ScalarPrinter(names);
    String line = line(plan, scalars).strip();
    List<PlanDescription> children = new ArrayList<>(inputs);
    for (Plan nested : List.copyOf(scalars.nested())) {
      children.add(describe(nested, PlanDescription.Role.EXPRESSION));
    }
    for (Plan each : inner) {
      children.add(describe(each, PlanDescription.Role.INNER));
    }
    int space = line.indexOf(' ');
    return new PlanDescription(
        role == null ? PlanDescription.Role.INPUT : role,
        space < 0 ? line : line.substring(0, space),
        space < 0 ? "" : line.substring(space + 1),
        cardinality.rows(plan),
        alone(plan),
        children);
  }

  /** What an operator did itself, without those below it. */
  private PlanDescription.@Nullable Measured alone(Plan plan) {
    PlanDescription.Measured all = measurements.of(plan);
    if (all == null) {
      return null;
    }
    List<Plan> below = new ArrayList<>(plan.children());
    below.addAll(Operands.plansOf(plan));
    long pages = all.pages();
    long nanos = all.nanos();
    for (int i = 0; i < below.size(); i++) {
      PlanDescription.Measured part = measurements.of(below.get(i));
      if (part == null) {
        // It was part of this operator's own work; what is below it was not.
        below.addAll(below.get(i).children());
        below.addAll(Operands.plansOf(below.get(i)));
      } else {
        pages -= part.pages();
        nanos -= part.nanos();
      }
    }
    return new PlanDescription.Measured(all.rows(), Math.max(0, pages), Math.max(0, nanos));
  }

  private String line(Plan plan, ScalarPrinter scalars) {
    return switch (plan) {
      case Plan.Start p -> "Start";
      case Plan.Argument p -> "Argument";
      case Plan.AllNodesScan p -> "AllNodesScan " + names.of(p.node());
      case Plan.NodeByLabelScan p ->
          "NodeByLabelScan " + names.of(p.node()) + ":" + String.join("|", p.labels());
      case Plan.NodeByIdSeek p -> "NodeByIdSeek " + names.of(p.node()) + ids(p.ids(), scalars);
      case Plan.RelationshipByIdSeek p ->
          "RelationshipByIdSeek ("
              + names.of(p.from())
              + ")"
              + arrow(p.direction(), p.relationship(), List.of(), "", p.to())
              + ids(p.ids(), scalars);
      case Plan.NodeIndexSeek p ->
          "NodeIndexSeek "
              + names.of(p.node())
              + ":"
              + p.label()
              + " "
              + RangePrinter.print(names.of(p.node()) + "." + p.property(), p.range(), scalars)
              + (p.descending() ? " descending" : "");
      case Plan.StoreCount p ->
          "StoreCount "
              + names.all(p.slots())
              + (p.ofNodes() ? " of (" : " of [")
              + (p.name().isEmpty() ? "" : ":" + p.name())
              + (p.ofNodes() ? ")" : "]");
      case Plan.RelationshipTypeScan p ->
          "RelationshipTypeScan ("
              + names.of(p.from())
              + ")"
              + arrow(p.direction(), p.relationship(), p.types(), "", p.to());
      case Plan.RelationshipIndexSeek p ->
          "RelationshipIndexSeek ("
              + names.of(p.from())
              + ")"
              + arrow(p.direction(), p.relationship(), List.of(p.type()), "", p.to())
              + " "
              + RangePrinter.print(
                  names.of(p.relationship()) + "." + p.property(), p.range(), scalars)
              + (p.descending() ? " descending" : "");
      case Plan.Expand p -> "Expand " + hop(p.hop(), "") + details(p.hop());
      case Plan.Intersect p -> intersect(p);
      case Plan.VariableLengthExpand p ->
          "VariableLengthExpand "
              + hop(p.hop(), bounds(p.minimum(), p.maximum()))
              + details(p.hop())
              + (p.reversed() ? " reversed" : "")
              + repetition(p.repetition())
              + (p.each() == null
                  ? ""
                  : (p.repetition() == null ? " each " + names.of(p.eachSlot()) : " where")
                      + ": "
                      + scalars.print(p.each()));
      case Plan.ShortestPaths p ->
          "ShortestPaths "
              + hop(p.hop(), bounds(p.minimum(), p.maximum()))
              + details(p.hop())
              + (p.reversed() ? " reversed" : "")
              + selection(p.selection(), scalars)
              + (p.each() == null
                  ? ""
                  : repetition(p.repetition()) + " where: " + scalars.print(p.each()))
              + (p.condition() == null ? "" : " if " + scalars.print(p.condition()));
      case Plan.SelectedPaths p -> selectedPaths(p, scalars);
      case Plan.FirstBetween p ->
          "FirstBetween "
              + names.all(List.of(p.start(), p.end(), p.length()))
              + selection(p.selection(), scalars);
      case Plan.OptionalApply p -> "OptionalApply " + names.all(p.nullableSlots());
      case Plan.ValueHashJoin p ->
          "ValueHashJoin "
              + names.all(p.slots())
              + " on "
              + scalars.print(p.outerKey())
              + " = "
              + scalars.print(p.innerKey());
      case Plan.Subquery p -> subquery(p.kind(), "Subquery", p.slots());
      case Plan.SubqueryInTransactions p ->
          subquery(p.kind(), "SubqueryInTransactions", p.slots())
              + " of "
              + scalars.print(p.batchSize())
              + (p.onError() == Plan.OnError.FAIL ? "" : " on error " + p.onError())
              + (p.statusSlot() < 0 ? "" : " status " + names.of(p.statusSlot()));
      case Plan.Filter p -> "Filter " + scalars.print(p.predicate());
      case Plan.Project p -> "Project " + assignments(p.columns(), scalars);
      case Plan.GroupBy p -> "GroupBy " + group(p, scalars);
      case Plan.Distinct p -> "Distinct " + names.all(p.slots());
      case Plan.Sort p -> "Sort " + sortKeys(p, scalars);
      case Plan.Skip p -> "Skip " + scalars.print(p.count());
      case Plan.Limit p -> "Limit " + scalars.print(p.count());
      case Plan.Unwind p -> "Unwind " + scalars.print(p.list()) + " AS " + names.of(p.slot());
      case Plan.LoadCsv p ->
          (p.withHeaders() ? "LoadCsvWithHeaders " : "LoadCsv ")
              + scalars.print(p.source())
              + " AS "
              + names.of(p.slot())
              + (p.separator().equals(",") ? "" : " by '" + p.separator() + "'");
      case Plan.ProcedureCall p -> "ProcedureCall " + call(p, scalars);
      case Plan.Union p ->
          "Union "
              + names.all(p.slots())
              + " <- ("
              + names.all(p.leftSlots())
              + "), ("
              + names.all(p.rightSlots())
              + ")";
      case Plan.Eager p -> "Eager";
      case Plan.Create p -> "Create " + created(p.nodes(), p.relationships(), scalars);
      case Plan.Merge p ->
          "Merge "
              + created(p.nodes(), p.relationships(), scalars)
              + UpdatePrinter.actions(" ON CREATE ", p.onCreate(), scalars)
              + UpdatePrinter.actions(" ON MATCH ", p.onMatch(), scalars);
      case Plan.Apply p -> "Apply " + UpdatePrinter.print(p.updates(), scalars);
      case Plan.Delete p -> (p.detach() ? "DetachDelete " : "Delete ") + all(p.targets(), scalars);
      case Plan.ChangeSchema p -> p.change().toString();
    };
  }

  private static String ids(Plan.Ids ids, ScalarPrinter scalars) {
    return (ids.ofElements() ? " elementId" : " id")
        + (ids.many() ? " IN " : " = ")
        + scalars.print(ids.value());
  }

  private String subquery(Plan.SubqueryKind kind, String operator, List<Integer> slots) {
    return switch (kind) {
      case RETURNING -> operator + " " + names.all(slots);
      case OPTIONAL -> "Optional" + operator + " " + names.all(slots);
      case UNIT -> "Unit" + operator;
    };
  }

  private static String bounds(int minimum, int maximum) {
    return "*" + minimum + ".." + (maximum < 0 ? "" : maximum);
  }

  private static String selection(Selection selection, ScalarPrinter scalars) {
    String count = " shortest " + scalars.print(selection.count());
    return switch (selection.choice()) {
      case SHORTEST -> count;
      case GROUPS -> count + " groups";
    };
  }

  private String selectedPaths(Plan.SelectedPaths paths, ScalarPrinter scalars) {
    StringBuilder text = new StringBuilder("SelectedPaths (").append(names.of(paths.first()));
    text.append(')');
    StringBuilder conditions = new StringBuilder();
    for (int i = 0; i < paths.pieces().size(); i++) {
      PathPiece piece = paths.pieces().get(i);
      Repetition.Step step = piece.repetition().steps().get(0);
      String bounds = piece.repeated() ? bounds(piece.minimum(), piece.maximum()) : "";
      boolean single = piece.repetition().steps().size() == 1;
      text.append(
          arrow(
              single ? step.direction() : Direction.BOTH,
              piece.relationship(),
              single ? step.types() : List.of(),
              bounds,
              paths.nodes().get(i + 1)));
      if (!single || piece.each() != null && piece.repeated()) {
        text.append(repetition(piece.repetition()));
      }
      if (piece.each() != null) {
        conditions.append(" where: ").append(scalars.print(piece.each()));
      }
      for (Scalar condition : paths.nodeConditions().get(i)) {
        conditions.append(" where: ").append(scalars.print(condition));
      }
    }
    text.append(paths.into() ? " into" : "").append(paths.reversed() ? " reversed" : "");
    text.append(selection(paths.selection(), scalars)).append(conditions);
    return paths.condition() == null
        ? text.toString()
        : text.append(" if ").append(scalars.print(paths.condition())).toString();
  }

  private String repetition(@Nullable Repetition repetition) {
    if (repetition == null) {
      return "";
    }
    StringBuilder text = new StringBuilder(" of (" + names.of(repetition.nodes().get(0)) + ")");
    for (int i = 0; i < repetition.steps().size(); i++) {
      Repetition.Step step = repetition.steps().get(i);
      int to = repetition.nodes().get(i + 1);
      text.append(arrow(step.direction(), step.relationship(), step.types(), "", to));
    }
    return text.toString();
  }

  private String hop(Plan.Hop hop, String length) {
    return "("
        + names.of(hop.from())
        + ")"
        + arrow(hop.direction(), hop.relationship(), hop.types(), length, hop.to());
  }

  private String arrow(
      Direction direction, int relationship, List<String> types, String length, int to) {
    StringBuilder names = new StringBuilder();
    for (String type : types) {
      names.append(names.length() == 0 ? ":" : "|").append(type);
    }
    String middle = "-[" + this.names.of(relationship) + names + length + "]-";
    return switch (direction) {
          case OUTGOING -> middle + ">";
          case INCOMING -> "<" + middle;
          case BOTH -> middle;
        }
        + "("
        + this.names.of(to)
        + ")";
  }

  private String details(Plan.Hop hop) {
    return (hop.into() ? " into" : "") + distinctFrom(hop.distinctFrom());
  }

  private String distinctFrom(List<Integer> others) {
    return others.isEmpty() ? "" : " distinct from " + names.all(others);
  }

  private String intersect(Plan.Intersect intersect) {
    List<Integer> others = new ArrayList<>(intersect.second().distinctFrom());
    if (intersect.distinct()) {
      others.add(intersect.first().relationship());
    }
    return "Intersect "
        + hop(intersect.first(), "")
        + details(intersect.first())
        + " and "
        + hop(intersect.second(), "")
        + distinctFrom(others);
  }

  private String assignments(List<Plan.Assignment> columns, ScalarPrinter scalars) {
    StringBuilder result = new StringBuilder();
    for (Plan.Assignment column : columns) {
      String name = names.of(column.slot());
      String value = scalars.print(column.value());
      result.append(result.length() == 0 ? "" : ", ").append(name);
      if (!value.equals(name)) {
        result.append(" := ").append(value);
      }
    }
    return result.toString();
  }

  private String group(Plan.GroupBy group, ScalarPrinter scalars) {
    StringBuilder result = new StringBuilder(assignments(group.keys(), scalars));
    result.append(result.length() == 0 ? "" : ": ");
    for (int i = 0; i < group.aggregates().size(); i++) {
      Plan.Aggregate a = group.aggregates().get(i);
      result.append(i == 0 ? "" : ", ").append(names.of(a.slot())).append(" := ");
      result.append(a.function()).append('(').append(a.distinct() ? "DISTINCT " : "");
      result.append(a.arguments().isEmpty() ? "*" : all(a.arguments(), scalars)).append(')');
    }
    return result.toString();
  }

  private String call(Plan.ProcedureCall call, ScalarPrinter scalars) {
    StringBuilder result = new StringBuilder(call.name());
    result.append('(').append(all(call.arguments(), scalars)).append(')');
    for (int i = 0; i < call.yields().size(); i++) {
      Plan.Yield yield = call.yields().get(i);
      result.append(i == 0 ? " YIELD #" : ", #").append(yield.column() + 1);
      result.append(" AS ").append(names.of(yield.slot()));
    }
    return result.toString();
  }

  private static String all(List<Scalar> values, ScalarPrinter scalars) {
    StringBuilder result = new StringBuilder();
    for (Scalar value : values) {
      result.append(result.length() == 0 ? "" : ", ").append(scalars.print(value));
    }
    return result.toString();
  }

  private static String sortKeys(Plan.Sort sort, ScalarPrinter scalars) {
    StringBuilder result = new StringBuilder();
    for (Plan.SortKey key : sort.keys()) {
      result.append(result.length() == 0 ? "" : ", ").append(scalars.print(key.value()));
      result.append(key.descending() ? " DESC" : "");
    }
    return sort.limit() == null
        ? result.toString()
        : result + " limit " + scalars.print(sort.limit());
  }

  private String created(
      List<Plan.NewNode> nodes, List<Plan.NewRelationship> created, ScalarPrinter scalars) {
    StringBuilder result = new StringBuilder();
    for (Plan.NewNode node : nodes) {
      result.append(result.length() == 0 ? "(" : ", (").append(names.of(node.slot()));
      result.append(ScalarPrinter.labels(node.labels()));
      for (Scalar names : node.dynamicLabels()) {
        result.append(":$(").append(scalars.print(names)).append(')');
      }
      result.append(node.properties() == null ? "" : " " + scalars.print(node.properties()));
      result.append(')');
    }
    for (Plan.NewRelationship relationship : created) {
      result.append(result.length() == 0 ? "(" : ", (").append(names.of(relationship.start()));
      result.append(")-[").append(names.of(relationship.slot())).append(':');
      Scalar computed = relationship.dynamicType();
      result.append(computed == null ? relationship.type() : "$(" + scalars.print(computed) + ")");
      if (relationship.properties() != null) {
        result.append(' ').append(scalars.print(relationship.properties()));
      }
      result.append("]->(").append(names.of(relationship.end())).append(')');
    }
    return result.toString();
  }
}
