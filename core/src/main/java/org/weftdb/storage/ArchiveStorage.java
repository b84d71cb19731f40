package org.weftdb.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The files in an archive, to be read only: whatever would change something is {@link
 * ErrorCode#INVALID_USE}.
 *
 * <p>All checksums are checked when the storage is opened, so after that only what the files mean
 * can be wrong. No more memory is taken than a piece of a file and the table, which is a part of
 * the archive.
 */
public final class ArchiveStorage extends UnwritableStorage {
  private record Entry(long offset, long length, int checksum) {}

  private final ReadFile source;
  private final String archiveName;
  private final TreeMap<String, Entry> entries = new TreeMap<>();
  private boolean closed;

  private ArchiveStorage(ReadFile source, String archiveName) {
    this.source = source;
    this.archiveName = archiveName;
  }

  /** Whether bytes, which may be only the first of a file, are those of an archive. */
  public static boolean isArchive(byte[] bytes, String name) {
    return FormatHeader.formatOf(bytes, name).equals(ArchiveFormat.FORMAT.name());
  }

  /**
   * Opens and checks an archive. The source is closed with the storage.
   *
   * @param name what messages call the archive, such as a file's name
   * @throws WeftException {@link ErrorCode#NOT_OUR_FORMAT}, {@link ErrorCode#TRUNCATED}, {@link
   *     ErrorCode#CORRUPTED}, {@link ErrorCode#FORMAT_TOO_NEW} or {@link ErrorCode#FORMAT_TOO_OLD}
   */
  public static ArchiveStorage open(ReadFile source, String name) {
    ArchiveStorage storage = new ArchiveStorage(source, name);
    storage.readTable();
    for (Entry entry : storage.entries.values()) {
      storage.checkFile(entry);
    }
    return storage;
  }

  /** What messages call the archive. */
  public String name() {
    return archiveName;
  }

  private byte[] read(long position, int length) {
    byte[] bytes = new byte[length];
    source.readAt(position, bytes, 0, length);
    return bytes;
  }

  private void readTable() {
    long length = source.length();
    byte[] header = read(0, (int) Math.min(length, FormatHeader.LENGTH_BYTES));
    FormatHeader.read(new ByteReader(header), ArchiveFormat.FORMAT, archiveName);
    int endBytes = ArchiveFormat.TABLE_TAIL_BYTES + FormatFooter.LENGTH_BYTES;
    long filesEnd = length - endBytes;
    if (filesEnd < FormatHeader.LENGTH_BYTES) {
      throw new WeftException(
          ErrorCode.TRUNCATED, archiveName + ": " + length + " bytes are too few for an archive");
    }
    ByteReader end = new ByteReader(read(filesEnd, endBytes));
    long entriesLength = end.readLong();
    int count = end.readInt();
    if (end.readInt() != ArchiveFormat.MARK && end.readLong() != length) {
      // The bytes may stop behind a file of the archive, which has a footer of its own.
      throw new WeftException(
          ErrorCode.TRUNCATED,
          archiveName + ": the file's end is missing, it stops after " + length + " bytes");
    }
    end.seek(ArchiveFormat.TABLE_TAIL_BYTES);
    int expected = FormatFooter.read(end, length, archiveName);
    if (entriesLength < 0
        || entriesLength > filesEnd - FormatHeader.LENGTH_BYTES
        || entriesLength > Integer.MAX_VALUE - endBytes
        || count < 0
        || count > entriesLength / ArchiveFormat.TABLE_ENTRY_BYTES) {
      throw corrupted("a table of " + count + " files in " + entriesLength + " bytes");
    }
    long tableStart = filesEnd - entriesLength;
    byte[] table = read(tableStart, (int) entriesLength + ArchiveFormat.TABLE_TAIL_BYTES);
    int actual = Crc32c.of(table);
    if (actual != expected) {
      throw FormatHeader.checksumMismatch(
          archiveName + ": the table of files", tableStart, expected, actual);
    }
    readEntries(new ByteReader(table, 0, (int) entriesLength, archiveName), count, tableStart);
  }

  private void readEntries(ByteReader table, int count, long tableStart) {
    long next = FormatHeader.LENGTH_BYTES;
    String lastName = "";
    for (int i = 0; i < count; i++) {
      if (table.remaining() < ArchiveFormat.TABLE_ENTRY_BYTES) {
        throw corrupted("a table that ends before the file " + i);
      }
      long offset = table.readLong();
      long length = table.readLong();
      int checksum = table.readInt();
      String name = readName(table);
      if (name.compareTo(lastName) <= 0) {
        throw corrupted("the file '" + name + "' comes after '" + lastName + "'");
      }
      if (offset != next || length < 0 || length > tableStart - next) {
        throw corrupted("'" + name + "' with " + length + " bytes at " + offset + " cannot be");
      }
      entries.put(name, new Entry(offset, length, checksum));
      lastName = name;
      next += length;
    }
    if (table.hasRemaining() || next != tableStart) {
      throw corrupted("bytes between the files and their table at offset " + next);
    }
  }

  private String readName(ByteReader table) {
    int length = table.readInt();
    if (length < 1 || length > FileNames.MAX_LENGTH || length > table.remaining()) {
      throw corrupted("a name of " + (length & 0xFFFFFFFFL) + " bytes");
    }
    char[] units = new char[length];
    for (int i = 0; i < length; i++) {
      units[i] = (char) table.readUnsignedByte();
    }
    String name = new String(units);
    if (!FileNames.isValid(name)) {
      throw corrupted("'" + name + "' is not a valid file name");
    }
    return name;
  }

  private void checkFile(Entry entry) {
    int actual = 0;
    byte[] piece = new byte[(int) Math.min(entry.length, ArchiveFormat.PIECE_BYTES)];
    for (long at = 0; at < entry.length; at += piece.length) {
      int wanted = (int) Math.min(piece.length, entry.length - at);
      source.readAt(entry.offset + at, piece, 0, wanted);
      actual = Crc32c.update(actual, piece, 0, wanted);
    }
    if (actual != entry.checksum) {
      throw FormatHeader.checksumMismatch(
          archiveName + ": the file", entry.offset, entry.checksum, actual);
    }
  }

  private WeftException corrupted(String what) {
    return new WeftException(ErrorCode.CORRUPTED, archiveName + ": " + what);
  }

  @Override
  public synchronized List<String> list() {
    checkOpen();
    return new ArrayList<>(entries.keySet());
  }

  @Override
  public synchronized boolean exists(String name) {
    checkOpen();
    return entries.containsKey(FileNames.checked(name));
  }

  @Override
  public synchronized ReadFile openRead(String name) {
    checkOpen();
    Entry entry = entries.get(FileNames.checked(name));
    if (entry == null) {
      throw StorageErrors.notFound(name);
    }
    return new EntryFile(name, entry);
  }

  @Override
  String why(String name) {
    return "the file '" + name + "' is in the archive " + archiveName;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      source.close();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw StorageErrors.storageClosed();
    }
  }

  private final class EntryFile implements ReadFile {
    private final String name;
    private final Entry entry;
    private volatile boolean ended;

    EntryFile(String name, Entry entry) {
      this.name = name;
      this.entry = entry;
    }

    @Override
    public void readAt(long position, byte[] target, int offset, int length) {
      if (ended) {
        throw StorageErrors.fileClosed(name);
      }
      if (position < 0) {
        throw new WeftException(
            ErrorCode.INVALID_USE, "position " + position + " in '" + name + "'");
      }
      if (position > entry.length - length) {
        throw StorageErrors.endsBefore(name, position, length, entry.length);
      }
      source.readAt(entry.offset + position, target, offset, length);
    }

    @Override
    public long length() {
      return entry.length;
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
