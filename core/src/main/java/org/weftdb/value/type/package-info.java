/**
 * Descriptions of types, as Cypher writes them: {@code LIST<INTEGER NOT NULL>}.
 *
 * <p>A {@link org.weftdb.value.type.TypeExpression} says of a value whether it is of the type, has
 * one canonical text for all spellings, and is what {@code IS :: TYPE}, casts and constraints are
 * about. Everything here is immutable.
 */
@NullMarked
package org.weftdb.value.type;

import org.jspecify.annotations.NullMarked;
