/**
 * Rewrite rules, one class each: every rule turns a plan into one with the same rows that costs
 * less. A rule is a {@link org.weftdb.cypher.plan.TreeRewriter} that is offered each operator and
 * each expression once, from the leaves upward; its Javadoc shows what it looks for and what that
 * becomes, operators above their inputs.
 *
 * <p>Rules rely on slots being filled only once in a statement. They change nothing that they are
 * given and know nothing of the store.
 */
@NullMarked
package org.weftdb.cypher.plan.rule;

import org.jspecify.annotations.NullMarked;
