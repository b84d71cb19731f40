/** Text from all that rows can come from. */
import { failure } from '../errors.js';
import { cancelled, RowFault } from './errors.js';

/**
 * What rows are read from: text, UTF-8, or a stream of either. A stream is read to its end or
 * cancelled; a `Response` must be a successful one.
 */
export type RowSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | Response
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>;

type Chunk = Uint8Array | string;

/** Large chunks are taken in pieces of this size, in bytes or UTF-16 code units. */
const PIECE = 1 << 16;

/** A source that is read once, from its beginning. */
export class SourceText {
  /** How many bytes were taken; of a source of text, UTF-16 code units. */
  bytesRead = 0;
  /** How many there are, when that is known beforehand. */
  readonly totalBytes: number | undefined;

  readonly #next: () => Promise<IteratorResult<Chunk, unknown>>;
  readonly #cancel: (reason: unknown) => unknown;
  readonly #signal: AbortSignal | undefined;

  constructor(source: RowSource, signal: AbortSignal | undefined) {
    this.#signal = signal;
    const { chunks, total, cancel } = open(source);
    this.#next = async () => chunks.next();
    this.#cancel = cancel;
    this.totalBytes = total;
  }

  /** Lets go of the source, also when a read of it is still under way. */
  cancel(reason: unknown): void {
    try {
      // Who reads a source does not wait for it to end, and its failures then are nobody's.
      void Promise.resolve(this.#cancel(reason)).catch(() => undefined);
    } catch {
      return;
    }
  }

  /** The text piece by piece, without a byte order mark at the beginning. */
  async *pieces(): AsyncGenerator<string, void, undefined> {
    const decoder = new Utf8Decoder();
    let first = true;
    for (;;) {
      const result = await this.#read();
      const chunk = result.done === true ? '' : checkChunk(result.value);
      for (let at = 0; at === 0 || at < chunk.length; at += PIECE) {
        const piece = typeof chunk === 'string' ? chunk.slice(at, at + PIECE) : chunk.subarray(at, at + PIECE);
        this.bytesRead += piece.length;
        let text = decoder.decode(piece);
        if (first && text !== '') {
          first = false;
          text = text.startsWith('\ufeff') ? text.slice(1) : text;
        }
        if (text !== '') {
          yield text;
        }
      }
      if (result.done === true) {
        return;
      }
    }
  }

  async #read(): Promise<IteratorResult<Chunk, unknown>> {
    const signal = this.#signal;
    if (signal === undefined) {
      return this.#next();
    }
    if (signal.aborted) {
      throw cancelled(signal);
    }
    let abort: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(cancelled(signal));
      signal.addEventListener('abort', abort, { once: true });
    });
    try {
      return await Promise.race([this.#next(), aborted]);
    } finally {
      signal.removeEventListener('abort', abort as () => void);
    }
  }
}

function checkChunk(chunk: unknown): Chunk {
  if (typeof chunk === 'string') {
    return chunk;
  } else if (ArrayBuffer.isView(chunk)) {
    return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  throw failure('INVALID_ARGUMENT', `a source gave a chunk that is neither text nor a Uint8Array`);
}

interface Opened {
  chunks: { next(): Promise<IteratorResult<Chunk, unknown>> | IteratorResult<Chunk, unknown> };
  total: number | undefined;
  cancel: (reason: unknown) => unknown;
}

function open(source: RowSource): Opened {
  if (typeof source === 'string') {
    return whole(source);
  } else if (source instanceof ArrayBuffer) {
    return whole(new Uint8Array(source));
  } else if (ArrayBuffer.isView(source)) {
    return whole(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  } else if (typeof source === 'object' && source !== null) {
    if (isResponse(source)) {
      if (!source.ok) {
        throw failure('IO_FAILED', `the source is a response with the status ${source.status}`);
      }
      return source.body === null ? whole('') : ofStream(source.body, undefined);
    } else if (isBlob(source)) {
      return ofStream(source.stream(), source.size);
    } else if ('getReader' in source) {
      return ofStream(source, undefined);
    } else if (Symbol.asyncIterator in source) {
      const chunks = source[Symbol.asyncIterator]();
      return { chunks, total: undefined, cancel: () => chunks.return?.() };
    }
  }
  throw failure(
    'INVALID_ARGUMENT',
    'the source is neither text, a Uint8Array, a Blob, a Response, a ReadableStream nor an async iterable',
  );
}

// By their shape, because they may be of another realm.
function isResponse(source: object): source is Response {
  return 'body' in source && 'ok' in source && 'status' in source;
}

function isBlob(source: object): source is Blob {
  return 'stream' in source && 'size' in source;
}

function whole(chunk: Chunk): Opened {
  return { chunks: [chunk].values(), total: chunk.length, cancel: () => undefined };
}

function ofStream(stream: ReadableStream<Chunk>, total: number | undefined): Opened {
  const reader = stream.getReader();
  const next = (): Promise<IteratorResult<Chunk, unknown>> =>
    reader.read() as Promise<IteratorResult<Chunk, unknown>>;
  return { chunks: { next }, total, cancel: (reason) => reader.cancel(reason) };
}

const NO_BYTES = new Uint8Array(0);

/** UTF-8 in pieces, which may end within a character, as text; bytes that are none are an error. */
class Utf8Decoder {
  #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** The bytes of a character that is not complete. */
  #pending: Uint8Array = NO_BYTES;
  #offset = 0;

  /** The text up to the end of a piece; a piece of text, also an empty one, must follow a whole character. */
  decode(piece: Chunk): string {
    if (typeof piece === 'string') {
      if (this.#pending.length > 0) {
        throw notUtf8(this.#offset - this.#pending.length);
      }
      return piece;
    }
    const start = this.#offset - this.#pending.length;
    this.#offset += piece.length;
    let bytes = piece;
    if (this.#pending.length > 0) {
      bytes = new Uint8Array(this.#pending.length + piece.length);
      bytes.set(this.#pending);
      bytes.set(piece, this.#pending.length);
    }
    const complete = bytes.length - incompleteTail(bytes);
    this.#pending = bytes.slice(complete);
    try {
      return this.#decoder.decode(bytes.subarray(0, complete));
    } catch {
      throw notUtf8(start + invalidAt(bytes));
    }
  }
}

function notUtf8(byteOffset: number): RowFault {
  return new RowFault(`the bytes at offset ${byteOffset} are not UTF-8`, {
    byteOffset,
  });
}

/** How many bytes a character of this first byte has; 0 for a byte that begins none. */
function lengthOf(first: number): number {
  if (first < 0x80) {
    return 1;
  } else if (first >= 0xc2 && first < 0xe0) {
    return 2;
  } else if (first >= 0xe0 && first < 0xf0) {
    return 3;
  }
  return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

/** How many bytes at the end may begin a character that is not complete: 0 to 3. */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) {
      return lengthOf(byte) > back ? back : 0;
    } else if (byte < 0x80) {
      return 0;
    }
  }
  return 0;
}

/** Where the first character is that is none. */
function invalidAt(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(bytes[at] as number);
    try {
      decoder.decode(bytes.subarray(at, at + length));
    } catch {
      return at;
    }
    if (length === 0) {
      return at;
    }
    at += length;
  }
  return bytes.length;
}
