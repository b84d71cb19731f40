package org.weftdb.engine;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.cypher.parser.CypherScript;

/** Where a statement is written: a text of its own, or one of the statements of a script. */
sealed interface QueryText {
  ParsedQuery parse();

  /** The text under which its plan is kept, or null when it is not. */
  @Nullable String cacheKey();

  /** A text with one statement. */
  record Whole(String text) implements QueryText {
    @Override
    public ParsedQuery parse() {
      return CypherParser.parse(text);
    }

    @Override
    public String cacheKey() {
      return text;
    }
  }

  /** A statement of a script, which is run once. */
  record Part(CypherScript script, int index) implements QueryText {
    @Override
    public ParsedQuery parse() {
      return script.parse(index);
    }

    @Override
    public @Nullable String cacheKey() {
      return null;
    }
  }
}
