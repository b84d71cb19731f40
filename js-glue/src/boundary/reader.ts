/** Reads the bytes that Java's half wrote into the window; see `BatchEncoder` and `ValueCodec`. */
import type { Plan, PlanOperator } from '../api.js';
import { failure } from '../errors.js';
import { Point, Temporal } from '../values.js';
import type { Node, Path, Relationship, Row, Value } from '../values.js';
import { coordinateSystemOf, temporalKindOf } from './temporal.js';
import { decodeName, decodeUtf8 } from './utf8.js';
import { coordinateBytesOf, vectorOf } from './vectors.js';

/** The tags of `ValueCodec`. */
const enum Tag {
  NULL = 0,
  FALSE = 1,
  TRUE = 2,
  INTEGER = 3,
  FLOAT = 4,
  STRING = 5,
  LIST = 6,
  MAP = 7,
  NODE = 8,
  RELATIONSHIP = 9,
  PATH = 10,
  TEMPORAL_TEXT = 17,
  POINT = 18,
  VECTOR = 19,
  BYTES = 20,
}

/** The kinds of columns of `BatchEncoder`. */
const enum ColumnKind {
  VALUES = 0,
  INTEGERS = 1,
  FLOATS = 2,
  BOOLEANS = 3,
  TEXTS = 4,
}

/** The roles of `PlanRecord`. */
const PLAN_ROLES = ['input', 'inner', 'expression'] as const;

const TWO_TO_32 = 4_294_967_296;

/** Sets a member also when its name is one that assignment treats in its own way. */
export function setMember(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    target[name] = value;
  }
}

/** What integers become: numbers when they are safe, else bigints; or always the one or the other. */
export type IntegerKind = 'auto' | 'bigint' | 'number';

