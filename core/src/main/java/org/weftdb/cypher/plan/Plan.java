package org.weftdb.cypher.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Direction;

/**
 * An operator of a plan. Rows flow from {@code input} upward; an operator adds its own slots to the
 * rows it passes on. Every variable of a statement, in all its parts and nested plans, has a slot
 * of its own, so that slots never collide and a nested plan sees the slots of the row around it.
 *
 * <p>A scan with an input runs once for each input row, which is how patterns that do not touch are
 * combined and how a value of the row is looked up in an index.
 */
public sealed interface Plan {

  /** The operators this one pulls from, inner plans last. */
  List<Plan> children();

  /** One row without columns. */
  record Start() implements Plan {
    @Override
    public List<Plan> children() {
      return List.of();
    }
  }

  /** The rows for which the enclosing {@link OptionalApply}, {@link Merge} or nested plan runs. */
  record Argument() implements Plan {
    @Override
    public List<Plan> children() {
      return List.of();
    }
  }

  // ---- Sources --------------------------------------------------------------------------------

  record AllNodesScan(Plan input, int node) implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /** The nodes that have any of some labels, each once. */
  record NodeByLabelScan(Plan input, int node, List<String> labels) implements Plan {
    public NodeByLabelScan {
      labels = List.copyOf(labels);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * For each row, how many nodes there are in all, or relationships.
   *
   * @param name of a label or type, or empty for all
   * @param slots for the number; all get the same
   */
  record StoreCount(Plan input, boolean ofNodes, String name, List<Integer> slots) implements Plan {
    public StoreCount {
      slots = List.copyOf(slots);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * Ids that are looked for.
   *
   * @param value one id, or with {@code many} a list of ids
   * @param ofElements whether they are texts as {@code elementId} gives them
   */
  record Ids(Scalar value, boolean many, boolean ofElements) {}

  /** The nodes with some ids, each once; none for what is no node's id. */
  record NodeByIdSeek(Plan input, int node, Ids ids) implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /** The relationships with some ids, with their ends; each once, or without a direction twice. */
  record RelationshipByIdSeek(
      Plan input, int relationship, int from, int to, Direction direction, Ids ids)
      implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * The nodes of an index on {@code (:label {property})} in the order of the index or against it.
   */
  record NodeIndexSeek(
      Plan input, int node, String label, String property, IndexRange range, boolean descending)
      implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * The relationships of any of some types, or all when there are none, with their ends: each once,
   * or without a direction both ways round.
   */
  record RelationshipTypeScan(
      Plan input, int relationship, int from, int to, Direction direction, List<String> types)
      implements Plan {
    public RelationshipTypeScan {
      types = List.copyOf(types);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * Relationships by an index on {@code [:type {property}]}, with their ends, in the order of the
   * index or against it.
   */
  record RelationshipIndexSeek(
      Plan input,
      int relationship,
      int from,
      int to,
      Direction direction,
      String type,
      String property,
      IndexRange range,
      boolean descending)
      implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * For each row, the rows of {@code inner} whose key equals the row's: true, not null. Both keep
   * their orders. {@code inner} starts by itself, and is run only when there is a row.
   *
   * @param outerKey of a row of the input
   * @param innerKey of a row of {@code inner}
   * @param slots what the rows of {@code inner} add
   */
  record ValueHashJoin(
      Plan input, Plan inner, Scalar outerKey, Scalar innerKey, List<Integer> slots)
      implements Plan {
    public ValueHashJoin {
      slots = List.copyOf(slots);
    }

    @Override
    public List<Plan> children() {
      return List.of(input, inner);
    }
  }

  // ---- Patterns -------------------------------------------------------------------------------

  /**
   * The relationships of a pattern and where they lead.
   *
   * @param from slot of the node that is bound
   * @param relationship slot for the relationship, or for the list of them when of variable length
   * @param to slot of the node at the other end; bound already when {@code into}
   * @param into whether {@code to} is bound already
   * @param types any of these types; empty for all
   * @param distinctFrom slots of relationships (or lists of them) of the same MATCH that must
   *     differ
   */
  record Hop(
      int from,
      int relationship,
      int to,
      Direction direction,
      List<String> types,
      boolean into,
      List<Integer> distinctFrom) {
    public Hop {
      types = List.copyOf(types);
      distinctFrom = List.copyOf(distinctFrom);
    }
  }

  /**
   * For each row, the shortest trails of the hop to each node that can be reached, or to the one
   * that is bound.
   *
   * @param maximum -1 for no bound
   * @param reversed as in {@link VariableLengthExpand}
   * @param repetition of one step: the slots under which {@code each} sees a relationship and the
   *     nodes to its left and right
   * @param each predicate on every relationship of the trail, or null
   * @param condition predicate on a whole trail, which sees it and the node reached under the slots
   *     of the hop; trails without it do not count; or null
   */
  record ShortestPaths(
      Plan input,
      Hop hop,
      int minimum,
      int maximum,
      boolean reversed,
      Selection selection,
      Repetition repetition,
      @Nullable Scalar each,
      @Nullable Scalar condition)
      implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * For each row, the shortest trails of a path pattern from its first node to each of its possible
   * last nodes, or to the one that is bound.
   *
   * @param nodes the slots of the nodes before, between and behind the pieces, in walking order
   * @param into whether the last node is bound
   * @param reversed whether the walk goes from the pattern's right to its left end, so that lists
   *     must be turned around
   * @param nodeConditions for each node what must hold for it; only for those between pieces
   * @param condition predicate on a whole trail under all slots; trails without it do not count; or
   *     null
   */
  record SelectedPaths(
      Plan input,
      List<Integer> nodes,
      List<PathPiece> pieces,
      boolean into,
      boolean reversed,
      Selection selection,
      List<List<Scalar>> nodeConditions,
      @Nullable Scalar condition)
      implements Plan {
    public SelectedPaths {
      nodes = List.copyOf(nodes);
      pieces = List.copyOf(pieces);
      nodeConditions = List.copyOf(nodeConditions);
    }

    int first() {
      return nodes.get(0);
    }

    int last() {
      return nodes.get(nodes.size() - 1);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * Of rows in the order of their lengths, the first of each two ends.
   *
   * @param selection of rows, or of lengths
   */
  record FirstBetween(Plan input, int start, int end, int length, Selection selection)
      implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /** For each row, a row for each relationship of the hop. A null {@code from} yields none. */
  record Expand(Plan input, Hop hop) implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * For each row, a row for each two relationships of two hops, from nodes that are bound, that
   * lead to the same node. A null at either end yields none.
   *
   * @param first of one type and one direction, as is {@code second}; both lead to the same slot,
   *     which is not bound
   * @param distinct whether the two relationships must differ from each other
   */
  record Intersect(Plan input, Hop first, Hop second, boolean distinct) implements Plan {
    public Intersect {
      requireSorted(first);
      requireSorted(second);
      if (first.to() != second.to()) {
        throw new IllegalArgumentException("no common end: " + first + ", " + second);
      }
    }

    /** Of one type in one direction there are lists that are sorted by the node at the end. */
    private static void requireSorted(Hop hop) {
      if (hop.types().size() != 1 || hop.direction() == Direction.BOTH || hop.into()) {
        throw new IllegalArgumentException("not a hop of one type in one direction: " + hop);
      }
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * For each row, a row for each trail of {@code minimum} to {@code maximum} relationships (a trail
   * uses no relationship twice).
   *
   * @param maximum -1 for no bound
   * @param reversed whether the walk goes from the pattern's right to its left end, so that the
   *     list must be turned around
   * @param eachSlot slot under which {@code each} sees a relationship of the trail
   * @param each predicate on every relationship of the trail, or on every repetition; or null
   * @param repetition what is repeated, so that {@code minimum} and {@code maximum} count it and
   *     not relationships, or null for a single relationship of the hop
   */
  record VariableLengthExpand(
      Plan input,
      Hop hop,
      int minimum,
      int maximum,
      boolean reversed,
      int eachSlot,
      @Nullable Scalar each,
      @Nullable Repetition repetition)
      implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /** Rows of {@code inner} for each input row, or the row itself with nulls when it has none. */
  record OptionalApply(Plan input, Plan inner, List<Integer> nullableSlots) implements Plan {
    public OptionalApply {
      nullableSlots = List.copyOf(nullableSlots);
    }

    @Override
    public List<Plan> children() {
      return List.of(input, inner);
    }
  }

  /** What the rows of a subquery are for. */
  enum SubqueryKind {
    /** A row for each of them. */
    RETURNING,
    /** The same, but the input row itself with nulls when there are none. */
    OPTIONAL,
    /** Nothing: the subquery runs for its changes, and the input row goes on. */
    UNIT
  }

  /**
   * Runs {@code inner}, whose leaf is {@link Argument}, for each input row; what it changes for one
   * row is there when it runs for the next.
   *
   * @param slots what the rows of {@code inner} add
   */
  record Subquery(Plan input, Plan inner, SubqueryKind kind, List<Integer> slots) implements Plan {
    public Subquery {
      slots = List.copyOf(slots);
    }

    @Override
    public List<Plan> children() {
      return List.of(input, inner);
    }
  }

  /** What happens when an inner transaction fails. */
  enum OnError {
    FAIL,
    CONTINUE,
    BREAK
  }

  /**
   * A {@link Subquery} whose changes are committed after every so many input rows. Above it no
   * change is waiting to be committed; what is above runs only between transactions, and sees what
   * they committed.
   *
   * @param batchSize how many rows make a transaction
   * @param statusSlot for what is reported of the transaction, or -1
   */
  record SubqueryInTransactions(
      Plan input,
      Plan inner,
      SubqueryKind kind,
      List<Integer> slots,
      Scalar batchSize,
      OnError onError,
      int statusSlot)
      implements Plan {
    public SubqueryInTransactions {
      slots = List.copyOf(slots);
    }

    @Override
    public List<Plan> children() {
      return List.of(input, inner);
    }
  }

  // ---- Rows -----------------------------------------------------------------------------------

  /** Passes the rows for which the predicate is true (not false, not null). */
  record Filter(Plan input, Scalar predicate) implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /** A slot and the expression that fills it. */
  record Assignment(int slot, SlotKind kind, String name, Scalar value) {}

  /** Adds columns. What was there before stays visible to operators above until it is not used. */
  record Project(Plan input, List<Assignment> columns) implements Plan {
    public Project {
      columns = List.copyOf(columns);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * One aggregate of a row group.
   *
   * @param function canonical lower-case name; {@code count} without arguments is {@code count(*)}
   */
  record Aggregate(
      int slot, String function, boolean distinct, List<Scalar> arguments, Origin origin) {
    public Aggregate {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * One row for each distinct combination of the keys, in the order in which the combinations first
   * appear; exactly one row when there are no keys.
   */
  record GroupBy(Plan input, List<Assignment> keys, List<Aggregate> aggregates) implements Plan {
    public GroupBy {
      keys = List.copyOf(keys);
      aggregates = List.copyOf(aggregates);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /** The first row of each distinct combination of the slots. */
  record Distinct(Plan input, List<Integer> slots) implements Plan {
    public Distinct {
      slots = List.copyOf(slots);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  record SortKey(Scalar value, boolean descending) {}

  /** Rows in order; stable. With {@code limit} only that many first rows are kept. */
  record Sort(Plan input, List<SortKey> keys, @Nullable Scalar limit) implements Plan {
    public Sort {
      keys = List.copyOf(keys);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  record Skip(Plan input, Scalar count, Origin origin) implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /** The first rows; the input is still run to its end when it writes. */
  record Limit(Plan input, Scalar count, Origin origin) implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /** A row for each element of a list; none for null; one for anything that is not a list. */
  record Unwind(Plan input, Scalar list, int slot) implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * A row for each record of a table.
   *
   * @param source which table, a string
   * @param withHeaders whether the first record names the fields, so that the others are maps
   * @param separator what stands between fields
   * @param slot for the record
   * @param lineSlot for the line that it begins on
   * @param fileSlot for the whole name of the table
   */
  record LoadCsv(
      Plan input,
      Scalar source,
      boolean withHeaders,
      String separator,
      int slot,
      int lineSlot,
      int fileSlot,
      Origin origin)
      implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /** A column of a procedure's rows, by its place, and the slot that it fills. */
  record Yield(int column, int slot) {}

  /**
   * A row for each row that the procedure gives when it is called with the arguments; for a void
   * procedure, which has no columns, the row itself.
   */
  record ProcedureCall(
      Plan input, String name, List<Scalar> arguments, List<Yield> yields, Origin origin)
      implements Plan {
    public ProcedureCall {
      arguments = List.copyOf(arguments);
      yields = List.copyOf(yields);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /** The rows of the left, then of the right plan; both sides fill {@code slots}. */
  record Union(
      Plan left, List<Integer> leftSlots, Plan right, List<Integer> rightSlots, List<Integer> slots)
      implements Plan {
    public Union {
      leftSlots = List.copyOf(leftSlots);
      rightSlots = List.copyOf(rightSlots);
      slots = List.copyOf(slots);
    }

    @Override
    public List<Plan> children() {
      return List.of(left, right);
    }
  }

  /** Reads its whole input before it passes the first row: the barrier between reads and writes. */
  record Eager(Plan input) implements Plan {
    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  // ---- Writes ---------------------------------------------------------------------------------

  /** A node to create; {@code properties} is a map expression or null. */
  record NewNode(
      int slot,
      List<String> labels,
      List<Scalar> dynamicLabels,
      @Nullable Scalar properties,
      Origin origin) {
    public NewNode {
      labels = List.copyOf(labels);
      dynamicLabels = List.copyOf(dynamicLabels);
    }
  }

  /**
   * A relationship to create between two slots that are bound by then; a computed type stands in
   * {@code dynamicType}, and {@code type} is empty then.
   */
  record NewRelationship(
      int slot,
      String type,
      @Nullable Scalar dynamicType,
      int start,
      int end,
      @Nullable Scalar properties,
      Origin origin) {}

  /** For each row creates the nodes, then the relationships. */
  record Create(Plan input, List<NewNode> nodes, List<NewRelationship> relationships)
      implements Plan {
    public Create {
      nodes = List.copyOf(nodes);
      relationships = List.copyOf(relationships);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * For each row runs {@code match} (its leaf is {@link Argument}) on the graph as it is then; when
   * it has no row, creates the nodes and relationships and applies {@code onCreate}, else passes
   * each of its rows and applies {@code onMatch} to it. A null property in the pattern is an error.
   */
  record Merge(
      Plan input,
      Plan match,
      List<NewNode> nodes,
      List<NewRelationship> relationships,
      List<Update> onCreate,
      List<Update> onMatch,
      Origin origin)
      implements Plan {
    public Merge {
      nodes = List.copyOf(nodes);
      relationships = List.copyOf(relationships);
      onCreate = List.copyOf(onCreate);
      onMatch = List.copyOf(onMatch);
    }

    @Override
    public List<Plan> children() {
      return List.of(input, match);
    }
  }

  /** Applies the updates to each row, in order. */
  record Apply(Plan input, List<Update> updates, Origin origin) implements Plan {
    public Apply {
      updates = List.copyOf(updates);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  /**
   * Deletes nodes, relationships and all of paths. Without {@code detach}, a node that still has
   * relationships when the statement ends is an error.
   */
  record Delete(Plan input, List<Scalar> targets, boolean detach, Origin origin) implements Plan {
    public Delete {
      targets = List.copyOf(targets);
    }

    @Override
    public List<Plan> children() {
      return List.of(input);
    }
  }

  // ---- Schema ---------------------------------------------------------------------------------

  /** A change of the indexes or constraints. */
  record ChangeSchema(SchemaChange change) implements Plan {
    @Override
    public List<Plan> children() {
      return List.of();
    }
  }
}
