package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random query of up to two MATCH clauses over a random small graph, which can be written as text
 * and answered by trying everything.
 */
final class RandomPattern {
  private static final String[] TYPES = {"R", "S"};
  private static final String[] LABELS = {"A", "B"};
  private static final int VARIABLES = 4;

  /** A graph by arrays; -1 stands for no property. */
  record Graph(boolean[][] labels, int[] x, int[] start, int[] end, int[] type, int[] w) {
    static Graph random(Random random) {
      int nodes = 2 + random.nextInt(4);
      int relationships = 2 + random.nextInt(9);
      boolean[][] labels = new boolean[nodes][2];
      int[] x = new int[nodes];
      for (int i = 0; i < nodes; i++) {
        labels[i][0] = random.nextInt(3) > 0;
        labels[i][1] = random.nextBoolean();
        x[i] = random.nextInt(4) - 1;
      }
      int[][] columns = new int[4][relationships];
      for (int i = 0; i < relationships; i++) {
        columns[0][i] = random.nextInt(nodes);
        columns[1][i] = random.nextInt(nodes);
        columns[2][i] = random.nextInt(2);
        columns[3][i] = random.nextInt(4) - 1;
      }
      return new Graph(labels, x, columns[0], columns[1], columns[2], columns[3]);
    }

    /** A query that creates it in an empty database, so that ids are the indexes. */
    String creation() {
      StringBuilder text = new StringBuilder("CREATE ");
      for (int i = 0; i < x.length; i++) {
        text.append(i == 0 ? "" : ", ").append("(n").append(i);
        for (int label = 0; label < 2; label++) {
          text.append(labels[i][label] ? ":" + LABELS[label] : "");
        }
        text.append(x[i] < 0 ? ")" : " {x: " + x[i] + "})");
      }
      for (int i = 0; i < start.length; i++) {
        text.append(", (n").append(start[i]).append(")-[:").append(TYPES[type[i]]);
        text.append(w[i] < 0 ? "" : " {w: " + w[i] + "}");
        text.append("]->(n").append(end[i]).append(')');
      }
      return text.toString();
    }
  }

  private record Node(int variable, int label, int x) {}

  /** A relationship; a minimum of -1 means exactly one, not of variable length. */
  private record Hop(int variable, int type, int direction, int minimum, int maximum, int w) {}

  private record Part(List<Node> nodes, List<Hop> hops) {}

  private record Condition(int kind, int variable, int other, int value) {}

  private record Clause(boolean optional, List<Part> parts, List<Condition> conditions) {}

  private final Graph graph;
  private final List<Clause> clauses = new ArrayList<>();
  private int relationships;

  private RandomPattern(Graph graph) {
    this.graph = graph;
  }

