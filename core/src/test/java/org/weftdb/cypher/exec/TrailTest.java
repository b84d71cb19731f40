package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.weftdb.Database;
import org.weftdb.value.RelationshipReference;

class TrailTest {
  @Test
  void trailsThatShareABeginningAreListsOfTheirOwn() {
    Trail start = Trail.empty(false).with(3);
    Trail left = start.with(5).with(7);
    Trail right = start.with(6);
    assertEquals(references(3, 5, 7), left);
    assertEquals(references(3, 6), right);
    assertEquals(references(3), start);
    assertEquals(List.of(), Trail.empty(false));
    assertThrows(IndexOutOfBoundsException.class, () -> start.get(1));
  }

  @Test
  void aTrailWalkedFromItsRightEndIsListedFromItsLeft() {
    assertEquals(references(7, 5, 3), Trail.empty(true).with(3).with(5).with(7));
  }

  @Test
  void rowsForEachBeginningOfALongTrailFitInLittleMemory() {
    long hops = 30_000;
    try (Database database = Database.inMemory()) {
      database.execute("CREATE INDEX FOR (n:N) ON (n.i)");
      database.execute("UNWIND range(0, " + hops + ") AS i CREATE (:N {i: i})");
      database.execute(
          "MATCH (a:N) MATCH (b:N {i: a.i + 1}) WITH a, b ORDER BY a.i CREATE (a)-[:R]->(b)");
      String query =
          "MATCH (:N {i: 0})-[all:R*]->() WITH collect(all) AS trails"
              + " RETURN size(trails) AS trails, size(trails[29999]) AS last";
      assertEquals(
          List.of(hops, hops), List.copyOf(database.execute(query).toList().get(0).values()));
    }
  }

  private static List<Object> references(int... ids) {
    Object[] references = new Object[ids.length];
    for (int i = 0; i < ids.length; i++) {
      references[i] = new RelationshipReference(ids[i]);
    }
    return List.of(references);
  }
}
