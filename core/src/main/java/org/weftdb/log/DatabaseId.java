package org.weftdb.log;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.storage.FileNames;

/**
 * 128 random bits that tell the files of one database from those of all others. They come from
 * outside, since the core has no source of randomness.
 */
public record DatabaseId(long high, long low) {
  /** The bytes of an id in a file. */
  public static final int LENGTH_BYTES = 16;

  /** Appends the id to the bytes of a file. */
  public void encode(ByteWriter target) {
    target.writeLong(low);
    target.writeLong(high);
  }

  /** Reads what {@link #encode} wrote. */
  public static DatabaseId decode(ByteReader source) {
    long low = source.readLong();
    return new DatabaseId(source.readLong(), low);
  }

  @Override
  public String toString() {
    return FileNames.hexadecimal(high) + FileNames.hexadecimal(low);
  }
}
