package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;

/** Gives out the slots of one statement. */
final class Slots {
  private final List<String> names = new ArrayList<>();

  /** A new slot for a variable. */
  int add(String name) {
    names.add(name);
    return names.size() - 1;
  }

  /** A new slot for something that has no name in the query. */
  int addAnonymous() {
    return add("_" + names.size());
  }

  String name(int slot) {
    return names.get(slot);
  }

  List<String> names() {
    return names;
  }
}
