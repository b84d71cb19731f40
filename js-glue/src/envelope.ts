/**
 * Snapshots in an envelope: compressed with gzip, encrypted with AES-256-GCM, or both. The bytes
 * are those of `org.weftdb.jvm.EnvelopeHeader`, where they are described.
 *
 * Compression and cryptography are the host's: `CompressionStream` and WebCrypto.
 */
import type { SnapshotKey, SnapshotOptions } from './api.js';
import { crc32c } from './boundary/crc32c.js';
import { failure, type WeftError } from './errors.js';
import { checkVersion, corrupted, formatOf, MAGIC, truncated } from './formats.js';

type Bytes = Uint8Array<ArrayBuffer>;

const FORMAT = [0x45, 0x4e, 0x56, 0x4c];
const VERSION = 1;

const HEADER_BYTES = 112;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

const VERSION_OFFSET = 12;
const FORMAT_CHECKSUM_OFFSET = 20;
const FLAGS_OFFSET = 24;
const ITERATIONS_OFFSET = 28;
const SALT_OFFSET = 32;
const NONCE_OFFSET = 48;
const CHECK_NONCE_OFFSET = 60;
const KEY_CHECK_OFFSET = 72;
const PAYLOAD_LENGTH_OFFSET = 88;
const CONTENT_LENGTH_OFFSET = 96;
const PAYLOAD_CHECKSUM_OFFSET = 104;
const CHECKSUM_OFFSET = 108;

const GZIP = 1;
const ENCRYPTED = 2;
const WITH_PASSWORD = 4;

const DEFAULT_ITERATIONS = 600_000;
const LEAST_ITERATIONS = 1_000;
const MOST_ITERATIONS = 10_000_000;

/** No deflated bytes become more than so many times as long. */
const MOST_INFLATION = 1_040;

/** Compressed bytes are fed in pieces, since a host may inflate a whole piece before it stops. */
const PIECE_BYTES = 1 << 15;

/** Fills an array with random bytes. */
export type RandomBytes = (target: Bytes) => void;

const hostRandom: RandomBytes = (target) => void crypto.getRandomValues(target);

/** A password as UTF-8, or a key: a copy, to be overwritten. */
interface Secret {
  readonly isPassword: boolean;
  readonly bytes: Bytes;
}

function secretOf(options: SnapshotKey): Secret | null {
  const { password, key } = options;
  if (password !== undefined && key !== undefined) {
    throw failure('INVALID_ARGUMENT', 'one password or one key encrypts a snapshot, not two');
  }
  if (password !== undefined) {
    if (typeof password !== 'string' || password === '') {
      throw failure('INVALID_ARGUMENT', 'the password must be a string that is not empty');
    }
    // With the flag u only surrogates without a partner match. They have no UTF-8.
    if (/[\ud800-\udfff]/u.test(password)) {
      throw failure('INVALID_ARGUMENT', 'the password has an unpaired surrogate');
    }
    return { isPassword: true, bytes: new TextEncoder().encode(password) as Bytes };
  }
  if (key !== undefined) {
    if (!(key instanceof Uint8Array) || key.length !== KEY_BYTES) {
      throw failure('INVALID_ARGUMENT', `a key is a Uint8Array of ${KEY_BYTES} bytes`);
    }
    return { isPassword: false, bytes: new Uint8Array(key) };
  }
  return null;
}

/** What is to be done to a snapshot; checked before it is made. */
export interface Sealing {
  readonly gzip: boolean;
  readonly secret: Secret | null;
  readonly iterations: number;
}

