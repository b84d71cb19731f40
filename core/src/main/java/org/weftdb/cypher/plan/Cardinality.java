package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Direction;

/**
 * How many rows each operator of a whole plan is expected to give in all, from the counts of the
 * store as they are now. For people who look at plans; the planner chooses by {@link Estimates}.
 *
 * <p>Relationships are taken to be spread evenly over the nodes they may start from, and a
 * condition to let a fixed part of the rows through, as there.
 */
public final class Cardinality {
  /** Knows nothing: 0 for every operator. */
  public static final Cardinality UNKNOWN = new Cardinality();

  private static final double EQUALITY = 0.1;
  private static final double MEMBERSHIP = 0.2;
  private static final double RANGE = 0.3;
  private static final double OTHER = 0.5;
  private static final double DISTINCT = 0.95;

  /** Rows of a list, a procedure or a LIMIT of which nothing is known. */
  private static final double SOME_ROWS = 10;

  private static final int STEPS_COUNTED = 4;
  private static final double MOST = 1e15;

  private final Map<Plan, Double> rows = new IdentityHashMap<>();

  /** For slots of nodes that were found by a label, how many nodes have it. */
  private final Map<Integer, Double> populations = new HashMap<>();

  private Cardinality() {}

  /** Estimates a plan for a store. */
  public static Cardinality of(Plan root, PlannerCatalog catalog) {
    Cardinality cardinality = new Cardinality();
    new Pass(cardinality, catalog).chain(root, 1);
    return cardinality;
  }

  /**
   * About how many rows a plan gives.
   *
   * @param outer the plan for whose rows it runs, or null when it runs once
   */
  static double rowsOf(Plan root, @Nullable Plan outer, PlannerCatalog catalog) {
    Pass pass = new Pass(new Cardinality(), catalog);
    return pass.chain(root, outer == null ? 1 : pass.chain(outer, 1));
  }

  /** How many rows an operator of the plan is expected to give. */
  double rows(Plan plan) {
    return rows.getOrDefault(plan, 0.0);
  }

  /** One walk over a plan. */
  private record Pass(Cardinality known, PlannerCatalog catalog) {
    /**
     * Estimates operators from the leaf upward.
     *
     * @param outer the rows for which an inner plan runs
     * @return the rows of the uppermost
     */
    double chain(Plan root, double outer) {
      List<Plan> chain = new ArrayList<>();
      Plan at = root;
      while (!(at instanceof Plan.Union) && !at.children().isEmpty()) {
        chain.add(at);
        at = at.children().get(0);
      }
      double result =
          switch (at) {
            case Plan.Argument leaf -> outer;
            case Plan.Union union -> chain(union.left(), outer) + chain(union.right(), outer);
            default -> 1;
          };
      note(at, result);
      for (int i = chain.size() - 1; i >= 0; i--) {
        Plan plan = chain.get(i);
        result = Math.min(MOST, above(plan, result));
        note(plan, result);
        nested(plan, result);
      }
      return result;
    }

    private void note(Plan plan, double rows) {
      known.rows.put(plan, rows);
    }

    /** Plans of an operator's expressions, which run for each of its rows. */
    private void nested(Plan plan, double outer) {
      for (Plan each : Operands.plansOf(plan)) {
        chain(each, outer);
      }
    }

    private double above(Plan plan, double in) {
      return switch (plan) {
        case Plan.AllNodesScan p -> in * catalog.nodeCount();
        case Plan.NodeByLabelScan p -> in * labelled(p);
        case Plan.NodeByIdSeek p -> in * ids(p.ids());
        case Plan.RelationshipByIdSeek p ->
            in * ids(p.ids()) * (p.direction() == Direction.BOTH ? 2 : 1);
        case Plan.NodeIndexSeek p ->
            in
                * labelled(p.node(), p.label())
                * found(p.range(), catalog.nodeIndexValues(p.label(), p.property()));
        case Plan.StoreCount p -> in;
        case Plan.RelationshipTypeScan p ->
            in * relationships(p.types()) * (p.direction() == Direction.BOTH ? 2 : 1);
        case Plan.RelationshipIndexSeek p ->
            in
                * catalog.relationshipCount(p.type())
                * (p.direction() == Direction.BOTH ? 2 : 1)
                * found(p.range(), catalog.relationshipIndexValues(p.type(), p.property()));
        case Plan.Expand p -> in * degree(p.hop());
        case Plan.Intersect p ->
            in * degree(p.first()) * degree(p.second()) / nodes(p.first().to());
        case Plan.VariableLengthExpand p -> in * trails(p);
        case Plan.ShortestPaths p ->
            in
                * count(p.selection().count())
                * (p.hop().into() ? 1 : Math.max(1, catalog.nodeCount()) * OTHER);
        case Plan.SelectedPaths p ->
            in
                * count(p.selection().count())
                * (p.into() ? 1 : Math.max(1, catalog.nodeCount()) * OTHER);
        case Plan.FirstBetween p -> in * OTHER;
        case Plan.OptionalApply p -> Math.max(in, chain(p.inner(), in));
        case Plan.ValueHashJoin p -> {
          double found = chain(p.inner(), 1);
          yield Math.min(in, found);
        }
        case Plan.Subquery p -> subquery(p.kind(), in, p.inner());
        case Plan.SubqueryInTransactions p -> subquery(p.kind(), in, p.inner());
        case Plan.Filter p -> in * selectivity(p.predicate());
        case Plan.GroupBy p -> p.keys().isEmpty() ? 1 : Math.sqrt(in);
        case Plan.Distinct p -> in * DISTINCT;
        case Plan.Sort p -> p.limit() == null ? in : Math.min(in, count(p.limit()));
        case Plan.Skip p -> Math.max(0, in - count(p.count()));
        case Plan.Limit p -> Math.min(in, count(p.count()));
        case Plan.Unwind p -> in * elements(p.list());
        case Plan.LoadCsv p -> in * SOME_ROWS;
        case Plan.ProcedureCall p -> p.yields().isEmpty() ? in : in * SOME_ROWS;
        case Plan.Merge p -> Math.max(in, chain(p.match(), in));
        case Plan.Project p -> in;
        case Plan.Eager p -> in;
        case Plan.Create p -> in;
        case Plan.Apply p -> in;
        case Plan.Delete p -> in;
        case Plan.Start p -> in;
        case Plan.Argument p -> in;
        case Plan.Union p -> in;
        case Plan.ChangeSchema p -> in;
      };
    }

