package org.weftdb.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.plan.Footprint;
import org.weftdb.engine.ChangeFeed;
import org.weftdb.engine.Engine;
import org.weftdb.engine.EngineOptions;
import org.weftdb.engine.Result;
import org.weftdb.engine.Row;
import org.weftdb.error.WeftException;
import org.weftdb.graph.Facet;
import org.weftdb.graph.Touched;

/**
 * When a commit changes the answer of a query it touches the query's footprint: random commits to
 * random graphs, and random queries asked before and after each.
 *
 * <p>{@code -Dfootprints.graphs=100000} tries so many, {@code -Dfootprints.seed=n} runs one only.
 */
final class FootprintsTest {
  private static final int QUERIES = 30;
  private static final int COMMITS = 12;

  /** What random queries do not have. */
  private static final String[] OTHERS = {
    "MATCH (n:A) RETURN labels(n), n.id",
    "MATCH (n:A)-[r]->(m) RETURN type(r), keys(m), n.x",
    "MATCH (n:A) RETURN properties(n) AS p ORDER BY n.id",
    "MATCH (n:B) RETURN n {.*, a: 1}",
    "MATCH (n:B) RETURN n {.x, .s}",
    "MATCH ()-[r:R]->() RETURN startNode(r) AS n, r.x",
    "MATCH ()-[r:S]->() RETURN endNode(r).x AS x",
    "MATCH p = (:A)-[*1..2]->() RETURN nodes(p)[1].s AS s, length(p) AS l",
    "MATCH p = (:A)-[:R*0..2]-(:B) RETURN relationships(p)",
    "MATCH p = ALL SHORTEST (:A)-[:R]-+(:B) RETURN p",
    "MATCH p = ALL SHORTEST (a:A) (()-[r:R]->(m) WHERE m.x > 0)* (b) RETURN [x IN m | x.s] AS s",
    "MATCH (n) WITH collect(n) AS all UNWIND all AS m RETURN m.x AS x",
    "MATCH (n:A) WITH n ORDER BY n.id WITH collect({node: n}) AS l RETURN [x IN l | x.node.x]",
    "MATCH (n:A) WITH collect(n) AS all RETURN reduce(s = 0, m IN all | s + coalesce(m.x, 0)) AS s",
    "MATCH (n:A) WITH n ORDER BY n.id WITH collect(n) AS l"
        + " RETURN reduce(f = null, m IN l | coalesce(f, m)).s AS s",
    "MATCH (n) WHERE n:A|B RETURN n.x",
    "MATCH (n) WHERE n:A AND n.x > 0 RETURN n.s",
    "MATCH (n) WHERE n:$('A') RETURN n.id",
    "MATCH (n) RETURN n[$key] AS v",
    "MATCH (n:A) RETURN COLLECT { MATCH (n)-->(m:B) RETURN m.x ORDER BY m.id } AS xs, n.id",
    "MATCH (n:A) WHERE EXISTS { (n)-[:R]->(:B) } RETURN n.id",
    "MATCH (n:A) RETURN COUNT { (n)-[:S]-() } AS c, n.id",
    "MATCH (n:A) RETURN [(n)-[r:R]->(m) | r.x] AS xs, n.id",
    "MATCH (n:A) OPTIONAL MATCH (n)-[:R]->(m:B) WHERE m.x > 0 RETURN n.id, m.s",
    "MATCH (n) OPTIONAL MATCH (n)-->(m) WHERE n:A RETURN n.x, m.id",
    "MATCH (n:A) CALL (n) { MATCH (n)-->(m) RETURN m UNION MATCH (m:B) RETURN m } RETURN m.x, n.id",
    "MATCH (n) RETURN count(n) AS c",
    "MATCH (n:B) RETURN count(*) AS c",
    "MATCH ()-[r:R]->() RETURN count(r) AS c",
    "MATCH ()-[r]->() RETURN count(*) AS c",
    "MATCH (n:A) RETURN min(n.x) AS x, max(n.x) AS y",
    "MATCH (n) WHERE id(n) = 2 RETURN n.s",
    "CALL db.labels() YIELD label RETURN label",
    "CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t",
    "CALL db.propertyKeys() YIELD propertyKey AS k RETURN k",
    "CALL db.schema.nodeTypeProperties()",
    "SHOW INDEXES YIELD name",
    "MATCH (n:A) WITH n ORDER BY n.id LIMIT 3 RETURN json.encode(n) AS j",
    "MATCH (n:A) WITH n ORDER BY n.id WITH collect(n) AS l RETURN map.group_by(l, 'x') AS g",
    "MATCH (n:A)-[r]->() RETURN DISTINCT r",
    "MATCH (n:A) RETURN CASE WHEN n.x > 1 THEN n ELSE null END AS n",
    "MATCH (a:A), (b:B) WHERE a.x = b.x RETURN a.id, b.s",
    "MATCH (a:A)-[r:R {x: 1}]->(b:B {x: 1}) RETURN r.s",
    "MATCH (n) WHERE n.x IS NOT NULL AND (n:A OR n.s = 'a') RETURN n.id",
    "MATCH (n:A|B) WHERE NOT n:B RETURN n.f"
  };

