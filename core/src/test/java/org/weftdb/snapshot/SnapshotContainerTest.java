package org.weftdb.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.MemoryStorage;

final class SnapshotContainerTest {
  private static byte[] example() {
    ByteWriter written = new ByteWriter();
    SnapshotWriter writer = new SnapshotWriter(Manifest.of(3, 2, 77), written::writeBytes);
    SectionWriter columns = writer.beginSection(16);
    columns.bytes().writeInt(8);
    columns.writeStringColumn(List.of("", "a", "grün", "\ud800", "😀"));
    columns.bytes().writeInt(9);
    columns.writeStringColumn(List.of());
    SectionWriter other = writer.beginSection(17);
    other.bytes().writeVarint(300);
    writer.beginSection(18);
    writer.finish();
    return written.toByteArray();
  }

  @Test
  void everythingWrittenIsReadBack() {
    SnapshotReader reader = new SnapshotReader(example(), "example");
    assertEquals(new Manifest(2, 3, 2, 77), reader.manifest());
    assertEquals(4, reader.sectionCount());
    assertEquals(17, reader.sectionIdAt(2));
    SectionReader columns = reader.section(16);
    assertEquals(8, columns.bytes().readInt());
    assertArrayEquals(new String[] {"", "a", "grün", "\ud800", "😀"}, columns.readStringColumn());
    assertEquals(9, columns.bytes().readInt());
    assertThrows(WeftException.class, columns::expectEnd);
    assertArrayEquals(new String[0], columns.readStringColumn());
    columns.expectEnd();
    assertEquals(300, reader.section(17).bytes().readVarint());
    reader.section(18).expectEnd();
    assertFalse(reader.hasSection(19));
    assertEquals(
        ErrorCode.CORRUPTED, assertThrows(WeftException.class, () -> reader.section(19)).code());
  }

  @Test
  void equalSectionsGiveEqualBytesAndCopiesKeepThem() {
    byte[] bytes = example();
    assertArrayEquals(bytes, example());
    SnapshotReader reader = new SnapshotReader(bytes, "example");
    ByteWriter written = new ByteWriter();
    SnapshotWriter copy = new SnapshotWriter(reader.manifest(), written::writeBytes);
    copy.copySection(reader, 16);
    copy.copySection(reader, 17);
    copy.copySection(reader, 18);
    copy.finish();
    assertArrayEquals(bytes, written.toByteArray());
  }

