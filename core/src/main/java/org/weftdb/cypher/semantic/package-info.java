/**
 * Whether a query that is well formed has a meaning: scopes and kinds of variables, where
 * aggregates and patterns may stand, types as far as they are certain before the query runs.
 *
 * <p>{@link org.weftdb.cypher.semantic.SemanticAnalyzer#analyze} refuses with the first error in
 * the order of the text, or answers a {@link org.weftdb.cypher.semantic.SemanticResult}. It
 * rewrites nothing. What a planner takes from the result:
 *
 * <ul>
 *   <li>{@link org.weftdb.cypher.semantic.SemanticResult#projection} for every WITH and RETURN: the
 *       columns with {@code *} expanded, which of them aggregate and which are grouping keys, and
 *       what ORDER BY and WHERE after it may see;
 *   <li>{@link org.weftdb.cypher.semantic.SemanticResult#scopeBefore} for every clause: which
 *       variables are bound when it starts, and what they hold, so that a pattern's other variables
 *       are the ones it binds;
 *   <li>the names of the result's columns, the parameters needed, and whether the query changes
 *       anything.
 * </ul>
 *
 * <p>What it guarantees for a query that passes: every variable that is used is bound; a variable
 * in a pattern is new, or holds what its place needs or may do so at run time; patterns that create
 * have one type and a direction per relationship (MERGE may leave the direction open) and no
 * variable lengths, and the properties of a part of CREATE use variables from before the clause or
 * of earlier parts, those of MERGE only the former; an expression that aggregates uses outside its
 * aggregates only grouping keys that are variables or properties, and constants; aggregates in
 * ORDER BY are ones that the projection has; SKIP and LIMIT use no variables; the queries of a
 * union have the same columns; functions exist and take that many arguments.
 *
 * <p>Functions and procedures are known through {@link
 * org.weftdb.cypher.semantic.FunctionSignatures} and {@link
 * org.weftdb.cypher.semantic.ProcedureSignatures}; this package knows neither their
 * implementations, nor values, graphs or plans. The analysis has no state between calls; a result
 * is not changed after it was returned.
 */
@NullMarked
package org.weftdb.cypher.semantic;

import org.jspecify.annotations.NullMarked;
