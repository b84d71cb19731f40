package org.weftdb.cypher.plan;

import java.util.List;

/** One change of SET or REMOVE. The subject is a node, a relationship or null (no change). */
public sealed interface Update {
  /** {@code SET subject.key = value}; null removes. */
  record SetProperty(Scalar subject, String key, Scalar value) implements Update {}

  /** {@code SET subject = map}, or {@code +=} when {@code merge}. */
  record SetProperties(Scalar subject, Scalar map, boolean merge) implements Update {}

  /** {@code SET subject[key] = value}; null removes. */
  record SetDynamicProperty(Scalar subject, Scalar key, Scalar value) implements Update {}

  /** {@code SET subject:$(names)}. */
  record SetDynamicLabels(Scalar subject, Scalar names) implements Update {}

  /** {@code REMOVE subject:$(names)}. */
  record RemoveDynamicLabels(Scalar subject, Scalar names) implements Update {}

  record SetLabels(Scalar subject, List<String> labels) implements Update {
    public SetLabels {
      labels = List.copyOf(labels);
    }
  }

  record RemoveLabels(Scalar subject, List<String> labels) implements Update {
    public RemoveLabels {
      labels = List.copyOf(labels);
    }
  }
}