  static RandomPattern random(Graph graph, Random random) {
    RandomPattern pattern = new RandomPattern(graph);
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      pattern.clauses.add(pattern.clause(random, i > 0 && random.nextBoolean(), i > 0));
    }
    return pattern;
  }

  private Clause clause(Random random, boolean optional, boolean later) {
    List<Part> parts = new ArrayList<>();
    int boundRelationships = later ? relationships : 0;
    boolean reused = false;
    if (random.nextInt(4) == 0) {
      parts.add(cycle(random));
    }
    int hopsLeft = parts.isEmpty() ? 3 : 1;
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      List<Node> nodes = new ArrayList<>();
      List<Hop> hops = new ArrayList<>();
      nodes.add(node(random));
      int length = random.nextInt(Math.min(hopsLeft, 3) + 1);
      for (int j = 0; j < length; j++) {
        if (!reused && boundRelationships > 0 && random.nextInt(5) == 0) {
          int variable = random.nextInt(boundRelationships);
          if (isSingle(variable)) {
            hops.add(new Hop(variable, -1, random.nextInt(3), -1, -1, -1));
            reused = true;
          }
        }
        if (hops.size() == j) {
          hops.add(hop(random));
        }
        nodes.add(node(random));
      }
      hopsLeft -= length;
      parts.add(new Part(nodes, hops));
    }
    List<Condition> conditions = new ArrayList<>();
    List<Integer> used = new ArrayList<>();
    for (Part part : parts) {
      for (Node node : part.nodes) {
        used.add(node.variable);
      }
    }
    for (int i = Math.max(0, random.nextInt(5) - 2); i > 0; i--) {
      int variable = used.get(random.nextInt(used.size()));
      int other = used.get(random.nextInt(used.size()));
      conditions.add(new Condition(random.nextInt(8), variable, other, random.nextInt(3)));
    }
    return new Clause(optional, parts, conditions);
  }

  private boolean isSingle(int variable) {
    for (Clause clause : clauses) {
      for (Part part : clause.parts) {
        for (Hop hop : part.hops) {
          if (hop.variable == variable && hop.minimum >= 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static Node node(Random random) {
    int label = random.nextInt(8) - 6;
    return new Node(
        random.nextInt(VARIABLES), Math.max(label, -1), random.nextInt(10) == 0 ? 1 : -1);
  }

  /** Two or three hops, each of one type and direction, that end where they began. */
  private Part cycle(Random random) {
    List<Node> nodes = new ArrayList<>();
    List<Hop> hops = new ArrayList<>();
    int first = random.nextInt(VARIABLES);
    int length = 2 + random.nextInt(2);
    for (int i = 0; i < length; i++) {
      nodes.add(new Node((first + i) % VARIABLES, Math.max(-1, random.nextInt(6) - 4), -1));
      hops.add(new Hop(relationships++, random.nextInt(2), random.nextInt(2), -1, -1, -1));
    }
    nodes.add(new Node(first, -1, -1));
    return new Part(nodes, hops);
  }

  private Hop hop(Random random) {
    int minimum = random.nextInt(4) == 0 ? random.nextInt(3) : -1;
    return new Hop(
        relationships++,
        Math.max(-1, random.nextInt(5) - 3),
        random.nextInt(3),
        minimum,
        minimum + random.nextInt(2),
        random.nextInt(10) == 0 ? 1 : -1);
  }

  // ---- As text --------------------------------------------------------------------------------

  /** The query with how many rows it has as its only result. */
  String countQuery() {
    return matches() + "RETURN count(*) AS c";
  }

  private String matches() {
    StringBuilder text = new StringBuilder();
    for (Clause clause : clauses) {
      text.append(clause.optional ? "OPTIONAL MATCH " : "MATCH ");
      for (int i = 0; i < clause.parts.size(); i++) {
        text.append(i == 0 ? "" : ", ");
        part(clause.parts.get(i), text);
      }
      for (int i = 0; i < clause.conditions.size(); i++) {
        text.append(i == 0 ? " WHERE " : " AND ").append(condition(clause.conditions.get(i)));
      }
      text.append(' ');
    }
    return text.toString();
  }

  String query() {
    StringBuilder text = new StringBuilder(matches());
    text.append("RETURN ");
    boolean[] nodes = new boolean[VARIABLES];
    boolean[] several = new boolean[relationships];
    for (Clause clause : clauses) {
      for (Part part : clause.parts) {
        for (Node node : part.nodes) {
          nodes[node.variable] = true;
        }
        for (Hop hop : part.hops) {
          several[hop.variable] |= hop.minimum >= 0;
        }
      }
    }
    String separator = "";
    for (int i = 0; i < VARIABLES; i++) {
      text.append(separator).append(nodes[i] ? "id(n" + i + ") AS v" + i : "null AS v" + i);
      separator = ", ";
    }
    for (int i = 0; i < relationships; i++) {
      text.append(", ");
      text.append(several[i] ? "[x IN r" + i + " | id(x)]" : "id(r" + i + ")");
      text.append(" AS s").append(i);
    }
    return text.toString();
  }

  private static void part(Part part, StringBuilder text) {
    for (int i = 0; i < part.nodes.size(); i++) {
      Node node = part.nodes.get(i);
      text.append("(n").append(node.variable);
      text.append(node.label < 0 ? "" : ":" + LABELS[node.label]);
      text.append(node.x < 0 ? ")" : " {x: " + node.x + "})");
      if (i < part.hops.size()) {
        Hop hop = part.hops.get(i);
        text.append(hop.direction == 1 ? "<-[r" : "-[r").append(hop.variable);
        text.append(hop.type < 0 ? "" : ":" + TYPES[hop.type]);
        text.append(hop.minimum < 0 ? "" : "*" + hop.minimum + ".." + hop.maximum);
        text.append(hop.w < 0 ? "" : " {w: " + hop.w + "}");
        text.append(hop.direction == 0 ? "]->" : "]-");
      }
    }
  }

  private static String condition(Condition condition) {
    String a = "n" + condition.variable;
    String b = "n" + condition.other;
    return switch (condition.kind) {
      case 0 -> a + ".x = " + b + ".x";
      case 1 -> a + ".x > " + condition.value;
      case 2 -> a + ".x IN [" + condition.value + ", null, 0]";
      case 3 -> "id(" + a + ") = " + condition.value;
      case 4 -> a + ":A";
      case 5 -> a + ".x < " + b + ".x";
      case 6 -> "(" + a + ")-[:R]->(" + b + ")";
      default -> "(" + a + ".x = 1 OR " + b + ":B)";
    };
  }

  // ---- By trying everything -------------------------------------------------------------------

  /** What variables are bound to: a node, or relationships; null while unbound or missing. */
  private static final class Row {
    final @Nullable Integer[] nodes;
    final int @Nullable [][] relationships;

    Row(@Nullable Integer[] nodes, int @Nullable [][] relationships) {
      this.nodes = Arrays.copyOf(nodes, nodes.length);
      this.relationships = Arrays.copyOf(relationships, relationships.length);
    }
  }

  private boolean[] nodeDeclared = new boolean[VARIABLES];

  /** The rows of the answer as text, sorted. */
  List<String> answer() {
    List<Row> rows = List.of(new Row(new Integer[VARIABLES], new int[relationships][]));
    boolean[] relationshipDeclared = new boolean[relationships];
    for (Clause clause : clauses) {
      List<Row> next = new ArrayList<>();
      for (Row row : rows) {
        List<Row> found = new ArrayList<>();
        boolean[] declared = Arrays.copyOf(nodeDeclared, VARIABLES);
        match(clause, 0, 0, row, declared, relationshipDeclared, new ArrayList<>(), found);
        if (found.isEmpty() && clause.optional) {
          found.add(row);
        }
        next.addAll(found);
      }
      rows = next;
      for (Part part : clause.parts) {
        part.nodes.forEach(node -> nodeDeclared[node.variable] = true);
        part.hops.forEach(hop -> relationshipDeclared[hop.variable] = true);
      }
    }
    nodeDeclared = new boolean[VARIABLES];
    List<String> result = new ArrayList<>();
    for (Row row : rows) {
      StringBuilder text = new StringBuilder();
      for (Integer node : row.nodes) {
        text.append(node).append(' ');
      }
      for (int i = 0; i < relationships; i++) {
        int[] ids = row.relationships[i];
        text.append(ids == null ? "null" : isSingle(i) ? ids[0] : Arrays.toString(ids));
        text.append(' ');
      }
      result.add(text.toString().trim());
    }
    result.sort(null);
    return result;
  }

  /** Binds the node at a place of a clause, then goes on with the hop after it. */
  private void match(
      Clause clause,
      int partIndex,
      int index,
      Row row,
      boolean[] declared,
      boolean[] relationshipDeclared,
      List<Integer> used,
      List<Row> found) {
    if (partIndex == clause.parts.size()) {
      if (clause.conditions.stream().allMatch(condition -> isTrue(condition, row))) {
        found.add(row);
      }
      return;
    }
    Part part = clause.parts.get(partIndex);
    Node node = part.nodes.get(index);
    for (int candidate = 0; candidate < graph.x.length; candidate++) {
      Integer bound = row.nodes[node.variable];
      boolean allowed =
          declared[node.variable] ? bound != null && bound == candidate : bound == null;
      if (!allowed || !fits(node, candidate)) {
        continue;
      }
      Row next = new Row(row.nodes, row.relationships);
      next.nodes[node.variable] = candidate;
      boolean[] nowDeclared = Arrays.copyOf(declared, VARIABLES);
      nowDeclared[node.variable] = true;
      if (index == 0) {
        follow(
            clause,
            partIndex,
            index,
            next,
            nowDeclared,
            relationshipDeclared,
            used,
            found,
            candidate);
      } else if (Objects.equals(candidate, arrival)) {
        int kept = arrival;
        follow(
            clause,
            partIndex,
            index,
            next,
            nowDeclared,
            relationshipDeclared,
            used,
            found,
            candidate);
        arrival = kept;
      }
    }
  }

  /** The node to which the last hop led. */
  private int arrival;

  private void follow(
      Clause clause,
      int partIndex,
      int index,
      Row row,
      boolean[] declared,
      boolean[] relationshipDeclared,
      List<Integer> used,
      List<Row> found,
      int at) {
    Part part = clause.parts.get(partIndex);
    if (index == part.hops.size()) {
      match(clause, partIndex + 1, 0, row, declared, relationshipDeclared, used, found);
      return;
    }
    Hop hop = part.hops.get(index);
    int minimum = hop.minimum < 0 ? 1 : hop.minimum;
    int maximum = hop.minimum < 0 ? 1 : hop.maximum;
    List<int[]> trails = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    trails(hop, at, minimum, maximum, new ArrayList<>(), used, trails, ends);
    for (int i = 0; i < trails.size(); i++) {
      int[] trail = trails.get(i);
      if (relationshipDeclared[hop.variable]
          && !Arrays.equals(trail, row.relationships[hop.variable])) {
        continue;
      }
      Row next = new Row(row.nodes, row.relationships);
      next.relationships[hop.variable] = trail;
      List<Integer> nowUsed = new ArrayList<>(used);
      for (int id : trail) {
        nowUsed.add(id);
      }
      arrival = ends.get(i);
      match(clause, partIndex, index + 1, next, declared, relationshipDeclared, nowUsed, found);
    }
  }

  private void trails(
      Hop hop,
      int at,
      int minimum,
      int maximum,
      List<Integer> soFar,
      List<Integer> used,
      List<int[]> trails,
      List<Integer> ends) {
    if (soFar.size() >= minimum) {
      trails.add(soFar.stream().mapToInt(id -> id).toArray());
      ends.add(at);
    }
    if (soFar.size() == maximum) {
      return;
    }
    for (int id = 0; id < graph.start.length; id++) {
      if (soFar.contains(id)
          || used.contains(id)
          || hop.type >= 0 && hop.type != graph.type[id]
          || hop.w >= 0 && hop.w != graph.w[id]) {
        continue;
      }
      boolean out = graph.start[id] == at && hop.direction != 1;
      boolean in = graph.end[id] == at && hop.direction != 0;
      if (out || in) {
        List<Integer> longer = new ArrayList<>(soFar);
        longer.add(id);
        int to = out ? graph.end[id] : graph.start[id];
        trails(hop, to, minimum, maximum, longer, used, trails, ends);
      }
    }
  }

  private boolean fits(Node node, int candidate) {
    return (node.label < 0 || graph.labels[candidate][node.label])
        && (node.x < 0 || graph.x[candidate] == node.x);
  }

  private boolean isTrue(Condition condition, Row row) {
    int a = Objects.requireNonNull(row.nodes[condition.variable]);
    int b = Objects.requireNonNull(row.nodes[condition.other]);
    int ax = graph.x[a];
    int bx = graph.x[b];
    return switch (condition.kind) {
      case 0 -> ax >= 0 && ax == bx;
      case 1 -> ax > condition.value;
      case 2 -> ax >= 0 && (ax == condition.value || ax == 0);
      case 3 -> a == condition.value;
      case 4 -> graph.labels[a][0];
      case 5 -> ax >= 0 && bx >= 0 && ax < bx;
      case 6 -> isConnected(a, b);
      default -> ax == 1 || graph.labels[b][1];
    };
  }

  private boolean isConnected(int a, int b) {
    for (int id = 0; id < graph.start.length; id++) {
      if (graph.start[id] == a && graph.end[id] == b && graph.type[id] == 0) {
        return true;
      }
    }
    return false;
  }
}
