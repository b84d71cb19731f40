package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.weftdb.bytes.Prng;
import org.weftdb.engine.SimulatedGraph.Node;
import org.weftdb.engine.SimulatedGraph.Refusal;
import org.weftdb.engine.SimulatedStatement.AfterFailure;
import org.weftdb.engine.SimulatedStatement.Effect;
import org.weftdb.error.ErrorCode;

/** Random statements that are several transactions each. */
final class SimulatedBatches {
  private final SimulatedWorkload workload;
  private final Prng random;

  /** Makes batches of a workload's rows. */
  SimulatedBatches(SimulatedWorkload workload, Prng random) {
    this.workload = workload;
    this.random = random;
  }

  /** One that commits in parts and must stand alone. */
  SimulatedStatement next(SimulatedGraph present) {
    return random.nextInt(4) == 0 ? deleteInTransactions(present) : createInTransactions();
  }

  private SimulatedStatement createInTransactions() {
    List<Map<String, Object>> rows = workload.rows();
    int size = 1 + random.nextInt(3);
    AfterFailure afterFailure = AfterFailure.values()[random.nextInt(3)];
    List<Effect> parts = new ArrayList<>();
    for (List<Map<String, Object>> part : parts(rows, size)) {
      parts.add(
          graph -> {
            for (Map<String, Object> row : part) {
              if ((Long) row.get("by") == 0) {
                throw new Refusal(ErrorCode.DIVISION_BY_ZERO);
              }
              Node node = graph.create((Long) row.get("k"), Set.of("A", "B"), row);
              node.set("q", 12 / (Long) row.get("by"));
            }
          });
    }
    return new SimulatedStatement(
        "UNWIND $rows AS row CALL (row) { CREATE (n:A:B) SET n = row, n.q = 12 / row.by }"
            + " IN TRANSACTIONS OF "
            + size
            + " ROWS ON ERROR "
            + afterFailure,
        Map.of("rows", rows),
        parts,
        true,
        afterFailure);
  }

  private SimulatedStatement deleteInTransactions(SimulatedGraph present) {
    int size = 1 + random.nextInt(3);
    List<Long> keys = new ArrayList<>();
    present.nodes.forEach(
        (k, node) -> {
          if (node.labels().contains("C")) {
            keys.add(k);
          }
        });
    List<Effect> parts = new ArrayList<>();
    for (List<Long> part : parts(keys, size)) {
      parts.add(graph -> part.forEach(graph::detachDelete));
    }
    return new SimulatedStatement(
        "MATCH (n:C) WITH n ORDER BY n.k CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF "
            + size
            + " ROWS",
        Map.of(),
        parts,
        true,
        AfterFailure.FAIL);
  }

  private static <T> List<List<T>> parts(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int at = 0; at < all.size(); at += size) {
      parts.add(all.subList(at, Math.min(all.size(), at + size)));
    }
    return parts;
  }
}
