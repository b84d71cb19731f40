package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All rows of a {@link RandomPaths} by trying everything. */
final class PathEnumeration {
  /** So much is tried; where there is more, the paths are no use for a test. */
  private static final int MAX_TRIALS = 100_000;

  private int trials;
  private final RandomPaths paths;
  private final RandomPattern.Graph graph;
  private final List<Row> found = new ArrayList<>();

  /** What variables are bound to, and the first path. */
  static final class Row {
    private final Map<String, Integer> singles;
    private final Map<String, List<Integer>> groups;
    private final List<Integer> used;
    final List<Integer> nodes;
    final List<Integer> relationships;

    private Row() {
      singles = new HashMap<>();
      groups = new HashMap<>();
      used = new ArrayList<>();
      nodes = new ArrayList<>();
      relationships = new ArrayList<>();
    }

    private Row(Row row) {
      singles = new HashMap<>(row.singles);
      groups = new HashMap<>();
      row.groups.forEach((name, list) -> groups.put(name, new ArrayList<>(list)));
      used = new ArrayList<>(row.used);
      nodes = new ArrayList<>(row.nodes);
      relationships = new ArrayList<>(row.relationships);
    }

    int node(@Nullable String name) {
      return Objects.requireNonNull(singles.get(name));
    }

    List<Integer> list(String name) {
      return groups.getOrDefault(name, List.of());
    }

    int length() {
      return relationships.size();
    }

    /** The two ends of the first path. */
    List<Integer> ends() {
      return List.of(nodes.get(0), nodes.get(nodes.size() - 1));
    }
  }

  /** What is done at the end of a walk. */
  private interface Then {
    void go(int at, Row row);
  }

  private PathEnumeration(RandomPaths paths) {
    this.paths = paths;
    this.graph = paths.graph;
  }

  /** The rows, or null when there is too much to try. */
  static @Nullable List<Row> rows(RandomPaths paths) {
    PathEnumeration enumeration = new PathEnumeration(paths);
    enumeration.all();
    return enumeration.trials > MAX_TRIALS ? null : enumeration.found;
  }

  private void all() {
    RandomPaths.Node first = paths.first;
    if (first == null) {
      part(0, new Row());
      return;
    }
    for (int node = 0; node < graph.x().length; node++) {
      Row row = bind(first, node, new Row());
      if (row != null) {
        part(0, row);
      }
    }
  }

  /** A row as the query answers it. */
  static String text(RandomPaths paths, Row row) {
    List<String> values = new ArrayList<>();
    paths.nodeNames().forEach(name -> values.add("" + row.node(name)));
    paths.groupNames().forEach(name -> values.add("" + row.list(name)));
    paths.singleNames().forEach(name -> values.add("" + row.node(name)));
    values.add("" + row.nodes);
    values.add("" + row.relationships);
    return String.join(" ", values);
  }

  private void part(int index, Row row) {
    if (index == paths.parts.size()) {
      if (paths.conditions.stream().allMatch(condition -> condition.holds().test(row))) {
        found.add(row);
      }
      return;
    }
    RandomPaths.Part part = paths.parts.get(index);
    for (int node = 0; node < graph.x().length; node++) {
      Row next = bind(part.nodes().get(0), node, row);
      if (next != null) {
        if (index == 0) {
          next.nodes.add(node);
        }
        piece(index, 0, node, next);
      }
    }
  }

  /** The row with a node bound, or null when it does not fit. */
  private @Nullable Row bind(RandomPaths.Node node, int candidate, Row row) {
    Integer bound = node.name() == null ? null : row.singles.get(node.name());
    boolean labelled =
        node.labels() == null
            || node.labels().holds(graph.labels()[candidate][0], graph.labels()[candidate][1]);
    if (bound != null && bound != candidate
        || !labelled
        || node.above() >= 0 && graph.x()[candidate] <= node.above()) {
      return null;
    }
    Row next = new Row(row);
    if (node.name() != null) {
      next.singles.put(node.name(), candidate);
    }
    return next;
  }

  private void piece(int partIndex, int index, int at, Row row) {
    RandomPaths.Part part = paths.parts.get(partIndex);
    if (index == part.pieces().size()) {
      part(partIndex + 1, row);
      return;
    }
    RandomPaths.Piece piece = part.pieces().get(index);
    repeat(
        piece,
        partIndex,
        0,
        at,
        row,
        (to, after) -> {
          Row next = bind(part.nodes().get(index + 1), to, after);
          if (next != null) {
            piece(partIndex, index + 1, to, next);
          }
        });
  }

  private void repeat(
      RandomPaths.Piece piece, int partIndex, int done, int at, Row row, Then then) {
    if (done >= piece.minimum()) {
      then.go(at, row);
    }
    if (done < piece.maximum()) {
      once(
          piece,
          partIndex,
          0,
          at,
          row,
          (to, after) -> repeat(piece, partIndex, done + 1, to, close(piece, after), then));
    }
  }

  /** What was bound in a repetition is added to the lists. */
  private Row close(RandomPaths.Piece piece, Row row) {
    if (piece.form() == RandomPaths.Form.SINGLE) {
      return row;
    }
    Row next = new Row(row);
    List<String> names = new ArrayList<>();
    piece.nodes().forEach(node -> addName(node.name(), names));
    piece.hops().forEach(hop -> addName(hop.name(), names));
    for (String name : names) {
      int value = Objects.requireNonNull(next.singles.remove(name));
      next.groups.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }
    return next;
  }

  private static void addName(@Nullable String name, List<String> names) {
    if (name != null && !names.contains(name)) {
      names.add(name);
    }
  }

  /** Walks a repetition from its node at an index on. */
  private void once(RandomPaths.Piece piece, int partIndex, int index, int at, Row row, Then then) {
    Row here = ++trials > MAX_TRIALS ? null : bind(piece.nodes().get(index), at, row);
    if (here == null) {
      return;
    }
    if (index == piece.hops().size()) {
      if (piece.where() == null || piece.where().holds().test(here)) {
        then.go(at, here);
      }
      return;
    }
    RandomPaths.Hop hop = piece.hops().get(index);
    for (int id = 0; id < graph.start().length; id++) {
      boolean out = graph.start()[id] == at && hop.direction() != 1;
      boolean in = graph.end()[id] == at && hop.direction() != 0;
      if ((out || in) && !here.used.contains(id) && fits(hop, id)) {
        int to = out ? graph.end()[id] : graph.start()[id];
        Row next = new Row(here);
        next.used.add(id);
        if (hop.name() != null) {
          next.singles.put(hop.name(), id);
        }
        if (partIndex == 0) {
          next.relationships.add(id);
          next.nodes.add(to);
        }
        once(piece, partIndex, index + 1, to, next, then);
      }
    }
  }

  private boolean fits(RandomPaths.Hop hop, int id) {
    int type = graph.type()[id];
    return (hop.types() == null || hop.types().holds(type == 0, type == 1))
        && (hop.above() < 0 || graph.w()[id] > hop.above());
  }
}
