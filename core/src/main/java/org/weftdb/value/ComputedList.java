package org.weftdb.value;

/** Says of a {@link java.util.List} that it computes its elements and takes no memory for them. */
public interface ComputedList {}
