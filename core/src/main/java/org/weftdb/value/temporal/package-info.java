/**
 * Temporal values: dates, times, date-times and durations of the proleptic Gregorian calendar (ISO
 * 8601), to the nanosecond, in the years from -999999999 to 999999999.
 *
 * <p>A day has 86,400 seconds; there are no leap seconds. An <em>offset</em> is seconds east of
 * UTC, at most 18 hours either way. A <em>zone</em> is an offset or the name of a zone of the IANA
 * time zone database; a value with a named zone keeps the offset that it was made with, so that
 * reading, comparing and printing it needs no rules. Everything that computes a new local time in a
 * named zone takes {@link org.weftdb.value.temporal.ZoneRules}, which come from outside.
 *
 * <p>All values are immutable and may be shared between threads. Numbers outside what a type holds
 * are an error of {@link org.weftdb.error.ErrorCode#INVALID_ARGUMENT_VALUE}, sums that leave 64
 * bits one of {@link org.weftdb.error.ErrorCode#INTEGER_OVERFLOW}.
 *
 * <p>This package knows nothing of the other values, of functions and of clocks.
 */
@NullMarked
package org.weftdb.value.temporal;

import org.jspecify.annotations.NullMarked;
