package org.weftdb.csv;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Opens the tables that queries name; what it refuses, no query can read. */
@FunctionalInterface
public interface CsvSource {
  /** Refuses everything. */
  CsvSource NONE =
      url -> {
        throw new WeftException(
            ErrorCode.CSV_UNAVAILABLE,
            "LOAD CSV is not allowed here: the database was given nothing to load from");
      };

  /**
   * Opens a table, to be read once from its beginning.
   *
   * @param url what the query names, as it is
   * @throws WeftException {@link ErrorCode#CSV_UNAVAILABLE} when there is no such table or it must
   *     not be read
   */
  CsvInput open(String url);
}
