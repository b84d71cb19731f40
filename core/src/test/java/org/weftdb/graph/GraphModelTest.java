package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.IndexDefinition.Kind;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.snapshot.SnapshotWriter;
import org.weftdb.value.ByteString;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;
import org.weftdb.value.VectorValue;
import org.weftdb.value.temporal.DateTimeValue;
import org.weftdb.value.temporal.DateValue;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TimeValue;
import org.weftdb.value.temporal.Zone;

/** Random histories compared with a model of plain maps; a failure names its seed. */
final class GraphModelTest {
  private static final int LABELS = 4;
  private static final int TYPES = 3;
  private static final int KEYS = 5;

  private record Version(GraphSnapshot snapshot, GraphModel model) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyVersionIsWhatTheModelSaysAndStaysSo(long seed) {
    Prng random = new Prng(seed);
    GraphModel model = new GraphModel();
    GraphSnapshot snapshot = withNames(GraphSnapshot.empty());
    List<Version> history = new ArrayList<>();
    for (int round = 0; round < 25; round++) {
      GraphSnapshot before = snapshot;
      GraphTransaction transaction = snapshot.begin();
      GraphModel next = runRandomly(random, transaction, model.copy(), 3 + random.nextInt(120));
      GraphInvariants.check(transaction);
      if (random.nextInt(5) == 0) {
        model.assertSame(snapshot);
        continue;
      }
      byte[] changes = transaction.changes().toByteArray();
      snapshot = transaction.commit();
      model = next;
      model.assertSame(snapshot);
      GraphInvariants.check(snapshot);
      assertReplays(before, changes, snapshot, model);
      if (round % 4 == 0) {
        snapshot = reloaded(snapshot);
        model.assertSame(snapshot);
        GraphInvariants.check(snapshot);
      }
      history.add(new Version(snapshot, model.copy()));
    }
    for (Version version : history) {
      version.model.assertSame(version.snapshot);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void nodesWithThousandsOfRelationshipsBehaveLikeOthers(long seed) {
    Prng random = new Prng(seed);
    GraphModel model = new GraphModel();
    GraphTransaction transaction = withNames(GraphSnapshot.empty()).begin();
    for (int i = 0; i < 70; i++) {
      createNode(random, transaction, model);
    }
    for (int i = 0; i < 3000; i++) {
      int hub = random.nextInt(2) * 64;
      int other = random.nextInt(70);
      boolean out = random.nextInt(2) == 0;
      createRelationship(random, transaction, model, out ? hub : other, out ? other : hub);
    }
    GraphSnapshot full = transaction.commit();
    model.assertSame(full);
    GraphInvariants.check(full);
    full = reloaded(full);
    model.assertSame(full);
    GraphInvariants.check(full);
    GraphModel before = model.copy();
    transaction = full.begin();
    List<Integer> ids = new ArrayList<>(model.relationships.keySet());
    while (ids.size() > 50) {
      int id = ids.remove(random.nextInt(ids.size()));
      transaction.deleteRelationship(id);
      model.relationships.remove(id);
      if (ids.size() % 500 == 0) {
        model.assertSame(transaction);
        GraphInvariants.check(transaction);
        transaction.savepoint();
      }
    }
    byte[] changes = transaction.changes().toByteArray();
    GraphSnapshot few = transaction.commit();
    model.assertSame(few);
    GraphInvariants.check(few);
    before.assertSame(full);
    assertReplays(full, changes, few, model);
  }

  private static void assertReplays(
      GraphSnapshot before, byte[] changes, GraphSnapshot after, GraphModel model) {
    GraphTransaction replay = before.begin();
    replay.apply(new ByteReader(changes));
    assertArrayEquals(changes, replay.changes().toByteArray());
    GraphSnapshot replayed = replay.commit();
    model.assertSame(replayed);
    GraphInvariants.check(replayed);
    assertArrayEquals(bytes(after), bytes(replayed));
  }

  /** The graph out of its own snapshot, which must give the same snapshot again. */
  private static GraphSnapshot reloaded(GraphSnapshot snapshot) {
    byte[] bytes = bytes(snapshot);
    GraphSnapshot loaded = GraphSnapshotCodec.decode(new SnapshotReader(bytes, "test"));
    assertArrayEquals(bytes, bytes(loaded));
    return loaded;
  }

  static byte[] bytes(GraphSnapshot snapshot) {
    ByteWriter written = new ByteWriter();
    SnapshotWriter writer =
        new SnapshotWriter(GraphSnapshotCodec.manifest(snapshot, 0), written::writeBytes);
    GraphSnapshotCodec.encode(snapshot, writer);
    writer.finish();
    return written.toByteArray();
  }

  static GraphSnapshot withNames(GraphSnapshot snapshot) {
    GraphTransaction transaction = snapshot.begin();
    for (int i = 0; i < LABELS; i++) {
      transaction.labelIdOrCreate("Label" + i);
    }
    for (int i = 0; i < TYPES; i++) {
      transaction.typeIdOrCreate("TYPE" + i);
    }
    for (int i = 0; i < KEYS; i++) {
      transaction.keyIdOrCreate("key" + i);
    }
    return transaction.commit();
  }

  /** Makes random changes in both; the model after them, which a savepoint may have replaced. */
  static GraphModel runRandomly(
      Prng random, GraphTransaction transaction, GraphModel start, int operations) {
    GraphModel model = start;
    Savepoint savepoint = transaction.savepoint();
    GraphModel saved = model.copy();
    for (int i = 0; i < operations; i++) {
      int choice = random.nextInt(100);
      if (choice < 4) {
        model = checked(transaction, savepoint, model, saved);
        savepoint = transaction.savepoint();
        saved = model.copy();
      } else if (choice < 6) {
        transaction.rollbackTo(savepoint);
        model = saved.copy();
      } else if (choice < 30) {
        createNode(random, transaction, model);
      } else if (choice < 34) {
        index(random, transaction, model);
      } else if (choice < 36) {
        model = checked(transaction, savepoint, model, saved);
        constraint(random, transaction, model);
        savepoint = transaction.savepoint();
        saved = model.copy();
      } else if (!model.nodes.isEmpty()) {
        changeSomething(random, transaction, model, choice);
      }
    }
    return checked(transaction, savepoint, model, saved);
  }

  /** Ends a statement: when it breaks a constraint it is undone. */
  private static GraphModel checked(
      GraphTransaction transaction, Savepoint savepoint, GraphModel model, GraphModel saved) {
    if (model.isValid()) {
      transaction.checkConstraints();
      return model;
    }
    WeftException violation =
        assertThrows(WeftException.class, () -> transaction.checkConstraints());
    assertEquals(ErrorCode.CONSTRAINT_VIOLATED, violation.code());
    transaction.rollbackTo(savepoint);
    return saved.copy();
  }

  private static void changeSomething(
      Prng random, GraphTransaction transaction, GraphModel model, int choice) {
    int node = pick(random, model.nodes);
    if (choice < 55) {
      createRelationship(random, transaction, model, node, pick(random, model.nodes));
    } else if (choice < 75) {
      setNodeProperty(random, transaction, model, node, random.nextInt(KEYS));
    } else if (choice < 83) {
      changeLabel(random, transaction, model, node);
    } else if (choice < 87) {
      deleteNode(transaction, model, node);
    } else if (!model.relationships.isEmpty()) {
      int relationship = pick(random, model.relationships);
      if (choice < 94) {
        setRelationshipProperty(random, transaction, model, relationship);
      } else {
        assertEquals(true, transaction.deleteRelationship(relationship));
        int type = model.relationships.remove(relationship).type();
        assertEquals(type, transaction.relationshipType(relationship));
        assertFalse(transaction.hasRelationship(relationship));
      }
    }
  }

  private static <V> int pick(Prng random, TreeMap<Integer, V> map) {
    Integer id = map.ceilingKey(random.nextInt(map.lastKey() + 1));
    return id == null ? map.firstKey() : id;
  }

  private static void createNode(Prng random, GraphTransaction transaction, GraphModel model) {
    int[] labels = new int[random.nextInt(4)];
    TreeSet<Integer> set = new TreeSet<>();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(LABELS);
      set.add(labels[i]);
    }
    int node = transaction.createNode(labels);
    assertEquals(model.nodeIdBound++, node);
    model.nodes.put(node, new GraphModel.Node(set, new TreeMap<>()));
    for (int i = random.nextInt(3); i > 0; i--) {
      setNodeProperty(random, transaction, model, node, random.nextInt(KEYS));
    }
  }

