package org.weftdb.tck;

import java.util.Map;
import org.weftdb.tck.TckScenario.Table;

/** What a scenario needs of a database; each scenario has a new and empty one of its own. */
interface TckDatabase extends AutoCloseable {
  /**
   * Runs a query to its end.
   *
   * @throws org.weftdb.error.WeftException when the query fails, at whatever point
   */
  Table execute(String query, Map<String, TckValue> parameters);

  /** Makes a procedure known, which answers with the rows of a table. */
  void register(TckScenario.Procedure procedure);

  GraphState state();

  @Override
  void close();
}
