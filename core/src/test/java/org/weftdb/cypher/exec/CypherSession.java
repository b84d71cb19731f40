package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.cypher.plan.GraphCatalog;
import org.weftdb.cypher.plan.PlanPrinter;
import org.weftdb.cypher.plan.Planner;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.cypher.procedure.ProcedureRegistry;
import org.weftdb.cypher.semantic.SemanticAnalyzer;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphView;
import org.weftdb.jvm.JdkZoneRules;
import org.weftdb.value.temporal.ZoneRules;

/** A graph and statements on it, each in its own transaction, without log and engine. */
final class CypherSession {
  /** What a statement gave. */
  record Answer(List<String> columns, List<List<@Nullable Object>> rows, Counters counters) {}

  private GraphSnapshot graph = GraphSnapshot.empty();

  GraphSnapshot graph() {
    return graph;
  }

  Statement compile(String query) {
    ParsedQuery parsed = CypherParser.parse(query);
    ProcedureRegistry procedures = ProcedureRegistry.builtIn();
    SemanticAnalyzer.analyze(parsed, FunctionRegistry.standard(), procedures);
    return Planner.plan(parsed, new GraphCatalog(graph), procedures);
  }

  String plan(String query) {
    return PlanPrinter.print(compile(query));
  }

  Answer run(String query) {
    return run(query, Map.of());
  }

  Answer run(String query, Map<String, ?> parameters) {
    Statement statement = compile(query);
    if (!statement.changes()) {
      return read(statement, graph, parameters, () -> {});
    }
    GraphTransaction transaction = graph.begin();
    Runnable commitPart = () -> graph = transaction.commitPart();
    Answer answer = read(statement, transaction, parameters, commitPart);
    graph = transaction.commit();
    return answer;
  }

  /** Knows the zones of the JDK. */
  private record ZonedContext(Runnable commits) implements ExecutionContext {
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
    public ZoneRules zoneRules() {
      return new JdkZoneRules();
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }

  private static Answer read(
      Statement statement, GraphView view, Map<String, ?> parameters, Runnable commitPart) {
    ExecutionContext context = new ZonedContext(commitPart);
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
