/**
 * The graph in memory: nodes, relationships, labels, properties and indexes as persistent pages.
 *
 * <p><b>Vocabulary.</b> A {@link org.weftdb.graph.GraphSnapshot} is one immutable version of the
 * graph. A {@link org.weftdb.graph.GraphTransaction} is a version in the making that shares with
 * its snapshot every page that it has not written to; {@link
 * org.weftdb.graph.GraphTransaction#commit} freezes it into the next snapshot. Both are a {@link
 * org.weftdb.graph.GraphView}, which is all the reading. A <em>page</em> is a few hundred entries
 * in one array; a <em>label set</em> is the interned set of a node's labels; a <em>segment</em> is
 * a run of adjacency entries in parallel arrays.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>Ids of nodes and relationships are dense, count up from 0, and are never used again once
 *       committed, not even after a deletion or a reload. Ids given out by a transaction that was
 *       rolled back are. The most there can be is 2^31 - 4,096 of each.
 *   <li>What a snapshot can reach never changes. A transaction copies a page the first time it
 *       writes to it, and again after each savepoint, so a write costs the same whatever the size
 *       of the graph, and so does rolling back.
 *   <li>A relationship is in the outgoing entries of its start and in the incoming entries of its
 *       end; entries are sorted by (type, neighbour, relationship).
 *   <li>Nothing that comes out depends on the order of a hash table: names, scans, entries and
 *       indexes have one defined order on every platform.
 * </ul>
 *
 * <p><b>Threading.</b> Any number of threads may read a snapshot. A transaction is for one thread,
 * and one transaction at a time may be committed on top of a snapshot; who begins them sees to
 * that.
 *
 * <p>This package knows nothing of queries, files or the log's records.
 */
@NullMarked
package org.weftdb.graph;

import org.jspecify.annotations.NullMarked;
