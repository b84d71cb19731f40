package org.weftdb.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.Database;

/**
 * WordNet as a property graph:
 *
 * <pre>
 *   (:Synset {id, pos, gloss})                  a meaning
 *   (:Word {lemma})                             a word, whatever its part of speech
 *   (:Word)-[:SENSE {number, tagCount}]->(:Synset)
 *   (:Synset)-[:HYPERNYM | ...]->(:Synset)      semantic pointers: between meanings
 *   (:Word)-[:ANTONYM {from, to} | ...]->(:Word)
 *                                               lexical pointers: between words, each in the sense
 *                                               of the synsets whose ids are from and to
 * </pre>
 *
 * Semantic and lexical pointers are kept apart by what they connect: a pattern between two {@code
 * :Synset} never meets a lexical one. Both {@code Synset(id)} and {@code Word(lemma)} are indexed.
 */
public final class WordNetGraph {
  private static final int ROWS_PER_STATEMENT = 1_000;
  private static final Map<String, String> TYPES = types();

  private WordNetGraph() {}

  /** Adds all of WordNet to a database that holds none of it yet. */
  public static void load(WordNetFiles files, Database database) {
    database.execute("CREATE INDEX synset_id FOR (s:Synset) ON (s.id)");
    database.execute("CREATE INDEX word_lemma FOR (w:Word) ON (w.lemma)");
    loadNodes(files, database);
    Rows senses =
        new Rows(
            database,
            "UNWIND $rows AS row MATCH (w:Word {lemma: row.lemma}), (s:Synset {id: row.synset}) "
                + "CREATE (w)-[:SENSE {number: row.number, tagCount: row.tagCount}]->(s)");
    for (WordNetFiles.Sense sense : files.senses()) {
      senses.add(
          row(
              "lemma",
              sense.lemma(),
              "synset",
              sense.synset(),
              "number",
              (long) sense.number(),
              "tagCount",
              (long) sense.tagCount()));
    }
    senses.flush();
    loadPointers(files, database);
  }

  /** The relationship type of a pointer symbol, such as {@code HYPERNYM} for {@code @}. */
  public static String type(String symbol) {
    @Nullable String type = TYPES.get(symbol);
    if (type == null) {
      throw new IllegalArgumentException("unknown pointer symbol: " + symbol);
    }
    return type;
  }

  private static void loadNodes(WordNetFiles files, Database database) {
    Rows synsets =
        new Rows(
            database,
            "UNWIND $rows AS row CREATE (:Synset {id: row.id, pos: row.pos, gloss: row.gloss})");
    Set<String> lemmas = new LinkedHashSet<>();
    for (WordNetFiles.Synset synset : files.synsets()) {
      synsets.add(row("id", synset.id(), "pos", synset.pos(), "gloss", synset.gloss()));
      lemmas.addAll(synset.lemmas());
    }
    synsets.flush();
    Rows words = new Rows(database, "UNWIND $rows AS row CREATE (:Word {lemma: row.lemma})");
    for (String lemma : lemmas) {
      words.add(row("lemma", lemma));
    }
    words.flush();
  }

  private static void loadPointers(WordNetFiles files, Database database) {
    Map<String, WordNetFiles.Synset> byId = new LinkedHashMap<>();
    for (WordNetFiles.Synset synset : files.synsets()) {
      byId.put(synset.id(), synset);
    }
    Map<String, Rows> semantic = new LinkedHashMap<>();
    Map<String, Rows> lexical = new LinkedHashMap<>();
    for (WordNetFiles.Synset source : files.synsets()) {
      for (WordNetFiles.Pointer pointer : source.pointers()) {
        String type = type(pointer.symbol());
        WordNetFiles.@Nullable Synset target = byId.get(pointer.target());
        if (target == null) {
          throw new IllegalArgumentException(
              "synset " + source.id() + " points to " + pointer.target() + ", which is not there");
        }
        if (pointer.lexical()) {
          lexical
              .computeIfAbsent(type, t -> new Rows(database, lexicalStatement(t)))
              .add(
                  row(
                      "source", source.lemmas().get(pointer.sourceWord() - 1),
                      "target", target.lemmas().get(pointer.targetWord() - 1),
                      "from", source.id(),
                      "to", target.id()));
        } else {
          semantic
              .computeIfAbsent(type, t -> new Rows(database, semanticStatement(t)))
              .add(row("from", source.id(), "to", target.id()));
        }
      }
    }
    semantic.values().forEach(Rows::flush);
    lexical.values().forEach(Rows::flush);
  }

  private static String semanticStatement(String type) {
    return "UNWIND $rows AS row MATCH (a:Synset {id: row.from}), (b:Synset {id: row.to}) "
        + "CREATE (a)-[:"
        + type
        + "]->(b)";
  }

  private static String lexicalStatement(String type) {
    return "UNWIND $rows AS row MATCH (a:Word {lemma: row.source}), (b:Word {lemma: row.target}) "
        + "CREATE (a)-[:"
        + type
        + " {from: row.from, to: row.to}]->(b)";
  }

  /** Rows that go to one statement, a thousand at a time. */
  private static final class Rows {
    private final Database database;
    private final String statement;
    private final List<Map<String, Object>> rows = new ArrayList<>(ROWS_PER_STATEMENT);

    Rows(Database database, String statement) {
      this.database = database;
      this.statement = statement;
    }

    void add(Map<String, Object> row) {
      rows.add(row);
      if (rows.size() == ROWS_PER_STATEMENT) {
        flush();
      }
    }

    void flush() {
      if (!rows.isEmpty()) {
        database.execute(statement, Map.of("rows", rows));
        rows.clear();
      }
    }
  }

  private static Map<String, Object> row(Object... keysAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      row.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return row;
  }

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("!", "ANTONYM");
    types.put("@", "HYPERNYM");
    types.put("@i", "INSTANCE_HYPERNYM");
    types.put("~", "HYPONYM");
    types.put("~i", "INSTANCE_HYPONYM");
    types.put("#m", "MEMBER_HOLONYM");
    types.put("#s", "SUBSTANCE_HOLONYM");
    types.put("#p", "PART_HOLONYM");
    types.put("%m", "MEMBER_MERONYM");
    types.put("%s", "SUBSTANCE_MERONYM");
    types.put("%p", "PART_MERONYM");
    types.put("=", "ATTRIBUTE");
    types.put("+", "DERIVATIONALLY_RELATED");
    types.put(";c", "DOMAIN_TOPIC");
    types.put("-c", "DOMAIN_TOPIC_MEMBER");
    types.put(";r", "DOMAIN_REGION");
    types.put("-r", "DOMAIN_REGION_MEMBER");
    types.put(";u", "DOMAIN_USAGE");
    types.put("-u", "DOMAIN_USAGE_MEMBER");
    types.put("*", "ENTAILMENT");
    types.put(">", "CAUSE");
    types.put("^", "ALSO_SEE");
    types.put("$", "VERB_GROUP");
    types.put("&", "SIMILAR_TO");
    types.put("<", "PARTICIPLE_OF");
    types.put("\\", "PERTAINS_TO");
    return types;
  }
}
