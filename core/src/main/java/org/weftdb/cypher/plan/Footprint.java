package org.weftdb.cypher.plan;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.weftdb.cypher.semantic.FunctionSignatures;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.Facet;
import org.weftdb.graph.Touched;

/**
 * What a query that reads looks at in the graph. A commit that does not touch it does not change
 * the query's answer, whatever the parameters are; one that does touch it may have changed it.
 *
 * <p>It speaks of the graph alone: that {@code rand()} or the clock give something else, or that a
 * table of {@code LOAD CSV} has changed, it does not tell. Nor does it tell when another of several
 * right answers is given, such as other rows by {@code LIMIT} without {@code ORDER BY}, because the
 * query was planned anew. It stays right when the graph and its schema change.
 */
public final class Footprint {
  private final Set<Facet> facets;

  private Footprint(Set<Facet> facets) {
    this.facets = facets;
  }

  /**
   * The footprint of a statement.
   *
   * @param functions all that queries can call
   * @throws WeftException {@link ErrorCode#WRITE_IN_READ_TRANSACTION} when it changes something
   */
  public static Footprint of(Statement statement, FunctionSignatures functions) {
    if (statement.writes() || statement.schema()) {
      throw statement.located(
          new WeftException(
              ErrorCode.WRITE_IN_READ_TRANSACTION,
              "what a query looks at is only told of one that reads, but this one changes the"
                  + " graph or its schema"));
    }
    Set<Facet> found = new FootprintReader(statement, functions).facets();
    return new Footprint(
        found.contains(Facet.ANYTHING)
            ? Set.of(Facet.ANYTHING)
            : Collections.unmodifiableSet(new TreeSet<>(found)));
  }

  /** What it looks at, sorted; {@link Facet#ANYTHING} alone when that is not known. */
  public Set<Facet> facets() {
    return facets;
  }

  /** Whether the answer may be another after a commit that has touched something. */
  public boolean isTouchedBy(Touched touched) {
    if (touched.isEverything()) {
      return !facets.isEmpty();
    }
    Set<Facet> changed = touched.facets();
    for (Facet facet : facets) {
      if (changed.contains(facet)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return facets.toString();
  }
}
