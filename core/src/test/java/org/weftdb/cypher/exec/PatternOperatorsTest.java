package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.SlotKind;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphView;
import org.weftdb.value.Direction;
import org.weftdb.value.RelationshipReference;

/**
 * The operators of patterns against naive enumeration, on random graphs with loops and parallel
 * relationships, from a snapshot and from a transaction.
 */
final class PatternOperatorsTest {
  private static final int A = 0;
  private static final int R = 1;
  private static final int B = 2;
  private static final int S = 3;
  private static final int C = 4;

  private record Relationship(int id, String type, int start, int end) {
    /** The other end as seen from a node, or -1 when it cannot be gone that way. */
    int from(int node, Direction direction) {
      if (direction != Direction.INCOMING && start == node) {
        return end;
      }
      return direction != Direction.OUTGOING && end == node ? start : -1;
    }
  }

  /** A graph twice: as the database has it and as a list. */
  private record Sample(GraphSnapshot graph, int nodes, List<Relationship> relationships) {
    static Sample of(long seed, int nodes, int relationships) {
      Prng random = new Prng(seed);
      GraphTransaction transaction = GraphSnapshot.empty().begin();
      int label = transaction.labelIdOrCreate("N");
      int key = transaction.keyIdOrCreate("w");
      for (int i = 0; i < nodes; i++) {
        transaction.createNode(new int[] {label});
      }
      List<Relationship> list = new ArrayList<>();
      for (int i = 0; i < relationships; i++) {
        String type = random.nextBoolean() ? "X" : "Y";
        int start = random.nextInt(nodes);
        int end = random.nextInt(8) == 0 ? start : random.nextInt(nodes);
        int id = transaction.createRelationship(transaction.typeIdOrCreate(type), start, end);
        transaction.setRelationshipProperty(id, key, (long) (id % 3));
        list.add(new Relationship(id, type, start, end));
      }
      return new Sample(transaction.commit(), nodes, list);
    }

    List<Relationship> of(List<String> types) {
      List<Relationship> chosen = new ArrayList<>();
      for (Relationship each : relationships) {
        if (types.isEmpty() || types.contains(each.type())) {
          chosen.add(each);
        }
      }
      return chosen;
    }
  }

  private static final List<List<String>> TYPES =
      List.of(List.of(), List.of("X"), List.of("Y", "X"), List.of("Nope", "Y"));

  private static Scalar.Slot slot(int slot, SlotKind kind) {
    return new Scalar.Slot(slot, kind, "s" + slot);
  }

  private static Plan nodes(int slot) {
    return new Plan.AllNodesScan(new Plan.Start(), slot);
  }

  private static Plan.Hop hop(int from, int relationship, int to, Direction d, List<String> types) {
    return new Plan.Hop(from, relationship, to, d, types, false, List.of());
  }

  private static void check(Sample sample, Plan plan, List<Integer> slots, List<String> expected) {
    Collections.sort(expected);
    assertEquals(expected, rows(sample.graph(), plan, slots));
    assertEquals(expected, rows(sample.graph().begin(), plan, slots));
  }

