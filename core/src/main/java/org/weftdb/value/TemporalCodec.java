package org.weftdb.value;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.WeftException;
import org.weftdb.value.temporal.DateTimeValue;
import org.weftdb.value.temporal.DateValue;
import org.weftdb.value.temporal.DurationParser;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.LocalDateTimeValue;
import org.weftdb.value.temporal.LocalTimeValue;
import org.weftdb.value.temporal.TemporalParser;
import org.weftdb.value.temporal.TemporalValue;
import org.weftdb.value.temporal.TimeValue;
import org.weftdb.value.temporal.Zone;

/** The temporal values of {@link ValueCodec}, which has their layout. */
final class TemporalCodec {
  private TemporalCodec() {}

  static int tagOf(Object value) {
    if (value instanceof DurationValue) {
      return ValueCodec.DURATION;
    }
    return switch ((TemporalValue) value) {
      case DateValue date -> ValueCodec.DATE;
      case LocalTimeValue time -> ValueCodec.LOCAL_TIME;
      case TimeValue time -> ValueCodec.TIME;
      case LocalDateTimeValue dateTime -> ValueCodec.LOCAL_DATE_TIME;
      case DateTimeValue dateTime -> ValueCodec.DATE_TIME;
    };
  }

  static void encodeText(Object value, ByteWriter writer) {
    writer.writeByte(ValueCodec.TEMPORAL_TEXT);
    writer.writeByte(tagOf(value));
    writer.writeString(value.toString());
  }

  static void encode(Object value, ByteWriter writer) {
    writer.writeByte(tagOf(value));
    if (value instanceof DurationValue duration) {
      writer.writeSignedVarint(duration.months());
      writer.writeSignedVarint(duration.days());
      writer.writeSignedVarint(duration.seconds());
      writer.writeVarint(duration.nanoseconds());
      return;
    }
    switch ((TemporalValue) value) {
      case DateValue date -> writer.writeSignedVarint(date.epochDay());
      case LocalTimeValue time -> writer.writeVarint(time.nanoOfDay());
      case TimeValue time -> {
        writer.writeVarint(time.nanoOfDay());
        writer.writeSignedVarint(time.offsetSeconds());
      }
      case LocalDateTimeValue dateTime -> {
        writer.writeSignedVarint(dateTime.epochDay());
        writer.writeVarint(dateTime.nanoOfDay());
      }
      case DateTimeValue dateTime -> {
        String name = dateTime.zone().name();
        writer.writeSignedVarint(dateTime.epochSecond());
        writer.writeVarint(dateTime.nanosecond());
        writer.writeSignedVarint(dateTime.zone().offsetSeconds());
        writer.writeString(name == null ? "" : name);
      }
    }
  }

  /** Reads what follows the tag. */
  static Object decode(int tag, ByteReader reader) {
    boolean signedFirst = tag != ValueCodec.LOCAL_TIME && tag != ValueCodec.TIME;
    long first = signedFirst ? reader.readSignedVarint() : reader.readVarint();
    long second = 0;
    long third = 0;
    long fourth = 0;
    String name = "";
    switch (tag) {
      case ValueCodec.TIME -> second = reader.readSignedVarint();
      case ValueCodec.LOCAL_DATE_TIME -> second = reader.readVarint();
      case ValueCodec.DATE_TIME -> {
        second = reader.readVarint();
        third = reader.readSignedVarint();
        name = reader.readString();
      }
      case ValueCodec.DURATION -> {
        second = reader.readSignedVarint();
        third = reader.readSignedVarint();
        fourth = reader.readVarint();
      }
      default -> {}
    }
    try {
      return switch (tag) {
        case ValueCodec.DATE -> new DateValue(first);
        case ValueCodec.LOCAL_TIME -> new LocalTimeValue(first);
        case ValueCodec.TIME -> new TimeValue(first, narrow(second));
        case ValueCodec.LOCAL_DATE_TIME -> new LocalDateTimeValue(first, second);
        case ValueCodec.DATE_TIME ->
            new DateTimeValue(
                first, narrow(second), new Zone(name.isEmpty() ? null : name, narrow(third)));
        default -> new DurationValue(first, second, third, narrow(fourth));
      };
    } catch (WeftException e) {
      throw reader.corrupted("a temporal value that is none: " + e.getMessage());
    }
  }

  /** A number that must be small, as one that no part of a value may be when it is not. */
  private static int narrow(long number) {
    return number == (int) number ? (int) number : Integer.MIN_VALUE;
  }

  static Object decodeText(ByteReader reader) {
    int tag = reader.readUnsignedByte();
    String text = reader.readString();
    return switch (tag) {
      case ValueCodec.DATE -> TemporalParser.date(text);
      case ValueCodec.LOCAL_TIME -> TemporalParser.localTime(text);
      case ValueCodec.TIME -> TemporalParser.time(text);
      case ValueCodec.LOCAL_DATE_TIME -> TemporalParser.localDateTime(text);
      case ValueCodec.DATE_TIME -> TemporalParser.canonicalDateTime(text);
      case ValueCodec.DURATION -> DurationParser.parse(text);
      default -> throw reader.corrupted("text of an unknown type " + tag);
    };
  }
}
