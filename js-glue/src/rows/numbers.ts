/** Numbers of texts. */
import type { CoordinateType, VectorArray } from '../vector.js';
import { shown } from './errors.js';

/** A cell that is not what its column says; the message says what was expected and found. */
export class CellFault extends Error {
  constructor(expected: string, found: string) {
    super(`expected ${expected}, found ${shown(found)}`);
  }
}

/** The integers of each type, and their name. */
export const RANGES = {
  byte: [-128n, 127n, 'an integer of 8 bits'],
  short: [-32768n, 32767n, 'an integer of 16 bits'],
  int: [-(2n ** 63n), 2n ** 63n - 1n, 'an integer of 64 bits'],
} as const;

/** The integer of a text. */
export function integer(text: string, type: keyof typeof RANGES): number | bigint {
  const [least, greatest, name] = RANGES[type];
  if (!/^[+-]?[0-9]{1,40}$/.test(text)) {
    throw new CellFault(name, text);
  }
  const number = Number(text);
  if (type === 'int' && Number.isSafeInteger(number)) {
    return number + 0;
  }
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  if (value < least || value > greatest) {
    throw new CellFault(name, text);
  }
  return Number.isSafeInteger(number) ? number + 0 : value;
}

/** The float of a text. */
export function float(text: string): number {
  if (/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : failed('a float of 64 bits', text);
  }
  switch (text) {
    case 'NaN':
      return NaN;
    case 'Infinity':
    case '+Infinity':
      return Infinity;
    case '-Infinity':
      return -Infinity;
    default:
      return failed('a float', text);
  }
}

const LIMITS = { INTEGER8: 2 ** 7, INTEGER16: 2 ** 15, INTEGER32: 2 ** 31 } as const;

/** Coordinates of their texts, or null when one of them is none of the type. */
export function vectorArray(type: CoordinateType, texts: readonly string[]): VectorArray | null {
  try {
    if (type === 'FLOAT' || type === 'FLOAT32') {
      const numbers = texts.map((part) => float(part.trim()));
      const array = type === 'FLOAT' ? Float64Array.from(numbers) : Float32Array.from(numbers);
      return array.every((coordinate) => Number.isFinite(coordinate)) ? array : null;
    }
    const integers = texts.map((part) => BigInt(integer(part.trim(), 'int')));
    if (type === 'INTEGER') {
      return BigInt64Array.from(integers);
    }
    const numbers = integers.map(Number);
    const limit = LIMITS[type];
    if (numbers.some((number) => number < -limit || number >= limit)) {
      return null;
    }
    return type === 'INTEGER8'
      ? Int8Array.from(numbers)
      : type === 'INTEGER16'
        ? Int16Array.from(numbers)
        : Int32Array.from(numbers);
  } catch (error) {
    if (error instanceof CellFault) {
      return null;
    }
    throw error;
  }
}

function failed(expected: string, found: string): never {
  throw new CellFault(expected, found);
}
