package org.weftdb.cypher.parser;

import org.jspecify.annotations.Nullable;

/**
 * The words with a meaning of their own, in any case. A word that is not {@link #reserved} also
 * names variables; every word names labels, types, properties and functions.
 */
enum Keyword {
  AND(true),
  AS(true),
  CASE(true),
  CREATE(true),
  DELETE(true),
  DETACH(true),
  DISTINCT(true),
  ELSE(true),
  FALSE(true),
  IN(true),
  IS(true),
  LIMIT(true),
  MATCH(true),
  MERGE(true),
  NOT(true),
  NULL(true),
  OPTIONAL(true),
  OR(true),
  ORDER(true),
  REMOVE(true),
  RETURN(true),
  SET(true),
  SKIP(true),
  THEN(true),
  TRUE(true),
  UNION(true),
  UNWIND(true),
  WHEN(true),
  WHERE(true),
  WITH(true),
  XOR(true),
  ALL(false),
  ALLSHORTESTPATHS(false),
  ANY(false),
  ASC(false),
  ASCENDING(false),
  BINDINGS(false),
  BREAK(false),
  BY(false),
  CALL(false),
  COLLECT(false),
  CONCURRENT(false),
  CONSTRAINT(false),
  CONTAINS(false),
  CONTINUE(false),
  COUNT(false),
  CSV(false),
  CYPHER(false),
  DESC(false),
  DESCENDING(false),
  DIFFERENT(false),
  DROP(false),
  EACH(false),
  ELEMENT(false),
  ELEMENTS(false),
  END(false),
  ENDS(false),
  ERROR(false),
  EXISTS(false),
  EXPLAIN(false),
  FAIL(false),
  FIELDTERMINATOR(false),
  FILTER(false),
  FINISH(false),
  FOR(false),
  FOREACH(false),
  FROM(false),
  FULLTEXT(false),
  GROUP(false),
  GROUPS(false),
  HEADERS(false),
  IF(false),
  INDEX(false),
  INF(false),
  INFINITY(false),
  INSERT(false),
  KEY(false),
  LET(false),
  LOAD(false),
  LOOKUP(false),
  NAN(false),
  NEXT(false),
  NODE(false),
  NODETACH(false),
  NONE(false),
  NORMALIZED(false),
  OF(false),
  OFFSET(false),
  ON(false),
  OPTIONS(false),
  PATH(false),
  PATHS(false),
  POINT(false),
  PROFILE(false),
  RANGE(false),
  REDUCE(false),
  REL(false),
  RELATIONSHIP(false),
  RELATIONSHIPS(false),
  REPEATABLE(false),
  REPORT(false),
  REQUIRE(false),
  RETRY(false),
  ROW(false),
  ROWS(false),
  SHORTEST(false),
  SHORTESTPATH(false),
  SINGLE(false),
  STARTS(false),
  STATUS(false),
  TEXT(false),
  TRANSACTION(false),
  TRANSACTIONS(false),
  TYPED(false),
  UNIQUE(false),
  USE(false),
  VECTOR(false),
  YIELD(false);

  private static final int TABLE_SIZE = 256;
  private static final int LONGEST = 16;
  private static final @Nullable Keyword[] TABLE = table();

  final boolean reserved;

  Keyword(boolean reserved) {
    this.reserved = reserved;
  }

  /** The keyword that stands in a stretch of the text, or null. */
  static @Nullable Keyword find(String text, int start, int end) {
    if (end - start > LONGEST) {
      return null;
    }
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + upper(text.charAt(i));
    }
    for (int slot = slot(hash); ; slot = (slot + 1) & (TABLE_SIZE - 1)) {
      Keyword candidate = TABLE[slot];
      if (candidate == null || candidate.isWrittenAt(text, start, end)) {
        return candidate;
      }
    }
  }

  private boolean isWrittenAt(String text, int start, int end) {
    String word = name();
    if (word.length() != end - start) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (upper(text.charAt(start + i)) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 8) & (TABLE_SIZE - 1);
  }

  private static @Nullable Keyword[] table() {
    @Nullable Keyword[] table = new Keyword[TABLE_SIZE];
    for (Keyword keyword : values()) {
      String word = keyword.name();
      int hash = 0;
      for (int i = 0; i < word.length(); i++) {
        hash = hash * 31 + word.charAt(i);
      }
      int slot = slot(hash);
      while (table[slot] != null) {
        slot = (slot + 1) & (TABLE_SIZE - 1);
      }
      table[slot] = keyword;
    }
    return table;
  }
}
