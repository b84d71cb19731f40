/** Writes a query and its parameters the way Java's half reads them; see `ValueCodec`. */
import { failure, type WeftError } from '../errors.js';
import { Float, isNode, isPath, isRelationship, Point, Temporal } from '../values.js';
import type { Node, Path, Relationship, Value } from '../values.js';
import { isBytes, isVector, type Vector } from '../vector.js';
import { temporalTagOf } from './temporal.js';
import { encodeInto, utf8Length } from './utf8.js';
import { bytesOf, coordinateCodeOf } from './vectors.js';

const TAG_NULL = 0;
const TAG_FALSE = 1;
const TAG_TRUE = 2;
const TAG_INTEGER = 3;
const TAG_FLOAT = 4;
const TAG_STRING = 5;
const TAG_LIST = 6;
const TAG_MAP = 7;
const TAG_NODE = 8;
const TAG_RELATIONSHIP = 9;
const TAG_PATH = 10;
const TAG_TEMPORAL_TEXT = 17;
const TAG_POINT = 18;
const TAG_VECTOR = 19;
const TAG_BYTES = 20;

const MAX_NESTING = 256;
const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 63n - 1n;

/** From this many units on, `TextEncoder` is quicker than a loop. */
const LONG_TEXT = 200;
const LONE_SURROGATE = /\p{Surrogate}/u;
const encoder = new TextEncoder();

/** What an empty writer holds on to at most. */
const MOST_KEPT_BYTES = 1 << 16;

/** Bytes that grow at their end. */
export class Writer {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  /** Whether nodes, relationships and paths may be written: those of a result, not parameters. */
  #entities = false;

  /** Forgets what was written; room for more than most requests need is given back. */
  clear(): void {
    if (this.#bytes.length > MOST_KEPT_BYTES) {
      this.#bytes = new Uint8Array(256);
      this.#view = new DataView(this.#bytes.buffer);
    }
    this.#at = 0;
    this.#entities = false;
  }

  /** A copy of what was written. */
  copy(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#at);
  }

  /** What was written; valid until the next write. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  #room(length: number): void {
    const needed = this.#at + length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
      grown.set(this.bytes());
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
  }

  #writeByte(value: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = value;
  }

  /** 64 bits, the lowest first. */
  writeLong(value: bigint): void {
    this.#room(8);
    this.#view.setBigUint64(this.#at, value, true);
    this.#at += 8;
  }

  /** An unsigned varint of a safe integer. */
  writeCount(value: number): void {
    this.#room(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#at++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#at++] = rest;
  }

  writeString(text: string): void {
    if (text.length > LONG_TEXT && !LONE_SURROGATE.test(text)) {
      const bytes = encoder.encode(text);
      this.writeCount(bytes.length);
      this.#writeBytes(bytes);
      return;
    }
    const length = utf8Length(text);
    this.writeCount(length);
    this.#room(length);
    this.#at = encodeInto(text, this.#bytes, this.#at);
  }

  /** The parameters of a query as one map. */
  writeParameters(parameters: Readonly<Record<string, unknown>>): void {
    if (!isPlainObject(parameters)) {
      throw unsupported('the parameters', describe(parameters) + ' instead of a plain object');
    }
    const names = Object.keys(parameters);
    this.#writeByte(TAG_MAP);
    this.writeCount(names.length);
    for (const name of names) {
      this.writeString(name);
      this.#writeValue(parameters[name], `parameter $${name}`, 2);
    }
  }

  /** A value, in which whole nodes, relationships and paths stand for themselves. */
  writeValue(value: unknown, where: string): void {
    this.#entities = true;
    this.#writeValue(value ?? null, where, 1);
    this.#entities = false;
  }

