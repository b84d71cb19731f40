package org.weftdb.cypher.semantic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.MapEntry;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathConnection;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.cypher.ast.Span;
import org.weftdb.cypher.semantic.Notice.Kind;

/**
 * Collects the {@link Notice}s of one analysis: names that are searched for, which may not be in
 * the graph, and patterns that may find more than was meant. Names that the query itself gives to
 * nodes and relationships are left out.
 */
final class Notices {
  /** Among the names that a query gives: any name at all, as it is computed. */
  private static final String ANY = "";

  /** The variables that were bound before a pattern, taken for one. */
  private static final String BOUND = "";

  private final String text;
  private final Set<Notice> found = new LinkedHashSet<>();
  private final Map<Kind, Set<String>> given = new HashMap<>();

  Notices(String text) {
    this.text = text;
  }

  /** Those of the whole query, in the order of the text. */
  List<Notice> all() {
    List<Notice> all = new ArrayList<>();
    for (Notice notice : found) {
      Set<String> names = given.get(notice.kind());
      if (names == null || !names.contains(notice.name()) && !names.contains(ANY)) {
        all.add(notice);
      }
    }
    all.sort(Comparator.comparingInt(Notice::offset));
    return all;
  }

  private void add(Kind kind, String name, int offset) {
    found.add(new Notice(kind, name, offset));
  }

  // What is searched for.

  /** A path that is searched for, its repetitions left out. */
  void searched(PathPattern path) {
    for (NodePattern node : path.nodes()) {
      names(Kind.LABEL, node.labels(), behind(node.variable(), node.span()), node.span());
      names(Kind.LABEL, node.labelExpression());
      keys(node.properties());
    }
    for (PathConnection connection : path.connections()) {
      if (connection instanceof RelationshipPattern single) {
        Kind type = Kind.RELATIONSHIP_TYPE;
        names(type, single.types(), behind(single.variable(), single.span()), single.span());
        names(type, single.typeExpression());
        keys(single.properties());
      }
    }
  }

  private static int behind(@Nullable Variable variable, Span whole) {
    return variable == null ? whole.start() : variable.span().end();
  }

  /** The labels or types of a condition on a value of a type. */
  void tested(CypherType type, Expression.LabelPredicate test) {
    Kind kind = kindOf(type);
    if (kind != null) {
      names(kind, test.labels(), test.subject().span().end(), test.span());
    }
  }

  /** The same of a label expression. */
  void tested(CypherType type, Expression.LabelTest test) {
    Kind kind = kindOf(type);
    if (kind != null) {
      names(kind, test.labels());
    }
  }

  private static @Nullable Kind kindOf(CypherType type) {
    if (type.isNull()) {
      return null;
    }
    return type.isAlways(CypherType.NODE)
        ? Kind.LABEL
        : type.isAlways(CypherType.RELATIONSHIP) ? Kind.RELATIONSHIP_TYPE : null;
  }

  /** A property that is read of a value of a type. */
  void read(CypherType type, Expression.Property property) {
    if (!type.isNull() && type.isAlways(CypherType.ENTITY)) {
      int from = property.subject().span().end();
      names(Kind.PROPERTY_KEY, List.of(property.key()), from, property.span());
    }
  }

  private void names(Kind kind, @Nullable LabelExpression labels) {
    switch (labels) {
      case null -> {}
      case LabelExpression.Name name -> add(kind, name.name(), name.span().start());
      case LabelExpression.Wildcard wildcard -> {}
      case LabelExpression.Dynamic dynamic -> {}
      case LabelExpression.Not not -> {}
      case LabelExpression.And and -> and.operands().forEach(each -> names(kind, each));
      case LabelExpression.Or or -> or.operands().forEach(each -> names(kind, each));
    }
  }

  private void keys(@Nullable Expression properties) {
    if (properties instanceof Expression.MapLiteral map) {
      for (MapEntry entry : map.entries()) {
        add(Kind.PROPERTY_KEY, entry.key(), entry.span().start());
      }
    }
  }

  /**
   * Names without spans, which stand in their order from a place on. One that is written otherwise,
   * with a backtick in it, and those behind it have the place of the whole.
   */
  private void names(Kind kind, List<String> names, int from, Span whole) {
    int at = from;
    for (String name : names) {
      int place = at < 0 ? -1 : find(name, at, whole.end());
      add(kind, name, place < 0 ? whole.start() : place);
      at = place < 0 ? -1 : place + name.length();
    }
  }

