package org.weftdb.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

final class ByteReaderWriterTest {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    127,
    128,
    -128,
    255,
    256,
    16383,
    16384,
    1L << 31,
    -(1L << 31),
    1L << 56,
    (1L << 63) - 1,
    Long.MIN_VALUE
  };

  @Test
  void everyKindRoundTrips() {
    ByteWriter writer = new ByteWriter(0);
    for (long number : NUMBERS) {
      writer.writeByte((int) number);
      writer.writeShort((int) number);
      writer.writeInt((int) number);
      writer.writeLong(number);
      writer.writeDouble(Double.longBitsToDouble(number));
      writer.writeVarint(number);
      writer.writeSignedVarint(number);
      writer.writeString("n" + number + "ü");
    }
    ByteReader reader = new ByteReader(writer.toByteArray());
    for (long number : NUMBERS) {
      assertEquals((byte) number, reader.readByte());
      assertEquals((short) number, reader.readShort());
      assertEquals((int) number, reader.readInt());
      assertEquals(number, reader.readLong());
      assertEquals(Double.longBitsToDouble(number), reader.readDouble());
      assertEquals(number, reader.readVarint());
      assertEquals(number, reader.readSignedVarint());
      assertEquals("n" + number + "ü", reader.readString());
    }
    assertFalse(reader.hasRemaining());
  }

  @Test
  void arraysRoundTrip() {
    int[] ints = {1, -2, Integer.MIN_VALUE, 0x01020304};
    long[] longs = {1, -2, Long.MIN_VALUE, 0x0102030405060708L};
    double[] doubles = {0.0, -0.0, 1.5, Double.NEGATIVE_INFINITY, Double.NaN};
    ByteWriter writer = new ByteWriter(1);
    writer.writeInts(ints, 0, ints.length);
    writer.writeLongs(longs, 1, 3);
    writer.writeDoubles(doubles, 0, doubles.length);
    ByteReader reader = new ByteReader(writer.array(), 0, writer.position());
    assertArrayEquals(ints, reader.readInts(4));
    assertArrayEquals(new long[] {-2, Long.MIN_VALUE, 0x0102030405060708L}, reader.readLongs(3));
    assertArrayEquals(doubles, reader.readDoubles(5));
    assertEquals(0, reader.remaining());
  }

  @Test
  void numbersAreLittleEndianAndEveryNanIsTheSame() {
    ByteWriter writer = new ByteWriter();
    writer.writeInt(0x01020304);
    writer.writeDouble(Double.longBitsToDouble(0xFFF8000000000123L));
    assertArrayEquals(
        new byte[] {4, 3, 2, 1, 0, 0, 0, 0, 0, 0, (byte) 0xF8, 0x7F}, writer.toByteArray());
  }

  @Test
  void theLowestBytesOfANumberAreWrittenAlone() {
    for (int count = 0; count <= 8; count++) {
      ByteWriter writer = new ByteWriter(0);
      writer.writeLowBytes(0x8877665544332211L, count);
      assertEquals(count, writer.position());
      for (int i = 0; i < count; i++) {
        assertEquals((byte) (0x11 * (i + 1)), writer.array()[i]);
      }
    }
  }

  @Test
  void varintsTakeTheLengthThatIsSaid() {
    for (long number : NUMBERS) {
      ByteWriter writer = new ByteWriter();
      writer.writeVarint(number);
      assertEquals(Varint.lengthBytes(number), writer.position());
      assertEquals(number, Varint.unzigzag(Varint.zigzag(number)));
    }
    assertEquals(10, Varint.lengthBytes(-1));
    assertEquals(1, Varint.lengthBytes(0));
  }

  @Test
  void everyReadOfInputThatEndsEarlyIsTruncated() {
    ByteWriter writer = new ByteWriter();
    writer.writeShort(1);
    writer.writeInt(2);
    writer.writeLong(3);
    writer.writeVarint(-1);
    writer.writeString("twelve bytes");
    writer.writeInts(new int[] {1, 2}, 0, 2);
    byte[] bytes = writer.toByteArray();
    for (int length = 0; length < bytes.length; length++) {
      ByteReader reader = new ByteReader(bytes, 0, length);
      WeftException error =
          assertThrows(
              WeftException.class,
              () -> {
                reader.readShort();
                reader.readInt();
                reader.readLong();
                reader.readVarint();
                reader.readString();
                reader.readInts(2);
              });
      assertEquals(ErrorCode.TRUNCATED, error.code());
      assertTrue(error.getMessage().contains("at offset " + reader.position()), error.getMessage());
    }
  }

  @Test
  void aHugeCountIsRefusedBeforeAnyArrayIsMade() {
    ByteWriter writer = new ByteWriter();
    writer.writeVarint(Integer.MAX_VALUE);
    writer.writeLong(0);
    byte[] bytes = writer.toByteArray();
    assertFails(ErrorCode.TRUNCATED, bytes, reader -> reader.readCount(8));
    assertFails(ErrorCode.TRUNCATED, bytes, ByteReader::readString);
    assertFails(ErrorCode.TRUNCATED, bytes, reader -> reader.readLongs(Integer.MAX_VALUE));
    assertFails(ErrorCode.TRUNCATED, bytes, reader -> reader.readBytes(-1));
  }

  @Test
  void numbersThatCannotBeAreCorrupted() {
    byte[] ones = new byte[11];
    java.util.Arrays.fill(ones, (byte) 0xFF);
    assertFails(ErrorCode.CORRUPTED, ones, ByteReader::readVarint);
    byte[] over = java.util.Arrays.copyOf(ones, 10);
    over[9] = 2;
    assertFails(ErrorCode.CORRUPTED, over, ByteReader::readVarint);
    over[9] = 1;
    assertEquals(-1, new ByteReader(over).readVarint());
    assertFails(ErrorCode.CORRUPTED, over, ByteReader::readVarintInt);
    assertFails(ErrorCode.CORRUPTED, new byte[] {1, (byte) 0x80}, ByteReader::readString);
  }

  private static void assertFails(ErrorCode code, byte[] bytes, Consumer<ByteReader> read) {
    ByteReader reader = new ByteReader(bytes);
    WeftException error = assertThrows(WeftException.class, () -> read.accept(reader));
    assertEquals(code, error.code());
    assertEquals(0, reader.position());
  }

  @Test
  void aWriterRefusesToGrowOverItsMaximumAndKeepsWhatItHas() {
    ByteWriter writer = new ByteWriter(4, 10);
    writer.writeLong(7);
    WeftException error = assertThrows(WeftException.class, () -> writer.writeInt(1));
    assertEquals(ErrorCode.VALUE_TOO_LARGE, error.code());
    writer.writeShort(9);
    assertEquals(10, writer.position());
    assertEquals(7, new ByteReader(writer.toByteArray()).readLong());
  }

  @Test
  void patchesChangeOnlyWhatWasWritten() {
    ByteWriter writer = new ByteWriter();
    writer.writeInt(0);
    writer.writeInt(5);
    writer.patchInt(0, 8);
    assertThrows(IndexOutOfBoundsException.class, () -> writer.patchInt(5, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> writer.patchLong(4, 1));
    ByteReader reader = new ByteReader(writer.toByteArray());
    assertEquals(8, reader.readInt());
    assertEquals(5, reader.readInt());
  }

  @Test
  void aRangeIsReadWithPositionsOfItsOwn() {
    ByteReader outer = new ByteReader(new byte[] {1, 2, 3, 4, 5}, 1, 4);
    outer.skip(1);
    ByteReader inner = outer.readRange(2, "inner");
    assertEquals(3, inner.readByte());
    assertEquals(1, inner.position());
    assertEquals(5, outer.readByte());
    inner.seek(0);
    WeftException error = assertThrows(WeftException.class, inner::readInt);
    assertEquals("inner: 4 bytes expected at offset 0, but only 2 remain", error.getMessage());
  }
}
