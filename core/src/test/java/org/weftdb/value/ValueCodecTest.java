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
import org.weftdb.value.temporal.DateValue;
import org.weftdb.value.temporal.DurationParser;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalParser;

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
    samples.addAll(temporals());
    samples.add(new Point(CoordinateSystem.CARTESIAN, 1.5, -2, 0));
    samples.add(new Point(CoordinateSystem.CARTESIAN_3D, 1e300, -2, 1e-300));
    samples.add(new Point(CoordinateSystem.WGS_84, -180, 90, 0));
    samples.add(new Point(CoordinateSystem.WGS_84_3D, 180, -90, 8848));
    samples.addAll(vectors());
    samples.add(ByteString.owning(new byte[] {}));
    samples.add(ByteString.owning(new byte[] {0, -1, 127, -128}));
    return samples;
  }

  private static List<Object> temporals() {
    return List.of(
        new DateValue(0),
        TemporalParser.date("-999999999-01-01"),
        TemporalParser.date("+999999999-12-31"),
        TemporalParser.localTime("23:59:59.999999999"),
        TemporalParser.time("00:00-18:00"),
        TemporalParser.time("12:34:56.5+02:05:59"),
        TemporalParser.localDateTime("1969-12-31T23:59:59.000000001"),
        TemporalParser.canonicalDateTime("2015-07-21T21:40:32.142Z"),
        TemporalParser.canonicalDateTime("1818-07-21T21:40:32.142+00:53:28[Europe/Stockholm]"),
        DurationParser.parse("P-1Y2M-3DT4H-5.000000001S"),
        DurationValue.ZERO);
  }

  private static List<VectorValue> vectors() {
    return List.of(
        VectorValue.of(new byte[] {-128, 0, 127}),
        VectorValue.of(new short[] {-32768, 32767}),
        VectorValue.of(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}),
        VectorValue.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}),
        VectorValue.of(new float[] {Float.MIN_VALUE, -Float.MAX_VALUE, 0.1f}),
        VectorValue.of(new double[] {Double.MIN_VALUE, -Double.MAX_VALUE, 0.1}),
        VectorValue.of(new byte[VectorValue.MAX_DIMENSION]));
  }

  private static ByteWriter vector(int type, int dimension) {
    ByteWriter writer = new ByteWriter();
    writer.writeByte(ValueCodec.VECTOR);
    writer.writeByte(type);
    writer.writeVarint(dimension);
    return writer;
  }

  @Test
  void vectorsThatAreNoneAreCorrupted() {
    ByteWriter infinite = vector(CoordinateType.FLOAT32.code(), 1);
    infinite.writeInt(Float.floatToRawIntBits(Float.POSITIVE_INFINITY));
    ByteWriter nan = vector(CoordinateType.FLOAT64.code(), 1);
    nan.writeDouble(Double.NaN);
    List<ByteWriter> wrong =
        List.of(vector(0, 1), vector(7, 1), vector(1, 0), vector(1, 4097), infinite, nan);
    for (ByteWriter writer : wrong) {
      WeftException refused =
          assertThrows(
              WeftException.class, () -> ValueCodec.decode(new ByteReader(writer.toByteArray())));
      assertEquals(ErrorCode.CORRUPTED, refused.code());
    }
    WeftException cut =
        assertThrows(
            WeftException.class,
            () -> ValueCodec.decode(new ByteReader(vector(6, 2).toByteArray())));
    assertEquals(ErrorCode.TRUNCATED, cut.code());
  }

  @Test
  void pointsThatAreNoneAreCorrupted() {
    ByteWriter latitude = new ByteWriter();
    latitude.writeByte(ValueCodec.POINT);
    latitude.writeVarint(4326);
    latitude.writeDouble(0);
    latitude.writeDouble(90.5);
    ByteWriter system = new ByteWriter();
    system.writeByte(ValueCodec.POINT);
    system.writeVarint(4327);
    system.writeDouble(0);
    system.writeDouble(0);
    for (ByteWriter writer : List.of(latitude, system)) {
      WeftException refused =
          assertThrows(
              WeftException.class, () -> ValueCodec.decode(new ByteReader(writer.toByteArray())));
      assertEquals(ErrorCode.CORRUPTED, refused.code());
    }
  }

  @Test
  void temporalValuesCrossAsTextOnlyWhereTextIsAsked() {
    ByteWriter writer = new ByteWriter();
    ValueCodec.encodeWithText(samples(), writer);
    byte[] bytes = writer.toByteArray();
    assertEquals(samples(), ValueCodec.decodeWithText(new ByteReader(bytes)));
    WeftException refused =
        assertThrows(WeftException.class, () -> ValueCodec.decode(new ByteReader(bytes)));
    assertEquals(ErrorCode.CORRUPTED, refused.code());
    ByteWriter wrong = new ByteWriter();
    wrong.writeByte(ValueCodec.TEMPORAL_TEXT);
    wrong.writeByte(ValueCodec.DATE);
    wrong.writeString("2015-02-29");
    WeftException none =
        assertThrows(
            WeftException.class,
            () -> ValueCodec.decodeWithText(new ByteReader(wrong.toByteArray())));
    assertEquals(ErrorCode.INVALID_ARGUMENT_VALUE, none.code());
  }

  @Test
  void aTemporalValueOutOfItsRangeIsCorruption() {
    for (int tag : new int[] {ValueCodec.LOCAL_TIME, ValueCodec.TIME, ValueCodec.DATE_TIME}) {
      ByteWriter writer = new ByteWriter();
      writer.writeByte(tag);
      for (int i = 0; i < 4; i++) {
        writer.writeVarint(Long.MAX_VALUE);
      }
      WeftException refused =
          assertThrows(
              WeftException.class, () -> ValueCodec.decode(new ByteReader(writer.toByteArray())));
      assertEquals(ErrorCategory.CORRUPTION, refused.code().category());
    }
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