  /** Changes that random queries seldom make. */
  private static final String[] CHANGES = {
    "MATCH (n) WITH n SKIP $i LIMIT 1 SET n.x = $i",
    "MATCH (n) WITH n SKIP $i LIMIT 1 SET n.s = 'ab'",
    "MATCH (n) WITH n SKIP $i LIMIT 1 SET n:A",
    "MATCH (n) WITH n SKIP $i LIMIT 1 REMOVE n:A SET n.x = 7",
    "MATCH (n) WITH n SKIP $i LIMIT 1 SET n:C",
    "MATCH (n) WITH n SKIP $i LIMIT 1 REMOVE n:B",
    "MATCH (n) WITH n SKIP $i LIMIT 1 SET n:New SET n.new = 1 REMOVE n:New",
    "MATCH (n) WITH n SKIP $i LIMIT 1 SET n = {id: 100}",
    "MATCH ()-[r]->() WITH r SKIP $i LIMIT 1 SET r.x = $i",
    "MATCH ()-[r]->() WITH r SKIP $i LIMIT 1 DELETE r",
    "MATCH (n) WITH n SKIP $i LIMIT 1 DETACH DELETE n",
    "MATCH (n) WITH n SKIP $i LIMIT 1 CREATE (n)-[:R {x: 1}]->(:B {x: 1, s: 'a'})",
    "MATCH (n) WITH n SKIP $i LIMIT 1 CREATE (n)-[:S]->(n)",
    "CREATE (n) SET n:A SET n.x = 2",
    "CREATE (n:C {x: 3, id: 50})",
    "CREATE INDEX FOR (n:A) ON (n.x, n.new)",
    "MATCH (n) WITH n SKIP $i CALL (n) { SET n.f = 1.5 } IN TRANSACTIONS OF 1 ROW"
  };

  private int different;
  private int touched;
  private int touchedInVain;
  private int untouched;

  @Test
  void aCommitThatChangesAnAnswerTouchesTheFootprint() {
    Long only = Long.getLong("footprints.seed");
    long first = only == null ? 0 : only;
    long last = only == null ? Long.getLong("footprints.graphs", 50) : only + 1;
    for (long seed = first; seed < last; seed++) {
      commitsOf(seed);
    }
    System.out.printf(
        "footprints: %d answers changed, %d of %d touched answers did not, %d were not touched%n",
        different, touchedInVain, touched, untouched);
    if (only == null) {
      assertTrue(different > 1_000, "too few answers change: " + different);
      assertTrue(untouched > touchedInVain, "too much is touched in vain");
    }
  }

  private record Asked(String text, Footprint footprint, List<String> answer) {}

  private void commitsOf(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    ReferenceGraph graph = RandomGraph.graph(random, random.nextInt(10) == 0);
    List<String> indexes = RandomGraph.indexes(random, false);
    List<String> queries = new ArrayList<>(List.of(OTHERS));
    for (int i = 0; i < QUERIES; i++) {
      queries.add(RandomQuery.text(random, true));
    }
    try (Engine engine = Engine.inMemory(EngineOptions.singleThreaded(1, () -> 1_000))) {
      if (!graph.vertices.isEmpty()) {
        engine.execute(graph.creation()).close();
      }
      indexes.forEach(index -> engine.execute(index).close());
      List<Touched> heard = new ArrayList<>();
      try (ChangeFeed.Subscription listening =
          engine.changes().listen((lsn, touched) -> heard.add(touched))) {
        List<Asked> asked = asked(engine, queries);
        for (int i = 0; i < COMMITS; i++) {
          String change = commit(engine, random);
          asked = compared(engine, asked, heard, "seed " + seed + "\n" + change);
          heard.clear();
        }
      }
    }
  }

  private static List<Asked> asked(Engine engine, List<String> queries) {
    List<Asked> asked = new ArrayList<>();
    for (String query : queries) {
      Footprint footprint;
      try {
        footprint = engine.footprint(query);
      } catch (WeftException e) {
        assertTrue(e.code().category().name().matches("SYNTAX|SEMANTIC"), query + "\n" + e);
        continue;
      }
      asked.add(new Asked(query, footprint, answer(engine, query)));
    }
    return asked;
  }

  private List<Asked> compared(Engine engine, List<Asked> asked, List<Touched> heard, String what) {
    List<Asked> again = new ArrayList<>();
    for (Asked before : asked) {
      List<String> answer = answer(engine, before.text);
      // With other indexes rows may come in another order.
      boolean differs =
          heard.stream().anyMatch(each -> each.facets().contains(Facet.SCHEMA))
              ? !sorted(answer).equals(sorted(before.answer))
              : !answer.equals(before.answer);
      boolean told = heard.stream().anyMatch(before.footprint::isTouchedBy);
      if (differs && !told) {
        assertEquals(
            String.join("\n", before.answer),
            String.join("\n", answer),
            what + "\n" + heard + "\n" + before.text + "\n" + before.footprint);
      }
      different += differs ? 1 : 0;
      touched += told ? 1 : 0;
      touchedInVain += told && !differs ? 1 : 0;
      untouched += told ? 0 : 1;
      again.add(new Asked(before.text, before.footprint, answer));
    }
    return again;
  }

  private static List<String> sorted(List<String> rows) {
    List<String> sorted = new ArrayList<>(rows);
    sorted.sort(null);
    return sorted;
  }

  private static List<String> answer(Engine engine, String query) {
    List<String> rows = new ArrayList<>();
    try (Result result = engine.execute(query, Map.of("key", "x"))) {
      while (result.hasNext()) {
        Row row = result.next();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.columns().size(); i++) {
          values.add(row.get(i));
        }
        rows.add(values.toString());
      }
    } catch (WeftException e) {
      return List.of(e.code().name());
    }
    return rows;
  }

  private static String commit(Engine engine, Random random) {
    String change =
        random.nextBoolean()
            ? CHANGES[random.nextInt(CHANGES.length)]
            : RandomQuery.text(random, false);
    try {
      engine.execute(change, Map.of("i", (long) random.nextInt(6))).close();
    } catch (WeftException e) {
      return change + "\n" + e;
    }
    return change;
  }
}
