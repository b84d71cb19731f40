package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.weftdb.graph.ConstraintDefinition.Kind;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;

/** A sound graph has no problems, and each way in which its parts can disagree is found. */
final class GraphVerifierTest {
  private static final int NODES = 700;

  /**
   * Nodes with labels, properties and relationships, one of them with many; all kinds of indexes.
   */
  private static GraphTransaction sample() {
    GraphTransaction graph = GraphSnapshot.empty().begin();
    int person = graph.labelIdOrCreate("Person");
    int old = graph.labelIdOrCreate("Old");
    int knows = graph.typeIdOrCreate("KNOWS");
    int likes = graph.typeIdOrCreate("LIKES");
    int id = graph.keyIdOrCreate("id");
    int name = graph.keyIdOrCreate("name");
    int place = graph.keyIdOrCreate("place");
    graph.createConstraint(
        "ids", new ConstraintDefinition("", Kind.KEY, true, person, List.of(id), ""));
    graph.createIndex(
        null, new IndexDefinition("", IndexDefinition.Kind.TEXT, true, person, List.of(name)));
    graph.createIndex(
        null, new IndexDefinition("", IndexDefinition.Kind.POINT, true, person, List.of(place)));
    graph.createIndex(
        null, new IndexDefinition("", IndexDefinition.Kind.RANGE, true, person, List.of(name, id)));
    graph.createIndex(
        null, new IndexDefinition("", IndexDefinition.Kind.LOOKUP, true, -1, List.of()));
    graph.createRelationshipIndex("since", knows, id);
    for (int i = 0; i < NODES; i++) {
      graph.createNode(i % 3 == 0 ? new int[] {person, old} : new int[] {person});
      graph.setNodeProperty(i, id, (long) i);
      graph.setNodeProperty(i, name, "name " + i % 50);
      graph.setNodeProperty(i, place, new Point(CoordinateSystem.CARTESIAN, i, -i, 0));
    }
    for (int i = 0; i < NODES; i++) {
      graph.createRelationship(knows, i, i * 7 % NODES);
      graph.createRelationship(likes, 5, i);
      graph.setRelationshipProperty(2 * i, id, i % 9 / 2.0);
    }
    graph.deleteRelationship(40);
    graph.checkConstraints();
    return graph;
  }

  private static void assertFound(String inProblem, Consumer<GraphState> damage) {
    GraphTransaction graph = sample();
    graph.savepoint();
    graph.openRelationships();
    damage.accept(graph.state);
    List<String> problems = GraphVerifier.problems(graph);
    assertTrue(problems.toString().contains(inProblem), inProblem + " in " + problems);
  }

  @Test
  void aSoundGraphHasNoProblemsInATransactionAndOutOfIt() {
    GraphTransaction graph = sample();
    assertEquals(List.of(), GraphVerifier.problems(graph));
    GraphSnapshot snapshot = graph.commit();
    assertEquals(List.of(), GraphVerifier.problems(snapshot));
    assertEquals(List.of(), GraphVerifier.problems(GraphSnapshot.empty()));
  }

  @Test
  void countsThatAreNotThoseOfTheDataAreFound() {
    assertFound("count of nodes: 700 expected, 701 found", state -> state.nodeCount++);
    assertFound("count of relationships: 1399 expected", state -> state.relationshipCount--);
    assertFound("count of the type 1", state -> state.typeCounts[1]++);
    assertFound("the next node cannot have the id -1", state -> state.nodeIdBound = -1);
    assertFound("behind the bound 699", state -> state.nodeIdBound = NODES - 1);
    assertFound("behind the bound 1399", state -> state.relationshipIdBound--);
  }

  @Test
  void whatStandsBehindTheIdsThatWereGivenOutIsFound() {
    for (int far : new int[] {2 * NODES, 5_000, 200_000}) {
      assertFound("a node behind the bound", state -> edited(state.nodeLabelSets, far, 1, state));
      assertFound("a relationship behind the bound", state -> state.types.set(far, 1));
      assertFound("the start of a relationship behind", state -> state.starts.set(far, 1));
      assertFound("the end of a relationship behind", state -> state.ends.set(far, 1));
    }
  }

  @Test
  void aDeletedRelationshipThatIsStillMarkedIsFoundWhenTheTransactionHasEnded() {
    GraphTransaction graph = sample();
    assertEquals(List.of(), GraphVerifier.problems(graph));
    GraphSnapshot snapshot = graph.commit();
    snapshot.state.types = snapshot.state.types.edit(new Editor());
    snapshot.state.types.set(40, -1);
    assertTrue(GraphVerifier.problems(snapshot).toString().contains("a transaction deleted"));
  }

  @Test
  void labelsThatDisagreeWithTheirScansAreFound() {
    assertFound("missing in the scan of its label 1", state -> remove(state, 1, 3));
    assertFound("count of the label 1", state -> add(state, 1, 4));
    assertFound("count of the label 0", state -> add(state, 0, NODES + 5));
    assertFound("has the label set 9", state -> edited(state.nodeLabelSets, 7, 9, state));
    assertFound("label scans", state -> state.members = new BitPages[0]);
  }

