package org.weftdb.cypher.ast;

/**
 * A whole text and what it says.
 *
 * @param source the text, for messages
 * @param mode what to do with the statement
 * @param statement the statement, without the prefix that gave the mode
 */
public record ParsedQuery(SourceText source, Mode mode, Statement statement) {
  /** What the text asks to do with its statement. */
  public enum Mode {
    /** No prefix: run it. */
    EXECUTE,
    /** {@code EXPLAIN}: show the plan, do not run it. */
    EXPLAIN,
    /** {@code PROFILE}: run it and show the plan with what each operator did. */
    PROFILE
  }
}
