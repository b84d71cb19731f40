package org.weftdb.cypher.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.weftdb.cypher.function.FunctionDescription;
import org.weftdb.cypher.function.FunctionRegistry;

class FunctionNamesTest {
  @Test
  void whatThePlannerKnowsOfFunctionsIsWhatTheTableSays() {
    for (FunctionDescription function : FunctionRegistry.standard().descriptions()) {
      String name = FunctionNames.canonical(function.name());
      assertEquals(function.aggregating(), FunctionNames.isAggregate(name), name);
      assertEquals(function.deterministic(), FunctionNames.isDeterministic(name), name);
    }
  }
}