/** Checks options; null when there is nothing to do. */
export function sealing(options: SnapshotOptions): Sealing | null {
  const gzip = options.gzip ?? false;
  if (typeof gzip !== 'boolean') {
    throw failure('INVALID_ARGUMENT', 'gzip is true or false: CompressionStream has no levels');
  }
  const iterations = options.iterations ?? DEFAULT_ITERATIONS;
  if (
    !Number.isInteger(iterations) ||
    iterations < LEAST_ITERATIONS ||
    iterations > MOST_ITERATIONS
  ) {
    throw failure(
      'INVALID_ARGUMENT',
      `iterations is ${iterations}, but it is from ${LEAST_ITERATIONS} to ${MOST_ITERATIONS}`,
    );
  }
  const secret = secretOf(options);
  return gzip || secret !== null ? { gzip, secret, iterations } : null;
}

/**
 * Puts bytes into an envelope.
 *
 * @param random for tests, which want the same bytes again
 */
export async function seal(
  content: Bytes,
  how: Sealing,
  random: RandomBytes = hostRandom,
): Promise<Bytes> {
  const { secret } = how;
  try {
    const inner = how.gzip ? await compressed(content) : content;
    const payloadLength = inner.length + (secret === null ? 0 : TAG_BYTES);
    const header = new Uint8Array(HEADER_BYTES);
    const view = new DataView(header.buffer);
    header.set(MAGIC);
    header.set(FORMAT, MAGIC.length);
    view.setUint32(VERSION_OFFSET, VERSION, true);
    view.setUint32(FORMAT_CHECKSUM_OFFSET, crc32c(header.subarray(0, FORMAT_CHECKSUM_OFFSET)), true);
    view.setBigUint64(PAYLOAD_LENGTH_OFFSET, BigInt(payloadLength), true);
    view.setBigUint64(CONTENT_LENGTH_OFFSET, BigInt(content.length), true);
    let payload = inner;
    if (secret === null) {
      view.setUint32(FLAGS_OFFSET, how.gzip ? GZIP : 0, true);
      view.setUint32(PAYLOAD_CHECKSUM_OFFSET, crc32c(inner), true);
      setChecksum(header);
    } else {
      const flags = ENCRYPTED | (how.gzip ? GZIP : 0) | (secret.isPassword ? WITH_PASSWORD : 0);
      view.setUint32(FLAGS_OFFSET, flags, true);
      random(header.subarray(NONCE_OFFSET, NONCE_OFFSET + NONCE_BYTES));
      random(header.subarray(CHECK_NONCE_OFFSET, CHECK_NONCE_OFFSET + NONCE_BYTES));
      if (secret.isPassword) {
        view.setUint32(ITERATIONS_OFFSET, how.iterations, true);
        random(header.subarray(SALT_OFFSET, SALT_OFFSET + SALT_BYTES));
      }
      const key = await cipherKey(secret, header);
      header.set(await keyCheck(key, header), KEY_CHECK_OFFSET);
      setChecksum(header);
      const gcm = { name: 'AES-GCM', iv: nonce(header, NONCE_OFFSET), additionalData: header };
      payload = new Uint8Array(await webCrypto().encrypt(gcm, key, inner));
    }
    const envelope = new Uint8Array(HEADER_BYTES + payload.length);
    envelope.set(header);
    envelope.set(payload, HEADER_BYTES);
    return envelope;
  } finally {
    secret?.bytes.fill(0);
  }
}

function setChecksum(header: Bytes): void {
  const checksum = crc32c(header.subarray(0, CHECKSUM_OFFSET));
  new DataView(header.buffer).setUint32(CHECKSUM_OFFSET, checksum, true);
}

function nonce(header: Bytes, offset: number): Bytes {
  return header.slice(offset, offset + NONCE_BYTES);
}

function webCrypto(): SubtleCrypto {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    throw failure('INVALID_USE', 'there is no WebCrypto here: pages have it over https and on localhost');
  }
  return subtle;
}

async function cipherKey(secret: Secret, header: Bytes): Promise<CryptoKey> {
  const subtle = webCrypto();
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  if (!secret.isPassword) {
    return subtle.importKey('raw', secret.bytes, 'AES-GCM', false, usages);
  }
  const iterations = new DataView(header.buffer).getUint32(ITERATIONS_OFFSET, true);
  const salt = header.slice(SALT_OFFSET, SALT_OFFSET + SALT_BYTES);
  const material = await subtle.importKey('raw', secret.bytes, 'PBKDF2', false, ['deriveKey']);
  return subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    material,
    { name: 'AES-GCM', length: KEY_BYTES * 8 },
    false,
    usages,
  );
}

