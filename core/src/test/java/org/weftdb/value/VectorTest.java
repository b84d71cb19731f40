package org.weftdb.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class VectorTest {
  private static final List<Object> VALUES =
      List.of(7L, 1.5, true, new NodeReference(3), new RelationshipReference(4), "text");

  private static Vector.Kind kindOf(Object value) {
    return switch (ValueType.of(value)) {
      case INTEGER -> Vector.Kind.INTEGER;
      case FLOAT -> Vector.Kind.FLOAT;
      case BOOLEAN -> Vector.Kind.BOOLEAN;
      case NODE -> Vector.Kind.NODE;
      case RELATIONSHIP -> Vector.Kind.RELATIONSHIP;
      default -> Vector.Kind.OBJECT;
    };
  }

  @Test
  void eachKindKeepsItsValuesAndNulls() {
    for (Object value : VALUES) {
      Vector vector = new Vector(kindOf(value), 200);
      vector.set(0, value);
      vector.set(130, value);
      vector.set(131, null);
      vector.set(132, null);
      vector.set(132, value);
      assertEquals(kindOf(value), vector.kind);
      assertEquals(value, vector.value(0));
      assertEquals(value, vector.value(130));
      assertNull(vector.value(131));
      assertTrue(vector.isNull(131));
      assertEquals(value, vector.value(132));
      assertFalse(vector.isNull(132));
    }
  }

  @Test
  void aValueThatDoesNotFitMakesAllRowsObjects() {
    for (Object first : VALUES) {
      for (Object second : VALUES) {
        Vector vector = new Vector(kindOf(first), 3);
        vector.set(0, first);
        vector.set(1, null);
        vector.set(2, second);
        assertEquals(first, vector.value(0));
        assertNull(vector.value(1));
        assertEquals(second, vector.value(2));
        assertEquals(
            kindOf(first) == kindOf(second) ? kindOf(first) : Vector.Kind.OBJECT, vector.kind);
      }
    }
  }

  @Test
  void resettingForgetsNullsOfEveryKindBefore() {
    Vector vector = new Vector(Vector.Kind.INTEGER, 64);
    long[] longs = vector.longs;
    vector.setNull(5);
    vector.reset(Vector.Kind.OBJECT, 64);
    vector.objects[5] = "x";
    vector.reset(Vector.Kind.NODE, 64);
    assertSame(longs, vector.longs);
    vector.setNull(6);
    assertFalse(vector.isNull(5));
    vector.reset(Vector.Kind.OBJECT, 64);
    assertNull(vector.value(5));
    vector.reset(Vector.Kind.FLOAT, 64);
    vector.setNull(7);
    assertFalse(vector.isNull(6));
  }

  @Test
  void rowsAreCopiedBetweenVectorsOfAnyKinds() {
    for (Object first : VALUES) {
      for (Object second : VALUES) {
        Vector source = new Vector(kindOf(first), 2);
        source.set(0, first);
        source.set(1, null);
        Vector target = new Vector(kindOf(second), 3);
        target.set(0, second);
        target.copyFrom(source, 0, 1);
        target.copyFrom(source, 1, 2);
        assertEquals(second, target.value(0));
        assertEquals(first, target.value(1));
        assertNull(target.value(2));
        Vector whole = new Vector(Vector.Kind.INTEGER, 1);
        whole.setNull(0);
        whole.copyRows(target, 3);
        assertEquals(second, whole.value(0));
        assertEquals(first, whole.value(1));
        assertNull(whole.value(2));
      }
    }
  }
}
