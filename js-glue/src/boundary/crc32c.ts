/** The CRC-32C checksum (Castagnoli), eight bytes a step; the same as `Crc32c` of the Java half. */
const POLYNOMIAL = 0x82f63b78;

let tables: Int32Array | null = null;

function makeTables(): Int32Array {
  const made = new Int32Array(8 * 256);
  for (let i = 0; i < 256; i++) {
    let crc = i;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 1) !== 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    }
    made[i] = crc;
  }
  for (let i = 256; i < made.length; i++) {
    const previous = made[i - 256] as number;
    made[i] = (previous >>> 8) ^ (made[previous & 0xff] as number);
  }
  return made;
}

/** The checksum of bytes, as an unsigned number. */
export function crc32c(bytes: Uint8Array): number {
  const t = (tables ??= makeTables());
  let c = ~0;
  let i = 0;
  // Written out: with a function for each table it took about twice as long.
  for (const last = bytes.length - 8; i <= last; i += 8) {
    c =
      (t[1792 + ((c ^ bytes[i]!) & 0xff)]! ^
        t[1536 + (((c >>> 8) ^ bytes[i + 1]!) & 0xff)]! ^
        t[1280 + (((c >>> 16) ^ bytes[i + 2]!) & 0xff)]!) ^
      (t[1024 + (((c >>> 24) ^ bytes[i + 3]!) & 0xff)]! ^
        t[768 + bytes[i + 4]!]! ^
        t[512 + bytes[i + 5]!]!) ^
      (t[256 + bytes[i + 6]!]! ^ t[bytes[i + 7]!]!);
  }
  for (; i < bytes.length; i++) {
    c = (c >>> 8) ^ t[(c ^ bytes[i]!) & 0xff]!;
  }
  return ~c >>> 0;
}
