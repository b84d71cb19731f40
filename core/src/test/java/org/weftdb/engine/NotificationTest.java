package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NotificationTest {
  private static final String CODES = "Neo.ClientNotification.Statement.";

  private final Engine engine = Engine.inMemory(EngineOptions.singleThreaded(1, () -> 0));

  @BeforeEach
  void fill() {
    engine.execute("CREATE (:Person {name: 'Ada'})-[:KNOWS {since: 1}]->(:Person {name: 'Bob'})");
  }

  /** The notifications of a query: the last part of the code, the place and the name in it. */
  private List<String> of(String query) {
    try (Result result = engine.execute(query)) {
      return texts(result.notifications());
    }
  }

  private static List<String> texts(List<Notification> notifications) {
    List<String> texts = new ArrayList<>();
    for (Notification each : notifications) {
      assertTrue(each.code().startsWith(CODES), each.code());
      String description = each.description();
      int quote = description.indexOf('\'');
      texts.add(
          each.code().substring(CODES.length())
              + " "
              + each.position().line()
              + ":"
              + each.position().column()
              + (quote < 0
                  ? ""
                  : " " + description.substring(quote + 1, description.lastIndexOf('\''))));
    }
    return texts;
  }

  @Test
  void saysWhatAnUnknownLabelIs() {
    try (Result result = engine.execute("MATCH (n:Persn)\nRETURN n")) {
      Notification only = result.notifications().get(0);
      assertEquals(CODES + "UnknownLabelWarning", only.code());
      assertEquals(Notification.Severity.WARNING, only.severity());
      assertEquals("The label is not in the database", only.title());
      assertEquals(
          "Nothing in the database has ever had the label 'Persn'; is it misspelled?",
          only.description());
      assertEquals(9, only.position().offset());
    }
  }

  @Test
  void namesInPatternsHaveTheirPlaces() {
    assertEquals(List.of("UnknownLabelWarning 1:17 P"), of("MATCH (n:Person:P) RETURN n"));
    assertEquals(List.of("UnknownLabelWarning 1:15 S"), of("MATCH (n IS   S) RETURN n"));
    assertEquals(List.of("UnknownLabelWarning 1:11 A B"), of("MATCH (n:`A B`) RETURN n"));
    assertEquals(
        List.of("UnknownLabelWarning 1:10 A", "UnknownLabelWarning 1:12 B"),
        of("MATCH (n:A|B|Person) RETURN n"));
    assertEquals(
        List.of("UnknownRelationshipTypeWarning 2:13 KNOW"),
        of("MATCH ()\n-[r:KNOWS | KNOW]->() RETURN r"));
    assertEquals(
        List.of("UnknownPropertyKeyWarning 1:11 nam", "UnknownPropertyKeyWarning 1:29 sinc"),
        of("MATCH (n {nam: 1})-[:KNOWS {sinc: 2}]->() RETURN n"));
    assertEquals(
        List.of("UnknownLabelWarning 1:20 P", "UnknownRelationshipTypeWarning 1:25 L"),
        of("MATCH (:Person) ((:P)-[:L]->()){2} () RETURN 1"));
  }

  @Test
  void namesInExpressionsHaveTheirPlaces() {
    assertEquals(
        List.of(
            "UnknownLabelWarning 1:27 X",
            "UnknownPropertyKeyWarning 1:34 nam",
            "UnknownRelationshipTypeWarning 1:47 K"),
        of("MATCH (n)-[r]->() WHERE n:X OR n.nam = 1 OR r:K RETURN n"));
    assertEquals(List.of("UnknownPropertyKeyWarning 1:20 nam"), of("MATCH (n) RETURN n.nam"));
    assertEquals(
        List.of("UnknownRelationshipTypeWarning 1:38 K"),
        of("MATCH (n) WHERE EXISTS { MATCH (n)-[:K]->() } RETURN n"));
    assertEquals(
        List.of("UnknownRelationshipTypeWarning 1:25 K"),
        of("MATCH (n) RETURN [(n)-[:K]->() | 1]"));
  }

  @Test
  void whatIsKnownOrNoNameOfTheGraphIsNotTold() {
    assertEquals(
        List.of(), of("MATCH (n:Person {name: 'Ada'})-[:KNOWS]->(m) RETURN n.name, {a: 1}.a"));
    assertEquals(List.of(), of("WITH {nam: 1} AS map RETURN map.nam"));
    assertEquals(List.of(), of("MATCH (n) WHERE NOT n:!Unknown RETURN n"));
    assertSame(List.of(), engine.execute("RETURN 1").notifications());
  }

  @Test
  void namesThatTheQueryGivesAreNotTold() {
    assertEquals(List.of(), of("MERGE (n:New {key: 1}) RETURN n.key"));
    assertEquals(
        List.of(),
        of("CREATE (:Newer)-[:NEW]->() WITH 1 AS a MATCH (n:Newer)-[:NEW]->() RETURN n"));
    assertEquals(
        List.of(), of("MATCH (n:Person) SET n.set = 1, n:Labelled RETURN n.set, n:Labelled"));
    assertEquals(List.of(), of("MATCH (n:Person) SET n += {}, n[n.name] = 1 RETURN n.anything"));
  }

  @Test
  void aNameThatIsThereLaterIsNotToldAnyMore() {
    String query = "MATCH (n:Later) RETURN n.later";
    assertEquals(2, of(query).size());
    engine.execute("CREATE (:Later {later: 1})");
    assertEquals(List.of(), of(query));
  }

  @Test
  void aTransactionKnowsItsOwnNames() {
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      String query = "MATCH (n:Mine) RETURN n";
      assertEquals(1, transaction.execute(query).notifications().size());
      transaction.execute("CREATE (:Mine)");
      assertEquals(List.of(), transaction.execute(query).notifications());
    }
    assertEquals(1, of("MATCH (n:Mine) RETURN n").size());
  }

  @Test
  void disconnectedPatternsAreTold() {
    assertEquals(
        List.of("CartesianProduct 2:1"), of("UNWIND [1] AS i\nMATCH (a), (b) RETURN a, b"));
    Notification told =
        engine.execute("MATCH (a)-->(b), (c), (b)-->(d), (e) RETURN 1").notifications().get(0);
    assertTrue(told.description().endsWith("(not connected with the first: c, e)"));
    assertEquals(Notification.Severity.INFORMATION, told.severity());
    assertEquals(List.of(), of("MATCH (a)-->(b), (b)-->(c) RETURN a"));
    assertEquals(List.of(), of("MATCH (a) MATCH (b) RETURN a, b"));
    assertEquals(List.of(), of("MATCH (a)-->(b) MATCH (a)-->(c), (b)-->(d) RETURN c"));
  }

  @Test
  void unboundedLengthsAreTold() {
    assertEquals(
        List.of("UnboundedVariableLengthPattern 1:10"), of("MATCH (a)-[:KNOWS*]->(b) RETURN a"));
    assertEquals(List.of(), of("MATCH (a)-[:KNOWS*..3]->(b) RETURN a"));
    assertEquals(
        List.of(),
        of("MATCH (a:Person {name: 'Ada'}) MATCH p = shortestPath((a)-[*]-(b)) RETURN p"));
  }

  @Test
  void explainAndProfileAndScriptsTellThemToo() {
    assertEquals(List.of("UnknownLabelWarning 1:18 X"), of("EXPLAIN MATCH (n:X) RETURN n"));
    assertEquals(List.of("UnknownLabelWarning 1:18 X"), of("PROFILE MATCH (n:X) RETURN n"));
    assertEquals(
        List.of("UnknownLabelWarning 1:10 X"),
        texts(engine.profile("MATCH (n:X) RETURN n", Map.of()).notifications()));
    List<Result> results = engine.executeScript("RETURN 1;\nMATCH (n:X) RETURN n", Map.of());
    assertEquals(List.of(), results.get(0).notifications());
    assertEquals(List.of("UnknownLabelWarning 2:10 X"), texts(results.get(1).notifications()));
  }

  @Test
  void thereAreAtMostSoMany() {
    StringBuilder query = new StringBuilder("MATCH (n) WHERE n:L0");
    for (int i = 1; i < 300; i++) {
      query.append(" OR n:L").append(i);
    }
    assertEquals(Notification.MOST, of(query + " RETURN n").size());
  }
}
