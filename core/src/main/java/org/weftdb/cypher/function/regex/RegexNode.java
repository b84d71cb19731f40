package org.weftdb.cypher.function.regex;

import java.util.List;

/** The syntax tree of a pattern. */
sealed interface RegexNode {
  /** One character of a set. */
  record OneOf(CharSet set) implements RegexNode {}

  /** This character. */
  record Literal(int codePoint) implements RegexNode {}

  /** All parts, one after the other; nothing when there are none. */
  record Sequence(List<RegexNode> parts) implements RegexNode {}

  /** One of the options. */
  record Choice(List<RegexNode> options) implements RegexNode {}

  /** A group that captures what its body matches, counted from 1 by its opening parenthesis. */
  record Group(RegexNode body, int number) implements RegexNode {}

  /**
   * The body repeated; {@link #UNLIMITED} when there is no maximum. A lazy one prefers fewer turns.
   */
  record Repeat(RegexNode body, int minimum, int maximum, boolean lazy) implements RegexNode {
    static final int UNLIMITED = -1;
  }

  /** A place, not a character. */
  record At(Place place) implements RegexNode {}

  /** What can be asked of a place between characters. */
  enum Place {
    START,
    END,
    /** Where the search begins. */
    SEARCH_START,
    /** The end, or before a line terminator that ends the text. */
    LAST_LINE_END,
    LAST_LINE_END_UNIX,
    LINE_START,
    LINE_START_UNIX,
    LINE_END,
    LINE_END_UNIX,
    WORD_BOUNDARY,
    NO_WORD_BOUNDARY
  }
}
