package org.weftdb.bench.peers;

import static org.weftdb.bench.peers.Measurement.millisSince;
import static org.weftdb.bench.peers.Measurement.started;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.bench.peers.Specification.Workload;

/**
 * Measures one peer on one size and prints a line of JSON when a row begins and one when it is
 * measured: {@code PeerProcess <class of the peer> <size> <options> <empty directory>
 * <bench/peers>}.
 */
public final class PeerProcess {
  private static final int OPEN_LIMIT_SECONDS = 300;
  private static final int RELOAD_LIMIT_SECONDS = 1800;
  private static final int SNAPSHOT_LIMIT_SECONDS = 300;
  private static final int CLOSE_LIMIT_SECONDS = 60;
  private static final int SNAPSHOTS = 7;
  private static final int SNAPSHOTS_OF_LARGE = 3;
  private static final int PAGE_BYTES = 4096;
  private static final int MOST_MESSAGE_CHARS = 300;

  private final Peer peer;
  private final String className;
  private final Path directory;
  private final boolean isReload;
  private final Set<Object> skip;
  private final @Nullable Set<Object> only;

  private PeerProcess(String className, Map<String, Object> options, Path directory)
      throws ReflectiveOperationException {
    this.peer = Peer.of(className);
    this.className = className;
    this.directory = directory;
    this.isReload = Boolean.TRUE.equals(options.get("isReload"));
    this.skip = new HashSet<>(Json.array(options.get("skip")));
    this.only = options.containsKey("only") ? new HashSet<>(Json.array(options.get("only"))) : null;
  }

  public static void main(String[] arguments) throws Exception {
    String size = arguments[1];
    Path root = Path.of(arguments[4]);
    Path data = root.resolve("data").resolve(size);
    String file = size.equals("wordnet") ? "wordnet.json" : "workloads.json";
    Specification specification = Specification.of(read(root.resolve(file)), size);
    new PeerProcess(arguments[0], Json.readObject(arguments[2]), Path.of(arguments[3]))
        .run(specification, data);
    // Neo4j's threads may outlive its shutdown.
    System.exit(0);
  }

  private static Map<String, Object> read(Path file) throws Exception {
    return Json.readObject(Files.readString(file));
  }

  private void run(Specification specification, Path data) throws Exception {
    Map<String, Object> manifest = read(data.resolve("manifest.json"));
    double[] before = memoryMb();
    tell(started("open", OPEN_LIMIT_SECONDS));
    long start = System.nanoTime();
    peer.open(directory, specification.keys());
    tell(Map.of("row", "open", "ms", millisSince(start), "version", peer.version()));
    int persons = manifest.containsKey("persons") ? Json.integer(manifest.get("persons")) : 0;
    Measurement measurement =
        new Measurement(peer, specification, read(data.resolve("params.json")), persons);
    if (isReload) {
      tell(started("reload", RELOAD_LIMIT_SECONDS));
      measurement.load(data, event -> {});
    } else {
      measurement.load(data, PeerProcess::tell);
      tellMemory(before, memoryMb(), manifest);
      if (isWanted("snapshot_plain")) {
        measured("snapshot_plain", SNAPSHOT_LIMIT_SECONDS, () -> snapshots(manifest));
      }
    }
    for (Workload workload : specification.workloads()) {
      if (isWanted(workload.id())) {
        measured(workload.id(), specification.limitSeconds(), () -> measurement.measure(workload));
      }
    }
    tell(started("close", CLOSE_LIMIT_SECONDS));
    peer.close();
  }

  private boolean isWanted(String row) {
    return !skip.contains(row) && (only == null || only.contains(row));
  }

  private interface Work {
    /** The figures, or none when the peer does not do such a thing. */
    Map<String, Object> run() throws Exception;
  }

  private static void measured(String row, int limitSeconds, Work work) {
    tell(started(row, limitSeconds));
    Map<String, Object> event = new HashMap<>();
    event.put("row", row);
    try {
      event.putAll(work.run());
    } catch (Exception e) {
      String message = String.valueOf(e.getMessage());
      event.put("error", message.substring(0, Math.min(message.length(), MOST_MESSAGE_CHARS)));
    }
    tell(event);
  }

  /** Saves the graph and loads it into an empty database. */
  private Map<String, Object> snapshots(Map<String, Object> manifest) throws Exception {
    List<Double> saves = new ArrayList<>();
    List<Double> loads = new ArrayList<>();
    int edges = Json.integer(manifest.get("edges"));
    int bytes = 0;
    for (int i = 0; i < (edges > 1_000_000 ? SNAPSHOTS_OF_LARGE : SNAPSHOTS); i++) {
      long start = System.nanoTime();
      byte[] snapshot = peer.saveSnapshot();
      if (snapshot == null) {
        return Map.of();
      }
      saves.add(millisSince(start));
      bytes = snapshot.length;
      try (Peer copy = Peer.of(className)) {
        copy.open(directory, Map.of());
        start = System.nanoTime();
        copy.loadSnapshot(snapshot);
        loads.add(millisSince(start));
        Object count =
            copy.execute("MATCH ()-[r]->() RETURN count(r) AS n", Map.of()).values(0).get(0);
        if (!Long.valueOf(edges).equals(count)) {
          throw new IllegalStateException("the snapshot has " + count + " relationships");
        }
      }
    }
    double save = Measurement.median(saves);
    double load = Measurement.median(loads);
    return Map.of("ms", save + load, "saveMs", save, "loadMs", load, "bytes", bytes);
  }

  private static void tellMemory(double[] before, double[] after, Map<String, Object> manifest) {
    int elements = Json.integer(manifest.get("nodes")) + Json.integer(manifest.get("edges"));
    double rss = after[0] - before[0];
    double heap = after[1] - before[1];
    tell(
        Map.of(
            "row",
            "memory",
            "rssMb",
            rss,
            "heapMb",
            heap,
            "bytesPerElement",
            rss * 1e6 / elements));
  }

  /** The memory of the process, where Linux tells it, and what is in use of the heap. */
  private static double[] memoryMb() throws Exception {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    Path linux = Path.of("/proc/self/statm");
    long pages = Files.exists(linux) ? Long.parseLong(Files.readString(linux).split(" ", 3)[1]) : 0;
    long heap = runtime.totalMemory() - runtime.freeMemory();
    return new double[] {pages * (double) PAGE_BYTES / 1e6, heap / 1e6};
  }

  private static void tell(Map<String, Object> event) {
    System.out.println("@" + Json.write(event));
    System.out.flush();
  }
}
