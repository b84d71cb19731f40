package org.weftdb.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.PathConnection;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.QuantifiedPath;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.cypher.ast.ReturnItem;
import org.weftdb.cypher.ast.SortItem;
import org.weftdb.reference.ReferenceExpressions.Group;

/** Runs a query clause by clause, each over all rows of the one before. */
final class ReferenceQueries {
  /** What a query that makes too many rows, or too long a string, is left out with. */
  static final class TooManyRows extends RuntimeException {}

  private static final int MAX_ROWS = 3_000;

  /**
   * The rows of a query.
   *
   * @param ties the rows in order, those together that may stand in any order
   * @param skip how many of them are left out
   * @param limit how many of the others are kept
   */
  record Answer(List<String> columns, List<List<String>> ties, long skip, long limit) {}

  private final ReferenceExpressions expressions;
  private final ReferenceUpdates updates;

  /** The rows of the projection that ran last, as {@link Answer} has them. */
  private List<List<Row>> ties = List.of();

  private long skip;
  private long limit;

  ReferenceQueries(ReferenceGraph graph) {
    expressions = new ReferenceExpressions(graph, this);
    updates = new ReferenceUpdates(graph, expressions);
  }

  /** Runs a whole query. */
  Answer run(Query query) {
    ties = List.of();
    List<Row> rows = query(query, Row.EMPTY);
    updates.checkDeleted();
    if (query instanceof Query.UnionQuery || !returns(query)) {
      ties = returns(query) ? List.of(rows) : List.of();
      skip = 0;
      limit = Long.MAX_VALUE;
    }
    Set<String> columns = new LinkedHashSet<>();
    List<List<String>> texts = new ArrayList<>();
    for (List<Row> tied : ties) {
      List<String> some = new ArrayList<>();
      for (Row row : tied) {
        List<Object> values = new ArrayList<>();
        row.names().forEach(columns::add);
        row.names().forEach(name -> values.add(row.get(name)));
        some.add(ReferenceValues.text(values));
      }
      texts.add(some);
    }
    return new Answer(List.copyOf(columns), texts, skip, limit);
  }

  /** The rows of a query in an expression. */
  List<Row> subquery(Query query, Row outer) {
    return query(query, outer);
  }

  private List<Row> query(Query query, Row outer) {
    return switch (query) {
      case Query.SingleQuery single -> clauses(single.clauses(), List.of(outer), outer);
      case Query.UnionQuery union -> {
        List<String> columns = columns(union.queries().get(0));
        List<Row> all = new ArrayList<>();
        for (Query.SingleQuery each : union.queries()) {
          query(each, outer).forEach(row -> all.add(row.endingWith(columns)));
        }
        yield union.all() ? all : distinct(all);
      }
    };
  }

  private static List<String> columns(Query.SingleQuery query) {
    List<String> columns = new ArrayList<>();
    if (query.clauses().get(query.clauses().size() - 1) instanceof Clause.Return result) {
      result.projection().items().forEach(item -> columns.add(item.columnName()));
    }
    return columns;
  }

  private static List<Row> distinct(List<Row> rows) {
    Map<String, Row> first = new LinkedHashMap<>();
    rows.forEach(row -> first.putIfAbsent(key(row), row));
    return new ArrayList<>(first.values());
  }

  private static String key(Row row) {
    List<Object> values = new ArrayList<>();
    row.names().forEach(name -> values.add(row.get(name)));
    return ReferenceValues.key(values);
  }

  private List<Row> clauses(List<Clause> clauses, List<Row> input, Row outer) {
    List<Row> rows = input;
    for (Clause clause : clauses) {
      rows = clause(clause, rows, outer);
      if (rows.size() > MAX_ROWS) {
        throw new TooManyRows();
      }
    }
    return rows;
  }

