package org.weftdb.cypher.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.error.WeftException;
import org.weftdb.value.NodeReference;
import org.weftdb.value.PathReference;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.Texts;

/** Calls every function with entities at every place and looks what it asks the graph for. */
class GraphReadingTest {
  private static final NodeReference NODE = new NodeReference(1);
  private static final RelationshipReference RELATIONSHIP = new RelationshipReference(2);
  private static final List<Object> ENTITIES =
      List.of(
          NODE,
          RELATIONSHIP,
          new PathReference(new int[] {1, 1}, new int[] {2}),
          List.of(NODE, RELATIONSHIP),
          List.of(List.of(NODE), List.of(NODE)),
          Map.of("name", NODE),
          List.of(Map.of("key", "name", "value", NODE)));

  /** Notes what it is asked for. */
  private static final class Graph implements FunctionContext {
    private final Set<GraphReading> read = EnumSet.noneOf(GraphReading.class);

    @Override
    public List<String> labels(NodeReference node) {
      read.add(GraphReading.LABELS);
      return List.of("Person");
    }

    @Override
    public String type(RelationshipReference relationship) {
      return "KNOWS";
    }

    @Override
    public NodeReference startNode(RelationshipReference relationship) {
      return NODE;
    }

    @Override
    public NodeReference endNode(RelationshipReference relationship) {
      return NODE;
    }

    @Override
    public Map<String, @Nullable Object> properties(Object entity) {
      read.add(GraphReading.PROPERTIES);
      return Map.of("name", "Ada");
    }

    @Override
    public List<String> keys(Object entity) {
      read.add(GraphReading.PROPERTIES);
      return List.of("name");
    }

    @Override
    public double random() {
      return 0.5;
    }

    @Override
    public long timestampMillis() {
      return 0;
    }
  }

  private static Object usual(String type) {
    return switch (type) {
      case "STRING" -> "name";
      case "INTEGER" -> 1L;
      case "FLOAT" -> 1.0;
      case "BOOLEAN" -> true;
      case "NODE" -> NODE;
      case "RELATIONSHIP" -> RELATIONSHIP;
      case "MAP" -> Map.of("name", NODE);
      default -> type.startsWith("LIST") ? List.of(NODE) : 1L;
    };
  }

  private static Set<GraphReading> readBy(FunctionDefinition function) {
    Graph graph = new Graph();
    List<FunctionDescription.Parameter> parameters = function.description().parameters();
    for (int place = 0; place < parameters.size(); place++) {
      for (Object entity : ENTITIES) {
        List<Object> arguments = new ArrayList<>();
        for (FunctionDescription.Parameter parameter : parameters) {
          arguments.add(usual(parameter.type()));
        }
        arguments.set(place, entity);
        call(function, arguments, graph);
      }
    }
    return graph.read;
  }

  /** Most functions refuse most entities, which reads nothing. */
  private static void call(FunctionDefinition function, List<Object> arguments, Graph graph) {
    try {
      function.body().call(arguments.toArray(), graph);
    } catch (WeftException | ClassCastException refused) {
      // A body is called behind the check of the types of its arguments, which was left out here.
      return;
    }
  }

  @Test
  void functionsReadWhatTheirDefinitionsSay() {
    Map<String, Set<GraphReading>> said = new TreeMap<>();
    Map<String, Set<GraphReading>> done = new TreeMap<>();
    for (FunctionDescription description : FunctionRegistry.standard().descriptions()) {
      FunctionDefinition function =
          FunctionRegistry.standard().scalar(Texts.lowerAscii(description.name()));
      if (function != null) {
        GraphReading reads = function.reads();
        said.put(
            function.name(), reads == GraphReading.NOTHING ? Set.of() : Set.of(function.reads()));
        done.put(function.name(), readBy(function));
      }
    }
    assertEquals(said, done);
    assertEquals(Set.of(GraphReading.LABELS), said.get("labels"));
  }
}
