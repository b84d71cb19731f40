package org.weftdb.cypher.ast;

import java.util.List;

/** {@code part, part ...} of a MATCH or CREATE. */
public record Pattern(List<PatternPart> parts, Span span) implements AstNode {
  public Pattern {
    parts = List.copyOf(parts);
    Checks.notEmpty(parts, "a pattern needs a part");
  }
}
