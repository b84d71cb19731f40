package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/** Asserts that the parts of a graph agree with each other, whatever is in it. */
public final class GraphInvariants {
  private GraphInvariants() {}

  public static void check(GraphView view) {
    assertEquals(List.of(), GraphVerifier.problems(view));
  }

  static void checkTree(ValueIndex index) {
    Findings findings = new Findings();
    IndexTreeVerifier.check(index.root(), index.definition().name(), findings);
    assertEquals(List.of(), findings.texts());
  }
}