  private static List<String> rows(GraphView view, Plan plan, List<Integer> slots) {
    List<String> names = new ArrayList<>();
    for (int slot : slots) {
      names.add("c" + slot);
    }
    Statement statement =
        new Statement(
            ParsedQuery.Mode.EXECUTE,
            plan,
            names,
            slots,
            List.of("a", "r", "b", "s", "c", "x", "y", "z"),
            false,
            false,
            List.of(),
            Origin.NONE,
            Origin.NONE);
    ResultCursor cursor = Execution.start(statement, view, Map.of(), ExecutionContext.of(0, 0));
    List<String> rows = new ArrayList<>();
    for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
      for (int k = 0; k < batch.rows(); k++) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < slots.size(); i++) {
          row.append(text(batch.column(i).value(batch.row(k)))).append(' ');
        }
        rows.add(row.toString());
      }
    }
    Collections.sort(rows);
    return rows;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof org.weftdb.value.NodeReference node) {
      return "" + node.id();
    } else if (value instanceof RelationshipReference relationship) {
      return "" + relationship.id();
    } else if (value instanceof List<?> list) {
      StringBuilder out = new StringBuilder("[");
      for (Object element : list) {
        out.append(text(element)).append(',');
      }
      return out.append(']').toString();
    }
    return String.valueOf(value);
  }

  private static void forEachShape(int relationships, Shape shape) {
    for (int seed = 1; seed <= 3; seed++) {
      Sample sample = Sample.of(seed, 9, relationships);
      for (Direction direction : Direction.values()) {
        for (List<String> types : TYPES) {
          shape.check(sample, direction, types);
        }
      }
    }
  }

  private interface Shape {
    void check(Sample sample, Direction direction, List<String> types);
  }

  @Test
  void oneStepFindsEveryRelationshipOnce() {
    forEachShape(
        40,
        (sample, direction, types) -> {
          List<String> expected = new ArrayList<>();
          for (int a = 0; a < sample.nodes(); a++) {
            for (Relationship r : sample.of(types)) {
              int b = r.from(a, direction);
              if (b >= 0) {
                expected.add(a + " " + r.id() + " " + b + " ");
              }
            }
          }
          Plan plan = new Plan.Expand(nodes(A), hop(A, R, B, direction, types));
          check(sample, plan, List.of(A, R, B), expected);
        });
  }

  @Test
  void twoStepsUseNoRelationshipTwice() {
    forEachShape(
        150,
        (sample, direction, types) -> {
          List<Relationship> all = sample.of(types);
          List<String> expected = new ArrayList<>();
          for (Relationship r : all) {
            for (int a = 0; a < sample.nodes(); a++) {
              int b = r.from(a, direction);
              if (b < 0) {
                continue;
              }
              for (Relationship s : all) {
                int c = s.from(b, direction.reversed());
                if (c >= 0 && s.id() != r.id()) {
                  expected.add(a + " " + r.id() + " " + b + " " + s.id() + " " + c + " ");
                }
              }
            }
          }
          Plan one = new Plan.Expand(nodes(A), hop(A, R, B, direction, types));
          Plan two =
              new Plan.Expand(
                  one, new Plan.Hop(B, S, C, direction.reversed(), types, false, List.of(R)));
          check(sample, two, List.of(A, R, B, S, C), expected);
        });
  }

  @Test
  void stepsThatAreOnlyCountedAreCountedRight() {
    forEachShape(
        60,
        (sample, direction, types) -> {
          List<String> expected = new ArrayList<>();
          for (int a = 0; a < sample.nodes(); a++) {
            int count = 0;
            for (Relationship r : sample.relationships()) {
              int b = r.from(a, Direction.BOTH);
              for (Relationship s : sample.of(types)) {
                count += b >= 0 && s.id() != r.id() && s.from(b, direction) >= 0 ? 1 : 0;
              }
            }
            if (count > 0) {
              expected.add(a + " " + count + " ");
            }
          }
          Plan one = new Plan.Expand(nodes(A), hop(A, R, B, Direction.BOTH, List.of()));
          Plan two =
              new Plan.Expand(one, new Plan.Hop(B, S, C, direction, types, false, List.of(R)));
          Plan plan =
              new Plan.GroupBy(
                  two,
                  List.of(new Plan.Assignment(5, SlotKind.NODE, "a", slot(A, SlotKind.NODE))),
                  List.of(new Plan.Aggregate(6, "count", false, List.of(), Origin.NONE)));
          check(sample, plan, List.of(5, 6), expected);
        });
  }

  @Test
  void relationshipsBetweenTwoKnownNodesAreFound() {
    forEachShape(
        60,
        (sample, direction, types) -> {
          List<String> expected = new ArrayList<>();
          for (int a = 0; a < sample.nodes(); a++) {
            for (int b = 0; b < sample.nodes(); b++) {
              for (Relationship r : sample.of(types)) {
                if (r.from(a, direction) == b) {
                  expected.add(a + " " + r.id() + " " + b + " ");
                }
              }
            }
          }
          Plan pairs = new Plan.AllNodesScan(nodes(A), B);
          Plan plan =
              new Plan.Expand(pairs, new Plan.Hop(A, R, B, direction, types, true, List.of()));
          check(sample, plan, List.of(A, R, B), expected);
        });
  }

  private static void trails(
      List<Relationship> all, Direction direction, int[] bounds, Trail trail, List<String> out) {
    if (trail.ids.size() >= bounds[0]) {
      out.add(trail.start + " " + text(trail.list()) + " " + trail.end + " ");
    }
    if (trail.ids.size() == bounds[1]) {
      return;
    }
    for (Relationship r : all) {
      int next = r.from(trail.end, direction);
      if (next >= 0 && !trail.ids.contains(r.id())) {
        trails(all, direction, bounds, trail.plus(r.id(), next), out);
      }
    }
  }

  private record Trail(int start, List<Integer> ids, int end) {
    Trail plus(int id, int node) {
      List<Integer> longer = new ArrayList<>(ids);
      longer.add(id);
      return new Trail(start, longer, node);
    }

    List<Object> list() {
      List<Object> list = new ArrayList<>();
      for (int id : ids) {
        list.add(new RelationshipReference(id));
      }
      return list;
    }
  }

  @Test
  void trailsOfVariableLengthAreAllFound() {
    int[][] bounds = {{0, 0}, {0, 2}, {1, 3}, {2, 2}, {3, 1}};
    forEachShape(
        14,
        (sample, direction, types) -> {
          for (int[] each : bounds) {
            List<String> expected = new ArrayList<>();
            for (int a = 0; a < sample.nodes() && each[0] <= each[1]; a++) {
              trails(sample.of(types), direction, each, new Trail(a, List.of(), a), expected);
            }
            Plan plan =
                new Plan.VariableLengthExpand(
                    nodes(A),
                    hop(A, R, B, direction, types),
                    each[0],
                    each[1],
                    false,
                    5,
                    null,
                    null);
            check(sample, plan, List.of(A, R, B), expected);
          }
        });
  }

  @Test
  void trailsWithoutUpperBoundEnd() {
    for (int seed = 1; seed <= 3; seed++) {
      Sample sample = Sample.of(seed, 30, 34);
      List<String> expected = new ArrayList<>();
      for (int a = 0; a < sample.nodes(); a++) {
        trails(
            sample.relationships(),
            Direction.OUTGOING,
            new int[] {1, 1000},
            new Trail(a, List.of(), a),
            expected);
      }
      Plan plan =
          new Plan.VariableLengthExpand(
              nodes(A), hop(A, R, B, Direction.OUTGOING, List.of()), 1, -1, false, 5, null, null);
      check(sample, plan, List.of(A, R, B), expected);
    }
  }

  @Test
  void everyRelationshipOfATrailPassesThePredicate() {
    Sample sample = Sample.of(5, 9, 30);
    List<Relationship> passing = new ArrayList<>();
    for (Relationship each : sample.relationships()) {
      if (each.id() % 3 == 1) {
        passing.add(each);
      }
    }
    List<String> expected = new ArrayList<>();
    for (int a = 0; a < sample.nodes(); a++) {
      trails(passing, Direction.BOTH, new int[] {1, 3}, new Trail(a, List.of(), a), expected);
    }
    Scalar each =
        new Scalar.Binary(
            Scalar.BinaryOperator.EQUAL,
            new Scalar.Property(slot(5, SlotKind.RELATIONSHIP), "w"),
            new Scalar.Constant(1L));
    Plan plan =
        new Plan.VariableLengthExpand(
            nodes(A), hop(A, R, B, Direction.BOTH, List.of()), 1, 3, false, 5, each, null);
    check(sample, plan, List.of(A, R, B), expected);
  }

  @Test
  void optionalStepsGiveNullsInTheOrderOfTheRows() {
    forEachShape(
        7,
        (sample, direction, types) -> {
          List<String> expected = new ArrayList<>();
          List<Relationship> all = sample.of(types);
          for (int a = 0; a < sample.nodes(); a++) {
            boolean any = false;
            for (Relationship r : all) {
              int b = r.from(a, direction);
              for (Relationship s : all) {
                int c = b < 0 ? -1 : s.from(b, direction);
                if (c >= 0 && s.id() != r.id()) {
                  any = true;
                  expected.add(a + " " + r.id() + " " + b + " " + c + " ");
                }
              }
            }
            if (!any) {
              expected.add(a + " null null null ");
            }
          }
          Plan one = new Plan.Expand(new Plan.Argument(), hop(A, R, B, direction, types));
          Plan two =
              new Plan.Expand(one, new Plan.Hop(B, S, C, direction, types, false, List.of(R)));
          Plan ordered = new Plan.OptionalApply(nodes(A), two, List.of(R, B, S, C));
          check(sample, ordered, List.of(A, R, B, C), new ArrayList<>(expected));
          Plan oneByOne =
              new Plan.OptionalApply(nodes(A), new Plan.Eager(two), List.of(R, B, S, C));
          check(sample, oneByOne, List.of(A, R, B, C), expected);
        });
  }

  @Test
  void nestedPlansSeeTheirRow() {
    forEachShape(
        20,
        (sample, direction, types) -> {
          List<String> expected = new ArrayList<>();
          for (int a = 0; a < sample.nodes(); a++) {
            int count = 0;
            for (Relationship r : sample.of(types)) {
              count += r.from(a, direction) >= 0 ? 1 : 0;
            }
            expected.add(a + " " + (count > 0) + " " + count + " " + count + " ");
          }
          Plan step = new Plan.Expand(new Plan.Argument(), hop(A, R, B, direction, types));
          Scalar collect =
              new Scalar.Nested(Scalar.NestedKind.COLLECT, step, slot(B, SlotKind.NODE));
          Plan plan =
              new Plan.Project(
                  nodes(A),
                  List.of(
                      new Plan.Assignment(
                          5,
                          SlotKind.VALUE,
                          "x",
                          new Scalar.Nested(Scalar.NestedKind.EXISTS, step, null)),
                      new Plan.Assignment(
                          6,
                          SlotKind.VALUE,
                          "y",
                          new Scalar.Nested(Scalar.NestedKind.COUNT, step, null)),
                      new Plan.Assignment(
                          7, SlotKind.VALUE, "z", new Scalar.Call("size", List.of(collect)))));
          check(sample, plan, List.of(A, 5, 6, 7), expected);
        });
  }
}
