package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.value.ValueEquality;
import org.weftdb.value.Vector;

final class GroupTableTest {
  private static Vector vector(List<? extends @Nullable Object> values) {
    Vector vector = new Vector();
    vector.reset(
        values.isEmpty() ? Vector.Kind.OBJECT : Evaluator.kindOf(values.get(0)), values.size());
    for (int i = 0; i < values.size(); i++) {
      vector.set(i, values.get(i));
    }
    return vector;
  }

  private static List<Integer> find(
      GroupTable table, List<List<? extends @Nullable Object>> columns) {
    Vector[] vectors = new Vector[columns.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = vector(columns.get(i));
    }
    Batch batch = new Batch(0);
    batch.all(columns.get(0).size());
    int[] groups = new int[batch.size];
    table.find(vectors, batch, groups);
    List<Integer> list = new ArrayList<>();
    for (int group : groups) {
      list.add(group);
    }
    return list;
  }

  @Test
  void integersAreNumberedInTheOrderOfTheirFirstComing() {
    GroupTable table = new GroupTable(1);
    assertEquals(List.of(0, 1, 0, 2), find(table, List.of(List.of(7L, 5L, 7L, -1L))));
    assertEquals(List.of(2, 3), find(table, List.of(List.of(-1L, 8L))));
  }

  @Test
  void aColumnThatTurnsOutNotToBeIntegersKeepsItsGroups() {
    GroupTable table = new GroupTable(1);
    assertEquals(List.of(0, 1, 2), find(table, List.of(Arrays.asList(1L, null, 2L))));
    assertEquals(List.of(0, 3, 1), find(table, List.of(Arrays.asList(1.0, "a", null))));
    assertEquals(List.of(2, 1, 4), find(table, List.of(Arrays.asList(2L, null, 9L))));
    Vector keys = new Vector();
    table.keys(0, 0, 5, keys);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      values.add(keys.value(i));
    }
    assertEquals(Arrays.asList(1L, null, 2L, "a", 9L), values);
  }

  @Test
  void severalColumnsAreComparedTogether() {
    GroupTable table = new GroupTable(2);
    assertEquals(
        List.of(0, 1, 2, 0),
        find(table, List.of(List.of(1L, 1L, 2L, 1L), List.of("a", "b", "a", "a"))));
  }

  @Test
  void manyValuesAgreeWithASearchThroughAllBefore() {
    Prng random = new Prng(42);
    GroupTable table = new GroupTable(1);
    List<@Nullable Object> known = new ArrayList<>();
    for (int round = 0; round < 40; round++) {
      List<@Nullable Object> values = new ArrayList<>();
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        long number = random.nextInt(300);
        Object value =
            switch (round < 20 ? 0 : random.nextInt(4)) {
              case 0 -> (Object) number;
              case 1 -> (Object) (double) number;
              case 2 -> "s" + number;
              default -> List.of(number);
            };
        values.add(value);
        int at = 0;
        while (at < known.size() && !ValueEquality.equivalent(known.get(at), value)) {
          at++;
        }
        if (at == known.size()) {
          known.add(value);
        }
        expected.add(at);
      }
      assertEquals(expected, find(table, List.of(values)));
    }
  }
}
