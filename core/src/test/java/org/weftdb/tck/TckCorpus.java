package org.weftdb.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.tck.TckScenario.Step;
import org.weftdb.tck.TckScenario.Table;

/**
 * The kit as one JSON file for other languages, {@code target/tck/tck.json}: an array of scenarios,
 *
 * <pre>
 * { "id": "clauses/create/Create1 [1] ...",
 *   "steps": [
 *     {"step": "setup",       "queries": ["CREATE ..."]},
 *     {"step": "parameters",  "values": {"name": VALUE}},
 *     {"step": "procedure",   "signature": "...", "columns": [...], "rows": [[VALUE]]},
 *     {"step": "execute",     "query": "..."},
 *     {"step": "result",      "columns": ["a"], "rows": [[VALUE]], "ordered": false,
 *                             "ignoreListOrder": false},
 *     {"step": "empty"},
 *     {"step": "sideEffects", "effects": {"+nodes": 1}},
 *     {"step": "error",       "type": "SyntaxError", "phase": "compile time" | "runtime" |
 *                             "any time", "detail": "UndefinedVariable" | "*"} ] }
 * </pre>
 *
 * where every step that expects something is about the last {@code execute}, and a VALUE is {@code
 * null}, {@code true}, {@code false}, a string, an array of values, or an object with one key:
 *
 * <pre>
 * {"int": "42"}
 * {"float": "1.5" | "NaN" | "Infinity" | "-Infinity"}
 * {"map": {"key": VALUE}}
 * {"node": {"labels": ["A"], "properties": {"key": VALUE}}}
 * {"relationship": {"type": "T", "properties": {"key": VALUE}}}
 * {"path": {"start": NODE, "hops": [{"relationship": RELATIONSHIP, "forward": true, "node": NODE}]}}
 * </pre>
 *
 * with NODE and RELATIONSHIP as after their keys. Labels and keys are sorted. A float of 0.0 also
 * stands for the negative zero.
 */
final class TckCorpus {
  private static final Path FILE = Path.of("target/tck/tck.json");

  private TckCorpus() {}

  static void write(List<TckScenario> scenarios) {
    StringBuilder text = new StringBuilder("[\n");
    String separator = "";
    for (TckScenario scenario : scenarios) {
      text.append(separator);
      appendJson(text, scenario(scenario));
      separator = ",\n";
    }
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, text.append("\n]\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> scenario(TckScenario scenario) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", scenario.id());
    json.put("steps", scenario.steps().stream().map(TckCorpus::step).toList());
    return json;
  }

  private static Map<String, Object> step(Step step) {
    return switch (step) {
      case TckScenario.Setup setup -> object("step", "setup", "queries", setup.queries());
      case TckScenario.Parameters parameters ->
          object("step", "parameters", "values", map(parameters.values()));
      case TckScenario.Procedure procedure -> {
        Map<String, Object> json = object("step", "procedure", "signature", procedure.signature());
        json.putAll(table(procedure.table()));
        yield json;
      }
      case TckScenario.Execute execute -> object("step", "execute", "query", execute.query());
      case TckScenario.ExpectResult result -> {
        Map<String, Object> json = object("step", "result");
        json.putAll(table(result.table()));
        json.put("ordered", result.ordered());
        json.put("ignoreListOrder", result.ignoreListOrder());
        yield json;
      }
      case TckScenario.ExpectEmptyResult empty -> object("step", "empty");
      case TckScenario.ExpectSideEffects expected ->
          object("step", "sideEffects", "effects", expected.effects());
      case TckScenario.ExpectError error ->
          object(
              "step",
              "error",
              "type",
              error.type(),
              "phase",
              error.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              "detail",
              error.detail());
    };
  }

  private static Map<String, Object> table(Table table) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (List<TckValue> row : table.rows()) {
      rows.add(values(row));
    }
    return object("columns", table.columns(), "rows", rows);
  }

  private static @Nullable Object value(TckValue value) {
    return switch (value) {
      case TckValue.Null v -> null;
      case TckValue.Bool v -> v.value();
      case TckValue.Int v -> object("int", Long.toString(v.value()));
      case TckValue.Real v -> object("float", Double.toString(v.value()));
      case TckValue.Str v -> v.value();
      case TckValue.Elements v -> values(v.elements());
      case TckValue.Entries v -> object("map", map(v.entries()));
      case TckValue.Node v -> object("node", node(v));
      case TckValue.Relationship v -> object("relationship", relationship(v));
      case TckValue.Path v -> object("path", path(v));
    };
  }

  private static List<@Nullable Object> values(List<TckValue> values) {
    List<@Nullable Object> json = new ArrayList<>();
    values.forEach(value -> json.add(value(value)));
    return json;
  }

  private static Map<String, @Nullable Object> map(Map<String, TckValue> entries) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    entries.forEach((key, value) -> json.put(key, value(value)));
    return json;
  }

  private static Map<String, Object> node(TckValue.Node node) {
    return object(
        "labels", List.copyOf(node.labels()), "properties", map(node.properties().entries()));
  }

  private static Map<String, Object> relationship(TckValue.Relationship relationship) {
    return object(
        "type", relationship.type(), "properties", map(relationship.properties().entries()));
  }

  private static Map<String, Object> path(TckValue.Path path) {
    List<Object> hops = new ArrayList<>();
    for (TckValue.Hop hop : path.hops()) {
      hops.add(
          object(
              "relationship",
              relationship(hop.relationship()),
              "forward",
              hop.forward(),
              "node",
              node(hop.node())));
    }
    return object("start", node(path.start()), "hops", hops);
  }

  private static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }

  private static void appendJson(StringBuilder text, @Nullable Object json) {
    switch (json) {
      case Map<?, ?> object -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : object.entrySet()) {
          text.append(separator);
          appendString(text, (String) entry.getKey());
          appendJson(text.append(':'), entry.getValue());
          separator = ",";
        }
        text.append(object.isEmpty() ? "{}" : "}");
      }
      case List<?> array -> {
        String separator = "[";
        for (Object element : array) {
          appendJson(text.append(separator), element);
          separator = ",";
        }
        text.append(array.isEmpty() ? "[]" : "]");
      }
      case String string -> appendString(text, string);
      case null -> text.append("null");
      default -> text.append(json);
    }
  }

  private static void appendString(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        text.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