  private List<Row> clause(Clause clause, List<Row> rows, Row outer) {
    return switch (clause) {
      case Clause.Match match -> {
        List<Row> found = new ArrayList<>();
        for (Row row : rows) {
          found.addAll(match(match, row));
          if (found.size() > MAX_ROWS) {
            throw new TooManyRows();
          }
        }
        yield found;
      }
      case Clause.Unwind unwind -> {
        List<Row> made = new ArrayList<>();
        for (Row row : rows) {
          Object value = expressions.value(unwind.expression(), row);
          List<?> list = value instanceof List<?> some ? some : Collections.singletonList(value);
          for (Object element : value == null ? List.of() : list) {
            made.add(row.with(unwind.variable().name(), element));
          }
        }
        yield made;
      }
      case Clause.With with -> project(with.projection(), with.where(), rows, outer);
      case Clause.Return result -> project(result.projection(), null, rows, Row.EMPTY);
      case Clause.Let let -> {
        List<Row> made = new ArrayList<>();
        for (Row row : rows) {
          Row longer = row;
          for (Clause.LetItem item : let.items()) {
            longer = longer.with(item.variable().name(), expressions.value(item.expression(), row));
          }
          made.add(longer);
        }
        yield made;
      }
      case Clause.Filter filter ->
          rows.stream().filter(row -> expressions.isTrue(filter.condition(), row)).toList();
      case Clause.Subquery subquery -> {
        List<Row> made = new ArrayList<>();
        rows.forEach(row -> made.addAll(call(subquery, row)));
        yield made;
      }
      case Clause.Create create -> updates.create(create, rows);
      case Clause.Merge merge -> updates.merge(merge, rows);
      case Clause.SetClause set -> updates.set(set.items(), rows);
      case Clause.Remove remove -> updates.remove(remove, rows);
      case Clause.Delete delete -> updates.delete(delete, rows);
      case Clause.Foreach foreach -> {
        for (Row row : rows) {
          Object list = expressions.value(foreach.list(), row);
          for (Object element : list == null ? List.of() : ReferenceFunctions.list(list)) {
            clauses(
                foreach.updates(), List.of(row.with(foreach.variable().name(), element)), outer);
          }
        }
        yield rows;
      }
      case Clause.Finish finish -> List.of();
      case Clause.Call call -> throw unknown(clause);
      case Clause.LoadCsv load -> throw unknown(clause);
      case Clause.OrderBy order -> throw unknown(clause);
    };
  }

  private static IllegalStateException unknown(Clause clause) {
    return new IllegalStateException("not known here: " + AstPrinter.print(clause));
  }

  // ---- MATCH and CALL -------------------------------------------------------------------------

  private List<Row> match(Clause.Match match, Row row) {
    List<Row> found = new ArrayList<>();
    for (Row each : expressions.patterns().match(match.pattern().parts(), row)) {
      if (match.where() == null || expressions.isTrue(match.where(), each)) {
        found.add(each);
      }
    }
    if (found.isEmpty() && match.optional()) {
      Row nulls = row;
      for (String name : variables(match.pattern().parts())) {
        nulls = nulls.has(name) ? nulls : nulls.with(name, null);
      }
      found.add(nulls);
    }
    return found;
  }

  private static Set<String> variables(List<PatternPart> parts) {
    Set<String> names = new LinkedHashSet<>();
    for (PatternPart part : parts) {
      add(part.variable(), names);
      part.path().nodes().forEach(node -> add(node.variable(), names));
      for (PathConnection connection : part.path().connections()) {
        switch (connection) {
          case RelationshipPattern relationship -> add(relationship.variable(), names);
          case QuantifiedPath quantified -> {
            quantified.path().nodes().forEach(node -> add(node.variable(), names));
            quantified.path().relationships().forEach(each -> add(each.variable(), names));
          }
        }
      }
    }
    return names;
  }

  private static void add(@Nullable Variable variable, Set<String> names) {
    if (variable != null) {
      names.add(variable.name());
    }
  }

  private List<Row> call(Clause.Subquery subquery, Row row) {
    Clause.Imports imports = subquery.imports();
    List<Row> inner;
    if (imports == null) {
      // The WITH at its beginning takes in what it needs.
      inner = clauses(((Query.SingleQuery) subquery.query()).clauses(), List.of(row), Row.EMPTY);
    } else {
      Row outer = imports.all() ? row : Row.EMPTY;
      for (Variable variable : imports.variables()) {
        outer = outer.with(variable.name(), row.get(variable.name()));
      }
      inner = query(subquery.query(), outer);
    }
    if (!returns(subquery.query())) {
      return List.of(row);
    }
    List<Row> rows = new ArrayList<>();
    inner.forEach(each -> rows.add(row.with(each)));
    return rows;
  }

  private static boolean returns(Query query) {
    return switch (query) {
      case Query.SingleQuery single ->
          single.clauses().get(single.clauses().size() - 1) instanceof Clause.Return;
      case Query.UnionQuery union -> returns(union.queries().get(0));
    };
  }

  // ---- WITH and RETURN ------------------------------------------------------------------------

  /** A row that a projection makes, and what it is made of. */
  private record Made(Row source, Row output, Group group, List<@Nullable Object> keys) {
    /** What ORDER BY and WHERE see. */
    Row visible() {
      return source.with(output);
    }

    Made sorted(List<@Nullable Object> by) {
      return new Made(source, output, group, by);
    }
  }

