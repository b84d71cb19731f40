package org.weftdb.cypher.parser;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the parser would take at the end of a text, gathered while it parses: it tells of every
 * keyword that it looks for there and of everything else that it misses, and of the variables that
 * it came across.
 */
public final class Expectations {
  /** What may stand at a place beside keywords. */
  public enum Kind {
    CLAUSE,
    UPDATE,
    EXPRESSION,
    /** Every operator. */
    OPERATOR,
    /** An operator behind which nothing weaker may follow, such as IN. */
    PREDICATE,
    VARIABLE,
    LABEL,
    RELATIONSHIP_TYPE,
    PROPERTY_KEY,
    PROCEDURE,
    PARAMETER,
    TYPE,
    /** A column of {@link #yielding()}. */
    FIELD
  }

  private final EnumSet<Keyword> keywords = EnumSet.noneOf(Keyword.class);
  private final EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final Set<String> words = new LinkedHashSet<>();
  private final Set<String> variables = new LinkedHashSet<>();
  private String yielding = "";

  Expectations() {}

  void keyword(Keyword keyword) {
    keywords.add(keyword);
  }

  /** A word that is no keyword elsewhere, or several. */
  void word(String word) {
    words.add(word);
  }

  void fieldOf(String procedure) {
    yielding = procedure;
    kinds.add(Kind.FIELD);
  }

  void kind(Kind kind) {
    kinds.add(kind);
  }

  /** Takes note of what a message says is missing. */
  void missing(String expected) {
    if (expected.contains(ClauseParser.CLAUSE)) {
      kinds.add(Kind.CLAUSE);
    } else if (expected.contains(UpdateParser.EXPECTED)) {
      kinds.add(Kind.UPDATE);
    } else if (expected.contains("an expression")) {
      kinds.add(Kind.EXPRESSION);
    } else if (expected.contains("a variable")) {
      kinds.add(Kind.VARIABLE);
    } else if (expected.startsWith("a label")) {
      kinds.add(Kind.LABEL);
    } else if (expected.startsWith("a relationship type")) {
      kinds.add(Kind.RELATIONSHIP_TYPE);
    } else if (expected.startsWith("a property key")) {
      kinds.add(Kind.PROPERTY_KEY);
    } else if (expected.startsWith("the name of a procedure")) {
      kinds.add(Kind.PROCEDURE);
    } else if (expected.startsWith("the name of a parameter")) {
      kinds.add(Kind.PARAMETER);
    }
  }

  void variable(String name) {
    variables.add(name);
  }

  /** Behind a WITH only what it hands on can be seen. */
  void onlyVariables(Set<String> names) {
    variables.clear();
    variables.addAll(names);
  }

  /** Words that may stand there, in capitals. */
  public Set<String> keywords() {
    Set<String> all = new LinkedHashSet<>();
    for (Keyword keyword : keywords) {
      all.add(keyword.name());
    }
    all.addAll(words);
    return all;
  }

  public Set<Kind> kinds() {
    return kinds;
  }

  /** The name of the procedure whose columns may be named there. */
  public String yielding() {
    return yielding;
  }

  /** The variables that can be seen there, in the order in which they came. */
  public Set<String> variables() {
    return variables;
  }
}
