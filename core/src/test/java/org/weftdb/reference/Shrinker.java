package org.weftdb.reference;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstNode;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.Span;
import org.weftdb.cypher.ast.Statement;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.error.WeftException;
import org.weftdb.reference.ReferenceGraph.Edge;
import org.weftdb.reference.ReferenceGraph.Entity;
import org.weftdb.reference.ReferenceGraph.Vertex;

/**
 * Makes a failure readable: takes away from query, graph and indexes whatever can be missing while
 * the answers still differ.
 */
final class Shrinker {
  /** A failure. */
  record Case(ReferenceGraph graph, List<String> indexes, String query) {}

  private static final int MAX_TRIES = 1_500;

  private Case best;
  private final String kind;
  private int tries;

  private Shrinker(Case failing) {
    best = failing;
    kind = kind(outcome(failing));
  }

  static Case shrink(Case failing) {
    Shrinker shrinker = new Shrinker(failing);
    boolean smaller = true;
    while (smaller && shrinker.tries < MAX_TRIES) {
      smaller = shrinker.smallerQuery() || shrinker.smallerGraph();
    }
    return shrinker.best;
  }

  /** Takes a candidate when both still differ, and the product in the same way. */
  private boolean take(Case candidate) {
    tries++;
    Comparison.Outcome outcome = outcome(candidate);
    if (outcome == null || !outcome.differ() || !kind(outcome).equals(kind)) {
      return false;
    }
    best = candidate;
    return true;
  }

  private static Comparison.@Nullable Outcome outcome(Case candidate) {
    try (Comparison comparison = new Comparison(candidate.graph(), candidate.indexes())) {
      return comparison.of(candidate.query());
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** The code of an error, or that there is none. */
  private static String kind(Comparison.@Nullable Outcome outcome) {
    return outcome == null || outcome.actualCode() == null ? "" : outcome.actualCode().name();
  }

  // ---- Queries --------------------------------------------------------------------------------

  private boolean smallerQuery() {
    Statement statement;
    try {
      statement = CypherParser.parse(best.query()).statement();
    } catch (WeftException e) {
      return false;
    }
    for (Object candidate : smaller(statement)) {
      String text = text(candidate);
      if (!text.isEmpty()
          && text.length() < best.query().length()
          && take(new Case(best.graph(), best.indexes(), text))) {
        return true;
      }
    }
    return false;
  }

  /** As a query, or nothing when something needed is missing. */
  private static String text(Object statement) {
    try {
      return AstPrinter.print((Statement) statement);
    } catch (RuntimeException e) {
      return "";
    }
  }

  /** The same tree with one thing taken away or replaced by a part of it, largest things first. */
  private static List<Object> smaller(Object node) {
    List<Object> candidates = new ArrayList<>();
    if (node instanceof Expression) {
      for (AstNode child : AstParts.children(node)) {
        if (child instanceof Expression) {
          candidates.add(child);
        }
      }
      if (!(node instanceof Expression.Literal) && !(node instanceof Expression.Variable)) {
        candidates.add(new Expression.IntegerLiteral(1, new Span(0, 0)));
        candidates.add(new Expression.BooleanLiteral(true, new Span(0, 0)));
        candidates.add(new Expression.NullLiteral(new Span(0, 0)));
      }
    }
    @Nullable Object[] components = AstParts.components(node);
    for (int i = 0; i < components.length; i++) {
      Object component = components[i];
      boolean limited =
          node instanceof Projection projection
              && (projection.skip() != null || projection.limit() != null);
      if (limited && !(component instanceof Boolean)) {
        // Without its order a LIMIT may keep any rows.
        continue;
      }
      if (component instanceof List<?> list) {
        for (int j = 0; j < list.size(); j++) {
          List<Object> shorter = new ArrayList<>(list);
          shorter.remove(j);
          replace(node, components, i, shorter, candidates);
        }
        for (int j = 0; j < list.size(); j++) {
          for (Object other : smaller(list.get(j))) {
            List<Object> changed = new ArrayList<>(list);
            changed.set(j, other);
            replace(node, components, i, changed, candidates);
          }
        }
      } else if (component instanceof Record && !(component instanceof Span)) {
        replace(node, components, i, null, candidates);
        for (Object other : smaller(component)) {
          replace(node, components, i, other, candidates);
        }
      } else if (component instanceof Boolean truth && truth) {
        replace(node, components, i, false, candidates);
      }
    }
    return candidates;
  }

  private static void replace(
      Object node,
      @Nullable Object[] components,
      int index,
      @Nullable Object other,
      List<Object> candidates) {
    @Nullable Object[] changed = components.clone();
    changed[index] = other;
    Object made = AstParts.remade(node, changed);
    if (made != null) {
      candidates.add(made);
    }
  }

  // ---- Graphs ---------------------------------------------------------------------------------

  private boolean smallerGraph() {
    for (int i = 0; i < best.indexes().size(); i++) {
      List<String> fewer = new ArrayList<>(best.indexes());
      fewer.remove(i);
      if (take(new Case(best.graph(), fewer, best.query()))) {
        return true;
      }
    }
    ReferenceGraph whole = best.graph();
    for (int i = 0; i < whole.edges.size(); i++) {
      ReferenceGraph fewer = whole.copy();
      fewer.edges.remove(i);
      if (takeGraph(fewer)) {
        return true;
      }
    }
    for (int i = 0; i < whole.vertices.size(); i++) {
      ReferenceGraph fewer = whole.copy();
      Vertex vertex = fewer.vertices.remove(i);
      fewer.edges.removeIf(edge -> edge.start == vertex || edge.end == vertex);
      if (takeGraph(fewer)) {
        return true;
      }
    }
    return plainer(whole);
  }

  private boolean takeGraph(ReferenceGraph graph) {
    return take(new Case(graph, best.indexes(), best.query()));
  }

  /** Takes away a label or a property. */
  private boolean plainer(ReferenceGraph whole) {
    for (int i = 0; i < whole.vertices.size(); i++) {
      for (String label : whole.vertices.get(i).labels) {
        ReferenceGraph fewer = whole.copy();
        fewer.vertices.get(i).labels.remove(label);
        if (takeGraph(fewer)) {
          return true;
        }
      }
    }
    List<Entity> entities = new ArrayList<>(whole.vertices);
    entities.addAll(whole.edges);
    for (int i = 0; i < entities.size(); i++) {
      for (String key : entities.get(i).properties.keySet()) {
        if (key.equals("id")) {
          // It tells apart what else would tie in ORDER BY.
          continue;
        }
        ReferenceGraph fewer = whole.copy();
        List<Entity> copies = new ArrayList<>(fewer.vertices);
        List<Edge> edges = fewer.edges;
        copies.addAll(edges);
        copies.get(i).properties.remove(key);
        if (takeGraph(fewer)) {
          return true;
        }
      }
    }
    return false;
  }
}
