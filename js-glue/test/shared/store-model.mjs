// What the files of a store must be: a model in memory, and what a crash may make of it.

/** Bytes that tell their place, so that a piece that is missing or moved is seen. */
export function pattern(length, seed = 0) {
  const bytes = new Uint8Array(length);
  let state = (seed * 2654435761 + 12345) >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** Numbers from 0 below a bound, the same for the same seed. */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

let nextId = 0;

/** The operations of a store done in memory. */
export class Model {
  files = new Map();

  /** A copy that does not change with this one. */
  copy() {
    const copy = new Model();
    copy.files = new Map([...this.files].map(([name, file]) => [name, { ...file }]));
    return copy;
  }

  do(operation) {
    const { kind, name } = operation;
    if (kind === 'create') {
      const id = nextId++;
      const bytes = new Uint8Array(0);
      this.files.set(name, { id, bytes, synced: -1, closed: false, published: false });
    } else if (kind === 'append') {
      const file = this.files.get(name);
      const bytes = new Uint8Array(file.bytes.length + operation.bytes.length);
      bytes.set(file.bytes);
      bytes.set(operation.bytes, file.bytes.length);
      file.bytes = bytes;
    } else if (kind === 'sync') {
      this.files.get(name).synced = this.files.get(name).bytes.length;
    } else if (kind === 'close') {
      this.files.get(name).closed = true;
    } else if (kind === 'publish') {
      this.files.set(name, { ...this.files.get(operation.temporary), published: true });
      this.files.delete(operation.temporary);
    } else {
      this.files.delete(name);
    }
  }

  /** What was open is closed, as when a store is opened again. */
  close() {
    for (const file of this.files.values()) {
      file.closed = true;
    }
  }

  nameOf(id) {
    for (const [name, file] of this.files) {
      if (file.id === id) {
        return name;
      }
    }
    return undefined;
  }
}

/** Throws unless found files are exactly those of a model. */
export function sameFiles(found, model) {
  const names = [...model.files.keys()].sort();
  const foundNames = found.map((file) => file.name);
  if (foundNames.join() !== names.join()) {
    throw new Error(`files [${foundNames}] are there in place of [${names}]`);
  }
  for (const { name, bytes } of found) {
    sameBytes(name, bytes, model.files.get(name).bytes);
  }
}

/** Throws unless two arrays have the same bytes. */
export function sameBytes(name, actual, expected) {
  const difference = firstDifference(actual, expected);
  if (difference >= 0 || actual.length !== expected.length) {
    throw new Error(
      `'${name}' has ${actual.length} bytes in place of ${expected.length}, differing from ${difference}`,
    );
  }
}

/** Where two arrays first differ within the shorter one; -1 when they do not. */
function firstDifference(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a[i] !== b[i]) {
      return i;
    }
  }
  return -1;
}

/**
 * Throws unless found files are what the contract of a store allows after a crash or a failure.
 *
 * @param before the files after all applies that had resolved
 * @param operations those of the apply that did not resolve; empty when there was none
 */
export function allowedAfterCrash(found, before, operations = []) {
  const states = statesOf(before, operations);
  const syncedBefore = new Map();
  for (const { id, synced } of before.files.values()) {
    syncedBefore.set(id, synced);
  }
  const bytesOf = new Map(found.map((file) => [file.name, file.bytes]));
  for (const [name, bytes] of bytesOf) {
    const fits = ({ files }) => files.has(name) && mayBe(bytes, files.get(name), syncedBefore);
    if (!states.some(fits)) {
      throw new Error(`'${name}' with ${bytes.length} bytes cannot be there`);
    }
  }
  for (const [name, { id, synced }] of before.files) {
    if (synced < 0) {
      continue;
    }
    if (states.every(({ files }) => files.has(name)) && !bytesOf.has(name)) {
      throw new Error(`'${name}', which was durable, is missing`);
    }
    const names = states.map((state) => state.nameOf(id));
    if (names.every((each) => each !== undefined) && !names.some((each) => bytesOf.has(each))) {
      throw new Error(`'${name}', which was durable, has none of the names ${names}`);
    }
  }
}

function statesOf(before, operations) {
  const states = [before];
  for (const operation of operations) {
    const next = states.at(-1).copy();
    next.do(operation);
    states.push(next);
  }
  return states;
}

/** Whether a file may have these bytes after a crash. */
function mayBe(bytes, file, syncedBefore) {
  const least = file.published ? file.bytes.length : Math.max(0, syncedBefore.get(file.id) ?? 0);
  const { length } = bytes;
  return length >= least && length <= file.bytes.length && firstDifference(bytes, file.bytes) < 0;
}
