import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durableObjectStore, keyValueStore } from '../dist/entry-edge.js';
import { storeCases, written } from './shared/store-contract.mjs';
import { surviveFault } from './shared/store-faults.mjs';
import { pattern, randomNumbers } from './shared/store-model.mjs';

/** A key-value database in memory that does the changes of a write in any order, and may stop between. */
class SimulatedKeyValues {
  values = new Map();
  changes = 0;
  /** The change at which the machine stops. */
  stopsAt = Infinity;
  #next;

  constructor(seed = 1) {
    this.#next = randomNumbers(seed);
  }

  async *list(prefix) {
    const keys = [...this.values.keys()].filter((key) => key.startsWith(prefix)).sort();
    for (const key of keys) {
      yield [key, this.values.get(key)];
    }
  }

  async write(puts, deletes) {
    const changes = [...puts, ...deletes.map((key) => [key, null])];
    while (changes.length > 0) {
      const [[key, value]] = changes.splice(this.#next(changes.length), 1);
      if (this.changes++ >= this.stopsAt) {
        throw new Error('the machine has stopped');
      }
      assert.ok(/^[\x20-\x7e]{1,200}$/.test(key));
      if (value === null) {
        this.values.delete(key);
      } else {
        assert.ok(value.length <= 8192, `a value of ${value.length} bytes`);
        this.values.set(key, value.slice());
      }
    }
  }
}

const options = { maxValueBytes: 8192, prefix: 'p/' };

for (const { name, run } of storeCases({ smallAppends: 400, largeBytes: 1 << 20 })) {
  test(`under keys: ${name}`, () => {
    const keyValues = new SimulatedKeyValues();
    return run({ store: () => keyValueStore(keyValues, options) });
  });
  test(`in a Durable Object: ${name}`, () => {
    const storage = new SimulatedDurableObject();
    return run({ store: () => durableObjectStore(storage) });
  });
}

test('under keys nothing is lost when it stops after any change', async () => {
  let stopsAt = 0;
  for (let failed = true; failed; stopsAt++) {
    for (let seed = 1; seed <= 3; seed++) {
      const keyValues = new SimulatedKeyValues(seed);
      keyValues.stopsAt = stopsAt;
      const place = { store: () => keyValueStore(keyValues, options) };
      const mend = () => (keyValues.stopsAt = Infinity);
      const error = await surviveFault(place, { seed, steps: 10, mend });
      assert.ok(error === null || error.code === 'IO_FAILED');
      failed = error !== null;
      assert.equal(keyValues.values.size, 0, 'destroy leaves nothing');
    }
  }
  assert.ok(stopsAt > 60, `only ${stopsAt} changes`);
});

test('under keys several databases have their prefixes', async () => {
  const keyValues = new SimulatedKeyValues();
  const stores = ['a/', 'b/'].map((prefix) => keyValueStore(keyValues, { ...options, prefix }));
  for (const [i, store] of stores.entries()) {
    assert.deepEqual(await store.open(), []);
    await store.apply(written('file', pattern(i + 1)));
    await store.close();
  }
  await keyValueStore(keyValues, { ...options, prefix: 'a/' }).destroy();
  const store = keyValueStore(keyValues, { ...options, prefix: 'b/' });
  assert.equal((await store.open())[0].bytes.length, 2);
});

test('values that are damaged, foreign or of a later version are told', async () => {
  for (const [text, code] of [
    ['{', 'CORRUPTED'],
    ['{"format":"other"}', 'NOT_OUR_FORMAT'],
    ['{"format":"weftdb","version":2}', 'FORMAT_TOO_NEW'],
  ]) {
    const keyValues = new SimulatedKeyValues();
    keyValues.values.set('p/files', new TextEncoder().encode(text));
    await assert.rejects(keyValueStore(keyValues, options).open(), { code });
  }
  assert.throws(() => keyValueStore(new SimulatedKeyValues(), { maxValueBytes: 10 }), {
    code: 'INVALID_ARGUMENT',
  });
});

/** The storage of a Durable Object of the older kind, with its limits. */
class SimulatedDurableObject {
  values = new Map();

  async list({ prefix, startAfter = '', limit }) {
    const keys = [...this.values.keys()].filter((key) => key.startsWith(prefix) && key > startAfter);
    return new Map(keys.sort().slice(0, limit).map((key) => [key, this.values.get(key)]));
  }

  async put(entries) {
    assert.ok(Object.keys(entries).length <= 128);
    for (const [key, value] of Object.entries(entries)) {
      assert.ok(key.length <= 2048 && value.length <= 128 << 10);
      this.values.set(key, structuredClone(value));
    }
  }

  async delete(keys) {
    assert.ok(keys.length <= 128);
    return keys.filter((key) => this.values.delete(key)).length;
  }

  async sync() {}
}
