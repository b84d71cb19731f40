package org.weftdb.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.weftdb.error.WeftException;

final class CrashStorageTest extends StorageContractTest {
  @Override
  protected Storage createStorage() {
    return new CrashStorage();
  }

  private static AppendFile append(CrashStorage storage, String name, String text) {
    AppendFile file = storage.create(name);
    file.append(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
    return file;
  }

  @Test
  void syncedBytesSurviveEveryPowerCutAndOthersSome() {
    CrashStorage storage = new CrashStorage();
    AppendFile file = append(storage, "a", "synced");
    file.sync();
    file.append(new byte[] {'x', 'y', 'z'}, 0, 3);
    Set<Integer> lengths = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      byte[] left = storage.afterPowerCut(seed).bytesOf("a");
      assertEquals("synced", new String(left, 0, 6, StandardCharsets.US_ASCII));
      lengths.add(left.length);
    }
    assertEquals(Set.of(6, 7, 8, 9), lengths);
    assertEquals(9, storage.afterProcessDeath().bytesOf("a").length);
  }

  @Test
  void ofAnAppendInWhichTheProcessDiedTheBeginningIsThere() {
    CrashStorage storage = new CrashStorage();
    assertNull(storage.afterProcessDeathDuringAppend(1));
    AppendFile file = append(storage, "a", "first");
    file.append(new byte[] {'x', 'y', 'z'}, 0, 3);
    Set<String> left = new HashSet<>();
    Set<Integer> lengths = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      CrashStorage dead = storage.afterProcessDeathDuringAppend(seed);
      left.add(new String(dead.bytesOf("a"), StandardCharsets.US_ASCII));
      CrashStorage cut = dead.afterPowerCut(seed);
      lengths.add(cut.exists("a") ? cut.bytesOf("a").length : -1);
    }
    assertEquals(Set.of("first", "firstx", "firstxy"), left);
    assertEquals(Set.of(-1, 0, 1, 2, 3, 4, 5, 6, 7), lengths);
    file.sync();
    assertNull(storage.afterProcessDeathDuringAppend(1));
  }

  @Test
  void namesWithoutASyncMayGoAndDeletedOnesMayComeBack() {
    CrashStorage storage = new CrashStorage();
    append(storage, "kept", "k").sync();
    append(storage, "loose", "l").close();
    AppendFile deleted = append(storage, "deleted", "d");
    deleted.sync();
    deleted.close();
    storage.delete("deleted");
    Set<List<String>> seen = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      seen.add(storage.afterPowerCut(seed).list());
    }
    assertEquals(
        Set.of(
            List.of("kept"),
            List.of("kept", "loose"),
            List.of("deleted", "kept"),
            List.of("deleted", "kept", "loose")),
        seen);
  }

  @Test
  void aPublishIsOldOrNewWhileItRunsAndNewAfterwards() {
    Set<List<String>> seen = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      CrashStorage storage = new CrashStorage();
      AppendFile file = append(storage, "t", "new");
      file.sync();
      file.close();
      storage.cutPowerAt(storage.operations() + 1, seed);
      assertThrows(WeftException.class, () -> storage.publish("t", "f"));
      assertTrue(storage.powerIsOff());
      assertThrows(WeftException.class, storage::list);
      seen.add(storage.afterPowerCut(seed).list());
    }
    assertEquals(Set.of(List.of("t"), List.of("f")), seen);
  }

  @Test
  void publishingWhatWasNotSyncedIsABugOfTheCaller() {
    CrashStorage storage = new CrashStorage();
    append(storage, "t", "new").close();
    assertThrows(IllegalStateException.class, () -> storage.publish("t", "f"));
  }

  @Test
  void anOperationCanFailAlone() {
    CrashStorage storage = new CrashStorage();
    AppendFile file = append(storage, "a", "x");
    storage.failOnceAt(storage.operations() + 1);
    assertThrows(WeftException.class, file::sync);
    assertThrows(WeftException.class, file::sync);
    file.close();
    storage.sync("a");
    assertArrayEquals(new byte[] {'x'}, storage.afterPowerCut(3).bytesOf("a"));
  }
}
