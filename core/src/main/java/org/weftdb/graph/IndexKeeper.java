package org.weftdb.graph;

import java.util.List;

/** Keeps the indexes of a transaction in step with labels and properties. */
final class IndexKeeper {
  private final GraphEditor transaction;

  IndexKeeper(GraphEditor transaction) {
    this.transaction = transaction;
  }

  /** A node gets a label, after which it has it, or loses it, before which it still has it. */
  void label(int node, int label, boolean add) {
    ValueIndex[] indexes = transaction.state.indexes;
    for (int i = 0; i < indexes.length; i++) {
      IndexDefinition definition = indexes[i].definition();
      if (definition.ofNodes() && definition.labelOrType() == label) {
        change(i, node, add);
      }
    }
  }

  /** A relationship is going to be deleted. */
  void deleted(int relationship, int type) {
    ValueIndex[] indexes = transaction.state.indexes;
    for (int i = 0; i < indexes.length; i++) {
      IndexDefinition definition = indexes[i].definition();
      if (!definition.ofNodes() && definition.labelOrType() == type) {
        change(i, relationship, false);
      }
    }
  }

  /** A property of a node is going to change ({@code add} is false), or has changed. */
  void nodeProperty(int node, int key, boolean add) {
    ValueIndex[] indexes = transaction.state.indexes;
    for (int i = 0; i < indexes.length; i++) {
      IndexDefinition definition = indexes[i].definition();
      if (definition.ofNodes()
          && indexes[i].hasKey(key)
          && transaction.hasLabel(node, definition.labelOrType())) {
        change(i, node, add);
      }
    }
  }

  /** The same of a property of a relationship. */
  void relationshipProperty(int relationship, int key, boolean add) {
    ValueIndex[] indexes = transaction.state.indexes;
    for (int i = 0; i < indexes.length; i++) {
      IndexDefinition definition = indexes[i].definition();
      if (!definition.ofNodes()
          && indexes[i].hasKey(key)
          && definition.labelOrType() == transaction.relationshipType(relationship)) {
        change(i, relationship, add);
      }
    }
  }

  private void change(int place, int id, boolean add) {
    GraphState state = transaction.state;
    IndexDefinition definition = state.indexes[place].definition();
    PropertyColumn[] columns = definition.ofNodes() ? state.nodeColumns : state.relationshipColumns;
    List<Object> entries = IndexEntries.of(definition, columns, id);
    if (entries.isEmpty()) {
      return;
    }
    ValueIndex index = transaction.editableIndex(place);
    for (int i = 0; i < entries.size(); i++) {
      if (add) {
        index.insert(entries.get(i), id);
      } else {
        index.remove(entries.get(i), id);
      }
    }
  }

  /** An index with all that it must have. */
  static ValueIndex built(GraphView view, IndexDefinition definition, Editor editor) {
    GraphState state = view.state;
    PropertyColumn[] columns = definition.ofNodes() ? state.nodeColumns : state.relationshipColumns;
    IndexBuilder builder = new IndexBuilder(64);
    long[] ids = new long[512];
    NodeScan nodes =
        definition.ofNodes() ? view.nodesWithLabel(definition.labelOrType()) : (out, at, max) -> 0;
    RelationshipScan relationships =
        definition.ofNodes() ? (out, at, max) -> 0 : view.relationships(definition.labelOrType());
    if (definition.kind() != IndexDefinition.Kind.LOOKUP) {
      while (true) {
        int count =
            definition.ofNodes()
                ? nodes.fill(ids, 0, ids.length)
                : relationships.fill(ids, 0, ids.length);
        if (count == 0) {
          break;
        }
        for (int i = 0; i < count; i++) {
          for (Object entry : IndexEntries.of(definition, columns, (int) ids[i])) {
            builder.add(entry, (int) ids[i]);
          }
        }
      }
      builder.sort();
    }
    return new ValueIndex(definition, new IndexTree(builder.build(editor), editor));
  }
}