    private double subquery(Plan.SubqueryKind kind, double in, Plan inner) {
      double rows = chain(inner, in);
      return switch (kind) {
        case UNIT -> in;
        case RETURNING -> rows;
        case OPTIONAL -> Math.max(in, rows);
      };
    }

    private double labelled(Plan.NodeByLabelScan scan) {
      double count = 0;
      for (String label : scan.labels()) {
        count += catalog.nodeCount(label);
      }
      known.populations.put(scan.node(), count);
      return count;
    }

    private double labelled(int slot, String label) {
      double count = catalog.nodeCount(label);
      known.populations.put(slot, count);
      return count;
    }

    private double found(IndexRange range, long values) {
      return switch (range) {
        case IndexRange.Equal r -> 1.0 / Math.max(1, values);
        case IndexRange.AnyOf r -> Math.min(1, elements(r.list()) / Math.max(1, values));
        case IndexRange.Between r -> r.lower() == null || r.upper() == null ? RANGE : RANGE * RANGE;
        case IndexRange.Prefix r -> EQUALITY;
        case IndexRange.Any r -> OTHER;
        case IndexRange.Containing r -> EQUALITY;
        case IndexRange.SamePlace r -> 1.0 / Math.max(1, values);
        case IndexRange.Near r -> EQUALITY;
        case IndexRange.InBox r -> EQUALITY;
        case IndexRange.Tuple r -> {
          double part = 1;
          for (IndexRange each : r.parts()) {
            part *= each instanceof IndexRange.Equal ? EQUALITY : found(each, values);
          }
          yield part;
        }
      };
    }

    private static double ids(Plan.Ids ids) {
      return ids.many() ? elements(ids.value()) : 1;
    }

    private double relationships(List<String> types) {
      double count = 0;
      for (String type : types) {
        count += catalog.relationshipCount(type);
      }
      return types.isEmpty() ? catalog.relationshipCount() : count;
    }

    private double relationships(Plan.Hop hop) {
      double count = relationships(hop.types());
      return hop.direction() == Direction.BOTH ? 2 * count : count;
    }

    private double nodes(int slot) {
      return Math.max(1, known.populations.getOrDefault(slot, (double) catalog.nodeCount()));
    }

    private double degree(Plan.Hop hop) {
      double degree = relationships(hop) / nodes(hop.from());
      return hop.into() ? degree / nodes(hop.to()) : degree;
    }

    private double trails(Plan.VariableLengthExpand expand) {
      double step = relationships(expand.hop()) / Math.max(1, catalog.nodeCount());
      int minimum = expand.minimum();
      int maximum = expand.maximum() < 0 ? Integer.MAX_VALUE : expand.maximum();
      double part = expand.each() == null ? 1 : selectivity(expand.each());
      double trails = minimum == 0 ? 1 : 0;
      double reached = 1;
      for (int i = 1; i <= maximum && i - STEPS_COUNTED <= minimum && reached < MOST; i++) {
        reached *= step * part;
        trails += i >= minimum ? reached : 0;
      }
      return expand.hop().into() ? trails / nodes(expand.hop().to()) : trails;
    }

    private double selectivity(Scalar predicate) {
      return switch (predicate) {
        case Scalar.And and -> {
          double all = 1;
          for (Scalar operand : and.operands()) {
            all *= selectivity(operand);
          }
          yield all;
        }
        case Scalar.HasLabels has -> {
          double part = 1;
          for (String label : has.labels()) {
            part *= catalog.nodeCount(label) / Math.max(1.0, catalog.nodeCount());
          }
          yield part;
        }
        case Scalar.Binary binary ->
            switch (binary.operator()) {
              case EQUAL -> EQUALITY;
              case IN -> MEMBERSHIP;
              case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, STARTS_WITH -> RANGE;
              default -> OTHER;
            };
        default -> OTHER;
      };
    }

    private static double count(Scalar scalar) {
      return scalar instanceof Scalar.Constant constant && constant.value() instanceof Long number
          ? Math.max(0, number)
          : SOME_ROWS;
    }

    private static double elements(Scalar list) {
      if (list instanceof Scalar.ListLiteral literal) {
        return literal.elements().size();
      } else if (list instanceof Scalar.Constant constant) {
        return constant.value() instanceof List<?> values
            ? values.size()
            : constant.value() == null ? 0 : 1;
      } else if (list instanceof Scalar.Call call
          && call.function().equals("range")
          && call.arguments().size() == 2) {
        return Math.max(0, count(call.arguments().get(1)) - count(call.arguments().get(0)) + 1);
      }
      return SOME_ROWS;
    }
  }
}