  private static void createRelationship(
      Prng random, GraphTransaction transaction, GraphModel model, int start, int end) {
    int type = random.nextInt(TYPES);
    int id = transaction.createRelationship(type, start, end);
    assertEquals(model.relationshipIdBound++, id);
    model.relationships.put(id, new GraphModel.Relationship(type, start, end, new TreeMap<>()));
  }

  private static void setNodeProperty(
      Prng random, GraphTransaction transaction, GraphModel model, int node, int key) {
    TreeMap<Integer, Object> properties = model.nodes.get(node).properties();
    if (random.nextInt(6) == 0) {
      assertEquals(properties.remove(key) != null, transaction.setNodeProperty(node, key, null));
    } else {
      Object value = randomValue(random, key);
      assertEquals(
          !value.equals(properties.put(key, value)), transaction.setNodeProperty(node, key, value));
    }
  }

  private static void setRelationshipProperty(
      Prng random, GraphTransaction transaction, GraphModel model, int relationship) {
    int key = random.nextInt(KEYS);
    Object value = randomValue(random, key);
    model.relationships.get(relationship).properties().put(key, value);
    transaction.setRelationshipProperty(relationship, key, value);
  }

  private static void changeLabel(
      Prng random, GraphTransaction transaction, GraphModel model, int node) {
    int label = random.nextInt(LABELS);
    TreeSet<Integer> labels = model.nodes.get(node).labels();
    if (random.nextInt(2) == 0) {
      assertEquals(labels.add(label), transaction.addLabel(node, label));
    } else {
      assertEquals(labels.remove(label), transaction.removeLabel(node, label));
    }
  }

