package org.weftdb.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;

final class PropertyMapTest {
  private static Map<String, Object> map(String... names) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String name : names) {
      map.put(name, "of " + name);
    }
    return map;
  }

  private static void check(String... names) {
    Map<String, Object> expected = map(names);
    PropertyMap map = PropertyMap.copyOf(expected);
    assertEquals(expected, map);
    assertEquals(map, expected);
    assertEquals(expected.hashCode(), map.hashCode());
    assertEquals(expected.toString(), map.toString());
    assertEquals(List.of(names), new ArrayList<>(map.keySet()));
    assertEquals(new ArrayList<>(expected.values()), new ArrayList<>(map.values()));
    for (String name : names) {
      assertTrue(map.containsKey(name));
      assertEquals(expected.get(name), map.get(name));
    }
    for (Object other : new Object[] {"", "a0", "zz", 1L}) {
      assertFalse(map.containsKey(other));
      assertNull(map.get(other));
    }
    assertSame(map, PropertyMap.copyOf(map));
  }

  @Test
  void itIsTheSameMapInTheSameOrder() {
    check();
    check("a");
    check("a", "b", "c", "z");
    check("z", "b", "a", "c");
    check("a", "ä", "日本", "\ud83d\ude00");
  }

  @Test
  void nobodyChangesIt() {
    PropertyMap map = PropertyMap.copyOf(map("a", "b"));
    assertThrows(UnsupportedOperationException.class, () -> map.put("a", 1L));
    assertThrows(UnsupportedOperationException.class, () -> map.remove("a"));
    assertThrows(UnsupportedOperationException.class, map::clear);
    Map.Entry<String, Object> entry = map.entrySet().iterator().next();
    assertThrows(UnsupportedOperationException.class, () -> entry.setValue(1L));
    var entries = PropertyMap.copyOf(Map.of()).entrySet().iterator();
    assertThrows(NoSuchElementException.class, entries::next);
  }

  @Test
  void nodesAreWrittenAsWithAnyMap() {
    Node node = new Node(7, List.of("L"), map("b", "ä", "a"));
    ByteWriter writer = new ByteWriter(16);
    ValueCodec.encode(node, writer);
    ByteReader reader = new ByteReader(writer.toByteArray(), 0, writer.position(), "node");
    assertEquals(node, ValueCodec.decode(reader));
  }
}
