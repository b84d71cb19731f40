/**
 * Tables as text: where LOAD CSV finds them, and how their records are read.
 *
 * <p>A {@link org.weftdb.csv.CsvSource} is given by the host and decides what a query may read; a
 * {@link org.weftdb.csv.CsvInput} is one opened table; a {@link org.weftdb.csv.CsvReader} takes its
 * records apart. Only one record is in memory at a time.
 *
 * <p>For one thread. Must not know files, networks or queries.
 */
@NullMarked
package org.weftdb.csv;

import org.jspecify.annotations.NullMarked;
