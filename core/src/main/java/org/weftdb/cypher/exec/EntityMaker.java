package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;

/** Creates the nodes and relationships of a pattern for one row. */
final class EntityMaker {
  /** The properties of a new entity: a map literal taken apart, or any expression for a map. */
  static final class Properties {
    private final QueryState state;
    private final Names.Key[] keys;
    private final Evaluator[] values;
    private final @Nullable Evaluator map;

    Properties(QueryState state, @Nullable Evaluator map) {
      this.state = state;
      if (map instanceof CollectionEvaluators.MapLiteral literal) {
        this.map = null;
        this.values = literal.values;
        this.keys = new Names.Key[literal.keys.length];
        for (int i = 0; i < keys.length; i++) {
          keys[i] = new Names.Key(state, literal.keys[i]);
        }
      } else {
        this.map = map;
        this.keys = new Names.Key[0];
        this.values = new Evaluator[0];
      }
    }

    /** An error when a property of the pattern of MERGE is null. */
    void checkNoneNull(Batch batch, int row) {
      for (int i = 0; i < keys.length; i++) {
        if (values[i].value(batch, row) == null) {
          throw nullInMerge(keys[i].name);
        }
      }
      Object value = map == null ? null : map.value(batch, row);
      if (value instanceof Map<?, ?> entries) {
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
          if (entry.getValue() == null) {
            throw nullInMerge((String) entry.getKey());
          }
        }
      }
    }

    private static WeftException nullInMerge(String key) {
      return new WeftException(
          ErrorCode.MERGE_WITH_NULL_PROPERTY,
          "MERGE cannot look for a null, which the property " + key + " is");
    }

    void setOn(Object entity, Batch batch, int row) {
      for (int i = 0; i < keys.length; i++) {
        Object value = values[i].value(batch, row);
        if (value != null) {
          Updates.setProperty(state, entity, keys[i].idOrCreate(), value);
        }
      }
      Object value = map == null ? null : map.value(batch, row);
      if (value == null) {
        return;
      }
      Map<String, @Nullable Object> entries = Updates.asMap(state, value);
      GraphTransaction graph = state.writable();
      for (Map.Entry<String, @Nullable Object> entry : entries.entrySet()) {
        Object property = entry.getValue();
        if (property != null) {
          Updates.setProperty(state, entity, graph.keyIdOrCreate(entry.getKey()), property);
        }
      }
    }
  }

  /** A node to make. */
  record NodeMaker(
      int slot,
      Names.Label[] labels,
      Evaluator[] dynamicLabels,
      Properties properties,
      Origin origin) {}

  /** A relationship to make, of a fixed or a computed type. */
  record RelationshipMaker(
      int slot,
      String type,
      @Nullable Evaluator dynamicType,
      int start,
      int end,
      Properties properties,
      Origin origin) {}

  private final QueryState state;
  final NodeMaker[] nodes;
  final RelationshipMaker[] relationships;

  EntityMaker(QueryState state, NodeMaker[] nodes, RelationshipMaker[] relationships) {
    this.state = state;
    this.nodes = nodes;
    this.relationships = relationships;
  }

  void checkNoneNull(Batch batch, int row) {
    for (NodeMaker node : nodes) {
      node.properties().checkNoneNull(batch, row);
    }
    for (RelationshipMaker relationship : relationships) {
      relationship.properties().checkNoneNull(batch, row);
    }
  }

  /**
   * Creates all of them for a row.
   *
   * @param from the row from which expressions read
   * @param to where the new ids are put, at the slots of what is made; may be {@code from}. Ends of
   *     relationships are looked for here
   */
  void make(Batch from, int fromRow, Batch to, int toRow) {
    for (NodeMaker node : nodes) {
      try {
        to.column(node.slot()).set(toRow, makeNode(node, from, fromRow));
      } catch (WeftException failure) {
        throw node.origin().locate(failure);
      }
    }
    for (RelationshipMaker relationship : relationships) {
      try {
        makeRelationship(relationship, from, fromRow, to, toRow);
      } catch (WeftException failure) {
        throw relationship.origin().locate(failure);
      }
    }
  }

  private void makeRelationship(
      RelationshipMaker relationship, Batch from, int fromRow, Batch to, int toRow) {
    Evaluator computed = relationship.dynamicType();
    String name =
        computed == null ? relationship.type() : DynamicNames.one(computed.value(from, fromRow));
    int start = end(to, relationship.start(), toRow, name);
    int end = end(to, relationship.end(), toRow, name);
    int type = state.writable().typeIdOrCreate(name);
    int id = state.writable().createRelationship(type, start, end);
    state.counters.relationshipsCreated++;
    RelationshipReference reference = new RelationshipReference(id);
    relationship.properties().setOn(reference, from, fromRow);
    to.column(relationship.slot()).set(toRow, reference);
  }

  private NodeReference makeNode(NodeMaker node, Batch batch, int row) {
    int[] labels = new int[node.labels().length];
    int n = 0;
    for (Names.Label label : node.labels()) {
      n = addTo(labels, n, label.idOrCreate());
    }
    for (Evaluator computed : node.dynamicLabels()) {
      List<String> names = DynamicNames.required(computed.value(batch, row));
      labels = Arrays.copyOf(labels, labels.length + names.size());
      for (String name : names) {
        n = addTo(labels, n, state.writable().labelIdOrCreate(name));
      }
    }
    int id = state.writable().createNode(Arrays.copyOf(labels, n));
    state.counters.nodesCreated++;
    state.counters.labelsAdded += n;
    NodeReference reference = new NodeReference(id);
    node.properties().setOn(reference, batch, row);
    return reference;
  }

  private static int addTo(int[] labels, int count, int id) {
    for (int i = 0; i < count; i++) {
      if (labels[i] == id) {
        return count;
      }
    }
    labels[count] = id;
    return count + 1;
  }

  private int end(Batch batch, int slot, int row, String type) {
    int node = Entities.node(batch.column(slot), row);
    if (node < 0) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE,
          "a relationship of type "
              + type
              + " cannot be created, because a node at its end is null");
    }
    state.checkNode(node);
    return node;
  }
}
