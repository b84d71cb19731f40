package org.weftdb.graph;

import java.util.Arrays;

/**
 * The roots of one version of a graph.
 *
 * <p>Of a snapshot or savepoint it is frozen: every part is, and no field changes. Of a transaction
 * it is a {@link #copy}, whose parts are replaced by editable ones as they are first written to.
 */
final class GraphState {
  Catalog catalog = new Catalog();
  LabelSets labelSets = new LabelSets();

  int nodeIdBound;
  long nodeCount;

  /** Per node the number of its label set; 0 where there is no node. */
  IntPages nodeLabelSets = new IntPages();

  /** Per label the nodes that have it. */
  BitPages[] members = {};

  int relationshipIdBound;
  long relationshipCount;

  /**
   * Per relationship its type plus one; 0 where there is none; minus (type plus one) where it was
   * deleted by the transaction that this is a state of.
   */
  IntPages types = new IntPages();

  IntPages starts = new IntPages();
  IntPages ends = new IntPages();

  /** Per type the number of relationships. */
  long[] typeCounts = {};

  Adjacency outgoing = new Adjacency();
  Adjacency incoming = new Adjacency();

  /** Per property key the values of nodes and of relationships. */
  PropertyColumn[] nodeColumns = {};

  PropertyColumn[] relationshipColumns = {};

  /** In the order of their creation. */
  ValueIndex[] indexes = {};

  /** In the order of their creation; those with an index have one of their name. */
  ConstraintDefinition[] constraints = {};

  /** The state without anything. */
  GraphState() {}

  /** A state of the same parts, for a transaction to change; this one must be frozen. */
  GraphState copy() {
    return new GraphState(this);
  }

  private GraphState(GraphState source) {
    catalog = source.catalog.copy();
    labelSets = source.labelSets;
    nodeIdBound = source.nodeIdBound;
    nodeCount = source.nodeCount;
    nodeLabelSets = source.nodeLabelSets;
    members = Arrays.copyOf(source.members, source.members.length);
    relationshipIdBound = source.relationshipIdBound;
    relationshipCount = source.relationshipCount;
    types = source.types;
    starts = source.starts;
    ends = source.ends;
    typeCounts = Arrays.copyOf(source.typeCounts, source.typeCounts.length);
    outgoing = source.outgoing;
    incoming = source.incoming;
    nodeColumns = Arrays.copyOf(source.nodeColumns, source.nodeColumns.length);
    relationshipColumns =
        Arrays.copyOf(source.relationshipColumns, source.relationshipColumns.length);
    indexes = Arrays.copyOf(source.indexes, source.indexes.length);
    constraints = source.constraints;
  }

  /** Makes every part one that nobody writes to any more. */
  void freeze() {
    catalog.freeze();
    labelSets.freeze();
    nodeLabelSets = nodeLabelSets.freeze();
    types = types.freeze();
    starts = starts.freeze();
    ends = ends.freeze();
    outgoing = outgoing.freeze();
    incoming = incoming.freeze();
    for (int i = 0; i < members.length; i++) {
      members[i] = members[i].freeze();
    }
    for (int i = 0; i < nodeColumns.length; i++) {
      nodeColumns[i] = nodeColumns[i].freeze();
    }
    for (int i = 0; i < relationshipColumns.length; i++) {
      relationshipColumns[i] = relationshipColumns[i].freeze();
    }
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = indexes[i].freeze();
    }
  }

  /** Gives every name of the catalog its place in the tables by label, type and key. */
  void growTables() {
    int labels = catalog.labelCount();
    int old = members.length;
    if (old < labels) {
      members = Arrays.copyOf(members, labels);
      for (int i = old; i < labels; i++) {
        members[i] = new BitPages();
      }
    }
    if (typeCounts.length < catalog.typeCount()) {
      typeCounts = Arrays.copyOf(typeCounts, catalog.typeCount());
    }
    nodeColumns = grown(nodeColumns, catalog.keyCount());
    relationshipColumns = grown(relationshipColumns, catalog.keyCount());
  }

  private static PropertyColumn[] grown(PropertyColumn[] columns, int length) {
    int old = columns.length;
    if (old >= length) {
      return columns;
    }
    PropertyColumn[] longer = Arrays.copyOf(columns, length);
    for (int i = old; i < length; i++) {
      longer[i] = new PropertyColumn();
    }
    return longer;
  }
}
