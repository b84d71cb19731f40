// Reads the instructions of a WebAssembly module with garbage collection and exceptions, as far as
// rewriting of branches needs it: where each instruction begins and ends, and its first immediates.

/** The opcodes that have a meaning for who rewrites code. */
export const Op = {
  BLOCK: 0x02,
  LOOP: 0x03,
  IF: 0x04,
  ELSE: 0x05,
  THROW: 0x08,
  END: 0x0b,
  BR: 0x0c,
  BR_IF: 0x0d,
  BR_TABLE: 0x0e,
  RETURN: 0x0f,
  CALL: 0x10,
  DROP: 0x1a,
  TRY_TABLE: 0x1f,
  LOCAL_GET: 0x20,
  LOCAL_TEE: 0x22,
  BR_ON_NULL: 0xd5,
  BR_ON_NON_NULL: 0xd6,
  BR_ON_CAST: 0xfb18,
  BR_ON_CAST_FAIL: 0xfb19,
};

const PREFIX_GC = 0xfb;
const PREFIX_MISC = 0xfc;

/** How many indices an instruction of the GC prefix has; the others are read by hand. */
const GC_INDICES = [
  1, 1, 2, 2, 2, 2, 1, 1, 2, 2, 2, 1, 1, 1, 1, 0, 1, 2, 2, 2, 1, 1, 1, 1, -1, -1, 0, 0, 0, 0, 0,
];
const MISC_INDICES = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

/** A place in bytes from which numbers are read. */
export class Input {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  number() {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        return result;
      }
      if (shift > 28) {
        throw new Error(`a number at ${this.at} is too long`);
      }
    }
  }

  /** Passes over a LEB128 number, whatever its sign and size. */
  skipNumber() {
    while (this.byte() >= 0x80);
  }

  skipText() {
    const length = this.number();
    this.at += length;
  }

  /** Passes over the locals with which the body of a function begins. */
  skipLocals() {
    for (let count = this.number(); count > 0; count--) {
      this.number();
      this.skipValueType();
    }
  }

  /** Passes over the smallest and, where there is one, the largest size of a memory. */
  skipLimits() {
    const hasMost = (this.byte() & 1) !== 0;
    this.number();
    if (hasMost) {
      this.number();
    }
  }

  /** Passes over code up to the end of an expression. */
  skipExpression() {
    while (this.instruction().code !== Op.END);
  }

  skipHeapType() {
    this.skipNumber();
  }

  skipValueType() {
    const kind = this.byte();
    if (kind === 0x63 || kind === 0x64) {
      this.skipHeapType();
    }
  }

  skipBlockType() {
    const kind = this.bytes[this.at];
    if (kind === 0x63 || kind === 0x64) {
      this.skipValueType();
    } else {
      this.skipNumber();
    }
  }

  /**
   * Reads one instruction: its opcode (0xfb00 and more for those of the GC prefix), its first
   * immediate when that is an index or a label, and for branches to several places all labels.
   */
  instruction() {
    const start = this.at;
    const code = this.byte();
    const read = { code, start, end: 0, index: -1, labels: null };
    if (code === PREFIX_GC) {
      const sub = this.number();
      read.code = (PREFIX_GC << 8) | sub;
      if (sub === 24 || sub === 25) {
        read.flags = this.byte();
        read.index = this.number();
        read.rest = this.at;
        this.skipHeapType();
        this.skipHeapType();
      } else {
        this.#skipIndices(GC_INDICES[sub], start);
      }
    } else if (code === PREFIX_MISC) {
      this.#skipIndices(MISC_INDICES[this.number()], start);
    } else if (code === Op.BLOCK || code === Op.LOOP || code === Op.IF) {
      this.skipBlockType();
    } else if (code === Op.TRY_TABLE) {
      this.skipBlockType();
      this.#readCatches(read);
    } else if (code === Op.BR_TABLE) {
      read.labels = [];
      for (let count = this.number() + 1; count > 0; count--) {
        read.labels.push(this.number());
      }
    } else if (ONE_INDEX.has(code)) {
      read.index = this.number();
    } else if (code === 0x11 || code === 0x13) {
      this.#skipIndices(2, start);
    } else if (code === 0x1c) {
      for (let count = this.number(); count > 0; count--) {
        this.skipValueType();
      }
    } else if (code >= 0x28 && code <= 0x3e) {
      this.#skipIndices((this.bytes[this.at] & 0x40) !== 0 ? 3 : 2, start);
    } else if (code === 0x41 || code === 0x42 || code === 0xd0) {
      this.skipNumber();
    } else if (code === 0x43) {
      this.at += 4;
    } else if (code === 0x44) {
      this.at += 8;
    } else if (!isPlain(code)) {
      throw new Error(`unknown instruction ${code.toString(16)} at ${start}`);
    }
    read.end = this.at;
    return read;
  }

  #readCatches(read) {
    read.catchesAt = this.at;
    read.catches = [];
    for (let count = this.number(); count > 0; count--) {
      const kind = this.byte();
      const tag = kind < 2 ? this.number() : -1;
      read.catches.push({ kind, tag, label: this.number() });
    }
  }

  #skipIndices(count, start) {
    if (count === undefined || count < 0) {
      throw new Error(`unknown instruction at ${start}`);
    }
    for (let i = 0; i < count; i++) {
      this.skipNumber();
    }
  }
}

const ONE_INDEX = new Set([
  0x08, 0x0c, 0x0d, 0x10, 0x12, 0x14, 0x15, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40,
  0xd2, 0xd5, 0xd6,
]);

function isPlain(code) {
  return (
    code <= 0x01 ||
    code === Op.ELSE ||
    code === 0x0a ||
    code === Op.END ||
    code === Op.RETURN ||
    code === Op.DROP ||
    code === 0x1b ||
    (code >= 0x45 && code <= 0xc4) ||
    code === 0xd1 ||
    code === 0xd3 ||
    code === 0xd4
  );
}
