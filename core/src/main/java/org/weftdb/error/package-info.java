/**
 * Errors of WeftDB: one exception type, numbered codes, positions in a query.
 *
 * <p>Three kinds of failure exist and are never mixed. What a caller or the data did wrong is a
 * {@link org.weftdb.error.WeftException} with an {@link org.weftdb.error.ErrorCode}; damaged bytes
 * are one too, in the category {@link org.weftdb.error.ErrorCategory#CORRUPTION}; a broken
 * invariant of WeftDB itself is an {@link java.lang.IllegalStateException} or {@link
 * java.lang.AssertionError} and means a bug.
 *
 * <p>This package is the lowest of all and imports nothing of WeftDB. Its types are immutable.
 */
@NullMarked
package org.weftdb.error;

import org.jspecify.annotations.NullMarked;