  private List<Row> project(
      Projection projection, @Nullable Expression where, List<Row> rows, Row outer) {
    boolean aggregates = false;
    for (ReturnItem item : projection.items()) {
      aggregates |= expressions.aggregates(item.expression());
    }
    List<Made> made = aggregates ? grouped(projection, rows, outer) : single(projection, rows);
    if (projection.distinct()) {
      Map<String, Made> first = new LinkedHashMap<>();
      made.forEach(each -> first.putIfAbsent(key(each.output()), each));
      made = new ArrayList<>(first.values());
    }
    boolean hides = aggregates || projection.distinct();
    List<List<Made>> sorted = sorted(projection.orderBy(), made, hides);
    long from = count(projection.skip(), 0);
    long most = count(projection.limit(), Long.MAX_VALUE);
    List<List<Row>> outputs = new ArrayList<>();
    List<Row> kept = new ArrayList<>();
    long position = 0;
    for (List<Made> tied : sorted) {
      List<Row> some = new ArrayList<>();
      for (Made each : tied) {
        some.add(each.output());
        if (position >= from
            && position - from < most
            && (where == null
                || expressions.isTrue(where, each.visible(), hides ? each.group() : null))) {
          kept.add(outer.with(each.output()));
        }
        position++;
      }
      outputs.add(some);
    }
    // At the end, because subqueries in expressions are projections too.
    ties = outputs;
    skip = from;
    limit = most;
    return kept;
  }

  private long count(@Nullable Expression expression, long otherwise) {
    return expression == null
        ? otherwise
        : ReferenceFunctions.integer(expressions.value(expression, Row.EMPTY));
  }

  private List<Made> single(Projection projection, List<Row> rows) {
    List<Made> made = new ArrayList<>();
    for (Row row : rows) {
      Row output = star(projection, row);
      Group group = new Group(List.of(row), new LinkedHashMap<>());
      for (ReturnItem item : projection.items()) {
        Object value = expressions.value(item.expression(), row);
        output = output.with(item.columnName(), value);
        group.items().put(AstPrinter.print(item.expression()), value);
      }
      made.add(new Made(row, output, group, List.of()));
    }
    return made;
  }

  private static Row star(Projection projection, Row row) {
    Row output = Row.EMPTY;
    if (projection.star()) {
      Set<String> names = new TreeSet<>();
      row.names().forEach(names::add);
      for (String name : names) {
        output = output.with(name, row.get(name));
      }
    }
    return output;
  }

  private List<Made> grouped(Projection projection, List<Row> rows, Row outer) {
    List<ReturnItem> keys = new ArrayList<>();
    for (ReturnItem item : projection.items()) {
      if (!expressions.aggregates(item.expression())) {
        keys.add(item);
      }
    }
    Map<String, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      List<Object> values = new ArrayList<>();
      keys.forEach(item -> values.add(expressions.value(item.expression(), row)));
      groups.computeIfAbsent(ReferenceValues.key(values), key -> new ArrayList<>()).add(row);
    }
    if (keys.isEmpty() && rows.isEmpty()) {
      groups.put("", List.of());
    }
    List<Made> made = new ArrayList<>();
    for (List<Row> members : groups.values()) {
      Row source = members.isEmpty() ? outer : members.get(0);
      Group group = new Group(members, new LinkedHashMap<>());
      for (ReturnItem item : keys) {
        Object value = expressions.value(item.expression(), source);
        group.items().put(AstPrinter.print(item.expression()), value);
      }
      Row output = Row.EMPTY;
      for (ReturnItem item : projection.items()) {
        Object value = expressions.value(item.expression(), source, group);
        output = output.with(item.columnName(), value);
      }
      made.add(new Made(source, output, group, List.of()));
    }
    return made;
  }

  /** The rows in order, those together that are equal in it. */
  private List<List<Made>> sorted(List<SortItem> items, List<Made> made, boolean hides) {
    List<Made> rows = new ArrayList<>();
    for (Made each : made) {
      List<@Nullable Object> keys = new ArrayList<>();
      for (SortItem item : items) {
        keys.add(expressions.value(item.expression(), each.visible(), hides ? each.group() : null));
      }
      rows.add(each.sorted(keys));
    }
    Comparator<Made> order = (a, b) -> compare(items, a, b);
    rows.sort(order);
    List<List<Made>> ties = new ArrayList<>();
    for (Made each : rows) {
      if (ties.isEmpty() || order.compare(ties.get(ties.size() - 1).get(0), each) != 0) {
        ties.add(new ArrayList<>());
      }
      ties.get(ties.size() - 1).add(each);
    }
    return ties;
  }

  private static int compare(List<SortItem> items, Made a, Made b) {
    for (int i = 0; i < items.size(); i++) {
      int order = ReferenceValues.order(a.keys().get(i), b.keys().get(i));
      if (order != 0) {
        return items.get(i).descending() ? -order : order;
      }
    }
    return 0;
  }
}
