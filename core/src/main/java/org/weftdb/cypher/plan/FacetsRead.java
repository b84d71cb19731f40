package org.weftdb.cypher.plan;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.Facet;

/** The facets of the graph that a plan looks at, as they are found one after another. */
final class FacetsRead {
  private final Set<Facet> facets = new HashSet<>();

  Set<Facet> all() {
    return facets;
  }

  void add(Facet facet) {
    facets.add(facet);
  }

  /** Which nodes have some labels. */
  void nodesOf(Collection<String> labels) {
    for (String label : labels) {
      add(Facet.nodesOf(label));
    }
  }

  /** Relationships of some types, or of any when there are none. */
  void relationshipsOf(Collection<String> types) {
    if (types.isEmpty()) {
      add(Facet.RELATIONSHIPS);
    }
    for (String type : types) {
      add(Facet.relationshipsOf(type));
    }
  }

  /** A property of entities. */
  void propertyOf(Held subject, String key) {
    propertyOf(true, subject.labels(), key);
    propertyOf(false, subject.types(), key);
  }

  private void propertyOf(boolean ofNodes, @Nullable Collection<String> names, String key) {
    if (names == null) {
      add(Facet.property(ofNodes, key));
      return;
    }
    for (String name : names) {
      add(Facet.propertyOf(ofNodes, name, key));
    }
  }

  /** All properties of entities. */
  void propertiesOf(Held subject) {
    propertiesOf(true, subject.labels());
    propertiesOf(false, subject.types());
  }

  private void propertiesOf(boolean ofNodes, @Nullable Collection<String> names) {
    if (names == null) {
      add(Facet.properties(ofNodes));
      return;
    }
    for (String name : names) {
      add(Facet.propertiesOf(ofNodes, name));
    }
  }

  /** What labels nodes have. */
  void labelsOf(Held subject) {
    if (subject.labels() == null) {
      add(Facet.LABELS);
      return;
    }
    for (String label : subject.labels()) {
      add(Facet.labelsOf(label));
    }
  }

  /** All that a caller sees of entities. */
  void wholeOf(Held subject) {
    propertiesOf(subject);
    labelsOf(subject);
  }
}
