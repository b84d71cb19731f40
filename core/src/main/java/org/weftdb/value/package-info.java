/**
 * Cypher values: what they are, how they are kept in columns and how they become bytes.
 *
 * <p>A value is a plain Java object: {@code null}, {@link java.lang.Boolean}, {@link
 * java.lang.Long}, {@link java.lang.Double}, {@link java.lang.String}, an unmodifiable {@link
 * java.util.List} or an insertion-ordered {@link java.util.Map} with string keys. Entities have two
 * forms. Inside the engine they are references by id: {@link org.weftdb.value.NodeReference},
 * {@link org.weftdb.value.RelationshipReference}, {@link org.weftdb.value.PathReference}. Callers
 * get copies that stand alone: {@link org.weftdb.value.Node}, {@link
 * org.weftdb.value.Relationship}, {@link org.weftdb.value.Path}. A <em>storable</em> value is one
 * that a property may hold: a boolean, an integer, a float, a string, a temporal value, a {@link
 * org.weftdb.value.Point}, a {@link org.weftdb.value.VectorValue}, a {@link
 * org.weftdb.value.ByteString}, or a list of these. Temporal values are the classes of {@code
 * org.weftdb.value.temporal}.
 *
 * <p>All values are immutable and may be shared between threads; a {@link org.weftdb.value.Vector}
 * is not a value but a reusable column of them, for one thread. Walks into nested values are
 * bounded by {@link org.weftdb.value.ValueCodec#MAX_NESTING}.
 *
 * <p>This package knows nothing of graphs, queries or storage.
 */
@NullMarked
package org.weftdb.value;

import org.jspecify.annotations.NullMarked;
