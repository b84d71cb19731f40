package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphView;
import org.weftdb.value.Direction;

/**
 * {@link IntersectOperator} gives the rows of an expand and of one more between the nodes that are
 * known then, in their order, whatever the lists look like.
 */
final class IntersectOperatorTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int Q = 3;
  private static final int R = 4;
  private static final int S = 5;
  private static final int MADE = 6;
  private static final int COUNT = 7;
  private static final List<Integer> ALL = List.of(A, B, C, R, S);
  private static final Plan.Start START = new Plan.Start();

  /** The two directions of each hop. */
  private static final Direction[][] DIRECTIONS = {
    {Direction.OUTGOING, Direction.INCOMING},
    {Direction.OUTGOING, Direction.OUTGOING},
    {Direction.INCOMING, Direction.INCOMING},
    {Direction.INCOMING, Direction.OUTGOING}
  };

  /** A graph of one label with types X and Y, in which the ends are chosen one by one. */
  private static GraphSnapshot graph(
      int nodes, int relationships, IntUnaryOperator start, IntUnaryOperator end) {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    int label = transaction.labelIdOrCreate("N");
    for (int i = 0; i < nodes; i++) {
      transaction.createNode(new int[] {label});
    }
    int x = transaction.typeIdOrCreate("X");
    int y = transaction.typeIdOrCreate("Y");
    for (int i = 0; i < relationships; i++) {
      transaction.createRelationship(
          i % 3 == 0 ? y : x, start.applyAsInt(nodes), end.applyAsInt(nodes));
    }
    return transaction.commit();
  }

  private static GraphSnapshot random(long seed, int nodes, int relationships) {
    Prng random = new Prng(seed);
    return graph(nodes, relationships, random::nextInt, random::nextInt);
  }

  /** Some few nodes have most relationships, so that their lists are in many chunks. */
  private static GraphSnapshot withHubs(long seed, int nodes, int relationships) {
    Prng random = new Prng(seed);
    IntUnaryOperator end =
        bound -> random.nextInt(random.nextInt(3) == 0 ? bound : Math.min(4, bound));
    return graph(nodes, relationships, end, end);
  }

  private static Plan.Hop hop(
      int from, int relationship, int to, Direction direction, String type, Integer... others) {
    return new Plan.Hop(from, relationship, to, direction, List.of(type), false, List.of(others));
  }

  private static Plan intersect(Plan input, Plan.Hop first, Plan.Hop second, boolean distinct) {
    return new Plan.Intersect(input, first, second, distinct);
  }

  /** The same by two expands. */
  private static Plan expands(Plan input, Plan.Hop first, Plan.Hop second, boolean distinct) {
    List<Integer> others = new ArrayList<>(second.distinctFrom());
    if (distinct) {
      others.add(first.relationship());
    }
    Plan.Hop into =
        new Plan.Hop(
            second.to(),
            second.relationship(),
            second.from(),
            second.direction().reversed(),
            second.types(),
            true,
            others);
    return new Plan.Expand(new Plan.Expand(input, first), into);
  }

  private static Statement statement(Plan plan, List<Integer> slots) {
    List<String> columns = new ArrayList<>();
    slots.forEach(slot -> columns.add("c" + slot));
    return new Statement(
        ParsedQuery.Mode.EXECUTE,
        plan,
        columns,
        slots,
        List.of("a", "b", "c", "q", "r", "s", "made", "count"),
        false,
        false,
        List.of(),
        Origin.NONE,
        Origin.NONE);
  }

  private static List<String> rows(GraphView view, Plan plan, List<Integer> slots) {
    ResultCursor cursor =
        Execution.start(statement(plan, slots), view, Map.of(), ExecutionContext.of(0, 0));
    List<String> rows = new ArrayList<>();
    for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
      for (int k = 0; k < batch.rows(); k++) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < slots.size(); i++) {
          row.append(batch.column(i).value(batch.row(k))).append(' ');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /** Rows of an input, from a snapshot, in a transaction, and counted. */
  private static int check(GraphSnapshot graph, Plan input, List<Integer> slots, Hops hops) {
    int found = 0;
    for (Direction[] directions : DIRECTIONS) {
      for (String type : List.of("X", "Y")) {
        Plan.Hop first = hops.first(directions[0]);
        Plan.Hop second = hops.second(directions[1], type);
        boolean distinct = type.equals("X");
        Plan plan = intersect(input, first, second, distinct);
        List<String> expected = rows(graph, expands(input, first, second, distinct), slots);
        assertEquals(expected, rows(graph, plan, slots));
        assertEquals(expected, rows(graph.begin(), plan, slots));
        assertEquals(
            expected.isEmpty() ? List.of() : List.of(expected.size() + " "),
            rows(graph, counted(plan), List.of(COUNT)).stream()
                .filter(n -> !n.equals("0 "))
                .toList());
        found += expected.size();
      }
    }
    return found;
  }

  private static Plan counted(Plan plan) {
    return new Plan.GroupBy(
        plan,
        List.of(),
        List.of(new Plan.Aggregate(COUNT, "count", false, List.of(), Origin.NONE)));
  }

  /** The hops of a shape by their directions; the first has the type X. */
  private record Hops(int firstFrom, int secondFrom, Integer... others) {
    Plan.Hop first(Direction direction) {
      return hop(firstFrom, R, C, direction, "X", others);
    }

    Plan.Hop second(Direction direction, String type) {
      return hop(secondFrom, S, C, direction, type, others);
    }
  }

  private static Plan nodes(Plan input, int slot) {
    return new Plan.AllNodesScan(input, slot);
  }

  private static List<GraphSnapshot> graphs() {
    return List.of(
        random(1, 1, 5),
        random(2, 3, 40),
        random(3, 12, 60),
        random(4, 40, 400),
        withHubs(5, 30, 500),
        withHubs(6, 300, 900));
  }

  @Test
  void findsWhatTwoNodesBothLeadTo() {
    for (GraphSnapshot graph : graphs()) {
      Plan pairs = nodes(nodes(START, A), B);
      assertTrue(check(graph, pairs, ALL, new Hops(A, B)) > 0);
      check(graph, pairs, ALL, new Hops(B, A));
    }
  }

  @Test
  void closesTrianglesWithoutRelationshipsThatWereUsed() {
    List<Integer> slots = List.of(A, B, C, Q, R, S);
    for (GraphSnapshot graph : graphs().subList(0, 4)) {
      for (Direction direction : List.of(Direction.OUTGOING, Direction.INCOMING)) {
        Plan steps = new Plan.Expand(nodes(START, A), hop(A, Q, B, direction, "X"));
        assertTrue(check(graph, steps, slots, new Hops(B, A, Q)) > 0);
        assertTrue(check(graph, steps, slots, new Hops(A, B, Q)) > 0);
      }
    }
  }

  @Test
  void goesFromANodeToANodeAndBackByTwoRelationships() {
    for (GraphSnapshot graph : graphs()) {
      assertTrue(check(graph, nodes(START, A), List.of(A, C, R, S), new Hops(A, A)) > 0);
    }
  }

  @Test
  void parallelRelationshipsInSeveralChunksAreAllCombined() {
    GraphSnapshot graph = random(7, 2, 3_000);
    Plan plan = intersect(nodes(nodes(START, A), B), xHop(A, R), xHop(B, S), true);
    Plan expands = expands(nodes(nodes(START, A), B), xHop(A, R), xHop(B, S), true);
    assertEquals(
        rows(graph, counted(expands), List.of(COUNT)), rows(graph, counted(plan), List.of(COUNT)));
    assertEquals(rows(graph, expands, List.of(S, R)), rows(graph, plan, List.of(S, R)));
  }

  private static Plan.Hop xHop(int from, int relationship) {
    return hop(from, relationship, C, Direction.OUTGOING, "X");
  }

  @Test
  void typesThatDoNotExistAndMissingNodesGiveNoRows() {
    GraphSnapshot graph = random(8, 10, 100);
    Plan pairs = nodes(nodes(START, A), B);
    Plan.Hop unknown = hop(B, S, C, Direction.OUTGOING, "Nope");
    assertEquals(List.of(), rows(graph, intersect(pairs, xHop(A, R), unknown, true), ALL));
    assertEquals(
        List.of(),
        rows(
            graph,
            intersect(pairs, hop(A, R, C, Direction.OUTGOING, "Nope"), xHop(B, S), true),
            ALL));
    Plan missing = new Plan.OptionalApply(nodes(START, A), noNode(), List.of(B));
    assertEquals(List.of(), rows(graph, intersect(missing, xHop(A, R), xHop(B, S), true), ALL));
    assertEquals(List.of(), rows(graph, intersect(missing, xHop(B, R), xHop(A, S), true), ALL));
  }

  private static Plan noNode() {
    return new Plan.NodeByLabelScan(new Plan.Argument(), B, List.of("Nope"));
  }

  /**
   * Each row creates a relationship at the nodes that are walked along, which moves the entries of
   * those that are left; no barrier is there to help.
   */
  @Test
  void aRowInWorkDoesNotSeeWhatIsWrittenMeanwhile() {
    for (GraphSnapshot graph : List.of(random(9, 20, 900), withHubs(10, 40, 3_000))) {
      for (int from : new int[] {A, B}) {
        Plan pairs = new Plan.Limit(nodes(nodes(START, A), B), constant(3), Origin.NONE);
        Plan read = intersect(pairs, xHop(from, R), xHop(A + B - from, S), true);
        List<Plan.NewRelationship> made = new ArrayList<>();
        for (int start : new int[] {A, B}) {
          made.add(new Plan.NewRelationship(MADE, "A first", null, start, C, null, Origin.NONE));
        }
        Plan write = new Plan.Create(read, List.of(), made);
        List<String> expected = rows(graph, read, List.of(A, B, C, R, S));
        assertTrue(expected.size() > Batch.FIRST_ROWS * 4, () -> "" + expected.size());
        assertEquals(expected, rows(graph.begin(), write, List.of(A, B, C, R, S)));
      }
    }
  }

  private static Scalar constant(long value) {
    return new Scalar.Constant(value);
  }

  @Test
  void seesWhatItsTransactionHasChanged() {
    GraphSnapshot graph = withHubs(11, 60, 1_500);
    GraphTransaction transaction = graph.begin();
    Prng random = new Prng(12);
    int x = transaction.typeIdOrCreate("X");
    for (int i = 0; i < 400; i++) {
      transaction.createRelationship(x, random.nextInt(60), random.nextInt(8));
      transaction.deleteRelationship(random.nextInt(1_500));
    }
    Plan pairs = nodes(nodes(START, A), B);
    Plan.Hop back = hop(B, S, C, Direction.INCOMING, "X");
    assertEquals(
        rows(transaction, expands(pairs, xHop(A, R), back, true), ALL),
        rows(transaction, intersect(pairs, xHop(A, R), back, true), ALL));
  }

  /** Two nodes, 0 and 1, that lead to others in turn, or both to all of them. */
  private static GraphSnapshot twoHubs(int others, boolean toAll) {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    int x = transaction.typeIdOrCreate("X");
    transaction.createNode(new int[0]);
    transaction.createNode(new int[0]);
    for (int i = 0; i < others; i++) {
      int node = transaction.createNode(new int[0]);
      for (int hub = 0; hub < 2; hub++) {
        if (toAll || i % 2 == hub) {
          transaction.createRelationship(x, hub, node);
        }
      }
    }
    return transaction.commit();
  }

  private static Plan ofHubs() {
    Plan a = new Plan.NodeByIdSeek(START, A, new Plan.Ids(constant(0), false, false));
    Plan b = new Plan.NodeByIdSeek(a, B, new Plan.Ids(constant(1), false, false));
    return intersect(b, xHop(A, R), xHop(B, S), true);
  }

  /** An execution that is cancelled when it is asked for that time, and may use so many bytes. */
  private static final class Limits implements ExecutionContext {
    private final int cancelledAt;
    private final long bytes;
    int asked;

    Limits(int cancelledAt, long bytes) {
      this.cancelledAt = cancelledAt;
      this.bytes = bytes;
    }

    @Override
    public long randomSeed() {
      return 0;
    }

    @Override
    public long clockMillis() {
      return 0;
    }

    @Override
    public boolean cancelled() {
      return ++asked >= cancelledAt;
    }

    @Override
    public long memoryBytes() {
      return bytes;
    }
  }

  private static int drain(GraphView view, ExecutionContext context) {
    ResultCursor cursor = Execution.start(statement(ofHubs(), List.of(C)), view, Map.of(), context);
    int rows = 0;
    for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
      rows += batch.rows();
    }
    return rows;
  }

  @Test
  void longListsAreCancelledBeforeTheFirstCommonNode() {
    GraphSnapshot graph = twoHubs(200_000, false);
    Limits none = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE);
    assertEquals(0, drain(graph, none));
    assertTrue(none.asked > 30, () -> "asked " + none.asked + " times");
    Limits early = new Limits(none.asked / 2, Long.MAX_VALUE);
    WeftException error = assertThrows(WeftException.class, () -> drain(graph, early));
    assertEquals(ErrorCode.CANCELLED, error.code());
  }

  @Test
  void whatATransactionCopiesOfLongListsIsCounted() {
    GraphSnapshot graph = twoHubs(50_000, true);
    assertEquals(50_000, drain(graph, new Limits(Integer.MAX_VALUE, 100_000)));
    assertEquals(50_000, drain(graph.begin(), new Limits(Integer.MAX_VALUE, 4_000_000)));
    Limits little = new Limits(Integer.MAX_VALUE, 100_000);
    WeftException error = assertThrows(WeftException.class, () -> drain(graph.begin(), little));
    assertEquals(ErrorCode.MEMORY_LIMIT, error.code());
  }
}
