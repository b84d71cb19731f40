/**
 * The engine: the one place where queries, graph, log, snapshots and storage are wired together.
 *
 * <p>Vocabulary: a <em>root</em> is a committed graph with its LSN and the version of its schema;
 * to <em>publish</em> a root is to make it what new transactions begin from; the <em>write
 * turn</em> is the right to be the only writer; a <em>loaded</em> snapshot is one that replaced the
 * graph, a <em>checkpoint</em> one that only saves replaying the log.
 *
 * <p>Invariants: a root is published after its commit is in the log, and with {@code PER_COMMIT}
 * durable there; after the log has failed every call is refused; recovery gives every commit that
 * was acknowledged as durable, and no part of another; a statement that fails leaves its
 * transaction as it was before it.
 *
 * <p>Threading: {@link org.weftdb.engine.Engine} may be used from any number of threads; readers
 * never wait; writers wait for the write turn, which comes from outside since the core has neither
 * locks nor threads. A transaction or result belongs to one thread at a time. Clock, randomness and
 * storage come from outside too. Nothing here knows paths or threads; it runs in WebAssembly as it
 * is.
 */
@NullMarked
package org.weftdb.engine;

import org.jspecify.annotations.NullMarked;
