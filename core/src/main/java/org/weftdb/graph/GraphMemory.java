package org.weftdb.graph;

/**
 * About how many bytes of memory one version of a graph takes, part by part.
 *
 * <p>An estimate: pages are counted with the lengths of their arrays, texts with their lengths, a
 * text that is often there once. Of a property that many entities have only a part of the values is
 * looked at, so that it takes milliseconds for a million of them. Not in it: pages of older
 * versions that transactions still read, results, and plans. An empty graph takes 0 bytes.
 *
 * @param nodeBytes label sets of nodes, and the nodes of each label
 * @param relationshipBytes types and ends of relationships, and the relationships of each node
 * @param propertyBytes values of properties, of nodes and of relationships
 * @param indexBytes entries of indexes, without the texts that the properties have
 * @param catalogBytes names of labels, types and property keys, and the sets of labels that occur
 */
public record GraphMemory(
    long nodeBytes,
    long relationshipBytes,
    long propertyBytes,
    long indexBytes,
    long catalogBytes) {
  /** Of a version of a graph. */
  public static GraphMemory of(GraphView graph) {
    GraphState state = graph.state;
    long nodes = state.nodeLabelSets.sizeBytes();
    for (BitPages members : state.members) {
      nodes += members.sizeBytes();
    }
    long relationships =
        state.types.sizeBytes()
            + state.starts.sizeBytes()
            + state.ends.sizeBytes()
            + state.outgoing.sizeBytes()
            + state.incoming.sizeBytes();
    PropertySizes properties = new PropertySizes();
    long indexes = 0;
    for (ValueIndex index : state.indexes) {
      indexes += index.sizeBytes();
    }
    return new GraphMemory(
        nodes,
        relationships,
        properties.of(state.nodeColumns) + properties.of(state.relationshipColumns),
        indexes,
        state.catalog.sizeBytes() + state.labelSets.sizeBytes());
  }

  /** The sum of all parts. */
  public long totalBytes() {
    return nodeBytes + relationshipBytes + propertyBytes + indexBytes + catalogBytes;
  }
}
