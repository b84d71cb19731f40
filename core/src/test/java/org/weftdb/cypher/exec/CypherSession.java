package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.csv.CsvInput;
import org.weftdb.csv.CsvSource;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.cypher.plan.GraphCatalog;
import org.weftdb.cypher.plan.PlanPrinter;
import org.weftdb.cypher.plan.Planner;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.cypher.procedure.ProcedureRegistry;
import org.weftdb.cypher.semantic.SemanticAnalyzer;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphView;
import org.weftdb.jvm.JdkTextNormalizer;
import org.weftdb.jvm.JdkZoneRules;
import org.weftdb.value.TextNormalizer;
import org.weftdb.value.temporal.ZoneRules;

/** A graph and statements on it, each in its own transaction, without log and engine. */
final class CypherSession {
  /** What a statement gave. */
  record Answer(List<String> columns, List<List<@Nullable Object>> rows, Counters counters) {}

  private GraphSnapshot graph = GraphSnapshot.empty();
  private final Map<String, byte[]> tables = new HashMap<>();

  /** Lets LOAD CSV find a table under a name. */
  void addTable(String name, byte[] bytes) {
    tables.put(name, bytes);
  }

  private CsvInput openTable(String name) {
    byte[] bytes = tables.get(name);
    if (bytes == null) {
      throw new WeftException(ErrorCode.CSV_UNAVAILABLE, "there is no table " + name);
    }
    return new CsvInput() {
      private int at;

      @Override
      public String name() {
        return name;
      }

      @Override
      public int read(byte[] target) {
        // Few bytes at a time, so that records cross from one reading to the next.
        int count = Math.min(7, bytes.length - at);
        System.arraycopy(bytes, at, target, 0, count);
        at += count;
        return count == 0 ? -1 : count;
      }

      @Override
      public void close() {}
    };
  }

  GraphSnapshot graph() {
    return graph;
  }

  Statement compile(String query) {
    ParsedQuery parsed = CypherParser.parse(query);
    ProcedureRegistry procedures = ProcedureRegistry.builtIn();
    SemanticAnalyzer.analyze(parsed, FunctionRegistry.standard(), procedures);
    return Planner.plan(parsed, new GraphCatalog(graph), procedures, () -> false);
  }

  String plan(String query) {
    return PlanPrinter.print(compile(query));
  }

  Answer run(String query) {
    return run(query, Map.of());
  }

  Answer run(String query, Map<String, ?> parameters) {
    Statement statement = compile(query);
    try {
      if (!statement.changes()) {
        return read(statement, graph, parameters, () -> {});
      }
      GraphTransaction transaction = graph.begin();
      Runnable commitPart = () -> graph = transaction.commitPart();
      Answer answer = read(statement, transaction, parameters, commitPart);
      graph = transaction.commit();
      return answer;
    } catch (WeftException failure) {
      throw statement.located(failure);
    }
  }

  /** Knows the zones of the JDK. */
  private record ZonedContext(Runnable commits, CsvSource csvSource) implements ExecutionContext {
    @Override
    public void commitPart() {
      commits.run();
    }

    @Override
    public long randomSeed() {
      return 1;
    }

    @Override
    public long clockMillis() {
      return 1_000;
    }

    @Override
    public TextNormalizer textNormalizer() {
      return new JdkTextNormalizer();
    }

    @Override
    public ZoneRules zoneRules() {
      return new JdkZoneRules();
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }

  private Answer read(
      Statement statement, GraphView view, Map<String, ?> parameters, Runnable commitPart) {
    ExecutionContext context = new ZonedContext(commitPart, this::openTable);
    ResultCursor cursor = Execution.start(statement, view, parameters, context);
    ResultMaterializer materializer = new ResultMaterializer(view);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
      for (int k = 0; k < batch.rows(); k++) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < cursor.columns().size(); i++) {
          row.add(materializer.materialize(batch.column(i).value(batch.row(k))));
        }
        rows.add(row);
      }
    }
    return new Answer(cursor.columns(), rows, cursor.counters());
  }
}
