package org.weftdb.cypher.function;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.NodeReference;
import org.weftdb.value.Numbers;
import org.weftdb.value.Point;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.ValueCodec;
import org.weftdb.value.VectorValue;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalValue;

/**
 * Values as JSON (RFC 8259). Nodes and relationships are written as the map of their properties,
 * temporal values and durations as strings; floats keep their point, and those that JSON lacks
 * become null. A path is an error.
 */
final class JsonWriter {
  private static final String HEX = "0123456789abcdef";
  private final StringBuilder out = new StringBuilder();
  private final FunctionContext context;

  private JsonWriter(FunctionContext context) {
    this.context = context;
  }

  static String write(@Nullable Object value, FunctionContext context) {
    JsonWriter writer = new JsonWriter(context);
    writer.value(value, 0);
    return writer.out.toString();
  }

  private void value(@Nullable Object value, int depth) {
    if (depth > ValueCodec.MAX_NESTING) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a value is nested deeper than " + ValueCodec.MAX_NESTING);
    }
    Sizes.text("json.encode", out.length());
    if (value == null || value instanceof Boolean || value instanceof Long) {
      out.append(value);
    } else if (value instanceof Double number) {
      boolean finite = number == number.doubleValue() && !Double.isInfinite(number);
      out.append(finite ? Numbers.toText(number.doubleValue()) : "null");
    } else if (value instanceof String text) {
      string(text);
    } else if (value instanceof TemporalValue
        || value instanceof DurationValue
        || value instanceof Point) {
      string(value.toString());
    } else if (value instanceof VectorValue vector) {
      value(vector.coordinates(), depth);
    } else if (value instanceof List<?> list) {
      char before = '[';
      for (Object element : list) {
        out.append(before);
        value(element, depth + 1);
        before = ',';
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Map<?, ?> map) {
      map(map, depth);
    } else if (value instanceof NodeReference || value instanceof RelationshipReference) {
      map(context.properties(value), depth);
    } else {
      throw Arguments.wrongType("json.encode", 1, value, "a value that JSON has");
    }
  }

  private void map(Map<?, ?> map, int depth) {
    char before = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before);
      string((String) entry.getKey());
      out.append(':');
      value(entry.getValue(), depth + 1);
      before = ',';
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int code = "\n\r\t\b\f\"\\".indexOf(c);
      if (code >= 0) {
        out.append('\\').append("nrtbf\"\\".charAt(code));
      } else if (c < 0x20) {
        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
