package org.weftdb.graph;

import java.util.ArrayList;
import java.util.List;

/** What a verification has found, up to a number that people can read. */
final class Findings {
  static final int MOST = 100;

  private final List<String> texts = new ArrayList<>();

  /** Whether there is no room for more, so that looking on is of no use. */
  boolean isFull() {
    return texts.size() > MOST;
  }

  void add(String text) {
    if (texts.size() < MOST) {
      texts.add(text);
    } else if (texts.size() == MOST) {
      texts.add("and more, which were not looked for");
    }
  }

  /** Notes a number that is not as expected. */
  void addUnlessEqual(long expected, long actual, String what) {
    if (expected != actual) {
      add(what + ": " + expected + " expected, " + actual + " found");
    }
  }

  List<String> texts() {
    return List.copyOf(texts);
  }
}
