package org.weftdb.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every scenario of the openCypher TCK as a test of its own.
 *
 * <p>The kit tags one scenario, {@code Graph5 [2]}, to be ignored, because its authors found it odd
 * that a relationship can be asked for its type as a node for its labels. It is run like the
 * others: {@code r:T2} has one meaning only, which is the one that the scenario describes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TckTest {
  private static final int SCENARIOS = 3897;

  private final List<TckScenario> scenarios = TckFeatures.read();
  private final TckRunner runner = new TckRunner(WeftDatabase::new);
  private int run;

  @Test
  void theKitHasAllItsScenariosAndNoTwoHaveOneName() {
    assertEquals(SCENARIOS, scenarios.size());
    Set<String> ids = new TreeSet<>();
    scenarios.forEach(scenario -> ids.add(scenario.id()));
    assertEquals(SCENARIOS, ids.size());
  }

  @TestFactory
  List<DynamicNode> scenarios() {
    Map<String, List<DynamicTest>> byFeature = new LinkedHashMap<>();
    for (TckScenario scenario : scenarios) {
      byFeature
          .computeIfAbsent(scenario.feature(), feature -> new ArrayList<>())
          .add(DynamicTest.dynamicTest(scenario.id(), () -> check(scenario)));
    }
    return byFeature.entrySet().stream()
        .<DynamicNode>map(e -> DynamicContainer.dynamicContainer(e.getKey(), e.getValue()))
        .toList();
  }

  private void check(TckScenario scenario) {
    TckRunner.Failure failure = runner.run(scenario);
    run++;
    if (failure != null) {
      fail(scenario.id() + "\n" + failure.reason() + "\n" + failure.detail(), failure.cause());
    }
  }

  @AfterAll
  void leaveWhatOthersRead() {
    if (run == scenarios.size()) {
      TckCorpus.write(scenarios);
    }
  }
}