  private static void deleteNode(GraphTransaction transaction, GraphModel model, int node) {
    if (model.isConnected(node)) {
      assertThrows(WeftException.class, () -> transaction.deleteNode(node));
    } else {
      assertEquals(true, transaction.deleteNode(node));
      model.nodes.remove(node);
      assertEquals(true, transaction.isDeletedNode(node));
    }
  }

  private static void index(Prng random, GraphTransaction transaction, GraphModel model) {
    boolean ofNodes = random.nextInt(2) == 0;
    int labelOrType = random.nextInt(ofNodes ? LABELS : TYPES);
    int key = random.nextInt(KEYS);
    int second = random.nextInt(KEYS);
    IndexDefinition wanted =
        switch (random.nextInt(5)) {
          case 0 -> new IndexDefinition("", Kind.TEXT, ofNodes, labelOrType, List.of(3));
          case 2 -> new IndexDefinition("", Kind.POINT, ofNodes, labelOrType, List.of(4));
          case 1 ->
              second == key
                  ? new IndexDefinition("", Kind.LOOKUP, ofNodes, -1, List.of())
                  : new IndexDefinition("", Kind.RANGE, ofNodes, labelOrType, List.of(key, second));
          default -> new IndexDefinition("", ofNodes, labelOrType, key);
        };
    boolean exists = false;
    for (IndexDefinition index : model.indexes) {
      exists |= index.isLike(wanted);
    }
    if (!exists) {
      model.indexes.add(transaction.createIndex(null, wanted));
    } else if (random.nextInt(3) == 0) {
      IndexDefinition dropped = model.indexes.get(random.nextInt(model.indexes.size()));
      for (ConstraintDefinition constraint : model.constraints) {
        if (constraint.name().equals(dropped.name())) {
          assertThrows(WeftException.class, () -> transaction.dropIndex(dropped.name()));
          return;
        }
      }
      model.indexes.remove(dropped);
      transaction.dropIndex(dropped.name());
    }
  }

