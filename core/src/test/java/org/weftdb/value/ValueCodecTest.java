package org.weftdb.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

final class ValueCodecTest {
  private static Object roundTrip(Object value) {
    ByteWriter writer = new ByteWriter();
    ValueCodec.encode(value, writer);
    ByteReader reader = new ByteReader(writer.toByteArray());
    Object decoded = ValueCodec.decode(reader);
    assertEquals(0, reader.remaining());
    return decoded;
  }

  private static List<Object> samples() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", 1L);
    map.put("a", null);
    map.put("é", List.of(true, Map.of()));
    Node one = new Node(5, List.of("A", "B"), map);
    Node two = new Node(1L << 40, List.of(), Map.of());
    Relationship joined = new Relationship(9, "KNOWS", 5, 1L << 40, Map.of("since", 2020L));
    List<Object> samples =
        new ArrayList<>(Arrays.asList(null, true, false, 0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE));
    samples.addAll(
        List.of(0.0, -0.0, 1.5, Double.NaN, Double.NEGATIVE_INFINITY, "", "text", "😀\uD800"));
    samples.addAll(
        List.of(
            List.of(),
            Arrays.asList(1L, null, "x"),
            map,
            one,
            joined,
            new Path(List.of(one, two), List.of(joined)),
            new Path(List.of(one), List.of())));
    return samples;
  }

  @Test
  void everyValueComesBackAsItWas() {
    for (Object value : samples()) {
      assertEquals(value, roundTrip(value));
    }
    assertEquals(samples(), roundTrip(samples()));
  }

  @Test
  void keysOfAMapStayInTheirOrder() {
    Map<?, ?> map = (Map<?, ?>) roundTrip(samples().get(17));
    assertEquals(List.of("z", "a", "é"), new ArrayList<>(map.keySet()));
  }

  @Test
  void deepNestingIsAnErrorAndNotAStackOverflow() {
    Object value = 1L;
    for (int i = 0; i < ValueCodec.MAX_NESTING; i++) {
      value = List.of(value);
    }
    assertEquals(value, roundTrip(value));
    Object deeper = List.of(value);
    WeftException refused =
        assertThrows(WeftException.class, () -> ValueCodec.encode(deeper, new ByteWriter()));
    assertEquals(ErrorCode.VALUE_TOO_LARGE, refused.code());
    byte[] bytes = new byte[100_000];
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      bytes[i] = ValueCodec.LIST;
      bytes[i + 1] = 1;
    }
    refused = assertThrows(WeftException.class, () -> ValueCodec.decode(new ByteReader(bytes)));
    assertEquals(ErrorCode.CORRUPTED, refused.code());
  }

  @Test
  void damagedBytesAreRefusedOrAreAnotherValue() {
    ByteWriter writer = new ByteWriter();
    ValueCodec.encode(samples(), writer);
    Prng random = new Prng(1);
    for (int round = 0; round < 4_000; round++) {
      byte[] bytes = writer.toByteArray();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      try {
        Object value = ValueCodec.decode(new ByteReader(bytes));
        assertEquals(value, roundTrip(value));
      } catch (WeftException refused) {
        assertEquals(ErrorCategory.CORRUPTION, refused.code().category());
      }
    }
  }

  @Test
  void whatIsNoValueIsABugOfTheCaller() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ValueCodec.encode(new NodeReference(1), new ByteWriter()));
  }
}
