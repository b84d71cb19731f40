/**
 * The functions of Cypher: what can be called in an expression, and the aggregates.
 *
 * <p>Vocabulary: a <em>scalar function</em> maps the arguments of one row to a value; an
 * <em>aggregate function</em> makes an {@link org.weftdb.cypher.function.Aggregator} for each group
 * of rows, which is given one value per row and then asked once for the result. Functions are found
 * by their <em>canonical name</em>, the name in lower case.
 *
 * <p>Invariants: a function never changes its arguments; its result depends on nothing but the
 * arguments and its {@link org.weftdb.cypher.function.FunctionContext}, so that a run can be
 * repeated exactly, on the JVM and in WebAssembly; an argument that it cannot work on is a {@link
 * org.weftdb.error.WeftException} that names the function, the argument and its type. {@code null}
 * arguments give {@code null} unless the function says otherwise.
 *
 * <p>Threading: definitions are immutable and shared; an aggregator belongs to one query. This
 * package knows values, but no graph: it reads nodes and relationships through the context only. It
 * knows nothing of plans and execution.
 */
@NullMarked
package org.weftdb.cypher.function;

import org.jspecify.annotations.NullMarked;
