package org.weftdb.bench.peers;

import static org.weftdb.bench.peers.Json.array;
import static org.weftdb.bench.peers.Json.integer;
import static org.weftdb.bench.peers.Json.object;
import static org.weftdb.bench.peers.Json.string;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, as {@code workloads.json} and {@code wordnet.json} say it, for one size.
 *
 * @param keys the property that identifies the nodes of each label
 * @param columns the types of the columns of each table, by the table's file without its ending
 * @param separator what is between the cells of a table
 * @param limitSeconds how long a row may take
 * @param budgetMillis how long the samples of a row that reads may take together
 */
record Specification(
    Map<String, String> keys,
    Map<String, Map<String, String>> columns,
    String separator,
    int limitSeconds,
    double budgetMillis,
    List<Step> steps,
    List<Workload> workloads) {

  /** A table and the query that takes it in batches. */
  record Step(String id, String file, int batch, String cypher) {
    /** The name of the table. */
    String table() {
      return file.substring(0, file.indexOf('.'));
    }
  }

  /**
   * A row of the results.
   *
   * @param parameters the list of parameters of a row that reads, otherwise empty
   * @param generator how a row that writes makes its parameters, otherwise empty
   * @param batch the length of the lists that a row that writes is given, or 0 for single rows
   * @param check the query that checks what was written, or for a row that reads {@code count} when
   *     only the number of rows is compared, otherwise empty
   */
  record Workload(
      String id,
      boolean reads,
      String cypher,
      String parameters,
      String generator,
      int batch,
      String check,
      boolean ordered,
      int perSample,
      int samples) {}

  static Specification of(Map<String, Object> json, String size) {
    Map<String, Object> rules = object(json.get("rules"));
    Map<String, Object> nodes = object(object(json.get("schema")).get("nodes"));
    Map<String, String> keys = new LinkedHashMap<>();
    nodes.forEach((label, node) -> keys.put(label, string(object(node).get("key"))));
    List<Step> steps = new ArrayList<>();
    for (Object element : array(json.get("load"))) {
      Map<String, Object> step = object(element);
      steps.add(
          new Step(
              string(step.get("id")),
              string(step.get("file")),
              integer(step.get("batch")),
              string(step.get("cypher"))));
    }
    List<Workload> workloads = new ArrayList<>();
    for (Object element : array(json.get("workloads"))) {
      workloads.add(workload(object(element), size));
    }
    return new Specification(
        keys,
        columns(object(json.get("schema"))),
        text(json.get("separator"), ","),
        bySize(rules.get("limit_s"), size),
        integer(rules.get("budget_s")) * 1000.0,
        steps,
        workloads);
  }

  private static Workload workload(Map<String, Object> json, String size) {
    return new Workload(
        string(json.get("id")),
        string(json.get("kind")).equals("read"),
        string(json.get("cypher")),
        text(json.get("params"), ""),
        text(json.get("gen"), ""),
        json.containsKey("batch") ? integer(json.get("batch")) : 0,
        text(json.get("check"), ""),
        Boolean.TRUE.equals(json.get("ordered")),
        bySize(json.get("per_sample"), size),
        integer(json.get("samples")));
  }

  private static Map<String, Map<String, String>> columns(Map<String, Object> schema) {
    Map<String, Map<String, String>> tables = new LinkedHashMap<>();
    Map<String, String> keyTypes = new LinkedHashMap<>();
    object(schema.get("nodes"))
        .forEach(
            (label, node) -> {
              Map<String, String> columns = types(object(node));
              String key = string(object(node).get("key"));
              keyTypes.put(label, Objects.requireNonNull(columns.get(key)));
              tables.put(label.toLowerCase(Locale.ROOT), columns);
            });
    object(schema.get("rels"))
        .forEach(
            (type, relationship) -> {
              Map<String, String> columns = types(object(relationship));
              String from = string(object(relationship).get("from"));
              String to = string(object(relationship).get("to"));
              columns.put("src", Objects.requireNonNull(keyTypes.get(from)));
              columns.put("dst", Objects.requireNonNull(keyTypes.get(to)));
              tables.put(type.toLowerCase(Locale.ROOT), columns);
            });
    return tables;
  }

  private static Map<String, String> types(Map<String, Object> table) {
    Map<String, String> types = new LinkedHashMap<>();
    object(table.get("columns")).forEach((column, type) -> types.put(column, string(type)));
    return types;
  }

  private static String text(@Nullable Object value, String absent) {
    return value == null ? absent : string(value);
  }

  /** A figure of the specification: one number, or one for each size. */
  private static int bySize(@Nullable Object figure, String size) {
    return integer(figure instanceof Map<?, ?> sizes ? sizes.get(size) : figure);
  }
}
