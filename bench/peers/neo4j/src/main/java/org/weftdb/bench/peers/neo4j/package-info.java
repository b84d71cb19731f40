/** Neo4j embedded as a {@link org.weftdb.bench.peers.Peer}. */
@NullMarked
package org.weftdb.bench.peers.neo4j;

import org.jspecify.annotations.NullMarked;
