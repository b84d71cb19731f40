package org.weftdb.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every scenario of the openCypher TCK as a test of its own. One that is listed as not passing is
 * reported as skipped while it fails, and fails when it passes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TckTest {
  private static final int SCENARIOS = 3897;

  private final List<TckScenario> scenarios = TckFeatures.read();
  private final Set<String> listed = NotPassing.read();
  private final Map<String, Boolean> passed = new TreeMap<>();
  private final TckRunner runner = new TckRunner(WeftDatabase::new);

  @Test
  void theKitHasAllItsScenariosAndNoTwoHaveOneName() {
    assertEquals(SCENARIOS, scenarios.size());
    Set<String> ids = new TreeSet<>();
    scenarios.forEach(scenario -> ids.add(scenario.id()));
    assertEquals(SCENARIOS, ids.size());
  }

  @Test
  void theListNamesOnlyScenariosOfTheKit() {
    Set<String> unknown = new TreeSet<>(listed);
    scenarios.forEach(scenario -> unknown.remove(scenario.id()));
    assertEquals(Set.of(), unknown);
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
    passed.put(scenario.id(), failure == null);
    if (isSet("tck.rewrite")) {
      return;
    }
    boolean isListed = listed.contains(scenario.id());
    if (failure == null && isListed) {
      fail("passes, so take it off the list of what does not: " + scenario.id());
    }
    if (failure != null) {
      Assumptions.assumeFalse(isListed, "listed as not passing: " + failure.reason());
      fail(scenario.id() + "\n" + failure.reason() + "\n" + failure.detail(), failure.cause());
    }
  }

  @AfterAll
  void leaveWhatOthersRead() {
    if (passed.size() < scenarios.size()) {
      return; // Only a part of the kit was run.
    }
    TckCorpus.write(scenarios, passed);
    if (isSet("tck.rewrite")) {
      NotPassing.rewrite(
          passed.entrySet().stream().filter(e -> !e.getValue()).map(Map.Entry::getKey).toList(),
          isSet("tck.allowGrowth"));
    }
  }

  private static boolean isSet(String flag) {
    String value = System.getProperty(flag);
    return value != null && !value.equals("false");
  }
}
