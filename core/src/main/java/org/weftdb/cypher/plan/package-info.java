/**
 * From the syntax tree to a plan: what a query means becomes operators and the order they run in.
 *
 * <p>A {@link org.weftdb.cypher.plan.Statement} holds a tree of {@link org.weftdb.cypher.plan.Plan}
 * operators, whose expressions are {@link org.weftdb.cypher.plan.Scalar}s. Names are gone: every
 * variable of a statement, in all its parts and nested plans, has a <i>slot</i>, a number that is
 * its column in every row. {@link org.weftdb.cypher.plan.Planner} makes statements: it lowers
 * expressions, orders the pieces of each pattern by the counts of a {@link
 * org.weftdb.cypher.plan.PlannerCatalog}, applies the rewrite rules of the package {@code rule},
 * and puts barriers between reads and writes that could disturb each other. {@link
 * org.weftdb.cypher.plan.PlanPrinter} shows a plan as text.
 *
 * <p>Invariants: a slot is filled by one operator only, or by operators of different branches of a
 * union or a merge; the depth of a plan, nested plans included, is bounded, so that operators may
 * recurse. Plans, scalars and statements are immutable and safe for any number of threads; a
 * planner serves one thread at a time.
 *
 * <p>This package reads no property and no relationship of the graph, only its counts and its
 * indexes, and never evaluates a function. It does not know how operators run.
 */
@NullMarked
package org.weftdb.cypher.plan;

import org.jspecify.annotations.NullMarked;
