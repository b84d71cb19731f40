package org.weftdb.cypher.plan;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What is known of slots at a place of a plan. */
final class KnownSlots {
  /** The slots that have been filled. */
  final BitSet bound = new BitSet();

  /** By slot of a node labels of which it has one. */
  final Map<Integer, Set<String>> labels = new HashMap<>();

  KnownSlots copy() {
    KnownSlots copy = new KnownSlots();
    copy.bound.or(bound);
    copy.labels.putAll(labels);
    return copy;
  }

  /** Takes over what is known of the slots that an inner plan has filled. */
  void addFilledBy(KnownSlots inner) {
    for (Map.Entry<Integer, Set<String>> entry : inner.labels.entrySet()) {
      if (!bound.get(entry.getKey())) {
        labels.put(entry.getKey(), entry.getValue());
      }
    }
    bound.or(inner.bound);
  }
}
