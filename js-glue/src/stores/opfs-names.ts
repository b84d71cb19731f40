import { crc32c } from '../boundary/crc32c.js';
import { failure, WeftError } from '../errors.js';

/** A file of a store: under which name which slot has its bytes. */
export interface NamedSlot {
  readonly name: string;
  readonly slot: number;
  /** Bytes that were durable when this was written; undefined when the file was never synced. */
  readonly durableBytes: number | undefined;
}

/** All files of a store at one moment. */
export interface Names {
  /** Counts the records that were written; the first has 1. */
  readonly sequence: number;
  /** The lowest number that no slot has had yet. */
  readonly nextSlot: number;
  readonly files: readonly NamedSlot[];
}

/*
 * A record of names, which `names-0` and `names-1` both hold. All numbers are little-endian.
 *
 *   0  magic      u8[8]   89 57 45 46 54 0D 0A 1A, as of every file of WeftDB
 *   8  format     u8[4]   "SLOT"
 *  12  version    u32     1
 *  16  zero       u32
 *  20  checksum   u32     CRC-32C of the 20 bytes before
 *  24  sequence   f64     a whole number from 1
 *  32  nextSlot   u32
 *  36  count      u32     of files
 *  40  byteLength u32     of the record, this field and the last checksum included
 *  44  files      per file: slot u32, durableBytes f64 (-1: never synced), name length u8, name in ASCII
 *   …  checksum   u32     CRC-32C of all bytes from 24 on to here
 *
 * Bytes behind the record are not looked at. These constants must not change.
 */
const MAGIC = [0x89, 0x57, 0x45, 0x46, 0x54, 0x0d, 0x0a, 0x1a];
const FORMAT = [0x53, 0x4c, 0x4f, 0x54];
const VERSION = 1;
const HEADER_BYTES = 24;
const FILES_AT = 44;
const ENTRY_BYTES = 13;

/** The bytes of a record. */
export function encodeNames({ sequence, nextSlot, files }: Names): Uint8Array<ArrayBuffer> {
  const names = files.reduce((sum, { name }) => sum + name.length, 0);
  const byteLength = FILES_AT + files.length * ENTRY_BYTES + names + 4;
  const bytes = new Uint8Array(byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  bytes.set(FORMAT, 8);
  view.setUint32(12, VERSION, true);
  view.setUint32(20, crc32c(bytes.subarray(0, 20)), true);
  view.setFloat64(24, sequence, true);
  view.setUint32(32, nextSlot, true);
  view.setUint32(36, files.length, true);
  view.setUint32(40, byteLength, true);
  let at = FILES_AT;
  for (const { name, slot, durableBytes } of files) {
    view.setUint32(at, slot, true);
    view.setFloat64(at + 4, durableBytes ?? -1, true);
    bytes[at + 12] = name.length;
    for (let i = 0; i < name.length; i++) {
      bytes[at + ENTRY_BYTES + i] = name.charCodeAt(i);
    }
    at += ENTRY_BYTES + name.length;
  }
  view.setUint32(at, crc32c(bytes.subarray(HEADER_BYTES, at)), true);
  return bytes;
}

/**
 * What a record says; null when the bytes are not a whole one, such as after a torn write.
 *
 * @throws WeftError `FORMAT_TOO_NEW`
 */
export function decodeNames(bytes: Uint8Array, what: string): Names | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < FILES_AT + 4) {
    return null;
  }
  const isOurs = [...MAGIC, ...FORMAT].every((byte, i) => bytes[i] === byte);
  if (!isOurs || view.getUint32(20, true) !== crc32c(bytes.subarray(0, 20))) {
    return null;
  }
  if (view.getUint32(12, true) !== VERSION) {
    throw tooNew(what, view.getUint32(12, true));
  }
  const end = view.getUint32(40, true) - 4;
  if (end < FILES_AT || end > bytes.byteLength - 4) {
    return null;
  }
  if (view.getUint32(end, true) !== crc32c(bytes.subarray(HEADER_BYTES, end))) {
    return null;
  }
  const sequence = view.getFloat64(24, true);
  const files: NamedSlot[] = [];
  let at = FILES_AT;
  for (let i = view.getUint32(36, true); i > 0; i--) {
    const durable = view.getFloat64(at + 4, true);
    const nameAt = at + ENTRY_BYTES;
    const name = String.fromCharCode(...bytes.subarray(nameAt, nameAt + bytes[at + 12]!));
    const durableBytes = durable < 0 ? undefined : durable;
    files.push({ name, slot: view.getUint32(at, true), durableBytes });
    at += ENTRY_BYTES + name.length;
  }
  return { sequence, nextSlot: view.getUint32(32, true), files };
}

function tooNew(what: string, version: number): WeftError {
  const format = `the names of its files have the format version ${version}`;
  return failure('FORMAT_TOO_NEW', `${what}: ${format}, ${VERSION} is the last that can be read`);
}
