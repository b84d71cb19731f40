package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.snapshot.SnapshotReader;

final class TextDictionaryTest {
  private static final int NODES = 30_000;

  /** Texts of which some have one hash, and some are the same in other objects. */
  private static String text(Prng random) {
    StringBuilder text = new StringBuilder("t");
    for (int bits = random.nextInt(1 << 14); bits > 0; bits >>= 1) {
      text.append((bits & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  private static GraphSnapshot graph(List<String> inOrder) {
    Prng random = new Prng(11);
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    int type = transaction.typeIdOrCreate("T");
    int first = transaction.keyIdOrCreate("first");
    int numbers = transaction.keyIdOrCreate("numbers");
    int mixed = transaction.keyIdOrCreate("mixed");
    List<String> ofMixed = new ArrayList<>();
    List<String> ofRelationships = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      int node = transaction.createNode(new int[0]);
      if (random.nextInt(3) > 0) {
        String text = text(random);
        transaction.setNodeProperty(node, first, text);
        inOrder.add(text);
      }
      transaction.setNodeProperty(node, numbers, (long) i);
      boolean isText = i / PropertyPage.SIZE % 2 == 0;
      // A page that once had another value is of no kind, but its values are texts all the same.
      transaction.setNodeProperty(node, mixed, i % 7 == 0 || !isText ? 1L : "x");
      if (isText) {
        String text = "m" + text(random);
        transaction.setNodeProperty(node, mixed, text);
        ofMixed.add(text);
      }
      int relationship = transaction.createRelationship(type, node, node);
      String text = text(random);
      transaction.setRelationshipProperty(relationship, first, text);
      ofRelationships.add(text);
    }
    inOrder.addAll(ofMixed);
    inOrder.addAll(ofRelationships);
    return transaction.commit();
  }

  @Test
  void textsAreWrittenOnceInTheOrderOfFirstUse() {
    List<String> uses = new ArrayList<>();
    GraphSnapshot graph = graph(uses);
    Set<String> distinct = new LinkedHashSet<>(uses);
    byte[] bytes = GraphModelTest.bytes(graph);
    SnapshotReader reader = new SnapshotReader(bytes, "test");
    String[] written = reader.section(GraphSnapshotCodec.STRINGS).readStringColumn();
    assertArrayEquals(distinct.toArray(), written);

    TextDictionary dictionary =
        new TextDictionary(graph.state.nodeColumns, graph.state.relationshipColumns);
    for (int i = 0; i < uses.size(); i++) {
      assertEquals(uses.get(i), written[dictionary.use(i)]);
    }
    assertArrayEquals(bytes, GraphModelTest.bytes(GraphSnapshotCodec.decode(reader)));
  }

  @Test
  void chunksAreAnArray() {
    IntChunks grown = new IntChunks(0);
    for (int i = 0; i < 100_000; i++) {
      grown.add(i * 3);
    }
    assertEquals(100_000, grown.count());
    for (int count : new int[] {0, 1, 16, 17, 8191, 8192, 8193, 70_000}) {
      IntChunks chunks = new IntChunks(count);
      assertEquals(count, chunks.count());
      for (int i = 0; i < count; i++) {
        assertEquals(0, chunks.get(i));
        chunks.set(i, grown.get(i));
      }
      for (int i = count; i < count + 9_000; i++) {
        chunks.add(grown.get(i));
      }
      for (int i = 0; i < count + 9_000; i++) {
        assertEquals(i * 3, chunks.get(i));
      }
    }
  }
}