/** GCM's tag of no bytes, with the header before its place as additional data. */
async function keyCheck(key: CryptoKey, header: Bytes): Promise<Bytes> {
  const gcm = {
    name: 'AES-GCM',
    iv: nonce(header, CHECK_NONCE_OFFSET),
    additionalData: header.slice(0, KEY_CHECK_OFFSET),
  };
  return new Uint8Array(await webCrypto().encrypt(gcm, key, new Uint8Array(0)));
}

/** Whether bytes say that they are an envelope. */
function isEnvelope(bytes: Uint8Array): boolean {
  return beginsWith(bytes, MAGIC, 0) && beginsWith(bytes, FORMAT, MAGIC.length);
}

function beginsWith(bytes: Uint8Array, expected: number[], offset: number): boolean {
  return expected.every((byte, i) => bytes[offset + i] === byte);
}

/** Whether bytes may be loaded as they are, there being neither an envelope nor a key. */
export function isBare(bytes: Uint8Array, options: SnapshotKey): boolean {
  return options.password === undefined && options.key === undefined && !isEnvelope(bytes);
}

/** Takes the content out of an envelope; the error codes are those of `Envelope.open` in Java. */
export async function open(bytes: Uint8Array, options: SnapshotKey): Promise<Bytes> {
  const secret = secretOf(options);
  try {
    const header = bytes.slice(0, HEADER_BYTES) as Bytes;
    const { flags, contentLength } = readHeader(header, bytes.length);
    const payload = bytes.subarray(HEADER_BYTES) as Bytes;
    if ((flags & ENCRYPTED) === 0) {
      if (secret !== null) {
        throw notEncrypted();
      }
      const expected = new DataView(header.buffer).getUint32(PAYLOAD_CHECKSUM_OFFSET, true);
      if (crc32c(payload) !== expected) {
        throw corrupted('what is in the envelope is damaged: its checksum is not right');
      }
      return (flags & GZIP) !== 0 ? await decompressed(payload, contentLength) : payload;
    }
    if (secret === null) {
      const what = (flags & WITH_PASSWORD) !== 0 ? 'password' : 'key';
      throw failure('KEY_REQUIRED', `the snapshot is encrypted: its ${what} is needed`);
    }
    const inner = await decrypted(payload, header, flags, secret);
    return (flags & GZIP) !== 0 ? await decompressed(inner, contentLength) : inner;
  } finally {
    secret?.bytes.fill(0);
  }
}

function notEncrypted(): WeftError {
  return failure(
    'NOT_ENCRYPTED',
    'the snapshot is not encrypted: whoever trusts it loads it without a password or key',
  );
}

function readFormatHeader(header: Bytes): void {
  if (formatOf(header) !== 'ENVL') {
    // Only who gives a key comes here with other bytes.
    throw notEncrypted();
  }
  checkVersion(header, 'ENVL', VERSION, VERSION);
}

