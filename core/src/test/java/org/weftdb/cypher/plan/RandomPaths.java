package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A random query over paths with repetitions, label expressions, conditions inside the pattern and
 * selections among paths, as text and as data for {@link PathEnumeration}.
 */
final class RandomPaths {
  private static final String[] LABELS = {"A", "B"};
  private static final String[] TYPES = {"R", "S"};
  static final int UNBOUNDED = 99;

  /** How a piece of a path is written. */
  enum Form {
    /** One relationship. */
    SINGLE,
    /** {@code -[r*1..2]->}. */
    STAR,
    /** {@code -[r]->{1,2}}. */
    QUANTIFIED_RELATIONSHIP,
    /** {@code ((a)-[r]->(b)){1,2}}. */
    QUANTIFIED_PATH
  }

  /** A node; {@code above} is a bound that its x must be greater than, or -1. */
  record Node(@Nullable String name, @Nullable RandomLabels labels, int above) {}

  /** A relationship; {@code above} is a bound that its w must be greater than, or -1. */
  record Hop(@Nullable String name, @Nullable RandomLabels types, int direction, int above) {}

  /** What is between two nodes of a path; {@code where} may be null. */
  record Piece(
      Form form,
      List<Node> nodes,
      List<Hop> hops,
      int minimum,
      int maximum,
      @Nullable Condition where) {}

  /** Nodes and what is between them. */
  record Part(List<Node> nodes, List<Piece> pieces) {}

  /** A condition, as text and as what it says of what variables are bound to. */
  record Condition(String text, Predicate<PathEnumeration.Row> holds) {}

  final RandomPattern.Graph graph;
  final List<Part> parts = new ArrayList<>();
  final List<Condition> conditions = new ArrayList<>();
  final boolean bindsFirst;
  final @Nullable Node first;

  /** Whether the conditions stand with the first path in parentheses, not with the clause. */
  private boolean conditionsInside;

  private final Random random;
  private final boolean stars;
  private int pieces;

  private RandomPaths(RandomPattern.Graph graph, Random random) {
    this.graph = graph;
    this.random = random;
    this.bindsFirst = random.nextInt(3) == 0;
    this.first = bindsFirst ? new Node("n0", labels(), -1) : null;
    this.stars = random.nextInt(4) == 0;
  }

