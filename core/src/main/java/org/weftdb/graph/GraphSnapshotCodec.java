package org.weftdb.graph;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.snapshot.Manifest;
import org.weftdb.snapshot.SectionIds;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.snapshot.SnapshotWriter;

/**
 * A graph as the sections of a snapshot, column by column, so that loading is close to a copy.
 *
 * <pre>
 * section 16, names
 *   label names, type names, key names   three string columns, in the order of their ids
 *   label sets      varint count (without the empty set 1), then from set 2 on
 *                     varint count of labels, that many labels as varints, ascending
 * section 17, strings
 *   texts           string column – each text that is a property, once, by first use
 * section 18, nodes
 *   bound           varint – every node's id is below
 *   label sets      packed – per id its label set, 0 where there is no node
 * section 19, relationships
 *   bound           varint – every relationship's id is below
 *   types           packed – per id its type plus one, 0 where there is none
 *   starts, ends    packed each – per id the node, 0 where there is none
 * section 20, properties of nodes; section 21, properties of relationships
 *   for each key in the order of ids: varint count of pages, then the pages by ascending number
 *     number        varint – it has the values of the ids number * 512 and on
 *     kind          byte – 0 integers, 1 floats, 2 booleans, 3 strings, 4 others
 *     count         varint – of values, from 1 to 512
 *     slots         byte 0: the first count slots; or byte 1 and 64 bytes, bit s for slot s
 *     values        integers: byte width, count numbers of so many bytes, zigzag
 *                   floats:   count times 8 bytes, IEEE 754
 *                   booleans: (count + 7) / 8 bytes, lowest bit first
 *                   strings:  byte width, count places in section 17 of so many bytes
 *                   others:   count values as {@link org.weftdb.value.ValueCodec} writes them
 * section 22, indexes
 *   count           varint, then for each in the order of creation
 *     definition    as {@link ChangeCodec} writes it behind operation 14; in version 1 behind 12
 *     entries       of RANGE alone: varint count, packed – ids in the order of (value, id)
 * section 23, constraints; not in version 1
 *   count           varint, then for each in the order of creation
 *     definition    as {@link ChangeCodec} writes it behind operation 15
 * packed = byte width (0 to 4), then each number in so many bytes, lowest first; 0 bytes: all are 0
 * </pre>
 *
 * <p>The kind of a page is what its values are, not what they were, and everything else has one
 * order, so equal graphs give equal bytes on every platform. Adjacency is not written: it is sorted
 * anew out of section 19 in about the time that reading and checking it would take; so are the
 * entries of the other kinds of indexes.
 *
 * <p>What is read is checked to be a graph: bytes that are not are {@link ErrorCode#CORRUPTED} or
 * {@link ErrorCode#TRUNCATED}.
 */
public final class GraphSnapshotCodec {
  static final int NAMES = SectionIds.FIRST_OF_GRAPH;
  static final int STRINGS = SectionIds.FIRST_OF_GRAPH + 1;
  static final int NODES = SectionIds.FIRST_OF_GRAPH + 2;
  static final int RELATIONSHIPS = SectionIds.FIRST_OF_GRAPH + 3;
  static final int NODE_PROPERTIES = SectionIds.FIRST_OF_GRAPH + 4;
  static final int RELATIONSHIP_PROPERTIES = SectionIds.FIRST_OF_GRAPH + 5;
  static final int INDEXES = SectionIds.FIRST_OF_GRAPH + 6;
  static final int CONSTRAINTS = SectionIds.FIRST_OF_GRAPH + 7;

  private GraphSnapshotCodec() {}

  /** The manifest of a graph that contains the commits up to a number. */
  public static Manifest manifest(GraphSnapshot snapshot, long walLsn) {
    return Manifest.of(snapshot.nodeCount(), snapshot.relationshipCount(), walLsn);
  }

  /** Writes the graph's sections behind what the writer has. */
  public static void encode(GraphSnapshot snapshot, SnapshotWriter target) {
    new SnapshotEncoder(snapshot.state, target).encode();
  }

  /**
   * Reads a graph.
   *
   * @throws WeftException {@link ErrorCode#CORRUPTED} or {@link ErrorCode#TRUNCATED} when the
   *     sections are missing or are not those of a graph
   */
  public static GraphSnapshot decode(SnapshotReader source) {
    GraphState state = new SnapshotDecoder(source).decode();
    Manifest manifest = source.manifest();
    if (manifest.nodeCount() != state.nodeCount
        || manifest.relationshipCount() != state.relationshipCount) {
      throw new WeftException(
          ErrorCode.CORRUPTED,
          source.name()
              + ": the manifest says "
              + manifest.nodeCount()
              + " nodes and "
              + manifest.relationshipCount()
              + " relationships, but there are "
              + state.nodeCount
              + " and "
              + state.relationshipCount);
    }
    return new GraphSnapshot(state);
  }
}
