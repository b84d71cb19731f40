package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names of slots for printed plans: those of the variables, told apart where they are the same. */
final class SlotNames {
  private final List<String> names = new ArrayList<>();

  SlotNames(Statement statement) {
    Set<String> taken = new LinkedHashSet<>();
    int anonymous = 0;
    for (int slot = 0; slot < statement.slotCount(); slot++) {
      String name = statement.slotNames().get(slot);
      if (name.equals("_" + slot)) {
        name = "_" + ++anonymous;
      }
      String unique = name;
      for (int i = 2; !taken.add(unique); i++) {
        unique = name + "@" + i;
      }
      names.add(unique);
    }
  }

  String of(int slot) {
    return names.get(slot);
  }

  String all(List<Integer> slots) {
    StringBuilder text = new StringBuilder();
    for (int slot : slots) {
      text.append(text.length() == 0 ? "" : ", ").append(of(slot));
    }
    return text.toString();
  }
}
