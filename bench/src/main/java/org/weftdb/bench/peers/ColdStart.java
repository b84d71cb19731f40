package org.weftdb.bench.peers;

import static org.weftdb.bench.peers.Measurement.millisSince;

import java.nio.file.Path;
import java.util.Map;

/**
 * A fresh process to a peer's first answers: {@code ColdStart <class of the peer> <empty
 * directory>}, or without arguments for Java alone. Prints a line of JSON with milliseconds when a
 * written node has been found again.
 */
public final class ColdStart {
  private ColdStart() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(arguments.length == 0 ? "{}" : Json.write(measure(arguments)));
    System.exit(0);
  }

  private static Map<String, Object> measure(String[] arguments) throws Exception {
    Peer peer = Peer.of(arguments[0]);
    long start = System.nanoTime();
    peer.open(Path.of(arguments[1]), Map.of("Person", "id"));
    double open = millisSince(start);
    start = System.nanoTime();
    peer.execute("RETURN 1 AS x", Map.of());
    double firstQuery = millisSince(start);
    start = System.nanoTime();
    peer.execute("CREATE (:Person {id: 1, name: 'a'})", Map.of());
    String query = "MATCH (p:Person {id: $id}) RETURN p.name AS name";
    Object name = peer.execute(query, Map.of("id", 1L)).values(0).get(0);
    if (!"a".equals(name)) {
      throw new IllegalStateException("the node that was created has not been found");
    }
    double createAndFind = millisSince(start);
    return Map.of("openMs", open, "firstQueryMs", firstQuery, "createAndFindMs", createAndFind);
  }
}