  private static void constraint(Prng random, GraphTransaction transaction, GraphModel model) {
    if (!model.constraints.isEmpty() && random.nextInt(2) == 0) {
      ConstraintDefinition dropped =
          model.constraints.remove(random.nextInt(model.constraints.size()));
      model.indexes.removeIf(index -> index.name().equals(dropped.name()));
      transaction.dropConstraint(dropped.name());
      return;
    }
    boolean ofNodes = random.nextInt(2) == 0;
    int labelOrType = random.nextInt(ofNodes ? LABELS : TYPES);
    int key = random.nextInt(KEYS);
    int other = (key + 1 + random.nextInt(KEYS - 1)) % KEYS;
    ConstraintDefinition.Kind kind = ConstraintDefinition.Kind.values()[random.nextInt(3)];
    boolean two = kind.ownsIndex() && random.nextInt(2) == 0;
    ConstraintDefinition wanted =
        new ConstraintDefinition(
            "", kind, ofNodes, labelOrType, two ? List.of(key, other) : List.of(key), "");
    Savepoint before = transaction.savepoint();
    boolean possible = model.holds(wanted);
    for (ConstraintDefinition existing : model.constraints) {
      possible &=
          existing.ofNodes() != ofNodes
              || existing.labelOrType() != labelOrType
              || !existing.keys().equals(wanted.keys())
              || existing.kind() != kind && !(existing.kind().ownsIndex() && kind.ownsIndex());
    }
    IndexDefinition owned =
        new IndexDefinition("", Kind.RANGE, ofNodes, labelOrType, wanted.keys());
    for (IndexDefinition index : model.indexes) {
      possible &= !kind.ownsIndex() || !index.isLike(owned);
    }
    if (possible) {
      ConstraintDefinition made = transaction.createConstraint(null, wanted);
      model.constraints.add(made);
      if (kind.ownsIndex()) {
        model.indexes.add(made.ownedIndex());
      }
    } else {
      assertThrows(WeftException.class, () -> transaction.createConstraint(null, wanted));
      transaction.rollbackTo(before);
    }
  }

  /** Values that repeat; key 0 has integers, 1 floats, 2 booleans, 3 strings, 4 all of them. */
  private static Object randomValue(Prng random, int key) {
    int kind = key == 4 || random.nextInt(40) == 0 ? random.nextInt(5) : key;
    return switch (kind) {
      case 0 -> (long) random.nextInt(60) - 30;
      case 1 -> random.nextInt(30) == 0 ? Double.NaN : random.nextInt(40) / 4.0 - 5;
      case 2 -> random.nextInt(2) == 0;
      case 3 -> "text" + random.nextInt(50);
      default -> otherValue(random);
    };
  }

  private static Object otherValue(Prng random) {
    DateValue date = new DateValue(random.nextInt(9) * 100L - 400);
    return switch (random.nextInt(10)) {
      case 0 -> date;
      case 5 -> VectorValue.of(new float[] {random.nextInt(3), 0.5f});
      case 6 -> VectorValue.of(new byte[] {(byte) random.nextInt(3)});
      case 7 -> ByteString.owning(new byte[] {(byte) random.nextInt(), 0});
      case 8 -> List.of(VectorValue.of(new long[] {random.nextInt(2)}), "a");
      case 4 -> new Point(CoordinateSystem.WGS_84_3D, random.nextInt(4), 45, random.nextInt(2));
      case 1 -> new TimeValue(random.nextInt(5) * 1_000_000_007L, 3600 * random.nextInt(3));
      case 2 -> new DateTimeValue(random.nextInt(50), 5, new Zone("Europe/Stockholm", 3600));
      case 3 -> List.of(DurationValue.of(random.nextInt(3), 1, -1, random.nextInt(9)), date);
      default ->
          random.nextInt(2) == 0
              ? List.of((long) random.nextInt(5), "a", true)
              : List.of(random.nextInt(3) / 2.0, (double) random.nextInt(9));
    };
  }
}
