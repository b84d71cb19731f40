/** The headers and ends of WeftDB's files; see `FormatHeader` and `FormatFooter` of the Java half. */
import { crc32c } from './boundary/crc32c.js';
import { failure, type WeftError } from './errors.js';

export const MAGIC = [0x89, 0x57, 0x45, 0x46, 0x54, 0x0d, 0x0a, 0x1a];
export const FORMAT_HEADER_BYTES = 24;
export const FORMAT_FOOTER_BYTES = 24;

const FORMAT_OFFSET = 8;
const VERSION_OFFSET = 12;
const CHECKSUM_OFFSET = 20;
const FOOTER_MARK = 0x57454654;
const FOOTER_MARK_OFFSET = 12;

/**
 * The name of the format that bytes are of.
 *
 * Fails with `NOT_OUR_FORMAT`, `TRUNCATED` or `CORRUPTED` when they do not begin with a sound header.
 */
export function formatOf(bytes: Uint8Array): string {
  for (let i = 0; i < Math.min(bytes.length, MAGIC.length); i++) {
    if (bytes[i] !== MAGIC[i]) {
      throw failure('NOT_OUR_FORMAT', 'the snapshot: these are not bytes that WeftDB wrote');
    }
  }
  if (bytes.length < FORMAT_HEADER_BYTES) {
    throw truncated(`${bytes.length} bytes are fewer than a file's header has`);
  }
  if (crc32c(bytes.subarray(0, CHECKSUM_OFFSET)) !== viewOf(bytes).getUint32(CHECKSUM_OFFSET, true)) {
    throw corrupted('the header at offset 0 is damaged');
  }
  return String.fromCharCode(...bytes.subarray(FORMAT_OFFSET, VERSION_OFFSET));
}

/** The version in a sound header; fails with `FORMAT_TOO_NEW` or `FORMAT_TOO_OLD`. */
export function checkVersion(
  header: Uint8Array,
  format: string,
  oldest: number,
  newest: number,
): number {
  const version = viewOf(header).getUint32(VERSION_OFFSET, true);
  if (version >= oldest && version <= newest) {
    return version;
  }
  const isNew = version > newest;
  const [comparison, limit, end] = isNew ? ['newer', newest, 'newest'] : ['older', oldest, 'oldest'];
  throw failure(
    isNew ? 'FORMAT_TOO_NEW' : 'FORMAT_TOO_OLD',
    `the snapshot: version ${version} of the format ${format} is ${comparison} than ${limit}, the ${end} that this WeftDB reads`,
  );
}

/** Checks that bytes end as a whole file does, and gives the checksum that its format covers with it. */
export function readFooter(bytes: Uint8Array): number {
  const at = bytes.length - FORMAT_FOOTER_BYTES;
  const footer = bytes.subarray(Math.max(at, 0));
  const view = viewOf(footer);
  const isSound =
    at >= FORMAT_HEADER_BYTES &&
    view.getUint32(CHECKSUM_OFFSET, true) === crc32c(footer.subarray(0, CHECKSUM_OFFSET));
  if (!isSound || view.getUint32(FOOTER_MARK_OFFSET, true) !== FOOTER_MARK) {
    throw truncated(`the file's end is missing, it stops after ${bytes.length} bytes`);
  }
  const written = Number(view.getBigUint64(0, true));
  if (written !== bytes.length) {
    throw truncated(`${written} bytes were written, but there are ${bytes.length}`);
  }
  return view.getUint32(8, true);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function corrupted(what: string, cause?: unknown): WeftError {
  return failure('CORRUPTED', `the snapshot: ${what}`, cause);
}

export function truncated(what: string): WeftError {
  return failure('TRUNCATED', `the snapshot: ${what}`);
}
