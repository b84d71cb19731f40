package org.weftdb.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.weftdb.Database;
import org.weftdb.engine.SnapshotInfo;

/** Turns WordNet's files into a snapshot: {@code MakeWordNet <dict folder> <snapshot file>}. */
public final class MakeWordNet {
  private MakeWordNet() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: MakeWordNet <WordNet's dict folder> <snapshot file>");
      System.exit(2);
    }
    Path snapshot = Path.of(arguments[1]).toAbsolutePath();
    Files.createDirectories(snapshot.getParent());
    try (Database database = Database.inMemory()) {
      WordNetGraph.load(WordNetFiles.read(Path.of(arguments[0])), database);
      SnapshotInfo info = database.saveSnapshot(snapshot);
      System.out.println(
          "WordNet: "
              + info.nodeCount()
              + " nodes, "
              + info.relationshipCount()
              + " relationships, "
              + Files.size(snapshot)
              + " bytes in "
              + snapshot.getFileName());
    }
  }
}
