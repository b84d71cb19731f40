package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.snapshot.Manifest;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.snapshot.SnapshotWriter;

final class GraphSnapshotCodecTest {
  private static final int LAST = GraphSnapshotCodec.INDEXES;

  private static GraphSnapshot sample() {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    int label = transaction.labelIdOrCreate("Person");
    int other = transaction.labelIdOrCreate("Café");
    int type = transaction.typeIdOrCreate("KNOWS");
    int text = transaction.keyIdOrCreate("text");
    int number = transaction.keyIdOrCreate("number");
    int mixed = transaction.keyIdOrCreate("mixed");
    transaction.createNodeIndex("first", label, text);
    transaction.createRelationshipIndex("second", type, number);
    for (int i = 0; i < 700; i++) {
      int node = transaction.createNode(i % 3 == 0 ? new int[] {label, other} : new int[] {label});
      transaction.setNodeProperty(node, text, "text " + i % 50 + (i % 7 == 0 ? " é 😀" : ""));
      transaction.setNodeProperty(node, number, i < 512 ? (Object) (i / 4.0) : (Object) (i > 600));
      if (i % 5 == 0) {
        transaction.setNodeProperty(node, mixed, i % 2 == 0 ? List.of(1L, "a", 2.5) : "a");
      }
    }
    for (int i = 0; i < 900; i++) {
      int id = transaction.createRelationship(type, i % 9 == 0 ? 5 : i % 700, i * 7 % 700);
      transaction.setRelationshipProperty(id, number, i % 2 == 0 ? -i : (1L << 50) * i);
    }
    for (int i = 600; i < 650; i++) {
      transaction.deleteRelationship(i);
    }
    transaction.createNode(new int[0]);
    transaction.deleteNode(transaction.createNode(new int[] {other}));
    return transaction.commit();
  }

  private static GraphSnapshot decode(byte[] bytes) {
    return GraphSnapshotCodec.decode(new SnapshotReader(bytes, "test"));
  }

  @Test
  void anEmptyGraphComesBackEmpty() {
    byte[] bytes = GraphModelTest.bytes(GraphSnapshot.empty());
    GraphSnapshot loaded = decode(bytes);
    assertEquals(0, loaded.nodeIdBound());
    assertArrayEquals(bytes, GraphModelTest.bytes(loaded));
    assertEquals(0, loaded.begin().createNode(new int[0]));
  }

  @Test
  void aGraphComesBackAndGoesOnWhereItWas() {
    GraphSnapshot snapshot = sample();
    byte[] bytes = GraphModelTest.bytes(snapshot);
    GraphSnapshot loaded = decode(bytes);
    GraphInvariants.check(loaded);
    assertArrayEquals(bytes, GraphModelTest.bytes(loaded));
    assertEquals(702, loaded.nodeIdBound());
    assertEquals(701, loaded.nodeCount());
    assertEquals(850, loaded.relationshipCount());
    GraphTransaction transaction = loaded.begin();
    for (int i = 0; i < 700; i++) {
      transaction.setNodeProperty(i, 0, "other");
      transaction.createRelationship(0, i, 5);
    }
    GraphInvariants.check(transaction.commit());
    assertArrayEquals(bytes, GraphModelTest.bytes(loaded));
  }

  @Test
  void whatThePagesWereBeforeDoesNotShow() {
    GraphTransaction plain = GraphSnapshot.empty().begin();
    plain.keyIdOrCreate("k");
    plain.createNode(new int[0]);
    plain.createNode(new int[0]);
    GraphSnapshot base = plain.commit();
    plain = base.begin();
    plain.setNodeProperty(0, 0, 1L);
    GraphTransaction detour = base.begin();
    detour.setNodeProperty(1, 0, "a");
    detour.setNodeProperty(0, 0, 1L);
    detour.setNodeProperty(1, 0, null);
    assertArrayEquals(GraphModelTest.bytes(plain.commit()), GraphModelTest.bytes(detour.commit()));
  }

  @Test
  void aManifestThatDoesNotFitIsCorruption() {
    ByteWriter written = new ByteWriter();
    SnapshotWriter writer = new SnapshotWriter(Manifest.of(3, 0, 0), written::writeBytes);
    GraphSnapshotCodec.encode(GraphSnapshot.empty(), writer);
    writer.finish();
    byte[] bytes = written.toByteArray();
    WeftException refused = assertThrows(WeftException.class, () -> decode(bytes));
    assertEquals(ErrorCode.CORRUPTED, refused.code());
  }

  @Test
  void contentThatIsNoGraphIsRefusedThoughItsChecksumsFit() {
    GraphSnapshot snapshot = sample();
    SnapshotReader reader = new SnapshotReader(GraphModelTest.bytes(snapshot), "test");
    Prng random = new Prng(3);
    int refusals = 0;
    int rounds = 500;
    for (int round = 0; round < rounds; round++) {
      int damagedSection =
          GraphSnapshotCodec.NAMES + random.nextInt(LAST - GraphSnapshotCodec.NAMES + 1);
      ByteWriter written = new ByteWriter();
      SnapshotWriter writer = new SnapshotWriter(reader.manifest(), written::writeBytes);
      for (int id = GraphSnapshotCodec.NAMES; id <= LAST; id++) {
        ByteReader section = reader.section(id).bytes();
        byte[] bytes = section.readBytes(section.remaining());
        if (id == damagedSection) {
          bytes = damage(random, bytes);
        }
        writer.beginSection(id).bytes().writeBytes(bytes);
      }
      try {
        writer.finish();
        GraphInvariants.check(decode(written.toByteArray()));
      } catch (WeftException refused) {
        assertEquals(ErrorCategory.CORRUPTION, refused.code().category(), refused.getMessage());
        refusals++;
      }
    }
    assertTrue(refusals > rounds / 2, refusals + " of " + rounds + " refused");
  }

  private static byte[] damage(Prng random, byte[] bytes) {
    if (random.nextInt(10) == 0) {
      return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    // Counts and widths are at the beginning, so half of the damage is done there.
    int most = random.nextInt(2) == 0 ? Math.min(40, bytes.length) : bytes.length;
    for (int i = random.nextInt(2); i >= 0; i--) {
      int at = random.nextInt(most);
      bytes[at] = (byte) (random.nextInt(2) == 0 ? random.nextInt(256) : bytes[at] ^ 1);
    }
    return bytes;
  }
}
