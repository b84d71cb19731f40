package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.jvm.FileStorage;
import org.weftdb.storage.AppendFile;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.Storage;

/** The directory of a database in the hands of the JVM and of Node.js, one at a time. */
class SharedDirectoryTest {
  private static final Path PACKAGE = Path.of("../js-glue").toAbsolutePath().normalize();

  /** Opens the directory, tells the outcome, writes a file when it may, and stays. */
  private static final String SCRIPT =
      """
      import { nodeStore } from '%s';
      const store = nodeStore(process.argv[1]);
      try {
        const files = await store.open();
        const name = `from-node-${files.length}`;
        await store.apply([
          { kind: 'create', name },
          { kind: 'append', name, bytes: new Uint8Array([1, 2, 3]) },
          { kind: 'sync', name },
        ]);
        console.log(files.map((file) => `${file.name}:${[...file.bytes]}`).join(' '));
      } catch (error) {
        console.log(`${error.code} ${error.message}`);
      }
      process.stdin.resume();
      """
          .formatted(PACKAGE.resolve("dist/entry-node.js").toUri());

  @TempDir Path folder;

  @Test
  void oneOpensWhatTheOtherHasWrittenAndNeverBothAtOnce() throws Exception {
    Path directory = folder.resolve("database");
    Storage storage = FileStorage.open(directory);
    AppendFile file = storage.create("from-java");
    file.append(new byte[] {4, 5}, 0, 2);
    file.sync();
    file.close();
    try (Node refused = new Node(directory)) {
      String expected = "open in process " + ProcessHandle.current().pid();
      assertTrue(refused.said().startsWith("DATABASE_LOCKED"), refused.said());
      assertTrue(refused.said().contains(expected), refused.said());
    }
    storage.close();
    for (int round = 0; round < 3; round++) {
      try (Node node = new Node(directory)) {
        assertTrue(node.said().startsWith("from-java:4,5"), node.said());
        WeftException error = assertThrows(WeftException.class, () -> FileStorage.open(directory));
        assertEquals(ErrorCode.DATABASE_LOCKED, error.code());
        assertTrue(error.getMessage().contains("process " + node.pid()), error.getMessage());
        assertThrows(WeftException.class, () -> FileStorage.openForReading(directory));
      }
      // It was killed: the lock is free at once.
      try (Storage after = FileStorage.open(directory)) {
        ReadFile written = after.openRead("from-node-" + (round + 1));
        byte[] bytes = new byte[3];
        written.readAt(0, bytes, 0, 3);
        written.close();
        assertEquals(3, written.length());
        assertArrayEquals(new byte[] {1, 2, 3}, bytes);
      }
    }
    assertEquals(0, Files.size(directory.resolve(FileStorage.LOCK_FILE)));
  }

  /** A process of Node.js, which is killed when it is closed. */
  private static final class Node implements AutoCloseable {
    private final Process process;
    private final String said;

    Node(Path directory) throws IOException {
      process =
          new ProcessBuilder(
                  List.of(
                      PACKAGE.resolve("node_modules/.bin/node").toString(),
                      "--input-type=module",
                      "-e",
                      SCRIPT,
                      directory.toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      said = String.valueOf(output.readLine());
    }

    String said() {
      return said;
    }

    long pid() {
      return process.pid();
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
