/** Bytes that grow while they are written. */
export class Output {
  #bytes;
  #length = 0;

  constructor(capacity) {
    this.#bytes = new Uint8Array(Math.max(capacity, 16));
  }

  byte(value) {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** An opcode of one byte, or of a prefix and an unsigned number. */
  opcode(code) {
    if (code > 0xff) {
      this.byte(code >> 8);
      this.number(code & 0xff);
    } else {
      this.byte(code);
    }
  }

  /** An unsigned LEB128 number. */
  number(value) {
    let left = value;
    while (left >= 0x80) {
      this.byte((left & 0x7f) | 0x80);
      left = Math.floor(left / 0x80);
    }
    this.byte(left);
  }

  /** A signed LEB128 number of 32 bits. */
  signedNumber(value) {
    let left = value;
    while (left < -0x40 || left >= 0x40) {
      this.byte((left & 0x7f) | 0x80);
      left >>= 7;
    }
    this.byte(left & 0x7f);
  }

  bytes(source, start, end) {
    this.#reserve(end - start);
    this.#bytes.set(source.subarray(start, end), this.#length);
    this.#length += end - start;
  }

  taken() {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(count) {
    if (this.#length + count > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
  }
}
