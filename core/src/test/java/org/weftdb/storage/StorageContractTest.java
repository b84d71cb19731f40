package org.weftdb.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** What every {@link Storage} promises; each implementation extends this. */
public abstract class StorageContractTest {
  private Storage storage;

  /** An empty storage of the kind under test. */
  protected abstract Storage createStorage();

  @BeforeEach
  void create() {
    storage = createStorage();
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private void write(String name, byte... bytes) {
    AppendFile file = storage.create(name);
    file.append(bytes, 0, bytes.length);
    file.sync();
    file.close();
  }

  private byte[] read(String name) {
    ReadFile file = storage.openRead(name);
    byte[] bytes = new byte[(int) file.length()];
    file.readAt(0, bytes, 0, bytes.length);
    file.close();
    return bytes;
  }

  private static void assertFails(ErrorCode code, Executable call) {
    WeftException error = assertThrows(WeftException.class, call);
    assertEquals(code, error.code(), error.getMessage());
  }

  @Test
  void namesAreListedInOrder() {
    assertEquals(List.of(), storage.list());
    for (String name : List.of("b", "a-2", "0", "a.1", "a_3", "a")) {
      write(name);
    }
    assertEquals(List.of("0", "a", "a-2", "a.1", "a_3", "b"), storage.list());
    assertTrue(storage.exists("a"));
    assertFalse(storage.exists("c"));
  }

  @Test
  void whatWasAppendedIsReadBack() {
    byte[] bytes = new byte[3_000_000];
    new Prng(1).nextBytes(bytes, 0, bytes.length);
    AppendFile file = storage.create("data");
    int at = 0;
    for (int length : new int[] {0, 1, 7, 4096, 100_000, 2_500_000}) {
      file.append(bytes, at, length);
      at += length;
      assertEquals(at, file.length());
    }
    file.sync();
    file.append(bytes, at, bytes.length - at);
    file.close();
    assertArrayEquals(bytes, read("data"));
    ReadFile reader = storage.openRead("data");
    byte[] part = new byte[1010];
    reader.readAt(123_456, part, 5, 1000);
    assertArrayEquals(
        Arrays.copyOfRange(bytes, 123_456, 124_456), Arrays.copyOfRange(part, 5, 1005));
    assertEquals(0, part[4]);
    assertEquals(0, part[1005]);
    reader.close();
  }

  @Test
  void anEmptyFileIsAFile() {
    write("empty");
    assertTrue(storage.exists("empty"));
    assertArrayEquals(new byte[0], read("empty"));
  }

  @Test
  void readingOverTheEndIsTruncatedAndBeforeTheBeginningIsMisuse() {
    write("data", (byte) 1, (byte) 2, (byte) 3);
    ReadFile file = storage.openRead("data");
    byte[] target = new byte[4];
    file.readAt(3, target, 0, 0);
    assertFails(ErrorCode.TRUNCATED, () -> file.readAt(0, target, 0, 4));
    assertFails(ErrorCode.TRUNCATED, () -> file.readAt(3, target, 0, 1));
    assertFails(ErrorCode.TRUNCATED, () -> file.readAt(1L << 40, target, 0, 1));
    assertFails(ErrorCode.INVALID_USE, () -> file.readAt(-1, target, 0, 1));
    file.close();
    file.close();
    assertFails(ErrorCode.CLOSED, () -> file.readAt(0, target, 0, 1));
  }

  @Test
  void anExistingNameIsNotCreatedAgain() {
    write("data", (byte) 1);
    assertFails(ErrorCode.FILE_ALREADY_EXISTS, () -> storage.create("data"));
    assertArrayEquals(new byte[] {1}, read("data"));
  }

  @Test
  void missingFilesAreNotFound() {
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> storage.openRead("data"));
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> storage.delete("data"));
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> storage.sync("data"));
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> storage.publish("data", "other"));
  }

  @Test
  void aFileThatIsAppendedToIsListedButCannotBeUsedOtherwise() {
    write("old", (byte) 9);
    AppendFile file = storage.create("data");
    assertEquals(List.of("data", "old"), storage.list());
    assertTrue(storage.exists("data"));
    assertFails(ErrorCode.INVALID_USE, () -> storage.openRead("data"));
    assertFails(ErrorCode.INVALID_USE, () -> storage.delete("data"));
    assertFails(ErrorCode.INVALID_USE, () -> storage.sync("data"));
    assertFails(ErrorCode.INVALID_USE, () -> storage.publish("data", "other"));
    assertFails(ErrorCode.INVALID_USE, () -> storage.publish("old", "data"));
    assertFails(ErrorCode.FILE_ALREADY_EXISTS, () -> storage.create("data"));
    file.close();
    storage.sync("data");
    assertArrayEquals(new byte[0], read("data"));
  }

  @Test
  void aClosedFileIsNotAppendedTo() {
    AppendFile file = storage.create("data");
    file.close();
    file.close();
    assertFails(ErrorCode.CLOSED, () -> file.append(new byte[1], 0, 1));
    assertFails(ErrorCode.CLOSED, file::sync);
  }

  @Test
  void publishingGivesANewNameAndReplaces() {
    write("temporary", (byte) 1);
    storage.publish("temporary", "final");
    assertEquals(List.of("final"), storage.list());
    write("temporary", (byte) 2, (byte) 3);
    ReadFile before = storage.openRead("final");
    storage.publish("temporary", "final");
    assertEquals(List.of("final"), storage.list());
    assertArrayEquals(new byte[] {2, 3}, read("final"));
    byte[] target = new byte[1];
    before.readAt(0, target, 0, 1);
    assertEquals(1, target[0]);
    before.close();
    assertFails(ErrorCode.INVALID_USE, () -> storage.publish("final", "final"));
    assertArrayEquals(new byte[] {2, 3}, read("final"));
  }

  @Test
  void aDeletedFileIsGoneButStaysReadableWhereItIsOpen() {
    write("data", (byte) 5);
    ReadFile file = storage.openRead("data");
    storage.delete("data");
    assertFalse(storage.exists("data"));
    assertEquals(List.of(), storage.list());
    byte[] target = new byte[1];
    file.readAt(0, target, 0, 1);
    assertEquals(5, target[0]);
    file.close();
    write("data", (byte) 6);
    assertArrayEquals(new byte[] {6}, read("data"));
  }

  @Test
  void namesThatNotEveryMediumCanKeepAreRefused() {
    for (String name :
        List.of(
            "",
            ".",
            "..",
            ".a",
            "-a",
            "A",
            "a/b",
            "a\\b",
            "a b",
            "ä",
            "a\u0000",
            "a".repeat(101))) {
      assertFails(ErrorCode.INVALID_USE, () -> storage.create(name));
      assertFails(ErrorCode.INVALID_USE, () -> storage.exists(name));
      assertFails(ErrorCode.INVALID_USE, () -> storage.openRead(name));
      assertFails(ErrorCode.INVALID_USE, () -> storage.delete(name));
      assertFails(ErrorCode.INVALID_USE, () -> storage.publish(name, "a"));
    }
    write("a");
    assertFails(ErrorCode.INVALID_USE, () -> storage.publish("a", "../a"));
    write("b".repeat(100));
  }

  @Test
  void aClosedStorageRefusesEveryCall() {
    write("data", (byte) 1);
    storage.close();
    storage.close();
    assertFails(ErrorCode.CLOSED, storage::list);
    assertFails(ErrorCode.CLOSED, () -> storage.exists("data"));
    assertFails(ErrorCode.CLOSED, () -> storage.create("other"));
    assertFails(ErrorCode.CLOSED, () -> storage.openRead("data"));
    assertFails(ErrorCode.CLOSED, () -> storage.sync("data"));
    assertFails(ErrorCode.CLOSED, () -> storage.publish("data", "other"));
    assertFails(ErrorCode.CLOSED, () -> storage.delete("data"));
  }
}
