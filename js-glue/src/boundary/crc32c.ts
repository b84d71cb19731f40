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
  const at = (table: number, byte: number): number => t[table * 256 + (byte & 0xff)] as number;
  const b = (index: number): number => bytes[index] as number;
  let c = ~0;
  let i = 0;
  for (const last = bytes.length - 8; i <= last; i += 8) {
    c =
      at(7, c ^ b(i)) ^
      at(6, (c >>> 8) ^ b(i + 1)) ^
      at(5, (c >>> 16) ^ b(i + 2)) ^
      at(4, (c >>> 24) ^ b(i + 3)) ^
      at(3, b(i + 4)) ^
      at(2, b(i + 5)) ^
      at(1, b(i + 6)) ^
      at(0, b(i + 7));
  }
  for (; i < bytes.length; i++) {
    c = (c >>> 8) ^ at(0, c ^ b(i));
  }
  return ~c >>> 0;
}