/** Walks over bytes from the front. What it returns are copies. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #integers: IntegerKind;
  #at = 0;

  /**
   * @param bytes not copied: must not change while they are read
   * @param integers what the integers of values become
   */
  constructor(bytes: Uint8Array, integers: IntegerKind = 'auto') {
    this.#bytes = bytes;
    this.#integers = integers;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** An unsigned number that is known to be safe: a length, a count, an id, a line. */
  readCount(): number {
    let result = 0;
    let factor = 1;
    for (;;) {
      const byte = this.#bytes[this.#at++] as number;
      result += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        return result;
      }
      factor *= 128;
    }
  }

  /** How many bytes were not read. */
  get rest(): number {
    return this.#bytes.length - this.#at;
  }

  /** Skips what fills up to a multiple of 8. */
  align(): void {
    this.#at = (this.#at + 7) & ~7;
  }

  readInt32(): number {
    const value = this.#view.getInt32(this.#at, true);
    this.#at += 4;
    return value;
  }

  readString(): string {
    const length = this.readCount();
    const start = this.#at;
    this.#at = start + length;
    return decodeUtf8(this.#bytes, start, this.#at);
  }

  /** A string that is likely to come again. */
  readName(): string {
    const length = this.readCount();
    const start = this.#at;
    this.#at = start + length;
    return decodeName(this.#bytes, start, this.#at);
  }

  readNames(): string[] {
    const names = new Array<string>(this.readCount());
    for (let i = 0; i < names.length; i++) {
      names[i] = this.readName();
    }
    return names;
  }

  /** A zigzag varint of 64 bits: a number when that is exact, else a bigint. */
  readInteger(): number | bigint {
    const start = this.#at;
    let zigzag = 0;
    let factor = 1;
    // Seven bytes are 49 bits, which a double adds up exactly.
    for (let i = 0; i < 7; i++) {
      const byte = this.#bytes[this.#at++] as number;
      zigzag += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
      }
      factor *= 128;
    }
    this.#at = start;
    return this.#readLongInteger();
  }

  #readLongInteger(): number | bigint {
    let zigzag = 0n;
    let shift = 0n;
    for (;;) {
      const byte = this.#bytes[this.#at++] as number;
      zigzag |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        break;
      }
      shift += 7n;
    }
    const value = BigInt.asIntN(64, (zigzag >> 1n) ^ -(zigzag & 1n));
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  readFloat(): number {
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  /** A value of `ValueCodec`. */
  readValue(): Value {
    const tag = this.#bytes[this.#at++] as number;
    switch (tag) {
      case Tag.NULL:
        return null;
      case Tag.FALSE:
        return false;
      case Tag.TRUE:
        return true;
      case Tag.INTEGER:
        return this.#integer(this.readInteger());
      case Tag.FLOAT:
        return this.float(this.readFloat());
      case Tag.STRING:
        return this.readString();
      case Tag.LIST:
        return this.#readList();
      case Tag.MAP:
        return this.#readMap();
      case Tag.NODE:
        return this.#readNode();
      case Tag.RELATIONSHIP:
        return this.#readRelationship();
      case Tag.PATH:
        return this.#readPath();
      case Tag.TEMPORAL_TEXT: {
        const kind = temporalKindOf(this.#bytes[this.#at++] as number);
        return new Temporal(kind, this.readString());
      }
      case Tag.POINT:
        return this.#readPoint();
      case Tag.VECTOR: {
        const code = this.#bytes[this.#at++] as number;
        const dimension = this.readCount();
        return vectorOf(code, this.readBytes(dimension * coordinateBytesOf(code)));
      }
      case Tag.BYTES:
        return this.readBytes(this.readCount());
      default:
        throw new Error(`unknown value tag ${tag}`);
    }
  }

  #integer(value: number | bigint): number | bigint {
    if (this.#integers === 'auto') {
      return value;
    } else if (this.#integers === 'bigint') {
      return BigInt(value);
    } else if (typeof value === 'number') {
      return value;
    }
    throw failure('NUMBER_OUT_OF_RANGE', `the integer ${value} is not a safe number`);
  }

  /** What a float becomes; tests that must tell it from an integer replace this. */
  protected float(value: number): Value {
    return value;
  }

  /** So many bytes as they are. */
  readBytes(length: number): Uint8Array<ArrayBuffer> {
    const copy = new Uint8Array(length);
    copy.set(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    return copy;
  }

  #readPoint(): Point {
    const system = coordinateSystemOf(this.readCount());
    const x = this.readFloat();
    const y = this.readFloat();
    return new Point(system, x, y, system.endsWith('3d') ? this.readFloat() : null);
  }

  #readList(): Value[] {
    const list = new Array<Value>(this.readCount());
    for (let i = 0; i < list.length; i++) {
      list[i] = this.readValue();
    }
    return list;
  }

  #readMap(): Record<string, Value> {
    const map: Record<string, Value> = {};
    for (let count = this.readCount(); count > 0; count--) {
      const key = this.readName();
      setMember(map, key, this.readValue());
    }
    return map;
  }

  #readNode(): Node {
    const id = this.readCount();
    const labels = this.readNames();
    return { kind: 'node', id, labels, properties: this.#readMap() };
  }

  #readRelationship(): Relationship {
    const id = this.readCount();
    const type = this.readName();
    const startId = this.readCount();
    const endId = this.readCount();
    return { kind: 'relationship', id, type, startId, endId, properties: this.#readMap() };
  }

  #readPath(): Path {
    const length = this.readCount();
    const nodes = new Array<Node>(length + 1);
    for (let i = 0; i <= length; i++) {
      nodes[i] = this.#readNode();
    }
    const relationships = new Array<Relationship>(length);
    for (let i = 0; i < length; i++) {
      relationships[i] = this.#readRelationship();
    }
    return { kind: 'path', nodes, relationships };
  }

  /** A plan of `PlanRecord`. */
  readPlan(): Plan {
    const text = this.readString();
    return { ...this.#readOperator(), text };
  }

  #readOperator(): PlanOperator {
    const role = PLAN_ROLES[this.readCount()] as PlanOperator['role'];
    const operator = this.readString();
    const details = this.readString();
    const estimatedRows = this.readFloat();
    const measured =
      this.readCount() === 0
        ? null
        : { rows: this.readCount(), pages: this.readCount(), millis: this.readCount() / 1e6 };
    const children = new Array<PlanOperator>(this.readCount());
    for (let i = 0; i < children.length; i++) {
      children[i] = this.#readOperator();
    }
    return { role, operator, details, estimatedRows, measured, children };
  }

  /** Adds the rows of a batch: objects by the names of the columns, or arrays in their order. */
  readBatch(columns: readonly string[], asArrays: boolean, rows: unknown[]): void {
    const count = this.readInt32();
    if (this.readInt32() !== columns.length) {
      throw new Error('a batch has another number of columns than its result');
    }
    const values = columns.map(() => this.#readColumn(count));
    const width = values.length;
    const isPlain = !columns.includes('__proto__');
    for (let i = 0; i < count; i++) {
      if (asArrays) {
        const row = new Array<Value>(width);
        for (let column = 0; column < width; column++) {
          row[column] = (values[column] as Value[])[i] as Value;
        }
        rows.push(row);
        continue;
      }
      const row: Row = {};
      for (let column = 0; column < width; column++) {
        const name = columns[column] as string;
        const value = (values[column] as Value[])[i] as Value;
        if (isPlain) {
          row[name] = value;
        } else {
          setMember(row, name, value);
        }
      }
      rows.push(row);
    }
  }

  #readColumn(count: number): Value[] {
    const kind = this.readInt32();
    const bodyLength = this.readInt32();
    const values = new Array<Value>(count);
    if (kind === ColumnKind.VALUES) {
      const end = this.#at + bodyLength;
      for (let i = 0; i < count; i++) {
        values[i] = this.readValue();
      }
      this.#at = end;
    } else if (kind === ColumnKind.TEXTS) {
      this.#readTexts(bodyLength, values);
    } else {
      const nulls = this.#at;
      const body = nulls + ((count + 63) >>> 6) * 8;
      this.#at = body + bodyLength;
      for (let i = 0; i < count; i++) {
        values[i] = this.#bit(nulls, i) ? null : this.#numberAt(kind, body, i);
      }
    }
    return values;
  }

  #numberAt(kind: number, body: number, index: number): Value {
    if (kind === ColumnKind.INTEGERS) {
      return this.#integer(this.#integerAt(body + 8 * index));
    } else if (kind === ColumnKind.FLOATS) {
      return this.float(this.#view.getFloat64(body + 8 * index, true));
    }
    return this.#bit(body, index);
  }

  /** All texts are made as one, which is then cut: a call for each would take longer. */
  #readTexts(bodyLength: number, values: Value[]): void {
    const count = values.length;
    const lengths = this.#at;
    const start = lengths + ((count * 4 + 7) & ~7);
    this.#at = lengths + bodyLength;
    // With the zeros that fill it up.
    const all = decodeUtf8(this.#bytes, start, this.#at);
    let at = 0;
    for (let i = 0; i < count; i++) {
      const length = this.#view.getInt32(lengths + 4 * i, true);
      values[i] = length < 0 ? null : all.substring(at, at + length);
      at += Math.max(length, 0);
    }
  }

  /** A count for each of some names. */
  readCounts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (let count = this.readCount(); count > 0; count--) {
      const name = this.readString();
      setMember(counts, name, this.readCount());
    }
    return counts;
  }

  #bit(start: number, index: number): boolean {
    return (((this.#bytes[start + (index >> 3)] as number) >> (index & 7)) & 1) !== 0;
  }

  #integerAt(at: number): number | bigint {
    const low = this.#view.getInt32(at, true);
    const high = this.#view.getInt32(at + 4, true);
    if (high === low >> 31) {
      // Engines keep integers of 32 bits as such.
      return low;
    }
    const number = high * TWO_TO_32 + (low >>> 0);
    return Number.isSafeInteger(number) ? number : this.#view.getBigInt64(at, true);
  }
}
