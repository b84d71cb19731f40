package org.weftdb.cypher.plan;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a path: one relationship, or a path that is repeated.
 *
 * @param relationship slot of the relationship, or of the list of them
 * @param repeated whether there is a list of relationships
 * @param maximum -1 for no bound
 * @param repetition as it is walked; of one step for one relationship
 * @param each predicate on a repetition under the slots of it, or null
 */
public record PathPiece(
    int relationship,
    boolean repeated,
    int minimum,
    int maximum,
    Repetition repetition,
    @Nullable Scalar each) {}