  private static void remove(GraphState state, int label, int node) {
    state.members[label] = state.members[label].edit(new Editor());
    state.members[label].remove(node);
  }

  private static void add(GraphState state, int label, int node) {
    state.members[label] = state.members[label].edit(new Editor());
    state.members[label].add(node);
  }

  private static void edited(IntPages pages, int node, int set, GraphState state) {
    state.nodeLabelSets = pages.edit(new Editor());
    state.nodeLabelSets.set(node, set);
  }

  @Test
  void adjacencyThatDisagreesWithTheRelationshipsIsFound() {
    assertFound("no relationship is like", state -> state.starts.set(10, 6));
    assertFound("INCOMING adjacency of node", state -> state.incoming.insert(8, 0, 9, 3));
    assertFound("OUTGOING entries of adjacency", state -> state.outgoing.remove(5, 1, 100, 201));
    assertFound("node 9999, which there is not", state -> state.ends.set(10, 9999));
    assertFound("has the type 8", state -> state.types.set(10, 9));
    assertFound("does not exist, but has ends", state -> state.starts.set(40, 1));
    assertFound(
        "is not in order",
        state -> {
          AdjacencyPage page = state.outgoing.page(0).ownedBy(new Editor());
          Hub hub = page.hub(5).ownedBy(new Editor());
          page.setHub(5, hub);
          state.outgoing.putPage(0, page);
          int[] ids = hub.chunks[0].relationships;
          int[] ends = hub.chunks[0].neighbours;
          swap(ids);
          swap(ends);
        });
    assertFound(
        "contradicts itself",
        state -> {
          AdjacencyPage page = state.outgoing.page(1).ownedBy(new Editor());
          page.offsets[3] = 10_000;
          state.outgoing.putPage(1, page);
        });
  }

  private static void swap(int[] numbers) {
    int first = numbers[10];
    numbers[10] = numbers[20];
    numbers[20] = first;
  }

  @Test
  void propertiesOfWhatDoesNotExistAreFound() {
    assertFound("of what does not exist", state -> set(state.nodeColumns, NODES + 3, "x"));
    assertFound("of what does not exist", state -> set(state.relationshipColumns, 40, 1L));
    assertFound(
        "values are said",
        state -> {
          set(state.nodeColumns, 3, "x");
          state.nodeColumns[1].page(0).count++;
        });
    assertFound(
        "neither true nor false",
        state -> {
          state.nodeColumns[1] = new PropertyColumn();
          set(state.nodeColumns, 3, true);
          state.nodeColumns[1].page(0).longs[3] = 2;
        });
    assertFound(
        "does not belong there",
        state -> {
          set(state.nodeColumns, 3, "x");
          state.nodeColumns[1].page(0).objects[3] = 7;
        });
  }

  private static void set(PropertyColumn[] columns, int id, Object value) {
    columns[1] = columns[1].edit(new Editor());
    columns[1].set(id, value);
  }

  @Test
  void indexesThatDisagreeWithTheDataAreFound() {
    for (int place = 0; place < 6; place++) {
      int at = place;
      IndexDefinition definition = sample().state.indexes[place].definition();
      if (definition.kind() == IndexDefinition.Kind.LOOKUP) {
        assertFound("entries of index", state -> index(state, at).insert(1L, 1));
        continue;
      }
      PropertyColumn[] columns =
          definition.ofNodes() ? sample().state.nodeColumns : sample().state.relationshipColumns;
      Object entry = IndexEntries.of(definition, columns, 44).get(0);
      assertFound("does not find entity 44", state -> index(state, at).remove(entry, 44));
      assertFound("entries of index", state -> index(state, at).insert(entry, 4000));
      assertFound("not in order", state -> index(state, at).insert(entry, 44));
    }
    assertFound(
        "is there twice",
        state -> {
          state.indexes = new ValueIndex[] {state.indexes[1], state.indexes[0], state.indexes[1]};
        });
    assertFound(
        "a page of another size",
        state -> {
          ValueIndex index = index(state, 0);
          index.insert(-1L, 4000);
          index.root().sizes[1]++;
        });
  }

  private static ValueIndex index(GraphState state, int place) {
    state.indexes[place] = state.indexes[place].edit(new Editor());
    return state.indexes[place];
  }

  @Test
  void brokenConstraintsAreFound() {
    GraphTransaction graph = sample();
    graph.setNodeProperty(3, 0, 4L);
    assertTrue(GraphVerifier.problems(graph).toString().contains("both have"));
    graph.setNodeProperty(3, 0, null);
    assertTrue(GraphVerifier.problems(graph).toString().contains("must have the property id"));
    assertFound("has not the index", state -> state.indexes = new ValueIndex[0]);
  }

  @Test
  void ofManyProblemsTheFirstAreTold() {
    GraphTransaction graph = sample();
    graph.state.indexes[0] = new ValueIndex(graph.state.indexes[0].definition(), new Editor());
    List<String> problems = GraphVerifier.problems(graph);
    assertEquals(Findings.MOST + 1, problems.size());
    assertEquals("and more, which were not looked for", problems.get(Findings.MOST));
  }
}
