package org.weftdb.snapshot;

/**
 * The bytes of a snapshot. Little-endian.
 *
 * <pre>
 * offset
 *   0  {@link org.weftdb.storage.FormatHeader}, format "SNAP"
 *  24  section 1, the manifest, always first
 *        0  nodeCount          u64
 *        8  relationshipCount  u64
 *       16  walLsn             u64 – number of the last commit contained
 *   …  further sections, in the order written; each begins where the one before ended and takes a
 *      multiple of 8 bytes, filled up with zeros
 *   t  table of sections
 *        one entry of 24 bytes per section, in the order of the sections
 *          0  id        u32 – what the section is; no id occurs twice
 *          4  checksum  u32 – CRC-32C of the section with its filling
 *          8  offset    u64 – where it begins in the file
 *         16  length    u64 – its bytes without the filling
 *        then
 *          0  count     u32 – number of entries
 *          4  zero      u32 – 0
 *   f  {@link org.weftdb.storage.FormatFooter}; its covered checksum is of the table with its count
 * </pre>
 *
 * <p>What is in a section is the matter of who writes it. A column of texts in it begins at a
 * multiple of 8 bytes from the section's beginning (zeros fill the gap):
 *
 * <pre>
 *   0  count  u32 – number of texts
 *   4  kind   u32 – 0
 *   8  ends   count times u32 – where each text ends, from the first one's beginning
 *   …  texts  UTF-8, without separators
 * </pre>
 */
final class SnapshotFormat {
  static final int TABLE_ENTRY_BYTES = 24;
  static final int TABLE_TAIL_BYTES = 8;
  static final int ALIGNMENT = 8;

  /** The kind of a column of texts. */
  static final int TEXT_COLUMN = 0;

  private SnapshotFormat() {}

  static int padding(long length) {
    return (int) -length & ALIGNMENT - 1;
  }
}