function readHeader(header: Bytes, length: number): { flags: number; contentLength: number } {
  readFormatHeader(header);
  if (header.length < HEADER_BYTES) {
    throw truncated(`${length} bytes are too few for an envelope`);
  }
  const view = new DataView(header.buffer);
  if (crc32c(header.subarray(0, CHECKSUM_OFFSET)) !== view.getUint32(CHECKSUM_OFFSET, true)) {
    throw corrupted("the envelope's header is damaged");
  }
  const flags = view.getUint32(FLAGS_OFFSET, true);
  const iterations = view.getUint32(ITERATIONS_OFFSET, true);
  const hasPassword = (flags & WITH_PASSWORD) !== 0;
  const isEncrypted = (flags & ENCRYPTED) !== 0;
  if (flags > (GZIP | ENCRYPTED | WITH_PASSWORD) || (hasPassword && !isEncrypted)) {
    throw corrupted(`unknown flags ${flags}`);
  }
  if (hasPassword ? iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS : iterations !== 0) {
    throw corrupted(`${iterations} iterations of PBKDF2`);
  }
  const payloadLength = Number(view.getBigUint64(PAYLOAD_LENGTH_OFFSET, true));
  const contentLength = Number(view.getBigUint64(CONTENT_LENGTH_OFFSET, true));
  const available = length - HEADER_BYTES;
  if (payloadLength !== available) {
    const what = `an envelope of ${payloadLength} bytes, but there are ${available}`;
    throw payloadLength > available ? truncated(what) : corrupted(what);
  }
  const stored = isEncrypted ? payloadLength - TAG_BYTES : payloadLength;
  const possible =
    (flags & GZIP) !== 0 ? contentLength <= stored * MOST_INFLATION : contentLength === stored;
  if (stored < 0 || !possible) {
    throw corrupted(`${contentLength} bytes of content cannot come from ${payloadLength} bytes`);
  }
  if (contentLength > 0x7fff_ffff) {
    throw failure('VALUE_TOO_LARGE', `the snapshot: ${contentLength} bytes are over 2 GiB`);
  }
  return { flags, contentLength };
}

async function decrypted(
  payload: Bytes,
  header: Bytes,
  flags: number,
  secret: Secret,
): Promise<Bytes> {
  const hasPassword = (flags & WITH_PASSWORD) !== 0;
  if (hasPassword !== secret.isPassword) {
    const what = hasPassword ? 'a password, not with a key' : 'a key, not with a password';
    throw failure('WRONG_KEY', `the snapshot is encrypted with ${what}`);
  }
  const key = await cipherKey(secret, header);
  const check = await keyCheck(key, header);
  let difference = 0;
  for (let i = 0; i < TAG_BYTES; i++) {
    difference |= (check[i] as number) ^ (header[KEY_CHECK_OFFSET + i] as number);
  }
  if (difference !== 0) {
    const what = hasPassword ? 'password' : 'key';
    throw failure('WRONG_KEY', `the snapshot: the ${what} is not the right one`);
  }
  const gcm = { name: 'AES-GCM', iv: nonce(header, NONCE_OFFSET), additionalData: header };
  try {
    return new Uint8Array(await webCrypto().decrypt(gcm, key, payload));
  } catch (cause) {
    throw failure(
      'TAMPERED',
      'the snapshot: these are not the bytes that were encrypted; the key is the right one',
      cause,
    );
  }
}

/** Bytes as a stream of pieces. */
function pieces(bytes: Bytes): ReadableStream<Bytes> {
  let at = 0;
  return new ReadableStream<Bytes>(
    {
      pull(controller) {
        if (at >= bytes.length) {
          controller.close();
          return;
        }
        controller.enqueue(bytes.subarray(at, at + PIECE_BYTES));
        at += PIECE_BYTES;
      },
    },
    { highWaterMark: 0 },
  );
}

async function compressed(bytes: Bytes): Promise<Bytes> {
  const stream = pieces(bytes).pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Inflates no more than was promised, and keeps no more than has really come. */
async function decompressed(bytes: Bytes, contentLength: number): Promise<Bytes> {
  const reader = pieces(bytes).pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      length += value.length;
      if (length > contentLength) {
        break;
      }
      parts.push(value);
    }
  } catch (cause) {
    throw corrupted('what is in the envelope is no gzip', cause);
  }
  if (length !== contentLength) {
    await reader.cancel().catch(() => {});
    const more = length > contentLength ? 'more' : length;
    throw corrupted(`${more} bytes come out, but ${contentLength} were put in`);
  }
  const content = new Uint8Array(contentLength);
  let at = 0;
  for (const part of parts) {
    content.set(part, at);
    at += part.length;
  }
  return content;
}
