package org.weftdb.bench.peers;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.weftdb.bench.peers.Specification.Step;
import org.weftdb.bench.peers.Specification.Workload;

/** The rows that go into a database: from the tables of a data set, and for the rows that write. */
final class Tables {
  /** Takes some rows. */
  interface Sink {
    void accept(List<Map<String, Object>> rows) throws Exception;
  }

  /** What a row that writes is given in one of its samples, and the range of ids it touches. */
  record Written(List<Map<String, Object>> rows, long low) {
    long high() {
      return low + rows.size();
    }
  }

  private Tables() {}

  /** Gives the step's table in lists of the step's batch size. */
  static void read(Path data, Step step, Specification specification, Sink sink) throws Exception {
    Map<String, String> types = specification.columns().getOrDefault(step.table(), Map.of());
    List<Map<String, Object>> rows = new ArrayList<>();
    try (BufferedReader reader =
        Files.newBufferedReader(data.resolve(step.file()), StandardCharsets.UTF_8)) {
      String[] header = reader.readLine().split(specification.separator(), -1);
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.split(specification.separator(), -1);
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < header.length; i++) {
          row.put(header[i], value(cells[i], types.getOrDefault(header[i], "int")));
        }
        rows.add(row);
        if (rows.size() == step.batch()) {
          sink.accept(rows);
          rows = new ArrayList<>();
        }
      }
    }
    if (!rows.isEmpty()) {
      sink.accept(rows);
    }
  }

  private static Object value(String cell, String type) {
    return switch (type) {
      case "int" -> Long.valueOf(cell);
      case "double" -> Double.valueOf(cell);
      default -> cell;
    };
  }

  /**
   * Makes the rows of a sample.
   *
   * @param index the place of the workload in the specification
   */
  static Written written(Workload workload, int index, int sample, int persons) {
    List<Map<String, Object>> rows = new ArrayList<>();
    int count = workload.perSample();
    if (workload.generator().startsWith("items")) {
      long low = 1_000_000L * (index + 1) + sample * 100_000L;
      for (long id = low; id < low + count; id++) {
        rows.add(Map.of("id", id, "name", "item" + id, "v", id % 1000 + 0.5));
      }
      return new Written(rows, low);
    }
    if (workload.generator().startsWith("persons")) {
      long low = (long) sample * count % persons;
      for (long i = 0; i < count; i++) {
        long id = low + i * 7919 % count;
        rows.add(Map.of("id", id, "v", (id * 31 + sample) % 1000 + 0.5));
      }
      return new Written(rows, low);
    }
    long low = (long) sample * count;
    for (long id = low; id < low + count; id++) {
      rows.add(Map.of("id", id));
    }
    return new Written(rows, low);
  }
}
