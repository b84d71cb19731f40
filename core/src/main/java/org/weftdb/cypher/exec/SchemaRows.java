package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.ConstraintDefinition;
import org.weftdb.graph.GraphView;
import org.weftdb.graph.IndexDefinition;
import org.weftdb.value.Texts;

/** The rows of SHOW INDEXES and SHOW CONSTRAINTS, sorted by name. */
final class SchemaRows {
  private final GraphView graph;

  SchemaRows(GraphView graph) {
    this.graph = graph;
  }

  /**
   * @param type of the indexes, or {@code ALL}
   */
  List<List<@Nullable Object>> indexes(String type) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    List<IndexDefinition> indexes = graph.indexes();
    for (int i = 0; i < indexes.size(); i++) {
      IndexDefinition index = indexes.get(i);
      if (type.equals("ALL") || index.kind().name().equals(type)) {
        rows.add(row(i + 1L, index));
      }
    }
    sort(rows);
    return rows;
  }

  private static void sort(List<List<@Nullable Object>> rows) {
    rows.sort((a, b) -> Texts.compare(String.valueOf(a.get(1)), String.valueOf(b.get(1))));
  }

  private List<@Nullable Object> row(long id, IndexDefinition index) {
    boolean lookup = index.kind() == IndexDefinition.Kind.LOOKUP;
    String owner = null;
    String statement = statement(index);
    for (ConstraintDefinition constraint : graph.constraints()) {
      if (constraint.name().equals(index.name())) {
        owner = index.name();
        statement = statement(constraint);
      }
    }
    String provider =
        switch (index.kind()) {
          case RANGE -> "range-1.0";
          case TEXT -> "text-2.0";
          case POINT -> "point-1.0";
          case LOOKUP -> "token-lookup-1.0";
        };
    return Arrays.asList(
        id,
        index.name(),
        "ONLINE",
        100.0,
        index.kind().name(),
        entity(index.ofNodes()),
        lookup ? null : List.of(labelOrType(index.ofNodes(), index.labelOrType())),
        lookup ? null : keys(index.keys()),
        provider,
        owner,
        null,
        null,
        null,
        options(provider),
        "",
        statement);
  }

  private static Map<String, @Nullable Object> options(String provider) {
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    options.put("indexConfig", Map.of());
    options.put("indexProvider", provider);
    return options;
  }

  private static String entity(boolean ofNodes) {
    return ofNodes ? "NODE" : "RELATIONSHIP";
  }

  private String labelOrType(boolean ofNodes, int id) {
    return ofNodes ? graph.catalog().labelName(id) : graph.catalog().typeName(id);
  }

  private List<String> keys(List<Integer> ids) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      names.add(graph.catalog().keyName(ids.get(i)));
    }
    return names;
  }

  /**
   * @param words that the type of the constraints is to have in it, separated by spaces, or {@code
   *     ALL}
   */
  List<List<@Nullable Object>> constraints(String words) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    List<ConstraintDefinition> constraints = graph.constraints();
    for (int i = 0; i < constraints.size(); i++) {
      String type = type(constraints.get(i));
      boolean wanted = true;
      if (!words.equals("ALL")) {
        String text =
            constraints.get(i).ofNodes() && !type.startsWith("NODE") ? "NODE_" + type : type;
        for (String word : Texts.words(words)) {
          wanted &= text.contains(word);
        }
      }
      if (wanted) {
        rows.add(row(i + 1L, constraints.get(i), type));
      }
    }
    sort(rows);
    return rows;
  }

  private static String type(ConstraintDefinition constraint) {
    String entity = constraint.ofNodes() ? "NODE_" : "RELATIONSHIP_";
    return switch (constraint.kind()) {
      case UNIQUE -> constraint.ofNodes() ? "UNIQUENESS" : "RELATIONSHIP_UNIQUENESS";
      case NOT_NULL -> entity + "PROPERTY_EXISTENCE";
      case KEY -> entity + "KEY";
      case TYPE -> entity + "PROPERTY_TYPE";
    };
  }

  private List<@Nullable Object> row(long id, ConstraintDefinition constraint, String type) {
    boolean owns = constraint.kind().ownsIndex();
    return Arrays.asList(
        id,
        constraint.name(),
        type,
        entity(constraint.ofNodes()),
        List.of(labelOrType(constraint.ofNodes(), constraint.labelOrType())),
        keys(constraint.keys()),
        owns ? constraint.name() : null,
        constraint.type().isEmpty() ? null : constraint.type(),
        owns ? options("range-1.0") : Map.of(),
        statement(constraint));
  }

  // ---- Statements -------------------------------------------------------------------------------

  private String statement(IndexDefinition index) {
    StringBuilder text = new StringBuilder("CREATE ").append(index.kind()).append(" INDEX ");
    text.append(quoted(index.name())).append(" FOR ");
    if (index.kind() == IndexDefinition.Kind.LOOKUP) {
      return text.append(index.ofNodes() ? "(n) ON EACH labels(n)" : "()-[r]-() ON EACH type(r)")
          .toString();
    }
    subject(text, index.ofNodes(), index.labelOrType());
    return properties(text.append(" ON "), index.ofNodes(), index.keys()).toString();
  }

  private String statement(ConstraintDefinition constraint) {
    StringBuilder text = new StringBuilder("CREATE CONSTRAINT ");
    text.append(quoted(constraint.name())).append(" FOR ");
    subject(text, constraint.ofNodes(), constraint.labelOrType());
    properties(text.append(" REQUIRE "), constraint.ofNodes(), constraint.keys());
    return text.append(" IS ")
        .append(
            switch (constraint.kind()) {
              case UNIQUE -> "UNIQUE";
              case NOT_NULL -> "NOT NULL";
              case KEY -> constraint.ofNodes() ? "NODE KEY" : "RELATIONSHIP KEY";
              case TYPE -> ":: " + constraint.type();
            })
        .toString();
  }

  private void subject(StringBuilder text, boolean ofNodes, int labelOrType) {
    text.append(ofNodes ? "(n:" : "()-[r:");
    text.append(quoted(labelOrType(ofNodes, labelOrType))).append(ofNodes ? ")" : "]-()");
  }

  private StringBuilder properties(StringBuilder text, boolean ofNodes, List<Integer> ids) {
    List<String> names = keys(ids);
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "(" : ", ").append(ofNodes ? "n." : "r.").append(quoted(names.get(i)));
    }
    return text.append(')');
  }

  private static String quoted(String name) {
    return Texts.quotedName(name);
  }
}
