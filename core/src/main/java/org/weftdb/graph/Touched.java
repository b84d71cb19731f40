package org.weftdb.graph;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** What of a graph a commit has changed. */
public final class Touched {
  /** All of it may be another, such as when a snapshot was loaded. */
  public static final Touched EVERYTHING = new Touched(Set.of(), true);

  private final Set<Facet> facets;
  private final boolean everything;

  private Touched(Set<Facet> facets, boolean everything) {
    this.facets = facets;
    this.everything = everything;
  }

  /** The facets that were changed; copied. */
  static Touched of(Set<Facet> facets) {
    return new Touched(Collections.unmodifiableSet(new TreeSet<>(facets)), false);
  }

  /** Whether all of the graph may be another; {@link #facets} then is empty. */
  public boolean isEverything() {
    return everything;
  }

  /** What was changed, sorted, {@link Facet#ANYTHING} included. */
  public Set<Facet> facets() {
    return facets;
  }

  @Override
  public String toString() {
    return everything ? "everything" : facets.toString();
  }
}
