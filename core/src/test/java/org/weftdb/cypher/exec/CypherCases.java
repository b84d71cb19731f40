package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Utf8;
import org.weftdb.value.ByteString;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.CoordinateType;
import org.weftdb.value.Node;
import org.weftdb.value.Path;
import org.weftdb.value.Point;
import org.weftdb.value.Relationship;
import org.weftdb.value.ValueType;
import org.weftdb.value.VectorBuilder;
import org.weftdb.value.VectorValue;
import org.weftdb.value.temporal.DateTimeValue;
import org.weftdb.value.temporal.DateValue;
import org.weftdb.value.temporal.DurationParser;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.LocalDateTimeValue;
import org.weftdb.value.temporal.LocalTimeValue;
import org.weftdb.value.temporal.TemporalParser;
import org.weftdb.value.temporal.TemporalValue;
import org.weftdb.value.temporal.TimeValue;

/** Reads and writes the format that {@code cases/cypher/README.md} describes. */
final class CypherCases {
  /**
   * One case.
   *
   * @param comments the lines before it, blank ones included
   * @param argument the rest of the directive's line
   */
  record Case(
      int line,
      List<String> comments,
      String directive,
      String argument,
      @Nullable String parameters,
      List<String> query,
      List<String> expected) {

    String text() {
      return String.join("\n", query);
    }

    /** The case as it stands in the file, with another output. */
    List<String> print(List<String> output) {
      List<String> lines = new ArrayList<>(comments);
      lines.add(argument.isEmpty() ? directive : directive + " " + argument);
      if (directive.equals("file")) {
        lines.addAll(query);
        lines.add("----");
      } else if (!directive.equals("reset")) {
        if (parameters != null) {
          lines.add("$ " + parameters);
        }
        lines.addAll(query);
        lines.add("----");
        lines.addAll(output);
      }
      return lines;
    }
  }

  private CypherCases() {}

