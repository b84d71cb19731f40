package org.weftdb.cypher.exec;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.error.WeftException;
import org.weftdb.value.NodeReference;
import org.weftdb.value.Point;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.Vector;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalComponents;
import org.weftdb.value.temporal.TemporalValue;

/** {@code subject.key}; reads a whole column of nodes or relationships at once. */
final class PropertyEvaluator extends Evaluator {
  private final QueryState state;
  private final Evaluator subject;
  private final Names.Key key;
  private final Origin origin;

  PropertyEvaluator(QueryState state, Evaluator subject, String key, Origin origin) {
    this.origin = origin;
    this.state = state;
    this.subject = subject;
    this.key = new Names.Key(state, key);
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    return located(subject.value(batch, row));
  }

  private @Nullable Object located(@Nullable Object from) {
    try {
      return property(state, from, key);
    } catch (WeftException failure) {
      throw origin.locate(failure);
    }
  }

  /** The property of any value that has properties; null of null. */
  static @Nullable Object property(QueryState state, @Nullable Object subject, Names.Key key) {
    if (subject == null) {
      return null;
    } else if (subject instanceof NodeReference node) {
      return state.nodeProperty(node.id(), key.id());
    } else if (subject instanceof RelationshipReference relationship) {
      return state.relationshipProperty(relationship.id(), key.id());
    } else if (subject instanceof Map<?, ?> map) {
      return map.get(key.name);
    } else if (subject instanceof TemporalValue value) {
      return TemporalComponents.of(value, key.name);
    } else if (subject instanceof DurationValue duration) {
      return TemporalComponents.of(duration, key.name);
    } else if (subject instanceof Point point) {
      return point.component(key.name);
    }
    throw mismatch(
        "a Node, Relationship, Map, Point or temporal value with a property " + key.name, subject);
  }

  @Override
  Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
    Vector subjects = subject.evaluate(batch, rows, count);
    if (subjects.kind == Vector.Kind.NODE) {
      if (state.deletes) {
        checkNodes(subjects, rows, count);
      }
      state.graph.nodeProperties(key.id(), subjects, rows, count, result);
      return result;
    } else if (subjects.kind == Vector.Kind.RELATIONSHIP) {
      if (state.deletes) {
        checkRelationships(subjects, rows, count);
      }
      state.graph.relationshipProperties(key.id(), subjects, rows, count, result);
      return result;
    }
    result.reset(Vector.Kind.OBJECT, batch.size);
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      result.objects[row] = located(subjects.value(row));
    }
    return result;
  }

  private void checkNodes(Vector subjects, int @Nullable [] rows, int count) {
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (!subjects.isNull(row)) {
        state.checkNode((int) subjects.longs[row]);
      }
    }
  }

  private void checkRelationships(Vector subjects, int @Nullable [] rows, int count) {
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (!subjects.isNull(row)) {
        state.checkRelationship((int) subjects.longs[row]);
      }
    }
  }
}
