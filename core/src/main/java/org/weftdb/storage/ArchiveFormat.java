package org.weftdb.storage;

/**
 * The bytes of an archive, which is a storage of files that are not written any more, in one file.
 * Little-endian.
 *
 * <pre>
 * offset
 *   0  {@link FormatHeader}, format "ARCH"
 *  24  the files, each right behind the one before, in ascending order of their names
 *   t  table of files, in the same order, per file
 *        0  offset    u64 – where it begins in the archive
 *        8  length    u64 – its bytes
 *       16  checksum  u32 – CRC-32C of them
 *       20  name      u32 – bytes of its name, 1 to 100
 *       24  the name, as {@link FileNames} allows it; no name occurs twice
 *      then
 *        0  length    u64 – bytes of the entries
 *        8  count     u32 – number of files
 *       12  mark      4 bytes – "TARC": tells the archive's end from that of a file in it
 *   f  {@link FormatFooter}; its covered checksum is of the table, from t to the footer
 * </pre>
 */
final class ArchiveFormat {
  static final int TABLE_ENTRY_BYTES = 24;
  static final int TABLE_TAIL_BYTES = 16;

  static final int MARK = 'T' | 'A' << 8 | 'R' << 16 | 'C' << 24;

  /** Files are copied and checked in pieces of this size. */
  static final int PIECE_BYTES = 1 << 20;

  /** Version 1 is the first. */
  static final FileFormat FORMAT = new FileFormat("ARCH", 1, 1);

  private ArchiveFormat() {}
}
