package org.weftdb.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Without rules a faulty storage is a storage; with rules it goes wrong as they say. */
final class FaultyStorageTest extends StorageContractTest {
  private final CrashStorage medium = new CrashStorage();

  @Override
  protected Storage createStorage() {
    return new FaultyStorage(new CrashStorage(), "\nfail any nothing always\n");
  }

  private static void assertFails(Executable call) {
    assertEquals(ErrorCode.IO_FAILED, assertThrows(WeftException.class, call).code());
  }

  private static void write(Storage storage, String name, int length) {
    AppendFile file = storage.create(name);
    try {
      file.append(new byte[length], 0, length);
      file.sync();
    } finally {
      file.close();
    }
  }

  @Test
  void aFaultLetsSomeGoByAndHappensAsOftenAsItIsSaid() {
    FaultyStorage storage =
        new FaultyStorage(medium, "fail create b-?.c after 1 times 2\nfail delete * always");
    write(storage, "a-1.c", 1);
    write(storage, "b-1.c", 1);
    assertFails(() -> storage.create("b-2.c"));
    assertFails(() -> storage.create("b-2.c"));
    write(storage, "b-2.c", 1);
    write(storage, "b-22.c", 1);
    for (int i = 0; i < 3; i++) {
      assertFails(() -> storage.delete("b-22.c"));
    }
    assertEquals(List.of("a-1.c", "b-1.c", "b-2.c", "b-22.c"), storage.list());
    assertEquals(List.of("CREATE b-2.c", "CREATE b-2.c"), storage.faults().subList(0, 2));
    storage.setRules("");
    storage.delete("b-22.c");
  }

  @Test
  void everyOperationCanFailWithoutEffect() {
    for (String operation : List.of("create", "append", "sync", "read", "publish", "delete")) {
      FaultyStorage storage =
          new FaultyStorage(new CrashStorage(), "fail " + operation + " * once");
      assertFails(
          () -> {
            write(storage, "t", 3);
            storage.publish("t", "f");
            ReadFile file = storage.openRead("f");
            file.readAt(0, new byte[3], 0, 3);
            file.close();
            storage.delete("f");
          });
      List<String> expected =
          switch (operation) {
            case "create" -> List.of();
            case "append", "sync", "publish" -> List.of("t");
            default -> List.of("f");
          };
      assertEquals(expected, storage.list(), operation);
    }
    FaultyStorage storage = new FaultyStorage(medium, "fail list *");
    assertFails(storage::list);
    assertEquals(List.of(), storage.list());
  }

  @Test
  void aFileThatFailedOnceStaysBroken() {
    FaultyStorage storage = new FaultyStorage(medium, "fail sync *\nshort append t after 1");
    for (String name : List.of("s", "t")) {
      AppendFile file = storage.create(name);
      file.append(new byte[] {1, 2, 3, 4}, 0, 4);
      if (name.equals("s")) {
        assertFails(file::sync);
      } else {
        assertFails(() -> file.append(new byte[] {5, 6, 7, 8}, 0, 4));
      }
      assertFails(file::sync);
      assertFails(() -> file.append(new byte[1], 0, 1));
      file.close();
    }
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, medium.bytesOf("t"));
  }

  @Test
  void aFullMediumTakesWhatFitsAndHasRoomAgainAfterADeletion() {
    FaultyStorage storage = new FaultyStorage(medium, "full after 10 bytes");
    write(storage, "a", 6);
    assertFails(() -> write(storage, "b", 6));
    assertEquals(4, medium.bytesOf("b").length);
    assertFails(() -> write(storage, "c", 1));
    storage.delete("a");
    write(storage, "d", 6);
    assertFails(() -> write(storage, "e", 1));
    assertEquals(3, storage.faults().size());
  }

  @Test
  void slowOperationsWaitAndGoWell() {
    AtomicInteger waited = new AtomicInteger();
    FaultyStorage storage =
        new FaultyStorage(medium, "slow sync *.log after 1 always", waited::incrementAndGet);
    for (String name : List.of("1.log", "2.log", "3.txt", "4.log")) {
      write(storage, name, 1);
    }
    assertEquals(2, waited.get());
  }

  @Test
  void rulesThatAreNoneAreRefusedWithTheirPlace() {
    for (String[] wrong :
        new String[][] {
          {"break sync *", "line 1, column 1: expected fail, short, slow or full, found 'break'"},
          {
            "\n  fail snyc *",
            "line 2, column 8: expected one of create, append, sync, read, publish, delete, list,"
                + " any, found 'snyc'"
          },
          {"short sync *", "line 1, column 7: expected one of append, read, found 'sync'"},
          {"fail sync", "line 1, column 10: expected the name of a file, found the end"},
          {"fail sync * after", "line 1, column 18: expected a number, found the end"},
          {"fail sync * times -1", "line 1, column 19: expected a number, found '-1'"},
          {"fail sync * twice", "line 1, column 13: expected the end of the line, found 'twice'"},
          {"full after 1 byte", "line 1, column 14: expected bytes, found 'byte'"},
        }) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> FaultRules.parse(wrong[0]));
      assertEquals(wrong[1], refused.getMessage());
    }
  }
}
