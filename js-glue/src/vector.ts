import { float32Text, floatText } from './floats.js';

/** The arrays that coordinates of vectors are in, one for each type of coordinates. */
export type VectorArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** The types of coordinates, as Cypher writes them; `INTEGER` and `FLOAT` have 64 bits. */
export type CoordinateType =
  | 'INTEGER8'
  | 'INTEGER16'
  | 'INTEGER32'
  | 'INTEGER'
  | 'FLOAT32'
  | 'FLOAT';

const TYPES: Readonly<Record<string, CoordinateType>> = {
  '[object Int8Array]': 'INTEGER8',
  '[object Int16Array]': 'INTEGER16',
  '[object Int32Array]': 'INTEGER32',
  '[object BigInt64Array]': 'INTEGER',
  '[object Float32Array]': 'FLOAT32',
  '[object Float64Array]': 'FLOAT',
};

const MAX_DIMENSION = 4096;

/**
 * A vector of Cypher: 1 to 4096 numbers of one type, which the array tells:
 * `new Vector(Float32Array.of(0.5, 1.5))` is a `VECTOR<FLOAT32>(2)`.
 *
 * The array is not copied. Coordinates are finite; that they are shows when a query takes the
 * vector as a parameter.
 */
export class Vector {
  readonly coordinates: VectorArray;

  constructor(coordinates: VectorArray) {
    if (typeOf(coordinates) === undefined) {
      throw new TypeError(
        'a vector needs an Int8Array, Int16Array, Int32Array, BigInt64Array, Float32Array or Float64Array',
      );
    }
    if (coordinates.length < 1 || coordinates.length > MAX_DIMENSION) {
      throw new RangeError(
        `a vector has from 1 to ${MAX_DIMENSION} coordinates, not ${coordinates.length}`,
      );
    }
    this.coordinates = coordinates;
  }

  /** What the coordinates are. */
  get coordinateType(): CoordinateType {
    return typeOf(this.coordinates) as CoordinateType;
  }

  /** How many coordinates there are. */
  get dimension(): number {
    return this.coordinates.length;
  }

  /** The text that Cypher's `toString` gives: `vector([0.5, 1.5], 2, FLOAT32)`. */
  toString(): string {
    const type = this.coordinateType;
    const text = type === 'FLOAT32' ? float32Text : type === 'FLOAT' ? floatText : String;
    const texts = Array.from<number | bigint, string>(this.coordinates, (coordinate) =>
      typeof coordinate === 'bigint' ? String(coordinate) : text(coordinate),
    );
    return `vector([${texts.join(', ')}], ${this.dimension}, ${type})`;
  }

  /** The coordinates, so that a result as JSON is readable; 64-bit integers as text. */
  toJSON(): (number | string)[] {
    return Array.from<number | bigint, number | string>(this.coordinates, (coordinate) =>
      typeof coordinate === 'bigint' ? String(coordinate) : coordinate,
    );
  }
}

function typeOf(array: unknown): CoordinateType | undefined {
  return TYPES[Object.prototype.toString.call(array)];
}

/** Whether a value is a vector. */
export function isVector(value: unknown): value is Vector {
  return value instanceof Vector;
}

/** Whether a value is a byte string: a `Uint8Array`. */
export function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === '[object Uint8Array]';
}
