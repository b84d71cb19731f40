/**
 * WeftDB beside other embedded graph databases, on the JVM: the half of {@code bench/peers} that
 * runs Java. It reads the same specification and the same tables, measures in the same way and
 * prints the same lines as {@code bench/peers/lib/process.mjs}; {@code bench/peers/README.md} says
 * what they mean.
 *
 * <p>A database under test is a {@link org.weftdb.bench.peers.Peer}. Nothing else here knows which
 * one it is; those that need libraries are in modules of their own.
 */
@NullMarked
package org.weftdb.bench.peers;

import org.jspecify.annotations.NullMarked;
