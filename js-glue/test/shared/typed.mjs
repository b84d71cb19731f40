// Results with floats told apart from integers, as one canonical text a value: for tests that run
// cases written for every platform, in Node.js as in browsers.
import { Reader } from '../../dist/boundary/reader.js';
import { openDatabase } from '../../dist/create.js';

/** A float, which a result otherwise gives as a plain number like an integer. */
export class Float {
  constructor(value) {
    this.value = value;
  }
}

class TypedReader extends Reader {
  float(value) {
    return new Float(value);
  }
}

/** A database of a compiled module whose results have {@link Float}s. */
export function openTypedDatabase(module, more = {}) {
  const options = { wasm: module, seed: 1, now: () => 1_700_000_000_000, ...more };
  return openDatabase(options, { wasm: () => module, startWorker: null, portOf: null }, TypedReader);
}

/** How a float is written in cases: with `-0`, which String() would not keep. */
export function floatText(value) {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Fails unless two values are the same data. */
export function same(actual, expected, message = '') {
  const [a, b] = [actual, expected].map(canonical);
  if (a !== b) {
    throw new Error(`${message}\nexpected ${b}\nactual   ${a}`.trim());
  }
}

function canonical(value) {
  return JSON.stringify(value, (_, member) => {
    if (typeof member === 'bigint') {
      return `${member}n`;
    } else if (member !== null && typeof member === 'object' && !Array.isArray(member)) {
      return Object.fromEntries(Object.entries(member).sort(([x], [y]) => (x < y ? -1 : 1)));
    }
    return member;
  });
}

/** Fails unless a promise is rejected with a {@link WeftError}, which it gives. */
export async function rejection(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    if (error?.name !== 'WeftError') {
      throw error;
    }
    return error;
  }
  throw new Error(`no error, but ${canonical(value)}`);
}
