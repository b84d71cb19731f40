/**
 * A second implementation of Cypher, as simple as can be: it walks over the parsed query clause by
 * clause, with lists of rows, over a graph of objects. It has no plan, no batches, no indexes and
 * no store, and takes from the product only the parser. Random queries over random graphs must get
 * the same answers from both.
 *
 * <p>What it does not know it refuses with {@code IllegalStateException}; {@link
 * org.weftdb.reference.RandomQuery} writes only what it knows.
 */
@NullMarked
package org.weftdb.reference;

import org.jspecify.annotations.NullMarked;
