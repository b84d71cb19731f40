package org.weftdb.graph;

import org.jspecify.annotations.Nullable;

/** The index as a persistent B+ tree. */
abstract non-sealed class ValueIndex extends Index {}
