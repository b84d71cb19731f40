import { concatenated } from './memory.js';

/** How files are cut into records. */
export interface ChunkLimits {
  /** The most bytes of a record. */
  readonly maxBytes: number;
  /** A record of at least so many bytes is never written again; at most `maxBytes`. */
  readonly settledBytes: number;
}

/** Records to write and to remove, by where their bytes stand in the file. */
export interface ChunkChanges {
  readonly puts: readonly { readonly offset: number; readonly bytes: Uint8Array<ArrayBuffer> }[];
  /** Each the offsets of neighbouring records whose bytes are in records of `puts` now. */
  readonly deletes: readonly (readonly number[])[];
}

/** So many records of one level become one of the next. */
const FAN_OUT = 16;

interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly level: number;
  /** Whether there is a record at its offset. */
  readonly recorded: boolean;
  /** Whether that record has all of its bytes. */
  readonly written: boolean;
}

/**
 * Cuts a file that grows into records of a database that keeps whole values under keys.
 *
 * An append becomes a record of its own, so that a commit costs what it appends. So that a log of many
 * small commits does not become as many records, 16 of them are written once more as one record, 16 of
 * these again, until a record has the settled size: a byte is written three or four times in all, and a
 * log of n bytes has about n / settled size records, and a few dozen more.
 *
 * A record that takes the place of others has the offset of the first of them. Where puts and deletes
 * are not one transaction, the puts must come first; a record that lies within the one before it is
 * then what a crash has left over.
 */
export class ChunkWriter {
  readonly #limits: ChunkLimits;
  #length = 0;
  /** Not yet settled, in order, with falling levels. */
  #tail: Piece[] = [];
  #tailBytes = 0;
  #puts: { offset: number; bytes: Uint8Array<ArrayBuffer> }[] = [];
  #deletes: number[][] = [];

  constructor(limits: ChunkLimits) {
    this.#limits = limits;
  }

  append(bytes: Uint8Array<ArrayBuffer>): void {
    const { settledBytes } = this.#limits;
    if (bytes.byteLength === 0) {
      return;
    }
    if (bytes.byteLength >= settledBytes) {
      this.settle();
      this.#putSettled(this.#length, bytes);
      this.#length += bytes.byteLength;
      return;
    }
    const offset = this.#length;
    this.#tail.push({ offset, bytes, level: 0, recorded: false, written: false });
    this.#tailBytes += bytes.byteLength;
    this.#length += bytes.byteLength;
    if (this.#tailBytes >= settledBytes) {
      this.settle();
    } else {
      this.#mergeLevels();
    }
  }

  /** Makes the records that can still grow final. */
  settle(): void {
    if (this.#tail.length > 0) {
      const { offset, bytes, written } = this.#merge(0);
      this.#tail = [];
      this.#tailBytes = 0;
      if (!written) {
        this.#putSettled(offset, bytes);
      }
    }
  }

  /** What has to be done for all appends since the last call. */
  take(): ChunkChanges {
    const puts = this.#puts;
    const deletes = this.#deletes;
    const firstNew = this.#tail.findIndex((piece) => !piece.written);
    if (firstNew >= 0) {
      const piece = this.#merge(firstNew);
      puts.push({ offset: piece.offset, bytes: piece.bytes });
      this.#tail.push({ ...piece, recorded: true, written: true });
    }
    this.#puts = [];
    this.#deletes = [];
    return { puts, deletes };
  }

  #mergeLevels(): void {
    for (;;) {
      const first = this.#tail.length - FAN_OUT;
      if (first < 0 || this.#tail[first]!.level !== this.#tail.at(-1)!.level) {
        return;
      }
      const piece = this.#merge(first);
      this.#tail.push({ ...piece, level: piece.level + 1 });
    }
  }

  /** Takes all from an index on out of the tail, as one piece. */
  #merge(first: number): Piece {
    const pieces = this.#tail.splice(first);
    if (pieces.length === 1) {
      return pieces[0]!;
    }
    const replaced = pieces.slice(1).filter((piece) => piece.recorded);
    if (replaced.length > 0) {
      this.#deletes.push(replaced.map((piece) => piece.offset));
    }
    const { offset, level, recorded } = pieces[0]!;
    const bytes = concatenated(pieces.map((piece) => piece.bytes));
    return { offset, bytes, level, recorded, written: false };
  }

  #putSettled(offset: number, bytes: Uint8Array<ArrayBuffer>): void {
    const { maxBytes } = this.#limits;
    for (let at = 0; at < bytes.byteLength; at += maxBytes) {
      // A view would be stored with all of the buffer that it is a view of.
      const whole = bytes.byteLength === bytes.buffer.byteLength && bytes.byteLength <= maxBytes;
      const part = whole ? bytes : bytes.slice(at, at + maxBytes);
      this.#puts.push({ offset: offset + at, bytes: part });
    }
  }
}
