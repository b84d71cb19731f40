/**
 * Procedures: what {@code CALL} runs.
 *
 * <p>Vocabulary. A {@link org.weftdb.cypher.procedure.Procedure} has a name with its namespaces, a
 * <em>signature</em> (typed parameters and typed columns, both in openCypher's type language) and a
 * <em>body</em>, which answers with rows. A <em>void</em> procedure has no columns and gives none;
 * a query goes on with the row for which it was called. A {@link
 * org.weftdb.cypher.procedure.ProcedureRegistry} holds the procedures of one database: the built-in
 * ones and those of the embedder.
 *
 * <p>Invariants. Procedures only read: there is no way for a body to change the graph, and a
 * statement with a CALL is not taken for one that writes because of it. A registry never changes.
 * The values that a body sees fit the types of the parameters, those that a query sees fit the
 * types of the columns.
 *
 * <p>Threading: everything here is immutable; bodies are called by the thread that runs the query,
 * several at once when several threads run queries.
 *
 * <p>This package knows neither plans nor graphs; a body sees the graph through {@link
 * org.weftdb.cypher.procedure.ProcedureContext}.
 */
@NullMarked
package org.weftdb.cypher.procedure;

import org.jspecify.annotations.NullMarked;
