package org.weftdb.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** All queries there are: of the documentation, of the cases and of the compatibility kit. */
final class QuerySeeds {
  private static final int MAX_LENGTH = 600;

  private QuerySeeds() {}

  /** The queries, always in the same order. */
  static List<String> all() {
    Set<String> queries = new LinkedHashSet<>();
    try {
      documentation(queries);
      for (String directory : List.of("cypher", "parser", "plan", "semantic")) {
        cases(Path.of("src/test/resources/cases", directory), queries);
      }
      kit(queries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    queries.removeIf(query -> query.isBlank() || query.length() > MAX_LENGTH);
    return new ArrayList<>(queries);
  }

  private static void documentation(Set<String> queries) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "cypher.md"));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```cypher")) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        queries.add(String.join("\n", lines.subList(i + 1, end)));
        i = end;
      }
    }
  }

  /** What stands between a directive and the line that separates it from what is expected. */
  private static void cases(Path directory, Set<String> queries) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(directory)) {
      files = found.filter(file -> file.toString().endsWith(".test")).sorted().toList();
    }
    for (Path file : files) {
      List<String> query = new ArrayList<>();
      boolean inside = false;
      for (String line : Files.readAllLines(file)) {
        if (line.equals("----")) {
          queries.add(String.join("\n", query));
          inside = false;
        } else if (line.isEmpty()) {
          query.clear();
          inside = false;
        } else if (inside) {
          query.add(line);
        } else if (!line.startsWith("#") && !line.startsWith("$ ")) {
          query.clear();
          inside = true;
        }
      }
    }
  }

  /** What stands between three quotation marks. */
  private static void kit(Set<String> queries) throws IOException {
    URL anyGraph =
        Objects.requireNonNull(
            QuerySeeds.class.getResource("/graphs/binary-tree-1/binary-tree-1.cypher"),
            "the jar of the kit is not on the class path");
    try (JarFile jar = ((JarURLConnection) anyGraph.openConnection()).getJarFile()) {
      TreeMap<String, JarEntry> features = new TreeMap<>();
      jar.stream()
          .filter(entry -> entry.getName().endsWith(".feature"))
          .forEach(entry -> features.put(entry.getName(), entry));
      for (JarEntry feature : features.values()) {
        try (BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(jar.getInputStream(feature), StandardCharsets.UTF_8))) {
          quoted(reader.lines().toList(), queries);
        }
      }
    }
  }

  private static void quoted(List<String> lines, Set<String> queries) {
    List<String> query = new ArrayList<>();
    boolean inside = false;
    for (String line : lines) {
      if (line.strip().equals("\"\"\"")) {
        if (inside) {
          queries.add(String.join("\n", query));
        }
        inside = !inside;
        query.clear();
      } else if (inside) {
        query.add(line.strip());
      }
    }
  }
}
