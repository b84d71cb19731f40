package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.Catalog;
import org.weftdb.graph.ConstraintDefinition;
import org.weftdb.graph.GraphView;
import org.weftdb.graph.Index;
import org.weftdb.graph.IndexDefinition;

/** The counts and indexes of one version of a graph, read when they are asked for. */
public final class GraphCatalog implements PlannerCatalog {
  private final GraphView graph;

  public GraphCatalog(GraphView graph) {
    this.graph = graph;
  }

  @Override
  public long nodeCount() {
    return graph.nodeCount();
  }

  @Override
  public long nodeCount(String label) {
    int id = graph.catalog().labelId(label);
    return id < 0 ? 0 : graph.nodeCount(id);
  }

  @Override
  public long relationshipCount() {
    return graph.relationshipCount();
  }

  @Override
  public long relationshipCount(String type) {
    int id = graph.catalog().typeId(type);
    return id < 0 ? 0 : graph.relationshipCount(id);
  }

  @Override
  public long nodeIndexValues(String label, String property) {
    int labelId = graph.catalog().labelId(label);
    int key = graph.catalog().keyId(property);
    return values(labelId < 0 || key < 0 ? null : graph.nodeIndex(labelId, key));
  }

  @Override
  public long relationshipIndexValues(String type, String property) {
    int typeId = graph.catalog().typeId(type);
    int key = graph.catalog().keyId(property);
    return values(typeId < 0 || key < 0 ? null : graph.relationshipIndex(typeId, key));
  }

  private static long values(@Nullable Index index) {
    return index == null ? -1 : Math.max(1, index.estimateDistinct());
  }

  @Override
  public List<SpecialIndex> specialIndexes(boolean ofNodes, String labelOrType) {
    Catalog names = graph.catalog();
    int id = ofNodes ? names.labelId(labelOrType) : names.typeId(labelOrType);
    List<SpecialIndex> found = new ArrayList<>();
    for (IndexDefinition definition : graph.indexes()) {
      boolean isSpecial =
          definition.keys().size() > 1
              || definition.kind() == IndexDefinition.Kind.TEXT
              || definition.kind() == IndexDefinition.Kind.POINT;
      Index index =
          isSpecial && definition.ofNodes() == ofNodes && definition.labelOrType() == id
              ? graph.index(definition)
              : null;
      if (index != null) {
        List<String> keys = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        for (int key : definition.keys()) {
          keys.add(names.keyName(key));
          values.add(Math.max(1, index.estimateDistinct(keys.size())));
        }
        found.add(new SpecialIndex(definition.kind(), keys, values));
      }
    }
    return found;
  }

  @Override
  public boolean isRequired(boolean ofNodes, String labelOrType, String property) {
    int id = ofNodes ? graph.catalog().labelId(labelOrType) : graph.catalog().typeId(labelOrType);
    int key = graph.catalog().keyId(property);
    for (ConstraintDefinition constraint : graph.constraints()) {
      if (constraint.kind().needsKeys()
          && constraint.ofNodes() == ofNodes
          && constraint.labelOrType() == id
          && constraint.keys().contains(key)) {
        return true;
      }
    }
    return false;
  }
}
