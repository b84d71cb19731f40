package org.weftdb.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.plan.Footprint;
import org.weftdb.cypher.plan.GraphCatalog;
import org.weftdb.cypher.plan.Planner;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.cypher.procedure.UserFunctions;
import org.weftdb.cypher.semantic.FunctionSignatures;
import org.weftdb.cypher.semantic.Notice;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.cypher.semantic.SemanticAnalyzer;
import org.weftdb.cypher.semantic.SemanticResult;
import org.weftdb.graph.GraphView;

/**
 * From query text to a statement: parse, analyse, plan. The statements of recent texts are kept for
 * the version of the schema that they were planned for; writes leave them valid. They are planned
 * anew when the graph has become several times as large or small, because what was best for a few
 * nodes may be slow for many.
 *
 * <p>Safe for any number of threads.
 */
final class QueryCompiler {
  private static final long LARGER = 4;
  private static final long SMALL = 1_000;

  /**
   * A statement that was planned.
   *
   * @param size how many nodes and relationships there were
   */
  private record Cached(Statement statement, long schemaVersion, long size) {
    boolean isGoodFor(Root root) {
      long now = entities(root.graph());
      return schemaVersion == root.schemaVersion()
          && now <= LARGER * size + SMALL
          && size <= LARGER * now + SMALL;
    }
  }

  private static long entities(GraphView graph) {
    return graph.nodeCount() + graph.relationshipCount();
  }

  private static final class LeastRecentlyUsed extends LinkedHashMap<String, Cached> {
    private static final long serialVersionUID = 1L;
    private final int maxSize;

    LeastRecentlyUsed(int maxSize) {
      super(16, 0.75f, true);
      this.maxSize = maxSize;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Cached> eldest) {
      return size() > maxSize;
    }
  }

  /** Longer texts are planned each time, so that the cache's memory is bounded. */
  private static final int MAX_CACHED_LENGTH = 16 * 1024;

  private final LeastRecentlyUsed cache;
  private final FunctionSignatures functions;
  private final ProcedureSignatures procedures;
  private final Supplier<BooleanSupplier> cancellations;

  /**
   * @param cancellations asked at the beginning of each planning, which gives up when what it gives
   *     is true
   */
  QueryCompiler(
      int cacheSize,
      UserFunctions userFunctions,
      ProcedureSignatures procedures,
      Supplier<BooleanSupplier> cancellations) {
    this.cancellations = cancellations;
    this.functions = FunctionSignatures.both(FunctionRegistry.standard(), userFunctions);
    this.procedures = procedures;
    cache = new LeastRecentlyUsed(cacheSize);
  }

  /** The statement of a text for a committed graph. */
  Statement compile(QueryText text, Root root) {
    String key = text.cacheKey();
    if (key == null) {
      return compile(text, root.graph());
    }
    synchronized (cache) {
      Cached cached = cache.get(key);
      if (cached != null && cached.isGoodFor(root)) {
        return cached.statement;
      }
    }
    Statement statement = compile(text, root.graph());
    if (key.length() <= MAX_CACHED_LENGTH) {
      synchronized (cache) {
        cache.put(key, new Cached(statement, root.schemaVersion(), entities(root.graph())));
      }
    }
    return statement;
  }

  /** The statement of a text for any view, such as a transaction with other indexes. */
  Statement compile(QueryText text, GraphView view) {
    BooleanSupplier cancelled = cancellations.get();
    ParsedQuery parsed = text.parse();
    List<Notice> notices = analyze(parsed).notices();
    Statement statement = Planner.plan(parsed, new GraphCatalog(view), procedures, cancelled);
    return notices.isEmpty() ? statement : statement.withNotices(parsed.source(), notices);
  }

  /** What a statement looks at. */
  Footprint footprint(Statement statement) {
    return Footprint.of(statement, functions);
  }

  /** Finds what is wrong with a statement that follows the grammar. */
  SemanticResult analyze(ParsedQuery parsed) {
    return SemanticAnalyzer.analyze(parsed, functions, procedures);
  }
}
