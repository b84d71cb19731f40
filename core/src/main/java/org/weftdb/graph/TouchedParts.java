package org.weftdb.graph;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a transaction touches, for {@link Touched}. What was undone stays in it, since too
 * much does no harm; a number that nobody has any more is then left out.
 */
final class TouchedParts {
  /** Entities from here on were created by the transaction itself. */
  private final int nodeIdBound;

  private final int relationshipIdBound;

  private boolean nodes;
  private boolean schema;
  private final BitSet members = new BitSet();

  /** Numbers of the label sets before and after, of nodes whose labels were changed. */
  private final BitSet relabelled = new BitSet();

  private final BitSet types = new BitSet();

  /** By label set the keys of the properties that were changed. */
  private @Nullable BitSet[] nodeKeys = {};

  /** The same by relationship type. */
  private @Nullable BitSet[] relationshipKeys = {};

  TouchedParts(GraphState base) {
    nodeIdBound = base.nodeIdBound;
    relationshipIdBound = base.relationshipIdBound;
  }

  /** A node with these labels was created or deleted. */
  void node(int[] labels) {
    nodes = true;
    for (int label : labels) {
      members.set(label);
    }
  }

  /** A node was given a label or has lost it. */
  void label(int node, int label, int setBefore, int setAfter) {
    members.set(label);
    if (node < nodeIdBound) {
      relabelled.set(setBefore);
      relabelled.set(setAfter);
    }
  }

  void relationship(int type) {
    types.set(type);
  }

  void nodeProperty(int node, int labelSet, int key) {
    if (node < nodeIdBound) {
      nodeKeys = with(nodeKeys, labelSet, key);
    }
  }

  void relationshipProperty(int relationship, int type, int key) {
    if (relationship < relationshipIdBound) {
      relationshipKeys = with(relationshipKeys, type, key);
    }
  }

  private static @Nullable BitSet[] with(@Nullable BitSet[] table, int place, int key) {
    @Nullable BitSet[] grown =
        place < table.length
            ? table
            : Arrays.copyOf(table, Math.max(place + 1, Math.min(2 * table.length, place + 1024)));
    BitSet keys = grown[place];
    if (keys == null) {
      keys = new BitSet();
      grown[place] = keys;
    }
    keys.set(key);
    return grown;
  }

  /** Indexes or constraints were created or dropped. */
  void schema() {
    schema = true;
  }

  /** All that was touched, by the names of the state in which the transaction ends. */
  Touched in(GraphState state) {
    return new Named(state.catalog, state.labelSets).all(this);
  }

  /** From numbers to names. */
  private static final class Named {
    private final Catalog catalog;
    private final LabelSets labelSets;
    private final Set<Facet> facets = new TreeSet<>();

    Named(Catalog catalog, LabelSets labelSets) {
      this.catalog = catalog;
      this.labelSets = labelSets;
    }

    Touched all(TouchedParts parts) {
      facets.add(Facet.ANYTHING);
      if (parts.nodes) {
        facets.add(Facet.NODES);
      }
      if (parts.schema) {
        facets.add(Facet.SCHEMA);
      }
      for (int i = next(parts.members, 0);
          i < catalog.labelCount();
          i = next(parts.members, i + 1)) {
        facets.add(Facet.nodesOf(catalog.labelName(i)));
      }
      for (int i = next(parts.types, 0); i < catalog.typeCount(); i = next(parts.types, i + 1)) {
        facets.add(Facet.RELATIONSHIPS);
        facets.add(Facet.relationshipsOf(catalog.typeName(i)));
      }
      int set = next(parts.relabelled, 0);
      for (; set < labelSets.bound(); set = next(parts.relabelled, set + 1)) {
        facets.add(Facet.LABELS);
        for (int label : labelSets.labels(set)) {
          facets.add(Facet.labelsOf(catalog.labelName(label)));
        }
      }
      for (int i = 0; i < Math.min(parts.nodeKeys.length, labelSets.bound()); i++) {
        BitSet keys = parts.nodeKeys[i];
        if (keys != null) {
          nodeProperties(labelSets.labels(i), keys);
        }
      }
      for (int i = 0; i < Math.min(parts.relationshipKeys.length, catalog.typeCount()); i++) {
        BitSet keys = parts.relationshipKeys[i];
        if (keys != null) {
          properties(false, keys);
          propertiesOf(false, catalog.typeName(i), keys);
        }
      }
      return Touched.of(facets);
    }

    private void nodeProperties(int[] labels, BitSet keys) {
      properties(true, keys);
      for (int label : labels) {
        propertiesOf(true, catalog.labelName(label), keys);
      }
    }

    private void properties(boolean ofNodes, BitSet keys) {
      facets.add(Facet.properties(ofNodes));
      for (int key = next(keys, 0); key < catalog.keyCount(); key = next(keys, key + 1)) {
        facets.add(Facet.property(ofNodes, catalog.keyName(key)));
      }
    }

    private void propertiesOf(boolean ofNodes, String labelOrType, BitSet keys) {
      facets.add(Facet.propertiesOf(ofNodes, labelOrType));
      for (int key = next(keys, 0); key < catalog.keyCount(); key = next(keys, key + 1)) {
        facets.add(Facet.propertyOf(ofNodes, labelOrType, catalog.keyName(key)));
      }
    }

    private static int next(BitSet bits, int from) {
      int next = bits.nextSetBit(from);
      return next < 0 ? Integer.MAX_VALUE : next;
    }
  }
}
