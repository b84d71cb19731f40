package org.weftdb.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.engine.Engine;
import org.weftdb.engine.EngineOptions;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

final class HostStorageTest extends StorageContractTest {
  @Override
  protected Storage createStorage() {
    return new HostStorage();
  }

  @Test
  void handsOverWhatWasDoneInOrder() {
    HostStorage storage = new HostStorage();
    AppendFile file = storage.create("a.tmp");
    file.append(new byte[] {1, 2, 3}, 1, 2);
    file.sync();
    file.close();
    file.close();
    storage.publish("a.tmp", "a");
    storage.sync("a");
    storage.delete("a");
    assertEquals(
        List.of(
            "create a.tmp",
            "append a.tmp [2, 3]",
            "sync a.tmp",
            "close a.tmp",
            "publish a.tmp a",
            "sync a",
            "delete a"),
        described(taken(storage, 1 << 20)));
    assertFalse(storage.hasOperations());
  }

  @Test
  void handsOverInPiecesOfBoundedSize() {
    HostStorage storage = new HostStorage();
    byte[] bytes = new byte[(5 << 20) + 7];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 >>> 3);
    }
    storage.create("large").append(bytes, 0, bytes.length);
    int largest = 0;
    MemoryStorage host = new MemoryStorage();
    Map<String, AppendFile> open = new HashMap<>();
    while (storage.hasOperations()) {
      ByteWriter piece = new ByteWriter();
      storage.take(piece, 1 << 20);
      largest = Math.max(largest, piece.position());
      replay(piece, host, open);
    }
    assertTrue(largest < (2 << 20) + 100, "a piece of " + largest + " bytes");
    open.values().forEach(AppendFile::close);
    assertArrayEquals(bytes, contents(host).get("large"));
  }

  @Test
  void forgetsContentsWhenTheyAreReleased() {
    HostStorage storage = new HostStorage();
    storage.give("given", new byte[] {1});
    try (ReadFile file = storage.openRead("given")) {
      assertEquals(1, file.length());
    }
    storage.releaseContents();
    storage.create("made").close();
    for (String name : List.of("given", "made")) {
      WeftException refused = assertThrows(WeftException.class, () -> storage.openRead(name));
      assertEquals(ErrorCode.IO_FAILED, refused.code());
    }
    assertEquals(List.of("given", "made"), storage.list());
  }

  @Test
  void aDatabaseOpensFromWhatTheHostHasKept() {
    MemoryStorage host = new MemoryStorage();
    for (int round = 0; round < 4; round++) {
      HostStorage storage = new HostStorage();
      contents(host).forEach(storage::give);
      Map<String, AppendFile> open = new HashMap<>();
      try (Engine engine = Engine.open(storage, EngineOptions.singleThreaded(round, () -> 0))) {
        storage.releaseContents();
        assertEquals(round * 3L, engine.nodeCount());
        for (int i = 0; i < 3; i++) {
          engine.execute("CREATE (:N {round: " + round + ", i: " + i + "})");
          replay(taken(storage, 1 << 20), host, open);
        }
        if (round % 2 == 1) {
          engine.checkpoint();
        }
      }
      replay(taken(storage, 1 << 20), host, open);
      open.values().forEach(AppendFile::close);
    }
  }

  private static ByteWriter taken(HostStorage storage, int maxBytes) {
    ByteWriter taken = new ByteWriter();
    while (storage.hasOperations()) {
      storage.take(taken, maxBytes);
    }
    return taken;
  }

  /** Does the operations on another storage, as a host does. */
  private static void replay(ByteWriter taken, Storage host, Map<String, AppendFile> open) {
    read(
        taken,
        (kind, name, other, bytes) -> {
          switch (kind) {
            case HostStorage.CREATE -> open.put(name, host.create(name));
            case HostStorage.APPEND -> file(open, name).append(bytes, 0, bytes.length);
            case HostStorage.SYNC -> {
              if (open.containsKey(name)) {
                file(open, name).sync();
              } else {
                host.sync(name);
              }
            }
            case HostStorage.CLOSE -> {
              file(open, name).close();
              open.remove(name);
            }
            case HostStorage.PUBLISH -> host.publish(name, other);
            case HostStorage.DELETE -> host.delete(name);
            default -> throw new AssertionError("operation " + kind);
          }
        });
  }

  private static AppendFile file(Map<String, AppendFile> open, String name) {
    AppendFile file = open.get(name);
    if (file == null) {
      throw new AssertionError(name + " is not open");
    }
    return file;
  }

  private interface Visitor {
    void visit(int kind, String name, String other, byte[] bytes);
  }

  private static void read(ByteWriter taken, Visitor visitor) {
    ByteReader reader = new ByteReader(taken.array(), 0, taken.position(), "operations");
    while (reader.remaining() > 0) {
      int kind = reader.readByte();
      String name = reader.readString();
      String other = kind == HostStorage.PUBLISH ? reader.readString() : "";
      byte[] bytes = new byte[kind == HostStorage.APPEND ? reader.readVarintInt() : 0];
      reader.readBytes(bytes, 0, bytes.length);
      visitor.visit(kind, name, other, bytes);
    }
  }

  private static List<String> described(ByteWriter taken) {
    List<String> described = new ArrayList<>();
    String[] kinds = {"", "create", "append", "sync", "close", "publish", "delete"};
    read(
        taken,
        (kind, name, other, bytes) ->
            described.add(
                (kinds[kind] + " " + name + " " + other).strip()
                    + (kind == HostStorage.APPEND ? " " + java.util.Arrays.toString(bytes) : "")));
    return described;
  }

  private static Map<String, byte[]> contents(Storage storage) {
    Map<String, byte[]> contents = new HashMap<>();
    for (String name : storage.list()) {
      try (ReadFile file = storage.openRead(name)) {
        byte[] bytes = new byte[Math.toIntExact(file.length())];
        file.readAt(0, bytes, 0, bytes.length);
        contents.put(name, bytes);
      }
    }
    return contents;
  }
}
