/**
 * Running planned statements: batched pull execution over typed columns.
 *
 * <p>Vocabulary. A <em>batch</em> is a table of up to about a thousand rows whose columns are
 * {@link org.weftdb.value.Vector}s under their plan slots; its <em>selection</em> lists the rows
 * that count, so that a filter copies nothing. An <em>operator</em> gives batches when it is asked.
 * An <em>evaluator</em> is a compiled expression: its scalar form works on any value, its vector
 * form on a whole batch at once. An <em>inner plan</em> is one that runs for rows of another, and
 * starts with an {@code Argument}.
 *
 * <p>Invariants. A batch and its columns are valid until the operator that gave it is asked again,
 * and nobody but that operator changes them, except that operators above may put further columns
 * into free slots and may narrow the selection. First batches are small and grow, so that a {@code
 * LIMIT} stays cheap. An operator copies only the slots that something above it reads. An
 * evaluation that a decided {@code AND}, {@code OR} or {@code CASE} does not need does not happen,
 * so its error does not either.
 *
 * <p>Threading: an execution belongs to one thread at a time. It reads from one {@link
 * org.weftdb.graph.GraphView}; statements that write need a {@link
 * org.weftdb.graph.GraphTransaction}. Undoing a failed statement is the caller's part.
 *
 * <p>This package knows nothing of query text, of the log and of threads.
 */
@NullMarked
package org.weftdb.cypher.exec;

import org.jspecify.annotations.NullMarked;
