package org.weftdb.cypher.exec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;

/** The changes of SET and REMOVE, for one row after another. */
abstract class Updates {
  final QueryState state;
  final Evaluator subject;

  Updates(QueryState state, Evaluator subject) {
    this.state = state;
    this.subject = subject;
  }

  /** Makes the change for one row; a null subject is none. */
  final void apply(Batch batch, int row) {
    Object entity = subject.value(batch, row);
    if (entity == null) {
      return;
    }
    if (entity instanceof NodeReference node) {
      state.checkNode(node.id());
    } else if (entity instanceof RelationshipReference relationship) {
      state.checkRelationship(relationship.id());
    } else {
      throw Evaluator.mismatch("a Node or Relationship to change", entity);
    }
    change(entity, batch, row);
  }

  abstract void change(Object entity, Batch batch, int row);

  /** Sets a property of a node or relationship and counts it. */
  static void setProperty(QueryState state, Object entity, int key, @Nullable Object value) {
    GraphTransaction graph = state.writable();
    long before = state.memory.made();
    if (!ValueSize.isSmall(value)
        && value instanceof List<?> list
        && list.size() > Batch.MAXIMUM_ROWS) {
      state.memory.make((long) ValueSize.FLAT * list.size(), "storing a list");
    }
    boolean changed =
        entity instanceof NodeReference node
            ? graph.setNodeProperty(node.id(), key, value)
            : graph.setRelationshipProperty(((RelationshipReference) entity).id(), key, value);
    state.memory.makeAgain(before);
    if (changed || value != null) {
      state.counters.propertiesSet++;
    }
  }

  /** A map, or the properties of a node or relationship. */
  static Map<String, @Nullable Object> asMap(QueryState state, Object value) {
    if (value instanceof NodeReference || value instanceof RelationshipReference) {
      return state.properties(value);
    } else if (value instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // the keys of Cypher's maps are strings
      Map<String, @Nullable Object> entries = (Map<String, @Nullable Object>) map;
      return entries;
    }
    throw Evaluator.mismatch("a Map, Node or Relationship as properties", value);
  }

  /** {@code SET n.key = value}. */
  static final class SetProperty extends Updates {
    private final Names.Key key;
    private final Evaluator value;

    SetProperty(QueryState state, Evaluator subject, String key, Evaluator value) {
      super(state, subject);
      this.key = new Names.Key(state, key);
      this.value = value;
    }

    @Override
    void change(Object entity, Batch batch, int row) {
      Object property = value.value(batch, row);
      if (property == null && key.id() < 0) {
        return;
      }
      setProperty(state, entity, key.idOrCreate(), property);
    }
  }

  /** {@code SET n[key] = value}. */
  static final class SetDynamicProperty extends Updates {
    private final Evaluator key;
    private final Evaluator value;

    SetDynamicProperty(QueryState state, Evaluator subject, Evaluator key, Evaluator value) {
      super(state, subject);
      this.key = key;
      this.value = value;
    }

    @Override
    void change(Object entity, Batch batch, int row) {
      String name = DynamicNames.key(key.value(batch, row));
      Object property = value.value(batch, row);
      GraphTransaction graph = state.writable();
      int id = property == null ? graph.catalog().keyId(name) : graph.keyIdOrCreate(name);
      if (id >= 0) {
        setProperty(state, entity, id, property);
      }
    }
  }

  /** {@code SET n:$(names)} and {@code REMOVE n:$(names)}. */
  static final class DynamicLabels extends Updates {
    private final Evaluator names;
    private final boolean add;

    DynamicLabels(QueryState state, Evaluator subject, Evaluator names, boolean add) {
      super(state, subject);
      this.names = names;
      this.add = add;
    }

    @Override
    void change(Object entity, Batch batch, int row) {
      int node = Entities.node(entity);
      GraphTransaction graph = state.writable();
      for (String name : DynamicNames.required(names.value(batch, row))) {
        if (add) {
          state.counters.labelsAdded += graph.addLabel(node, graph.labelIdOrCreate(name)) ? 1 : 0;
        } else {
          int label = graph.catalog().labelId(name);
          boolean removed = label >= 0 && graph.removeLabel(node, label);
          state.counters.labelsRemoved += removed ? 1 : 0;
        }
      }
    }
  }

  /** {@code SET n = map} and {@code SET n += map}. */
  static final class SetProperties extends Updates {
    private final Evaluator map;
    private final boolean merge;

    SetProperties(QueryState state, Evaluator subject, Evaluator map, boolean merge) {
      super(state, subject);
      this.map = map;
      this.merge = merge;
    }

    @Override
    void change(Object entity, Batch batch, int row) {
      Object value = map.value(batch, row);
      if (value == null && merge) {
        return;
      }
      Map<String, @Nullable Object> entries = value == null ? Map.of() : asMap(state, value);
      GraphTransaction graph = state.writable();
      if (!merge) {
        List<String> keys = state.keys(entity);
        for (int i = 0; i < keys.size(); i++) {
          if (entries.get(keys.get(i)) == null) {
            setProperty(state, entity, graph.catalog().keyId(keys.get(i)), null);
          }
        }
      }
      for (Map.Entry<String, @Nullable Object> entry : entries.entrySet()) {
        Object property = entry.getValue();
        if (property != null) {
          setProperty(state, entity, graph.keyIdOrCreate(entry.getKey()), property);
        } else if (merge) {
          int key = graph.catalog().keyId(entry.getKey());
          if (key >= 0) {
            setProperty(state, entity, key, null);
          }
        }
      }
    }
  }

  /** {@code SET n:A:B}. */
  static final class SetLabels extends Updates {
    private final Names.Label[] labels;

    SetLabels(QueryState state, Evaluator subject, Names.Label[] labels) {
      super(state, subject);
      this.labels = labels;
    }

    @Override
    void change(Object entity, Batch batch, int row) {
      int node = Entities.node(entity);
      for (Names.Label label : labels) {
        if (state.writable().addLabel(node, label.idOrCreate())) {
          state.counters.labelsAdded++;
        }
      }
    }
  }

  /** {@code REMOVE n:A:B}. */
  static final class RemoveLabels extends Updates {
    private final Names.Label[] labels;

    RemoveLabels(QueryState state, Evaluator subject, Names.Label[] labels) {
      super(state, subject);
      this.labels = labels;
    }

    @Override
    void change(Object entity, Batch batch, int row) {
      int node = Entities.node(entity);
      for (Names.Label label : labels) {
        int id = label.id();
        if (id >= 0 && state.writable().removeLabel(node, id)) {
          state.counters.labelsRemoved++;
        }
      }
    }
  }
}
