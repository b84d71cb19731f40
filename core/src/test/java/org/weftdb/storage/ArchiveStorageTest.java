package org.weftdb.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

final class ArchiveStorageTest {
  private static final int END_BYTES = ArchiveFormat.TABLE_TAIL_BYTES + FormatFooter.LENGTH_BYTES;

  private static byte[] random(int length, long seed) {
    Prng random = new Prng(seed);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static TreeMap<String, byte[]> files() {
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put("a-1", random(300, 1));
    files.put("b.empty", new byte[0]);
    files.put("c_2", random(17, 2));
    return files;
  }

  private static byte[] archive(Map<String, byte[]> files) {
    ByteWriter target = new ByteWriter();
    ArchiveWriter writer = new ArchiveWriter(target::writeBytes);
    files.forEach((name, bytes) -> writer.addFile(name, bytes, bytes.length));
    writer.finish();
    return target.toByteArray();
  }

  private static ArchiveStorage open(byte[] bytes) {
    return ArchiveStorage.open(new BytesReadFile("test", bytes, bytes.length), "test");
  }

  private static byte[] read(Storage storage, String name) {
    ReadFile file = storage.openRead(name);
    byte[] bytes = new byte[(int) file.length()];
    file.readAt(0, bytes, 0, bytes.length);
    file.close();
    return bytes;
  }

  private static WeftException assertFails(ErrorCode code, Executable call) {
    WeftException error = assertThrows(WeftException.class, call);
    assertEquals(code, error.code(), error.getMessage());
    return error;
  }

  @Test
  void whatIsPutInIsThere() {
    TreeMap<String, byte[]> files = files();
    files.put("large", random(5_000_000, 3));
    for (Map<String, byte[]> some : List.of(files, files(), Map.<String, byte[]>of())) {
      ArchiveStorage storage = open(archive(some));
      assertEquals(List.copyOf(new TreeMap<>(some).keySet()), storage.list());
      for (String name : some.keySet()) {
        assertTrue(storage.exists(name));
        assertArrayEquals(some.get(name), read(storage, name), name);
      }
      assertFalse(storage.exists("d"));
    }
    assertArrayEquals(archive(files()), archive(files()));
  }

  @Test
  void partsOfAStorageAreArchived() {
    MemoryStorage storage = new MemoryStorage();
    for (Map.Entry<String, byte[]> entry : files().entrySet()) {
      AppendFile file = storage.create(entry.getKey());
      file.append(entry.getValue(), 0, entry.getValue().length);
      file.close();
    }
    ByteWriter target = new ByteWriter();
    ArchiveWriter writer = new ArchiveWriter(target::writeBytes);
    writer.addFile("a-1", storage.openRead("a-1"), 100);
    writer.addFile(storage, "c_2");
    writer.finish();
    ArchiveStorage archive = open(target.toByteArray());
    assertEquals(List.of("a-1", "c_2"), archive.list());
    assertArrayEquals(Arrays.copyOf(files().get("a-1"), 100), read(archive, "a-1"));
    assertArrayEquals(files().get("c_2"), read(archive, "c_2"));
  }

  @Test
  void filesAreWrittenInOrderAndOnce() {
    ArchiveWriter writer = new ArchiveWriter((bytes, offset, length) -> {});
    writer.addFile("b", new byte[1], 1);
    assertThrows(IllegalStateException.class, () -> writer.addFile("b", new byte[1], 1));
    assertThrows(IllegalStateException.class, () -> writer.addFile("a", new byte[1], 1));
    assertFails(ErrorCode.INVALID_USE, () -> writer.addFile("C", new byte[1], 1));
    writer.finish();
    assertThrows(IllegalStateException.class, () -> writer.addFile("d", new byte[1], 1));
    assertThrows(IllegalStateException.class, writer::finish);
  }

  @Test
  void filesAreReadByPositionsWithinTheirBounds() {
    ArchiveStorage storage = open(archive(files()));
    ReadFile file = storage.openRead("c_2");
    byte[] bytes = new byte[10];
    file.readAt(7, bytes, 2, 8);
    assertArrayEquals(
        Arrays.copyOfRange(files().get("c_2"), 7, 15), Arrays.copyOfRange(bytes, 2, 10));
    assertFails(ErrorCode.TRUNCATED, () -> file.readAt(8, bytes, 0, 10));
    assertFails(ErrorCode.TRUNCATED, () -> file.readAt(Long.MAX_VALUE, bytes, 0, 1));
    assertFails(ErrorCode.INVALID_USE, () -> file.readAt(-1, bytes, 0, 1));
    file.close();
    assertFails(ErrorCode.CLOSED, () -> file.readAt(0, bytes, 0, 1));
    storage.close();
    storage.close();
    assertFails(ErrorCode.CLOSED, storage::list);
    assertFails(ErrorCode.CLOSED, () -> storage.exists("c_2"));
    assertFails(ErrorCode.CLOSED, () -> storage.openRead("c_2"));
  }

  @Test
  void nothingIsWritten() {
    ArchiveStorage storage = open(archive(files()));
    assertFails(ErrorCode.INVALID_USE, () -> storage.create("d"));
    assertFails(ErrorCode.INVALID_USE, () -> storage.sync("a-1"));
    assertFails(ErrorCode.INVALID_USE, () -> storage.publish("a-1", "d"));
    assertFails(ErrorCode.INVALID_USE, () -> storage.delete("a-1"));
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> storage.openRead("d"));
    assertFails(ErrorCode.INVALID_USE, () -> storage.openRead("../d"));
  }

