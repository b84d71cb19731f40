package org.weftdb.cypher.ast;

import java.util.List;

/**
 * {@code ON CREATE SET items} or {@code ON MATCH SET items}.
 *
 * @param onCreate whether it happens when the pattern was created, not when it was found
 */
public record MergeAction(boolean onCreate, List<SetItem> items, Span span) implements AstNode {
  public MergeAction {
    items = List.copyOf(items);
    Checks.notEmpty(items, "SET needs an item");
  }
}