  /** Several paths of one MATCH, none of them selected. */
  static RandomPaths all(RandomPattern.Graph graph, Random random) {
    RandomPaths paths = new RandomPaths(graph, random);
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      paths.parts.add(paths.part(1 + random.nextInt(2), i == 0 ? 0 : -1));
    }
    paths.addConditions();
    return paths;
  }

  /** One path with named ends, to select from. */
  static RandomPaths selectable(RandomPattern.Graph graph, Random random) {
    RandomPaths paths = new RandomPaths(graph, random);
    paths.parts.add(paths.part(1 + random.nextInt(3), 0));
    if (random.nextInt(3) == 0) {
      paths.conditionsInside = true;
      paths.addConditions();
      paths.conditions.add(paths.onPath(random.nextInt(6), random.nextInt(3)));
    }
    return paths;
  }

  /** One relationship of variable length between named ends, for shortestPath. */
  static RandomPaths function(RandomPattern.Graph graph, Random random) {
    RandomPaths paths = new RandomPaths(graph, random);
    int minimum = random.nextInt(2);
    int maximum = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : UNBOUNDED;
    Hop hop = new Hop("r", paths.types(), random.nextInt(3), -1);
    Node plain = new Node(null, null, -1);
    Piece piece = new Piece(Form.STAR, List.of(plain, plain), List.of(hop), minimum, maximum, null);
    Node end = new Node(random.nextInt(6) == 0 ? "n0" : "n1", paths.labels(), -1);
    paths.parts.add(new Part(List.of(paths.node("n0"), end), List.of(piece)));
    for (int i = random.nextInt(3); i > 0; i--) {
      paths.conditions.add(paths.onPath(random.nextInt(6), random.nextInt(3)));
    }
    return paths;
  }

  // ---- Making ---------------------------------------------------------------------------------

  private @Nullable RandomLabels labels() {
    return random.nextInt(5) > 0 ? null : RandomLabels.random(random, LABELS, 2);
  }

  private @Nullable RandomLabels types() {
    return random.nextInt(3) > 0 ? null : RandomLabels.random(random, TYPES, 1);
  }

  private Node node(@Nullable String name) {
    int above = name != null && random.nextInt(8) == 0 ? 0 : -1;
    return new Node(name, labels(), above);
  }

  private Part part(int length, int firstName) {
    List<Node> nodes = new ArrayList<>();
    List<Piece> made = new ArrayList<>();
    nodes.add(node("n" + (firstName < 0 ? random.nextInt(4) : firstName)));
    for (int i = 0; i < length; i++) {
      made.add(piece());
      boolean last = i == length - 1;
      nodes.add(last || random.nextBoolean() ? node("n" + random.nextInt(4)) : node(null));
    }
    return new Part(nodes, made);
  }

  private Piece piece() {
    String suffix = "" + pieces++;
    int kind = random.nextInt(6);
    Form form =
        kind < 2
            ? Form.SINGLE
            : stars ? Form.STAR : kind < 4 ? Form.QUANTIFIED_RELATIONSHIP : Form.QUANTIFIED_PATH;
    int minimum = random.nextInt(3);
    boolean unbounded = graph.start().length <= 5 && random.nextInt(3) == 0;
    int maximum = unbounded ? UNBOUNDED : Math.max(1, minimum) + random.nextInt(2);
    Node plain = new Node(null, null, -1);
    Hop hop = hop("r" + suffix, form != Form.STAR);
    return switch (form) {
      case SINGLE -> new Piece(form, List.of(plain, plain), List.of(hop), 1, 1, null);
      case STAR, QUANTIFIED_RELATIONSHIP ->
          new Piece(form, List.of(plain, plain), List.of(hop), minimum, maximum, null);
      case QUANTIFIED_PATH -> {
        List<Node> nodes = new ArrayList<>(List.of(node("a" + suffix)));
        List<Hop> hops = new ArrayList<>(List.of(hop));
        nodes.add(node(random.nextBoolean() ? "b" + suffix : null));
        if (random.nextInt(3) == 0) {
          hops.add(hop("s" + suffix, true));
          // The same name twice: the repetition must come back to its first node.
          nodes.add(node((random.nextInt(3) == 0 ? "a" : "c") + suffix));
        }
        yield new Piece(form, nodes, hops, minimum, maximum, inner("a" + suffix, nodes));
      }
    };
  }

  private Hop hop(String name, boolean mayFilter) {
    int above = mayFilter && random.nextInt(5) == 0 ? 0 : -1;
    return new Hop(name, types(), random.nextInt(3), above);
  }

  private @Nullable Condition inner(String start, List<Node> nodes) {
    String end = nodes.get(nodes.size() - 1).name();
    return switch (random.nextInt(5)) {
      case 0 ->
          end == null
              ? null
              : new Condition(
                  start + ".x <= " + end + ".x",
                  row -> {
                    int left = x(row.node(start));
                    return left >= 0 && left <= x(row.node(end));
                  });
      case 1 ->
          bindsFirst
              ? new Condition(start + " <> n0", row -> row.node(start) != row.node("n0"))
              : null;
      case 2 -> new Condition(start + ":!B", row -> !graph.labels()[row.node(start)][1]);
      default -> null;
    };
  }

  private int x(int node) {
    return graph.x()[node];
  }

  private int w(int relationship) {
    return graph.w()[relationship];
  }

  private void addConditions() {
    for (int i = random.nextInt(2); i > 0; i--) {
      Part part = parts.get(random.nextInt(parts.size()));
      Piece piece = part.pieces().get(random.nextInt(part.pieces().size()));
      int value = random.nextInt(3);
      String name = piece.hops().get(0).name();
      if (name == null || piece.form() == Form.SINGLE) {
        String node = part.nodes().get(0).name();
        conditions.add(new Condition(node + ".x > " + value, row -> x(row.node(node)) > value));
      } else if (random.nextBoolean()) {
        conditions.add(
            new Condition(
                "all(y IN " + name + " WHERE y.w > " + value + ")",
                row -> row.list(name).stream().allMatch(id -> w(id) > value)));
      } else {
        conditions.add(
            new Condition("size(" + name + ") > " + value, row -> row.list(name).size() > value));
      }
    }
  }

  private Condition onPath(int kind, int value) {
    return switch (kind) {
      case 0 ->
          new Condition(
              "all(y IN relationships(p) WHERE y.w > " + value + ")",
              row -> row.relationships.stream().allMatch(id -> w(id) > value));
      case 1 ->
          new Condition(
              "none(y IN relationships(p) WHERE y.w = " + value + ")",
              row -> row.relationships.stream().allMatch(id -> w(id) >= 0 && w(id) != value));
      case 2 ->
          new Condition(
              "all(y IN nodes(p) WHERE y.x < " + (value + 1) + ")",
              row -> row.nodes.stream().allMatch(id -> x(id) >= 0 && x(id) < value + 1));
      case 3 ->
          new Condition(
              "any(y IN nodes(p) WHERE y:B&!A)",
              row ->
                  row.nodes.stream()
                      .anyMatch(id -> graph.labels()[id][1] && !graph.labels()[id][0]));
      case 4 -> new Condition("length(p) > " + value, row -> row.relationships.size() > value);
      default ->
          new Condition(
              "none(y IN nodes(p) WHERE y.x = " + value + ")",
              row -> row.nodes.stream().allMatch(id -> x(id) >= 0 && x(id) != value));
    };
  }

  // ---- As text --------------------------------------------------------------------------------

  /**
   * The query.
   *
   * @param before what stands before the first path, such as {@code p = SHORTEST 1}
   * @param after what stands behind it
   */
  String query(String before, String after) {
    StringBuilder text = new StringBuilder(binding()).append("MATCH ");
    for (int i = 0; i < parts.size(); i++) {
      text.append(i == 0 ? "p = " + before : ", ");
      String part = part(parts.get(i));
      text.append(conditionsInside && !conditions.isEmpty() ? "(" + part + where() + ")" : part);
      text.append(i == 0 ? after : "");
    }
    text.append(conditionsInside ? "" : where()).append(" RETURN ");
    List<String> columns = new ArrayList<>();
    for (String name : nodeNames()) {
      columns.add("id(" + name + ")");
    }
    for (String name : groupNames()) {
      columns.add("[x IN " + name + " | id(x)]");
    }
    for (String name : singleNames()) {
      columns.add("id(" + name + ")");
    }
    columns.add("[x IN nodes(p) | id(x)]");
    columns.add("[x IN relationships(p) | id(x)]");
    return text.append(String.join(", ", columns)).toString();
  }

  /** For each first node, in how many ways the first path goes on from it. */
  String countQuery() {
    String conditionsOfAll = parts.size() == 1 ? where() : "";
    return "MATCH (n0) RETURN id(n0) AS n, COUNT { "
        + part(parts.get(0))
        + conditionsOfAll
        + " } AS c";
  }

  private String binding() {
    return first == null ? "" : "MATCH " + nodeText(first) + " ";
  }

  private String where() {
    List<String> texts = new ArrayList<>();
    conditions.forEach(condition -> texts.add(condition.text()));
    return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
  }

  private static String part(Part part) {
    StringBuilder text = new StringBuilder();
    boolean afterGroup = false;
    for (int i = 0; i < part.nodes().size(); i++) {
      Node node = part.nodes().get(i);
      boolean beforeGroup =
          i < part.pieces().size() && part.pieces().get(i).form() == Form.QUANTIFIED_PATH;
      boolean silent = node.name() == null && node.labels() == null;
      if (!(silent && beforeGroup && afterGroup)) {
        text.append(nodeText(node));
      }
      if (i < part.pieces().size()) {
        text.append(piece(part.pieces().get(i)));
      }
      afterGroup = beforeGroup;
    }
    return text.toString();
  }

  private static String nodeText(Node node) {
    StringBuilder text = new StringBuilder("(");
    text.append(node.name() == null ? "" : node.name());
    text.append(node.labels() == null ? "" : ":" + node.labels().text());
    text.append(node.above() < 0 ? "" : " WHERE " + node.name() + ".x > " + node.above());
    return text.append(')').toString();
  }

  private static String piece(Piece piece) {
    Hop hop = piece.hops().get(0);
    String maximum = piece.maximum() == UNBOUNDED ? "" : "" + piece.maximum();
    String quantifier = "{" + piece.minimum() + "," + maximum + "}";
    return switch (piece.form()) {
      case SINGLE -> hop(hop, "");
      case STAR -> hop(hop, "*" + piece.minimum() + ".." + maximum);
      case QUANTIFIED_RELATIONSHIP -> hop(hop, "") + quantifier;
      case QUANTIFIED_PATH -> {
        StringBuilder text = new StringBuilder(" (");
        for (int i = 0; i < piece.nodes().size(); i++) {
          text.append(nodeText(piece.nodes().get(i)));
          text.append(i < piece.hops().size() ? hop(piece.hops().get(i), "") : "");
        }
        text.append(piece.where() == null ? "" : " WHERE " + piece.where().text());
        yield text.append(')').append(quantifier).append(' ').toString();
      }
    };
  }

  private static String hop(Hop hop, String length) {
    return (hop.direction() == 1 ? "<-[" : "-[")
        + (hop.name() == null ? "" : hop.name())
        + (hop.types() == null ? "" : ":" + hop.types().text())
        + length
        + (hop.above() < 0 ? "" : " WHERE " + hop.name() + ".w > " + hop.above())
        + (hop.direction() == 0 ? "]->" : "]-");
  }

  // ---- Names ----------------------------------------------------------------------------------

  Set<String> nodeNames() {
    Set<String> names = new LinkedHashSet<>();
    if (first != null) {
      names.add("n0");
    }
    for (Part part : parts) {
      part.nodes().forEach(node -> addName(node.name(), names));
    }
    return names;
  }

  Set<String> groupNames() {
    Set<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      for (Piece piece : part.pieces()) {
        if (piece.form() != Form.SINGLE) {
          piece.nodes().forEach(node -> addName(node.name(), names));
          piece.hops().forEach(hop -> addName(hop.name(), names));
        }
      }
    }
    return names;
  }

  Set<String> singleNames() {
    Set<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      for (Piece piece : part.pieces()) {
        if (piece.form() == Form.SINGLE) {
          addName(piece.hops().get(0).name(), names);
        }
      }
    }
    return names;
  }

  private static void addName(@Nullable String name, Set<String> names) {
    if (name != null) {
      names.add(name);
    }
  }
}
