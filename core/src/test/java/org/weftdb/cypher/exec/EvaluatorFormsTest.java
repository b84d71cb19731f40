package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.Scalar.BinaryOperator;
import org.weftdb.cypher.plan.Scalar.UnaryOperator;
import org.weftdb.cypher.plan.SlotKind;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.value.NodeReference;
import org.weftdb.value.Vector;

/** The vector form of every expression gives what its scalar form gives, errors included. */
final class EvaluatorFormsTest {
  private static final int ROWS = 70;
  private static final int NODES = 40;

  /** Columns of each kind, with and without nulls, and one with values of all types. */
  private static List<List<@Nullable Object>> columns(Prng random) {
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (int column = 0; column < 11; column++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        values.add(value(column, random));
      }
      columns.add(values);
    }
    return columns;
  }

  private static @Nullable Object value(int column, Prng random) {
    boolean nullNow = random.nextInt(4) == 0;
    long small = random.nextInt(7) - 3;
    return switch (column) {
      case 0 -> small;
      case 1 -> nullNow ? null : (Object) small;
      case 2 -> random.nextInt(6) == 0 ? Long.MAX_VALUE - random.nextInt(3) : small;
      case 3 -> small / 2.0;
      case 4 ->
          nullNow ? null : random.nextInt(5) == 0 ? (Object) Double.NaN : (Object) (small / 2.0);
      case 5 -> random.nextBoolean();
      case 6 -> nullNow ? null : (Object) random.nextBoolean();
      case 7 -> nullNow ? null : "s" + small;
      case 8 -> new NodeReference(random.nextInt(NODES));
      case 9 -> nullNow ? null : new NodeReference(random.nextInt(NODES));
      default ->
          switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> (Object) small;
            case 2 -> (Object) (small / 2.0);
            case 3 -> (Object) (small > 0);
            case 4 -> "s" + small;
            default -> List.of(small);
          };
    };
  }

  private static GraphSnapshot graph() {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    int even = transaction.labelIdOrCreate("Even");
    int p = transaction.keyIdOrCreate("p");
    int mixed = transaction.keyIdOrCreate("mixed");
    for (int i = 0; i < NODES; i++) {
      transaction.createNode(i % 2 == 0 ? new int[] {even} : new int[0]);
      if (i % 5 != 0) {
        transaction.setNodeProperty(i, p, (long) i);
      }
      transaction.setNodeProperty(i, mixed, i % 3 == 0 ? (Object) ("t" + i) : (Object) (i / 2.0));
    }
    return transaction.commit();
  }

  private static List<Scalar> expressions() {
    List<Scalar> leaves = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      leaves.add(new Scalar.Slot(i, SlotKind.VALUE, "c" + i));
    }
    leaves.add(new Scalar.Constant(1L));
    leaves.add(new Scalar.Constant(0.5));
    leaves.add(new Scalar.Constant(null));
    leaves.add(new Scalar.Property(leaves.get(8), "p"));
    leaves.add(new Scalar.Property(leaves.get(9), "p"));
    leaves.add(new Scalar.Property(leaves.get(9), "mixed"));
    leaves.add(new Scalar.Property(leaves.get(8), "nope"));
    leaves.add(new Scalar.HasLabels(leaves.get(8), List.of("Even")));
    leaves.add(new Scalar.HasLabels(leaves.get(9), List.of("Even")));
    leaves.add(new Scalar.HasLabels(leaves.get(9), List.of("Even", "Nope")));
    List<Scalar> all = new ArrayList<>(leaves);
    for (Scalar a : leaves) {
      for (UnaryOperator operator : UnaryOperator.values()) {
        all.add(new Scalar.Unary(operator, a));
      }
      for (Scalar b : leaves) {
        for (BinaryOperator operator : BinaryOperator.values()) {
          if (operator != BinaryOperator.MATCHES) {
            all.add(new Scalar.Binary(operator, a, b));
          }
        }
        all.add(new Scalar.And(List.of(a, b)));
        all.add(new Scalar.Or(List.of(a, b)));
      }
    }
    // An operand that fails on some rows, behind one that decides for some.
    Scalar failing =
        new Scalar.Binary(
            BinaryOperator.LESS,
            new Scalar.Binary(BinaryOperator.DIVIDE, new Scalar.Constant(6L), leaves.get(1)),
            new Scalar.Constant(2L));
    Scalar guard = new Scalar.Binary(BinaryOperator.EQUAL, leaves.get(1), new Scalar.Constant(0L));
    all.add(new Scalar.Or(List.of(guard, failing)));
    all.add(new Scalar.And(List.of(new Scalar.Unary(UnaryOperator.NOT, guard), failing)));
    all.add(new Scalar.And(List.of(leaves.get(6), leaves.get(5), leaves.get(6))));
    all.add(new Scalar.Or(List.of(leaves.get(6), leaves.get(5), leaves.get(6))));
    return all;
  }

  private static List<@Nullable Object> scalarForm(Evaluator evaluator, Batch batch, int[] rows) {
    List<@Nullable Object> values = new ArrayList<>();
    try {
      for (int row : rows) {
        values.add(evaluator.value(batch, row));
      }
    } catch (WeftException exception) {
      return Arrays.asList("error", exception.code());
    }
    return values;
  }

  private static List<@Nullable Object> vectorForm(Evaluator evaluator, Batch batch, int[] rows) {
    List<@Nullable Object> values = new ArrayList<>();
    try {
      Vector vector = evaluator.evaluate(batch, rows, rows.length);
      for (int row : rows) {
        values.add(vector.value(row));
      }
    } catch (WeftException exception) {
      return Arrays.asList("error", exception.code());
    }
    return values;
  }

  @Test
  void bothFormsAgree() {
    GraphSnapshot graph = graph();
    List<Scalar> expressions = expressions();
    for (int seed = 1; seed <= 3; seed++) {
      Prng random = new Prng(seed);
      List<List<@Nullable Object>> columns = columns(random);
      Batch batch = new Batch(11);
      BitSet slots = new BitSet();
      for (int column = 0; column < columns.size(); column++) {
        Vector vector = batch.own(column);
        Object first = columns.get(column).get(0);
        for (Object value : columns.get(column)) {
          first = first == null ? value : first;
        }
        vector.reset(column == 10 ? Vector.Kind.OBJECT : Evaluator.kindOf(first), ROWS);
        for (int row = 0; row < ROWS; row++) {
          vector.set(row, columns.get(column).get(row));
        }
        slots.set(column);
      }
      batch.all(ROWS);
      int[] rows = new int[ROWS];
      int count = 0;
      for (int row = 0; row < ROWS; row++) {
        if (random.nextInt(3) > 0) {
          rows[count++] = row;
        }
      }
      int[] selected = Arrays.copyOf(rows, count);
      QueryState state = new QueryState(graph, Map.of(), ExecutionContext.of(0, 0), null, 11);
      for (Scalar expression : expressions) {
        Evaluator evaluator =
            new ScalarCompiler(state, new PlanCompiler(state, 11)).compile(expression, slots);
        assertEquals(
            scalarForm(evaluator, batch, selected),
            vectorForm(evaluator, batch, selected),
            () -> expression.toString());
      }
    }
  }

  @Test
  void aConstantIsFilledInAgainAfterNoRowsWereAsked() {
    OnceEvaluator once =
        new OnceEvaluator(new QueryMemory(() -> Long.MAX_VALUE), new LeafEvaluators.Constant(7L));
    Batch small = new Batch(0);
    small.size = 2;
    Batch large = new Batch(0);
    large.size = 4;
    once.evaluate(small, null, 2);
    once.evaluate(large, null, 0);
    Vector values = once.evaluate(small, null, 2);
    assertEquals(7L, values.value(0));
    assertEquals(7L, values.value(1));
  }
}
