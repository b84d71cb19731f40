package org.weftdb.cypher.ast;

import java.util.List;
import org.weftdb.cypher.ast.Expression.Variable;

/**
 * {@code USING INDEX variable:Label(property, ...)}, {@code USING SCAN variable:Label} and {@code
 * USING JOIN ON variable, ...}: how a pattern is to be found.
 *
 * @param variables one, or several for a join
 * @param labelOrType empty for a join
 * @param properties at least one for an index, otherwise none
 */
public record Hint(
    Kind kind, List<Variable> variables, String labelOrType, List<String> properties, Span span)
    implements AstNode {
  public Hint {
    variables = List.copyOf(variables);
    properties = List.copyOf(properties);
    Checks.notEmpty(variables, "a hint needs a variable");
  }

  /** What a hint asks for. */
  public enum Kind {
    INDEX("INDEX"),
    RANGE_INDEX("RANGE INDEX"),
    TEXT_INDEX("TEXT INDEX"),
    POINT_INDEX("POINT INDEX"),
    SCAN("SCAN"),
    JOIN("JOIN ON");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As it is written behind USING. */
    public String words() {
      return words;
    }
  }
}