  #writeValue(value: unknown, where: string, depth: number): void {
    switch (typeof value) {
      case 'string':
        this.#writeByte(TAG_STRING);
        this.writeString(value);
        return;
      case 'number':
        this.#writeNumber(value);
        return;
      case 'boolean':
        this.#writeByte(value ? TAG_TRUE : TAG_FALSE);
        return;
      case 'bigint':
        this.#writeBigint(value, where);
        return;
      case 'object':
        if (value === null) {
          this.#writeByte(TAG_NULL);
        } else {
          this.#writeObject(value, where, depth);
        }
        return;
      default:
        throw unsupported(where, describe(value));
    }
  }

  /** Writes a node, relationship or path, or answers that it is none. */
  #writeEntity(value: Value): boolean {
    if (isNode(value) && Number.isSafeInteger(value.id)) {
      this.#writeByte(TAG_NODE);
      this.#writeNodeBody(value);
      return true;
    } else if (isRelationship(value) && Number.isSafeInteger(value.id)) {
      this.#writeByte(TAG_RELATIONSHIP);
      this.#writeRelationshipBody(value);
      return true;
    } else if (isPath(value) && Array.isArray(value.nodes) && Array.isArray(value.relationships)) {
      this.#writeByte(TAG_PATH);
      this.#writePath(value);
      return true;
    }
    return false;
  }

  /** The id says which one is meant; nothing else is looked at. */
  #writeNodeBody(node: Node): void {
    this.writeCount(node.id);
    this.writeCount(0);
    this.writeCount(0);
  }

  #writeRelationshipBody(relationship: Relationship): void {
    this.writeCount(relationship.id);
    this.writeString(relationship.type);
    this.writeCount(relationship.startId);
    this.writeCount(relationship.endId);
    this.writeCount(0);
  }

  #writePath(path: Path): void {
    this.writeCount(path.relationships.length);
    for (const node of path.nodes) {
      this.#writeNodeBody(node);
    }
    for (const relationship of path.relationships) {
      this.#writeRelationshipBody(relationship);
    }
  }

  #writeNumber(value: number): void {
    if (Number.isSafeInteger(value)) {
      this.#writeByte(TAG_INTEGER);
      if (value > -(2 ** 51) && value < 2 ** 51) {
        this.writeCount(value < 0 ? -2 * value - 1 : 2 * value);
      } else {
        this.#writeZigzag(BigInt(value));
      }
    } else {
      this.#writeByte(TAG_FLOAT);
      this.#writeFloat(value);
    }
  }

  #writeFloat(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
  }

  #writeBytes(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #writeVector(vector: Vector, where: string): void {
    const coordinates = vector.coordinates;
    for (let i = 0; i < coordinates.length; i++) {
      const coordinate = coordinates[i];
      if (typeof coordinate === 'number' && !Number.isFinite(coordinate)) {
        throw unsupported(where, `a vector with the coordinate ${String(coordinate)}`);
      }
    }
    this.#writeByte(TAG_VECTOR);
    this.#writeByte(coordinateCodeOf(vector.coordinateType));
    this.writeCount(coordinates.length);
    this.#writeBytes(bytesOf(coordinates));
  }

  #writePoint(point: Point): void {
    this.#writeByte(TAG_POINT);
    this.writeCount(point.srid);
    this.#writeFloat(point.x);
    this.#writeFloat(point.y);
    if (point.z !== null) {
      this.#writeFloat(point.z);
    }
  }

  #writeBigint(value: bigint, where: string): void {
    if (value < MIN_INTEGER || value > MAX_INTEGER) {
      throw failure('NUMBER_OUT_OF_RANGE', `${where}: the bigint does not fit into 64 bits`);
    }
    this.#writeByte(TAG_INTEGER);
    this.#writeZigzag(value);
  }

  #writeZigzag(value: bigint): void {
    let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
    this.#room(10);
    while (rest >= 0x80n) {
      this.#bytes[this.#at++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#at++] = Number(rest);
  }

  #writeObject(value: object, where: string, depth: number): void {
    if (depth > MAX_NESTING) {
      throw failure('VALUE_TOO_LARGE', `${where} is nested deeper than ${MAX_NESTING}`);
    }
    if (value instanceof Float) {
      this.#writeByte(TAG_FLOAT);
      this.#writeFloat(value.value);
    } else if (value instanceof Temporal) {
      const tag = temporalTagOf(value.kind);
      if (tag === undefined) {
        throw unsupported(where, `a temporal value of the kind ${String(value.kind)}`);
      }
      this.#writeByte(TAG_TEMPORAL_TEXT);
      this.#writeByte(tag);
      this.writeString(value.text);
    } else if (value instanceof Point) {
      for (const coordinate of [value.x, value.y, value.z ?? 0]) {
        if (!Number.isFinite(coordinate)) {
          throw unsupported(where, `a point with the coordinate ${String(coordinate)}`);
        }
      }
      if (value.crs.startsWith('wgs') && Math.abs(value.y) > 90) {
        throw unsupported(where, `a point with the latitude ${value.y}`);
      }
      this.#writePoint(value);
    } else if (isVector(value)) {
      this.#writeVector(value, where);
    } else if (isBytes(value)) {
      this.#writeByte(TAG_BYTES);
      this.writeCount(value.length);
      this.#writeBytes(value);
    } else if (Array.isArray(value)) {
      this.#writeByte(TAG_LIST);
      this.writeCount(value.length);
      for (let i = 0; i < value.length; i++) {
        this.#writeValue(value[i], where, depth + 1);
      }
    } else if (this.#entities && this.#writeEntity(value as Value)) {
      return;
    } else if (isPlainObject(value)) {
      const names = Object.keys(value);
      this.#writeByte(TAG_MAP);
      this.writeCount(names.length);
      for (const name of names) {
        this.writeString(name);
        this.#writeValue((value as Record<string, unknown>)[name], where, depth + 1);
      }
    } else if (ArrayBuffer.isView(value)) {
      throw failure(
        'INVALID_ARGUMENT',
        `${where}: ${describe(value)} is neither a vector nor a byte string, expected a Vector of it or a Uint8Array`,
      );
    } else {
      throw unsupported(where, describe(value));
    }
  }
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm (an iframe, Node's vm) have another Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return value === null || value === undefined ? String(value) : `a ${typeof value}`;
  }
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' && name !== '' ? `an instance of ${name}` : 'an object';
}

function unsupported(where: string, what: string): WeftError {
  return failure('INVALID_ARGUMENT', `${where}: ${what} is not supported`);
}