  private int find(String name, int from, int end) {
    for (int at = from; at + name.length() <= end; at++) {
      if (text.startsWith(name, at) && !isPart(at - 1) && !isPart(at + name.length())) {
        return at;
      }
    }
    return -1;
  }

  private boolean isPart(int offset) {
    return offset >= 0 && offset < text.length() && Character.isLetterOrDigit(text.charAt(offset));
  }

  // What may find more than was meant.

  /** A path all of whose lengths are found. */
  void allLengths(PathPattern path) {
    for (PathConnection connection : path.connections()) {
      if (connection instanceof RelationshipPattern single
          && single.length() != null
          && single.length().maximum() == RelationshipPattern.VariableLength.UNBOUNDED) {
        add(Kind.UNBOUNDED_LENGTH, "", single.span().start());
      }
    }
  }

  /** The parts of a MATCH; what was bound before it connects them too. */
  void connections(Clause.Match match, Scope before) {
    List<PatternPart> parts = match.pattern().parts();
    int[] group = new int[parts.size()];
    Map<String, Integer> firstPart = new HashMap<>();
    for (int i = 0; i < group.length; i++) {
      group[i] = i;
      for (String name : variables(parts.get(i).path())) {
        Integer other = firstPart.putIfAbsent(before.contains(name) ? BOUND : name, i);
        if (other != null) {
          group[root(group, i)] = root(group, other);
        }
      }
    }
    Set<String> apart = new LinkedHashSet<>();
    boolean disconnected = false;
    for (int i = 1; i < group.length; i++) {
      if (root(group, i) != root(group, 0)) {
        disconnected = true;
        apart.addAll(variables(parts.get(i).path()));
      }
    }
    if (disconnected) {
      add(Kind.CARTESIAN_PRODUCT, String.join(", ", apart), match.span().start());
    }
  }

  private static int root(int[] group, int part) {
    int at = part;
    while (group[at] != at) {
      group[at] = group[group[at]];
      at = group[at];
    }
    return at;
  }

  private static List<String> variables(PathPattern path) {
    List<String> names = new ArrayList<>();
    for (NodePattern node : path.nodes()) {
      if (node.variable() != null) {
        names.add(node.variable().name());
      }
    }
    for (PathConnection connection : path.connections()) {
      if (connection instanceof RelationshipPattern single && single.variable() != null) {
        names.add(single.variable().name());
      }
    }
    return names;
  }

  // What the query itself gives.

  /** A path that is created, or is when it is not found. */
  void created(PathPattern path) {
    for (NodePattern node : path.nodes()) {
      node.labels().forEach(label -> give(Kind.LABEL, label));
      labelled(Kind.LABEL, node.labelExpression());
      given(node.properties());
    }
    for (PathConnection connection : path.connections()) {
      if (connection instanceof RelationshipPattern single) {
        single.types().forEach(type -> give(Kind.RELATIONSHIP_TYPE, type));
        labelled(Kind.RELATIONSHIP_TYPE, single.typeExpression());
        given(single.properties());
      }
    }
  }

  /** Labels that nodes are given. */
  void labelled(LabelExpression labels) {
    labelled(Kind.LABEL, labels);
  }

  private void labelled(Kind kind, @Nullable LabelExpression labels) {
    if (labels != null) {
      for (LabelExpression each : labels.conjuncts()) {
        give(kind, each instanceof LabelExpression.Name name ? name.name() : ANY);
      }
    }
  }

  /** Properties that are set. */
  void given(@Nullable Expression properties) {
    if (properties instanceof Expression.MapLiteral map) {
      map.entries().forEach(entry -> givenKey(entry.key()));
    } else if (properties != null) {
      givenKey(ANY);
    }
  }

  /** A property that is set under a name that is computed. */
  void givenAnyKey() {
    givenKey(ANY);
  }

  /** A property that is set. */
  void givenKey(String key) {
    give(Kind.PROPERTY_KEY, key);
  }

  private void give(Kind kind, String name) {
    given.computeIfAbsent(kind, none -> new HashSet<>()).add(name);
  }
}
