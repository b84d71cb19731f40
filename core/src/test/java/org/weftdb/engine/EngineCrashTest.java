package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.Durability;
import org.weftdb.storage.CrashStorage;

/**
 * Random transactions, loads and openings with a power cut or a dying process at every operation of
 * the storage, held against a model; {@code -Dcrash.seeds=1000} tries more, {@code -Dcrash.first=17
 * -Dcrash.seeds=1} replays seed 17.
 */
final class EngineCrashTest {
  private static final long FIRST = Long.getLong("crash.first", 0);
  private static final long SEEDS = Long.getLong("crash.seeds", 4);

  /** The graph: values of nodes by their key, and numbers of relationships between keys. */
  private record State(TreeMap<Integer, Integer> nodes, TreeMap<String, Integer> relationships) {
    State() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    State copy() {
      return new State(new TreeMap<>(nodes), new TreeMap<>(relationships));
    }
  }

  /** The state after each commit that was begun; the first {@code promised} must be there. */
  private static final class Model {
    final List<State> states = new ArrayList<>(List.of(new State()));
    int promised;
    byte[] snapshot = new byte[0];
    State snapshotState = new State();

    State last() {
      return states.get(states.size() - 1);
    }
  }

  @Test
  void everyPromisedCommitSurvivesNoneInPartAndTheDatabaseStaysWritable() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Durability durability = seed % 2 == 0 ? Durability.PER_COMMIT : Durability.NONE;
      CrashStorage counting = new CrashStorage();
      run(counting, new Model(), new Prng(seed), durability);
      for (int operation = 1; operation <= counting.operations(); operation++) {
        String replay = "-Dcrash.first=" + seed + " -Dcrash.seeds=1, operation " + operation;
        Prng random = new Prng(seed * 1_000_003 + operation);
        CrashStorage storage = new CrashStorage();
        Model model = new Model();
        storage.cutPowerAt(operation, random.nextLong());
        run(storage, model, new Prng(seed), durability);
        for (int round = 0; round < 3; round++) {
          storage =
              random.nextInt(3) == 0
                  ? storage.afterProcessDeath()
                  : storage.afterPowerCut(random.nextLong());
          check(storage.afterProcessDeath(), model, replay + ", round " + round);
          storage.cutPowerAt(1 + random.nextInt(60), random.nextLong());
          run(storage, model, random.split(), durability);
        }
      }
    }
  }

  private static void check(CrashStorage storage, Model model, String replay) {
    Engine engine;
    try {
      engine = Engine.open(storage, options(Durability.PER_COMMIT));
    } catch (WeftException failure) {
      throw new AssertionError(replay + ": " + failure.getMessage(), failure);
    }
    int lsn = (int) engine.lastLsn();
    assertTrue(lsn >= model.promised, replay + ": " + lsn + " of " + model.promised);
    assertTrue(lsn < model.states.size(), replay + ": " + lsn);
    assertEquals(model.states.get(lsn), read(engine), replay);
    while (model.states.size() > lsn + 1) {
      model.states.remove(model.states.size() - 1);
    }
    engine.execute("CREATE (:Probe)");
    assertEquals(lsn + 1, engine.lastLsn());
    engine.close();
  }

  private static State read(Engine engine) {
    State state = new State();
    for (Row row : engine.execute("MATCH (n:N) RETURN n.key AS k, n.value AS v")) {
      state.nodes.put(integer(row.get("k")), integer(row.get("v")));
    }
    assertEquals(state.nodes.size(), engine.nodeCount());
    for (Row row :
        engine.execute("MATCH (a:N)-[r:R]->(b:N) RETURN a.key AS a, b.key AS b, count(r) AS c")) {
      state.relationships.put(row.get("a") + "-" + row.get("b"), integer(row.get("c")));
    }
    return state;
  }

  private static int integer(Object value) {
    return ((Long) value).intValue();
  }

  private static EngineOptions options(Durability durability) {
    return EngineOptions.singleThreaded(1, () -> 1_000)
        .withStorage(StorageOptions.DEFAULT.withSegmentBytes(400).withDurability(durability));
  }

  /** Opens the database and works on it until it is done or the power goes. */
  private static void run(CrashStorage storage, Model model, Prng random, Durability durability) {
    boolean promises = durability.mode() == Durability.Mode.PER_COMMIT;
    try {
      Engine engine = Engine.open(storage, options(durability));
      // What is found when a database is opened is made durable.
      int lsn = (int) engine.lastLsn();
      while (model.states.size() > lsn + 1) {
        model.states.remove(model.states.size() - 1);
      }
      model.promised = lsn;
      int steps = 6 + random.nextInt(6);
      for (int step = 0; step < steps; step++) {
        int choice = random.nextInt(14);
        if (choice == 0) {
          model.snapshot = engine.saveSnapshotToBytes();
          model.snapshotState = model.last();
        } else if (choice == 1 && model.snapshot.length > 0) {
          model.states.add(model.snapshotState);
          engine.loadSnapshotFromBytes(model.snapshot);
          model.promised = model.states.size() - 1;
        } else if (choice == 2) {
          engine.sync();
          model.promised = model.states.size() - 1;
        } else if (choice == 3) {
          engine.checkpoint();
          model.promised = model.states.size() - 1;
        } else if (choice == 4) {
          engine.checkpoint();
          engine.truncateLog(engine.logStatus().checkpointLsn());
          model.promised = model.states.size() - 1;
        } else {
          transact(engine, model, random);
          model.promised = promises ? model.states.size() - 1 : model.promised;
        }
      }
      if (random.nextBoolean()) {
        engine.close();
        model.promised = model.states.size() - 1;
      }
    } catch (WeftException failure) {
      assertTrue(storage.powerIsOff(), failure.getMessage());
    }
  }

  private static void transact(Engine engine, Model model, Prng random) {
    State state = model.last().copy();
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      int statements = 1 + random.nextInt(4);
      for (int i = 0; i < statements; i++) {
        change(transaction, state, random);
      }
      if (random.nextInt(5) == 0) {
        return;
      }
      if (!state.equals(model.last())) {
        model.states.add(state);
      } else {
        transaction.rollback();
        return;
      }
      transaction.commit();
    }
  }

  private static void change(Transaction transaction, State state, Prng random) {
    int key = random.nextInt(12);
    int other = random.nextInt(12);
    int value = random.nextInt(1000);
    Map<String, Object> parameters = Map.of("k", key, "o", other, "v", value);
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        transaction.execute("MERGE (n:N {key: $k}) SET n.value = $v", parameters);
        state.nodes.put(key, value);
      }
      case 2, 3 -> {
        transaction.execute(
            "MATCH (a:N {key: $k}), (b:N {key: $o}) CREATE (a)-[:R]->(b)", parameters);
        if (state.nodes.containsKey(key) && state.nodes.containsKey(other)) {
          state.relationships.merge(key + "-" + other, 1, Integer::sum);
        }
      }
      case 4 -> {
        transaction.execute("MATCH (n:N {key: $k}) DETACH DELETE n", parameters);
        state.nodes.remove(key);
        state.relationships.keySet().removeIf(ends -> touches(ends, key));
      }
      default -> {
        try {
          transaction.execute(
              "UNWIND [1, 0] AS d CREATE (:N {key: 99, value: $v / d})", parameters);
          throw new AssertionError("a division by zero went through");
        } catch (WeftException failure) {
          assertEquals(ErrorCode.DIVISION_BY_ZERO, failure.code(), failure.getMessage());
        }
      }
    }
  }

  private static boolean touches(String ends, int key) {
    int dash = ends.indexOf('-');
    return Integer.parseInt(ends.substring(0, dash)) == key
        || Integer.parseInt(ends.substring(dash + 1)) == key;
  }
}
