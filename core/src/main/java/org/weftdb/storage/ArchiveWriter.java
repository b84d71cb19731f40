package org.weftdb.storage;

import java.util.function.Consumer;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;

/**
 * Writes an archive: file after file, in ascending order of their names, then {@link #finish}.
 *
 * <p>Needs memory for a piece of a file and for the table only. Equal files give equal bytes. For
 * one thread.
 */
public final class ArchiveWriter {
  private final ByteSink target;
  private final ByteWriter table = new ByteWriter();
  private String lastName = "";
  private int count;
  private long position;
  private boolean finished;

  /** An archive whose bytes go into a sink. */
  public ArchiveWriter(ByteSink target) {
    this.target = target;
    ByteWriter header = new ByteWriter(FormatHeader.LENGTH_BYTES);
    FormatHeader.write(header, ArchiveFormat.FORMAT);
    write(header.array(), header.position());
  }

  private void write(byte[] bytes, int length) {
    target.write(bytes, 0, length);
    position += length;
  }

  /** Adds the first bytes of an array as a file. */
  public void addFile(String name, byte[] bytes, int length) {
    addFile(name, new BytesReadFile(name, bytes, length), length);
  }

  /** Adds a file of a storage. */
  public void addFile(Storage storage, String name) {
    ReadFile file = storage.openRead(name);
    try {
      addFile(name, file, file.length());
    } finally {
      file.close();
    }
  }

  /** Adds the first bytes of a file under a name. */
  public void addFile(String name, ReadFile file, long length) {
    checkNext(name);
    long start = position;
    int checksum = 0;
    byte[] piece = new byte[(int) Math.min(length, ArchiveFormat.PIECE_BYTES)];
    for (long at = 0; at < length; at += piece.length) {
      int wanted = (int) Math.min(piece.length, length - at);
      file.readAt(at, piece, 0, wanted);
      checksum = Crc32c.update(checksum, piece, 0, wanted);
      write(piece, wanted);
    }
    addEntry(name, start, checksum);
  }

  /** Adds a file that is made while it is written. */
  public void addFile(String name, Consumer<ByteSink> content) {
    checkNext(name);
    long start = position;
    int[] checksum = {0};
    content.accept(
        (bytes, offset, length) -> {
          checksum[0] = Crc32c.update(checksum[0], bytes, offset, length);
          target.write(bytes, offset, length);
          position += length;
        });
    addEntry(name, start, checksum[0]);
  }

  private void addEntry(String name, long start, int checksum) {
    table.writeLong(start);
    table.writeLong(position - start);
    table.writeInt(checksum);
    table.writeInt(name.length());
    for (int i = 0; i < name.length(); i++) {
      table.writeByte(name.charAt(i));
    }
    count++;
  }

  private void checkNext(String name) {
    FileNames.checked(name);
    if (finished || name.compareTo(lastName) <= 0) {
      throw new IllegalStateException(
          finished ? "the archive is finished" : name + " does not come after " + lastName);
    }
    lastName = name;
  }

  /** Writes what comes behind the files. Nothing can be added afterwards. */
  public void finish() {
    if (finished) {
      throw new IllegalStateException("the archive is finished");
    }
    finished = true;
    table.writeLong(table.position());
    table.writeInt(count);
    table.writeInt(ArchiveFormat.MARK);
    int checksum = Crc32c.of(table.array(), 0, table.position());
    FormatFooter.write(table, position + table.position() + FormatFooter.LENGTH_BYTES, checksum);
    write(table.array(), table.position());
  }
}
