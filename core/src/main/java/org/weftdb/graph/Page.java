package org.weftdb.graph;

import org.jspecify.annotations.Nullable;

/** A page that is an object of its own and knows who may change it in place. */
abstract class Page {
  /** The editor that made this copy, or null when nobody may change it. */
  @Nullable Editor owner;

  Page(@Nullable Editor owner) {
    this.owner = owner;
  }
}
