package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

final class ChangeCodecTest {
  private static GraphTransaction sample() {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    int label = transaction.labelIdOrCreate("A");
    int other = transaction.labelIdOrCreate("B");
    int type = transaction.typeIdOrCreate("T");
    int key = transaction.keyIdOrCreate("k");
    transaction.createNodeIndex("byKey", label, key);
    for (int i = 0; i < 5; i++) {
      int node = transaction.createNode(new int[] {label});
      transaction.setNodeProperty(node, key, i % 2 == 0 ? (Object) (long) i : List.of("x", 1.5));
    }
    int first = transaction.createRelationship(type, 0, 1);
    transaction.createRelationship(type, 2, 2);
    transaction.setRelationshipProperty(first, key, true);
    transaction.addLabel(3, other);
    transaction.removeLabel(3, label);
    transaction.deleteRelationship(first);
    transaction.setNodeProperty(0, key, null);
    transaction.deleteNode(1);
    transaction.dropIndex("byKey");
    transaction.createIndex(
        "texts", new IndexDefinition("", IndexDefinition.Kind.TEXT, true, label, List.of(key)));
    transaction.createConstraint(
        "unique",
        new ConstraintDefinition(
            "", ConstraintDefinition.Kind.UNIQUE, true, label, List.of(key), ""));
    return transaction;
  }

  @Test
  void bytesOfEveryOperationAreAsDocumented() {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    transaction.labelIdOrCreate("A");
    transaction.typeIdOrCreate("T");
    transaction.keyIdOrCreate("k");
    transaction.createNode(new int[] {0});
    transaction.createRelationship(0, 0, 0);
    transaction.setNodeProperty(0, 0, -1L);
    transaction.setRelationshipProperty(0, 0, "v");
    transaction.createNodeIndex(null, 0, 0);
    transaction.dropIndex("index_A_k");
    transaction.createIndex(
        "l", new IndexDefinition("", IndexDefinition.Kind.LOOKUP, false, -1, List.of()));
    transaction.createConstraint(
        "c", new ConstraintDefinition("", ConstraintDefinition.Kind.KEY, false, 0, List.of(0), ""));
    transaction.dropConstraint("c");
    transaction.removeLabel(0, 0);
    transaction.addLabel(0, 0);
    transaction.deleteRelationship(0);
    transaction.deleteNode(0);
    byte[] name = {'i', 'n', 'd', 'e', 'x', '_', 'A', '_', 'k'};
    ByteWriter expected = new ByteWriter();
    expected.writeBytes(new byte[] {1, 1, 'A', 2, 1, 'T', 3, 1, 'k'});
    expected.writeBytes(new byte[] {4, 0, 1, 0, 8, 0, 0, 0, 0});
    expected.writeBytes(new byte[] {10, 0, 0, 3, 1, 11, 0, 0, 5, 1, 'v'});
    expected.writeBytes(new byte[] {14, 0, 1, 1, 1, 0, 9});
    expected.writeBytes(name);
    expected.writeBytes(new byte[] {13, 9});
    expected.writeBytes(name);
    expected.writeBytes(new byte[] {14, 3, 0, 0, 0, 1, 'l', 15, 2, 0, 0, 1, 0, 0, 1, 'c'});
    expected.writeBytes(new byte[] {16, 1, 'c'});
    expected.writeBytes(new byte[] {7, 0, 0, 6, 0, 0, 9, 0, 5, 0});
    assertEquals(
        List.of(boxed(expected.toByteArray())),
        List.of(boxed(transaction.changes().toByteArray())));
  }

  @Test
  void anIndexOfVersionOneIsReadAsARangeIndex() {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    transaction.apply(
        new ByteReader(new byte[] {1, 1, 'A', 3, 1, 'k', 3, 1, 'l', 12, 1, 0, 1, 1, 'i'}));
    assertEquals(List.of(new IndexDefinition("i", true, 0, 1)), transaction.indexes());
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> list = new java.util.ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }

  @Test
  void changesThatEndEarlyAreNotAppliedAsIfWhole() {
    byte[] bytes = sample().changes().toByteArray();
    for (int length = 0; length < bytes.length; length++) {
      GraphTransaction target = GraphSnapshot.empty().begin();
      try {
        target.apply(new ByteReader(bytes, 0, length));
      } catch (WeftException damaged) {
        assertEquals(ErrorCategory.CORRUPTION, damaged.code().category());
      }
      GraphInvariants.check(target);
    }
  }

  @Test
  void damagedChangesAreRefusedOrMakeAGraphThatIsSound() {
    byte[] bytes = sample().changes().toByteArray();
    Prng random = new Prng(7);
    for (int round = 0; round < 4_000; round++) {
      byte[] damaged = bytes.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      GraphTransaction target = GraphSnapshot.empty().begin();
      try {
        target.apply(new ByteReader(damaged));
      } catch (WeftException refused) {
        assertEquals(ErrorCategory.CORRUPTION, refused.code().category(), refused.getMessage());
        continue;
      }
      GraphInvariants.check(target);
    }
  }

  @Test
  void changesOfAnotherGraphAreCorruption() {
    byte[] bytes = sample().changes().toByteArray();
    GraphSnapshot other = sample().commit();
    WeftException refused =
        assertThrows(WeftException.class, () -> other.begin().apply(new ByteReader(bytes)));
    assertEquals(ErrorCode.CORRUPTED, refused.code());
  }
}
