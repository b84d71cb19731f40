package org.weftdb.engine;

import java.util.List;

/**
 * What may stand at a place of a query.
 *
 * @param from the start of the word that an item replaces, in UTF-16 code units
 * @param to the end of it
 * @param items what may stand there, the likeliest first
 */
public record Completion(int from, int to, List<Item> items) {
  public Completion {
    items = List.copyOf(items);
  }

  /** What an item is. */
  public enum Kind {
    VARIABLE,
    PROPERTY_KEY,
    LABEL,
    RELATIONSHIP_TYPE,
    PARAMETER,
    FUNCTION,
    PROCEDURE,
    KEYWORD
  }

  /**
   * One that may stand there.
   *
   * @param text what to put there
   * @param kind what it is
   * @param detail more about it, such as a function's signature and what it does; may be empty
   */
  public record Item(String text, Kind kind, String detail) {}
}
