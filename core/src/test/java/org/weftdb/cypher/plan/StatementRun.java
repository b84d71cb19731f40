package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.weftdb.cypher.exec.Batch;
import org.weftdb.cypher.exec.Execution;
import org.weftdb.cypher.exec.ExecutionContext;
import org.weftdb.cypher.exec.ResultCursor;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphView;

/** Runs statements, and shows rows and graphs as text. */
final class StatementRun {
  private static final ExecutionContext CONTEXT =
      new ExecutionContext() {
        @Override
        public long randomSeed() {
          return 1;
        }

        @Override
        public long clockMillis() {
          return 0;
        }

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  private StatementRun() {}

  /** The rows of a statement in their order, values separated by spaces. */
  static List<String> rows(Statement statement, GraphView graph) {
    ResultCursor cursor = Execution.start(statement, graph, Map.of(), CONTEXT);
    List<String> rows = new ArrayList<>();
    for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
      for (int k = 0; k < batch.rows(); k++) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < statement.columns().size(); i++) {
          row.append(i == 0 ? "" : " ").append(batch.columns[i].value(batch.row(k)));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /** All of a graph: its nodes, then its relationships, in the order of their ids. */
  static List<String> contents(GraphTransaction graph) {
    List<String> contents = new ArrayList<>();
    for (int node = 0; node < graph.nodeIdBound(); node++) {
      if (graph.hasNode(node)) {
        StringBuilder text = new StringBuilder("(").append(node);
        for (int label : graph.labelIds(graph.labelSet(node))) {
          text.append(':').append(graph.catalog().labelName(label));
        }
        graph.forEachNodeProperty(
            node,
            (key, value) ->
                text.append(' ').append(graph.catalog().keyName(key)).append('=').append(value));
        contents.add(text.append(')').toString());
      }
    }
    for (int id = 0; id < graph.relationshipIdBound(); id++) {
      if (graph.hasRelationship(id)) {
        String type = graph.catalog().typeName(graph.relationshipType(id));
        contents.add(graph.startNode(id) + "-" + id + ":" + type + "->" + graph.endNode(id));
      }
    }
    return contents;
  }
}