  @Test
  void everyFlippedBitIsFound() {
    byte[] bytes = archive(files());
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] damaged = Arrays.copyOf(bytes, bytes.length);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      WeftException error = assertThrows(WeftException.class, () -> open(damaged));
      boolean inEndMark = bit / 8 >= bytes.length - 12 && bit / 8 < bytes.length - 8;
      ErrorCode expected =
          bit / 8 < 8
              ? ErrorCode.NOT_OUR_FORMAT
              : inEndMark ? ErrorCode.TRUNCATED : ErrorCode.CORRUPTED;
      assertEquals(expected, error.code(), "bit " + bit + ": " + error.getMessage());
    }
  }

  @Test
  void everyTruncationIsFoundAndEveryByteTooMany() {
    byte[] bytes = archive(files());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertFails(ErrorCode.TRUNCATED, () -> open(cut));
    }
    byte[] twice = Arrays.copyOf(bytes, bytes.length * 2);
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
    assertFails(ErrorCode.CORRUPTED, () -> open(twice));
  }

  /** An archive with some bytes of its table changed and all checksums right again. */
  private static byte[] forged(byte[] archive, int tableStart, Map<Integer, Byte> changes) {
    byte[] bytes = Arrays.copyOf(archive, archive.length);
    changes.forEach((at, value) -> bytes[at] = value);
    int footer = bytes.length - FormatFooter.LENGTH_BYTES;
    ByteWriter end = new ByteWriter();
    int checksum = Crc32c.of(bytes, tableStart, footer - tableStart);
    FormatFooter.write(end, bytes.length, checksum);
    System.arraycopy(end.array(), 0, bytes, footer, FormatFooter.LENGTH_BYTES);
    return bytes;
  }

  @Test
  void hostileTablesAreRefused() {
    byte[] bytes = archive(files());
    int tableEnd = bytes.length - END_BYTES;
    int tableStart = tableEnd - 3 * ArchiveFormat.TABLE_ENTRY_BYTES - "a-1b.emptyc_2".length();
    int refused = 0;
    // The mark that ends the table is only looked at when the end is not what it should be.
    for (int at = tableStart; at < bytes.length - FormatFooter.LENGTH_BYTES - 4; at++) {
      for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF, bytes[at] + 1, bytes[at] - 1}) {
        if ((byte) value == bytes[at]) {
          continue;
        }
        byte[] hostile = forged(bytes, tableStart, Map.of(at, (byte) value));
        String place = "byte " + (at - tableStart) + " is " + value;
        try {
          ArchiveStorage storage = open(hostile);
          // Only a name can be another one and still be right.
          assertEquals(3, storage.list().size(), place);
          assertFalse(storage.list().equals(List.copyOf(files().keySet())), place);
        } catch (WeftException error) {
          assertEquals(ErrorCode.CORRUPTED, error.code(), place + ": " + error.getMessage());
          refused++;
        }
      }
    }
    assertTrue(refused > 400, "only " + refused + " were refused");
  }
}
