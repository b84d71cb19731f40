import type { ImportSource, SnapshotInfo, SnapshotKey } from './api.js';
import { crc32c } from './boundary/crc32c.js';
import { isBare, open } from './envelope.js';
import {
  checkVersion,
  corrupted,
  FORMAT_FOOTER_BYTES,
  FORMAT_HEADER_BYTES,
  formatOf,
  readFooter,
  viewOf,
} from './formats.js';
import { failure } from './errors.js';
import { allBytes } from './sources.js';

const SNAPSHOT_VERSIONS = [1, 2] as const;
const ARCHIVE_VERSIONS = [1, 1] as const;

const SECTION_ENTRY_BYTES = 24;
const SECTIONS_TAIL_BYTES = 8;
const MANIFEST = 1;
const MANIFEST_BYTES = 24;

const FILE_ENTRY_BYTES = 24;
const FILES_TAIL_BYTES = 16;
const MOST_NAME_BYTES = 100;
const SNAPSHOT_NAME = /^snapshot-[0-9a-f]{16}\.weft$/;

/**
 * What a snapshot or an archive says about itself, without loading it into a database: its version and
 * how much it holds. Of an archive, that is its newest snapshot; the log in it may have more.
 *
 * Fails as {@link Database.loadSnapshotFromBytes} does for bytes that are not whole; only what it reads
 * is checked for damage.
 *
 * @param key the password or key of an encrypted one
 */
export async function snapshotInfo(
  source: ImportSource,
  key: SnapshotKey = {},
): Promise<SnapshotInfo> {
  const given = await allBytes(source);
  const bytes = isBare(given, key) ? given : await open(given, key);
  const format = formatOf(bytes);
  if (format === 'ARCH') {
    checkVersion(bytes, format, ...ARCHIVE_VERSIONS);
    return readSnapshot(newestSnapshot(bytes));
  }
  return readSnapshot(bytes);
}

function readSnapshot(bytes: Uint8Array): SnapshotInfo {
  const format = formatOf(bytes);
  if (format !== 'SNAP') {
    throw failure(
      'NOT_OUR_FORMAT',
      `the snapshot: a file of WeftDB, but of the format ${format}, not of the format SNAP`,
    );
  }
  const formatVersion = checkVersion(bytes, format, ...SNAPSHOT_VERSIONS);
  const covered = readFooter(bytes);
  const view = viewOf(bytes);
  const tableEnd = bytes.length - FORMAT_FOOTER_BYTES;
  const count = view.getUint32(tableEnd - SECTIONS_TAIL_BYTES, true);
  const table = tableEnd - SECTIONS_TAIL_BYTES - count * SECTION_ENTRY_BYTES;
  const isSound =
    count > 0 &&
    table >= FORMAT_HEADER_BYTES + MANIFEST_BYTES &&
    crc32c(bytes.subarray(table, tableEnd)) === covered &&
    view.getUint32(table, true) === MANIFEST &&
    view.getBigUint64(table + 8, true) === BigInt(FORMAT_HEADER_BYTES) &&
    view.getBigUint64(table + 16, true) === BigInt(MANIFEST_BYTES);
  if (!isSound) {
    throw corrupted('the table of sections is damaged');
  }
  const manifest = bytes.subarray(FORMAT_HEADER_BYTES, FORMAT_HEADER_BYTES + MANIFEST_BYTES);
  if (crc32c(manifest) !== view.getUint32(table + 4, true)) {
    throw corrupted(`the section 1 at offset ${FORMAT_HEADER_BYTES} is damaged`);
  }
  const numbers = viewOf(manifest);
  const walLsn = numbers.getBigUint64(16, true);
  return {
    formatVersion,
    nodeCount: Number(numbers.getBigUint64(0, true)),
    relationshipCount: Number(numbers.getBigUint64(8, true)),
    walLsn: walLsn <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(walLsn) : walLsn,
  };
}

/** The snapshot in an archive whose name is the last. */
function newestSnapshot(archive: Uint8Array): Uint8Array {
  const covered = readFooter(archive);
  const view = viewOf(archive);
  const tail = archive.length - FORMAT_FOOTER_BYTES - FILES_TAIL_BYTES;
  const length = Number(view.getBigUint64(tail, true));
  const start = tail - length;
  const isSound =
    start >= FORMAT_HEADER_BYTES &&
    crc32c(archive.subarray(start, tail + FILES_TAIL_BYTES)) === covered;
  if (!isSound) {
    throw corrupted('the table of files is damaged');
  }
  let newest: Uint8Array | null = null;
  for (let at = start; at < tail; ) {
    const offset = Number(view.getBigUint64(at, true));
    const bytes = Number(view.getBigUint64(at + 8, true));
    const nameEnd = at + FILE_ENTRY_BYTES + view.getUint32(at + 20, true);
    if (nameEnd > tail || nameEnd - at > FILE_ENTRY_BYTES + MOST_NAME_BYTES || offset + bytes > start) {
      throw corrupted(`the table of files is damaged at offset ${at}`);
    }
    const name = String.fromCharCode(...archive.subarray(at + FILE_ENTRY_BYTES, nameEnd));
    if (SNAPSHOT_NAME.test(name)) {
      newest = archive.subarray(offset, offset + bytes);
    }
    at = nameEnd;
  }
  if (newest === null) {
    throw failure('NOT_OUR_FORMAT', 'the snapshot: the archive holds a log, but no snapshot');
  }
  return newest;
}
