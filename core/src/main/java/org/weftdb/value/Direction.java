package org.weftdb.value;

/** Which relationships of a node are meant. */
public enum Direction {
  /** Those that start at the node. */
  OUTGOING,
  /** Those that end at the node. */
  INCOMING,
  /** Both; a relationship from a node to itself counts once. */
  BOTH;

  /** The same relationships seen from the other end. */
  public Direction reversed() {
    return switch (this) {
      case OUTGOING -> INCOMING;
      case INCOMING -> OUTGOING;
      case BOTH -> BOTH;
    };
  }
}
