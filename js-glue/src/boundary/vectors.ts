/** The numbers that `ValueCodec` has for the types of coordinates, and their bytes. */
import { Vector, type CoordinateType, type VectorArray } from '../vector.js';

const ARRAYS = [
  Int8Array,
  Int16Array,
  Int32Array,
  BigInt64Array,
  Float32Array,
  Float64Array,
] as const;

const TYPES: readonly CoordinateType[] = [
  'INTEGER8',
  'INTEGER16',
  'INTEGER32',
  'INTEGER',
  'FLOAT32',
  'FLOAT',
];

/** The number of a type, from 1. */
export function coordinateCodeOf(type: CoordinateType): number {
  return TYPES.indexOf(type) + 1;
}

/** How many bytes a coordinate of a numbered type takes. */
export function coordinateBytesOf(code: number): number {
  return arrayOf(code).BYTES_PER_ELEMENT;
}

function arrayOf(code: number): (typeof ARRAYS)[number] {
  const array = ARRAYS[code - 1];
  if (array === undefined) {
    throw new Error(`unknown type ${code} of coordinates`);
  }
  return array;
}

/**
 * A vector of its bytes, which WebAssembly has in the order of all hosts that run it: the lowest
 * first.
 */
export function vectorOf(code: number, bytes: Uint8Array<ArrayBuffer>): Vector {
  const array = arrayOf(code);
  return new Vector(new array(bytes.buffer) as VectorArray);
}

/** The bytes of a vector, not copied. */
export function bytesOf(coordinates: VectorArray): Uint8Array {
  return new Uint8Array(coordinates.buffer, coordinates.byteOffset, coordinates.byteLength);
}