  @Test
  void aLongSnapshotIsPassedOnInShortPieces() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      texts.add("text " + i);
    }
    List<Integer> pieces = new ArrayList<>();
    ByteWriter written = new ByteWriter();
    SnapshotWriter writer =
        new SnapshotWriter(
            Manifest.of(1, 2, 3),
            (bytes, offset, length) -> {
              pieces.add(length);
              written.writeBytes(bytes, offset, length);
            });
    writer.beginSection(16).writeStringColumn(texts);
    SectionWriter numbers = writer.beginSection(17);
    for (int i = 0; i < 300_001; i++) {
      numbers.bytes().writeByte(i * 31);
      numbers.passOnIfLong();
    }
    numbers.writeStringColumn(List.of("behind"));
    assertEquals(writer.finish(), written.position());
    for (int length : pieces) {
      assertTrue(length < SnapshotWriter.PIECE_BYTES + 100, "a piece of " + length + " bytes");
    }

    SnapshotReader reader = new SnapshotReader(written.toByteArray(), "long");
    assertArrayEquals(texts.toArray(), reader.section(16).readStringColumn());
    SectionReader read = reader.section(17);
    for (int i = 0; i < 300_001; i++) {
      assertEquals((byte) (i * 31), read.bytes().readByte());
    }
    assertArrayEquals(new String[] {"behind"}, read.readStringColumn());
    read.expectEnd();
    ByteWriter copied = new ByteWriter();
    SnapshotWriter copy = new SnapshotWriter(reader.manifest(), copied::writeBytes);
    copy.copySection(reader, 16);
    copy.copySection(reader, 17);
    copy.finish();
    assertArrayEquals(written.toByteArray(), copied.toByteArray());
  }

  @Test
  void bytesCutAnywhereAreTruncated() {
    byte[] bytes = example();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      WeftException error = assertThrows(WeftException.class, () -> new SnapshotReader(cut, "cut"));
      assertEquals(ErrorCode.TRUNCATED, error.code(), error.getMessage());
      assertTrue(error.getMessage().startsWith("cut: "), error.getMessage());
    }
  }

  @Test
  void everyFlippedBitIsFound() {
    byte[] bytes = example();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] damaged = Arrays.copyOf(bytes, bytes.length);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      WeftException error =
          assertThrows(WeftException.class, () -> new SnapshotReader(damaged, "damaged"));
      ErrorCode expected =
          bit < 64
              ? ErrorCode.NOT_OUR_FORMAT
              // A damaged end mark looks like a file whose end is missing.
              : isInFooterMagic(bit / 8, bytes.length) ? ErrorCode.TRUNCATED : ErrorCode.CORRUPTED;
      assertEquals(expected, error.code(), "bit " + bit + ": " + error.getMessage());
    }
  }

  private static boolean isInFooterMagic(int index, int length) {
    return index >= length - 12 && index < length - 8;
  }

  @Test
  void bytesBehindTheEndAreFound() {
    byte[] longer = Arrays.copyOf(example(), example().length + 8);
    assertThrows(WeftException.class, () -> new SnapshotReader(longer, "longer"));
  }

  @Test
  void aLaterVersionIsTooNewAndAnotherFormatIsForeign() {
    byte[] later = example();
    later[12] = 3;
    fixHeader(later);
    WeftException error = assertThrows(WeftException.class, () -> new SnapshotReader(later, "f"));
    assertEquals(ErrorCode.FORMAT_TOO_NEW, error.code());
    assertEquals(
        "f: version 3 of the format SNAP is newer than 2, the newest that this WeftDB reads",
        error.getMessage());

    byte[] other = example();
    other[8] = 'W';
    fixHeader(other);
    error = assertThrows(WeftException.class, () -> new SnapshotReader(other, "f"));
    assertEquals(ErrorCode.NOT_OUR_FORMAT, error.code());

    byte[] text =
        "CREATE (n:Person {name: 'Ada'})".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    error = assertThrows(WeftException.class, () -> new SnapshotReader(text, "f"));
    assertEquals(ErrorCode.NOT_OUR_FORMAT, error.code());
  }

  private static void fixHeader(byte[] bytes) {
    ByteWriter checksum = new ByteWriter();
    checksum.writeInt(Crc32c.of(bytes, 0, 20));
    System.arraycopy(checksum.array(), 0, bytes, 20, 4);
  }

  @Test
  void aColumnOfAnotherKindIsRefused() {
    for (int[] countAndKind : new int[][] {{1, 4}, {-1, 0}}) {
      ByteWriter written = new ByteWriter();
      SnapshotWriter writer = new SnapshotWriter(Manifest.of(0, 0, 0), written::writeBytes);
      ByteWriter section = writer.beginSection(16).bytes();
      section.writeInt(countAndKind[0]);
      section.writeInt(countAndKind[1]);
      section.writeInt(0);
      writer.finish();
      SnapshotReader reader = new SnapshotReader(written.toByteArray(), "example");
      assertEquals(
          ErrorCode.CORRUPTED,
          assertThrows(WeftException.class, () -> reader.section(16).readStringColumn()).code());
    }
  }

  @Test
  void textsThatEndOutsideTheirColumnAreRefused() {
    ByteWriter written = new ByteWriter();
    SnapshotWriter writer = new SnapshotWriter(Manifest.of(0, 0, 0), written::writeBytes);
    ByteWriter bytes = writer.beginSection(16).bytes();
    bytes.writeInt(2);
    bytes.writeInt(0);
    bytes.writeInt(5);
    bytes.writeInt(3);
    bytes.writeLong(0);
    writer.finish();
    SnapshotReader reader = new SnapshotReader(written.toByteArray(), "example");
    assertEquals(
        ErrorCode.CORRUPTED,
        assertThrows(WeftException.class, () -> reader.section(16).readStringColumn()).code());
  }

  @Test
  void aSnapshotFileReplacesTheOneBefore() {
    MemoryStorage storage = new MemoryStorage();
    byte[] bytes = example();
    for (byte[] content : new byte[][] {{1, 2, 3}, bytes}) {
      long length =
          SnapshotFiles.write(
              storage,
              "a.snapshot",
              sink -> {
                sink.write(content, 0, content.length);
                return content.length;
              });
      assertEquals(content.length, length);
    }
    assertEquals(List.of("a.snapshot"), storage.list());
    assertArrayEquals(bytes, SnapshotFiles.read(storage, "a.snapshot"));
  }

  @Test
  void noSectionIsWrittenTwice() {
    ByteWriter written = new ByteWriter();
    SnapshotWriter writer = new SnapshotWriter(Manifest.of(0, 0, 0), written::writeBytes);
    writer.beginSection(16);
    assertThrows(IllegalStateException.class, () -> writer.beginSection(16));
    writer.finish();
    assertThrows(WeftException.class, writer::finish);
  }
}
