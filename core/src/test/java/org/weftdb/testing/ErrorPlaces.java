package org.weftdb.testing;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.weftdb.error.Position;
import org.weftdb.error.WeftException;

/** What holds for the place of every error of a query. */
public final class ErrorPlaces {
  private ErrorPlaces() {}

  /** Fails when an error of a query does not say where in the query's text. */
  public static void check(WeftException failure, String query) {
    Position place = failure.position();
    assertNotNull(place, () -> "no place in " + query + "\n" + failure.getMessage());
    assertTrue(
        place.offset() >= 0 && place.offset() <= query.length(), () -> place + " in " + query);
    assertTrue(place.line() >= 1 && place.column() >= 1, () -> place + " in " + query);
  }
}