  static List<Case> parse(List<String> lines) {
    List<Case> cases = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    int i = 0;
    while (i < lines.size()) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        comments.add(line);
        i++;
        continue;
      }
      int start = i + 1;
      int space = line.indexOf(' ');
      String directive = space < 0 ? line : line.substring(0, space);
      String argument = space < 0 ? "" : line.substring(space + 1);
      i++;
      String parameters = null;
      List<String> query = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      if (!directive.equals("reset")) {
        if (lines.get(i).startsWith("$ ")) {
          parameters = lines.get(i++).substring(2);
        }
        while (!lines.get(i).equals("----")) {
          query.add(lines.get(i++));
        }
        i++;
        while (i < lines.size() && !lines.get(i).isBlank()) {
          expected.add(lines.get(i++));
        }
      }
      cases.add(new Case(start, comments, directive, argument, parameters, query, expected));
      comments = new ArrayList<>();
    }
    return cases;
  }

  /** The table that the lines of a {@code file} directive stand for. */
  static byte[] table(List<String> lines) {
    ByteWriter bytes = new ByteWriter();
    for (String line : lines) {
      int i = 0;
      boolean lineFeed = true;
      while (i < line.length()) {
        char c = line.charAt(i++);
        if (c != '\\') {
          String text = c > 0x7F ? line.substring(i - 1) : String.valueOf(c);
          int end = text.codePoints().map(Character::charCount).findFirst().orElse(1);
          bytes.writeBytes(Utf8.encode(text.substring(0, end)));
          i += end - 1;
        } else if (i == line.length()) {
          lineFeed = false;
        } else {
          char escaped = line.charAt(i++);
          switch (escaped) {
            case 'n' -> bytes.writeByte('\n');
            case 'r' -> bytes.writeByte('\r');
            case 't' -> bytes.writeByte('\t');
            case 'x' -> {
              bytes.writeByte(Integer.parseInt(line.substring(i, i + 2), 16));
              i += 2;
            }
            default -> bytes.writeByte(escaped);
          }
        }
      }
      if (lineFeed) {
        bytes.writeByte('\n');
      }
    }
    return bytes.toByteArray();
  }

  /** JSON's values as Cypher's, for parameters. */
  static @Nullable Object toCypher(@Nullable Object json) {
    if (json instanceof List<?> list) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Object element : list) {
        values.add(toCypher(element));
      }
      return values;
    } else if (json instanceof Map<?, ?> map) {
      if (map.get("$integer") instanceof String digits) {
        return Long.valueOf(digits);
      } else if (map.get("$float") instanceof String name) {
        return Double.valueOf(name);
      }
      Object temporal = temporalOf(map);
      if (temporal != null) {
        return temporal;
      }
      Object point = pointOf(map);
      if (point != null) {
        return point;
      }
      if (map.get("$vector") instanceof Map<?, ?> vector) {
        return vectorOf(vector);
      } else if (map.get("$bytes") instanceof String digits) {
        return ByteString.owning(HexFormat.of().parseHex(digits));
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        values.put((String) entry.getKey(), toCypher(entry.getValue()));
      }
      return values;
    }
    return json;
  }

  private static @Nullable Object temporalOf(Map<?, ?> json) {
    if (json.get("$date") instanceof String text) {
      return TemporalParser.date(text);
    } else if (json.get("$localTime") instanceof String text) {
      return TemporalParser.localTime(text);
    } else if (json.get("$time") instanceof String text) {
      return TemporalParser.time(text);
    } else if (json.get("$localDateTime") instanceof String text) {
      return TemporalParser.localDateTime(text);
    } else if (json.get("$dateTime") instanceof String text) {
      return TemporalParser.canonicalDateTime(text);
    } else if (json.get("$duration") instanceof String text) {
      return DurationParser.parse(text);
    }
    return null;
  }

  private static @Nullable Object pointOf(Map<?, ?> json) {
    if (!(json.get("$point") instanceof Map<?, ?> point)) {
      return null;
    }
    CoordinateSystem system = CoordinateSystem.ofText((String) point.get("crs"));
    return new Point(
        Objects.requireNonNull(system),
        ((Number) point.get("x")).doubleValue(),
        ((Number) point.get("y")).doubleValue(),
        system.dimensions() == 3 ? ((Number) point.get("z")).doubleValue() : 0);
  }

  private static VectorValue vectorOf(Map<?, ?> json) {
    CoordinateType type = CoordinateType.ofText((String) json.get("type"));
    List<?> numbers = (List<?>) Objects.requireNonNull(toCypher(json.get("coordinates")));
    VectorBuilder builder = new VectorBuilder(Objects.requireNonNull(type), numbers.size());
    builder.addAll(numbers);
    return builder.build();
  }

  private static String kindOf(TemporalValue value) {
    return switch (value) {
      case DateValue date -> "$date";
      case LocalTimeValue time -> "$localTime";
      case TimeValue time -> "$time";
      case LocalDateTimeValue dateTime -> "$localDateTime";
      case DateTimeValue dateTime -> "$dateTime";
    };
  }

  /** A result's value in the JSON of the cases. */
  static @Nullable Object toJson(@Nullable Object value) {
    // An Integer, say, would look like a Long here and be none to the database.
    ValueType.of(value);
    if (value instanceof Long number && Math.abs(number) > 1L << 53
        || value instanceof Long smallest && smallest == Long.MIN_VALUE) {
      return Map.of("$integer", String.valueOf(value));
    } else if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      return Map.of("$float", String.valueOf(number));
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> json = new ArrayList<>();
      for (Object element : list) {
        json.add(toJson(element));
      }
      return json;
    } else if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.put((String) entry.getKey(), toJson(entry.getValue()));
      }
      return json;
    } else if (value instanceof Node node) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("$node", node.labels());
      json.put("properties", toJson(node.properties()));
      return json;
    } else if (value instanceof Relationship relationship) {
      return relationship(relationship, false);
    } else if (value instanceof Path path) {
      List<@Nullable Object> json = new ArrayList<>();
      for (int i = 0; i < path.length(); i++) {
        json.add(toJson(path.nodes().get(i)));
        Relationship relationship = path.relationships().get(i);
        json.add(relationship(relationship, relationship.startId() != path.nodes().get(i).id()));
      }
      json.add(toJson(path.nodes().get(path.length())));
      return Map.of("$path", json);
    } else if (value instanceof TemporalValue temporal) {
      return Map.of(kindOf(temporal), temporal.toString());
    } else if (value instanceof DurationValue duration) {
      return Map.of("$duration", duration.toString());
    } else if (value instanceof Point point) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("x", point.x());
      json.put("y", point.y());
      if (point.system().dimensions() == 3) {
        json.put("z", point.z());
      }
      json.put("crs", point.system().text());
      return Map.of("$point", json);
    } else if (value instanceof VectorValue vector) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("type", vector.coordinateType().text());
      json.put("coordinates", toJson(vector.coordinates()));
      return Map.of("$vector", json);
    } else if (value instanceof ByteString bytes) {
      return Map.of("$bytes", HexFormat.of().formatHex(bytes.toByteArray()));
    }
    return value;
  }

  private static Map<String, @Nullable Object> relationship(
      Relationship relationship, boolean reversed) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("$relationship", relationship.type());
    json.put("properties", toJson(relationship.properties()));
    if (reversed) {
      json.put("reversed", true);
    }
    return json;
  }

  static Map<String, Long> toJson(Counters counters) {
    Map<String, Long> json = new LinkedHashMap<>();
    json.put("nodesCreated", counters.nodesCreated());
    json.put("nodesDeleted", counters.nodesDeleted());
    json.put("relationshipsCreated", counters.relationshipsCreated());
    json.put("relationshipsDeleted", counters.relationshipsDeleted());
    json.put("labelsAdded", counters.labelsAdded());
    json.put("labelsRemoved", counters.labelsRemoved());
    json.put("propertiesSet", counters.propertiesSet());
    json.put("indexesAdded", counters.indexesAdded());
    json.put("indexesRemoved", counters.indexesRemoved());
    json.put("constraintsAdded", counters.constraintsAdded());
    json.put("constraintsRemoved", counters.constraintsRemoved());
    json.values().removeIf(count -> count == 0);
    return json;
  }
}
