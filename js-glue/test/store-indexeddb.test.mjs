import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexedDbStore } from '../dist/stores/indexeddb.js';
import { storeCases, written } from './shared/store-contract.mjs';
import { surviveFault } from './shared/store-faults.mjs';
import { pattern } from './shared/store-model.mjs';

const options = { waitMillis: 20 };
let places = 0;

function placeOf(name = `place-${++places}`) {
  return { name, store: () => indexedDbStore(name, options) };
}

for (const { name, run } of storeCases({ smallAppends: 400 })) {
  test(`in IndexedDB: ${name}`, () => run(placeOf()));
}

/** Lets a method of IndexedDB's object stores fail from its n-th call on, by a function. */
function breaking(method, calls, fail) {
  const original = IDBObjectStore.prototype[method];
  let left = calls;
  IDBObjectStore.prototype[method] = function (...given) {
    if (left-- <= 0) {
      return fail(this, () => original.apply(this, given));
    }
    return original.apply(this, given);
  };
  return () => (IDBObjectStore.prototype[method] = original);
}

const quota = () => {
  throw new DOMException('no more', 'QuotaExceededError');
};
const abort = (store, put) => {
  const request = put();
  store.transaction.abort();
  return request;
};

for (const [what, fail, code] of [
  ['the quota is exceeded', quota, 'STORAGE_FULL'],
  ['the transaction is aborted', abort, 'IO_FAILED'],
]) {
  test(`in IndexedDB nothing is lost when ${what}`, async () => {
    for (let calls = 0; calls < 40; calls++) {
      let mend = () => {};
      const breaks = () => (mend = breaking('put', calls, fail));
      const failed = await surviveFault(placeOf(), { seed: calls + 1, breaks, mend: () => mend() });
      assert.equal(failed?.code, code);
    }
  });
}

test('in IndexedDB a connection that was lost is told', async () => {
  const place = placeOf();
  const store = place.store();
  await store.open();
  await store.apply(written('a', pattern(10)));
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(`weftdb-${place.name}`);
    request.onsuccess = resolve;
    request.onerror = request.onblocked = reject;
  });
  await assert.rejects(store.apply(written('b', pattern(10))), {
    code: 'IO_FAILED',
    message: /another page deletes or upgrades it/,
  });
  await store.close();
  const again = place.store();
  assert.deepEqual(await again.open(), []);
  await again.close();
});

test('in IndexedDB what a later version has written is refused', async () => {
  const place = placeOf();
  const connection = await new Promise((resolve, reject) => {
    const request = indexedDB.open(`weftdb-${place.name}`, 2);
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });
  connection.close();
  await assert.rejects(place.store().open(), { code: 'FORMAT_TOO_NEW' });
  await place.store().destroy();
  const store = place.store();
  await store.open();
  await store.close();
});

test('where there is no IndexedDB, it is told', async () => {
  const { indexedDB } = globalThis;
  globalThis.indexedDB = undefined;
  try {
    await assert.rejects(indexedDbStore('none', options).open(), { code: 'STORAGE_UNAVAILABLE' });
  } finally {
    globalThis.indexedDB = indexedDB;
  }
});

test('in IndexedDB a store that is closed while it is opened lets go at once', async () => {
  for (let turns = 0; turns < 12; turns++) {
    const place = placeOf();
    const holder = turns % 2 === 0 ? null : place.store();
    await holder?.open();
    const store = place.store();
    const opening = store.open();
    for (let i = 0; i < turns; i++) {
      await null;
    }
    const refused = assert.rejects(opening, { name: 'WeftError' });
    store.close();
    await holder?.close();
    const next = place.store();
    await next.open();
    await next.apply(written('a', pattern(10)));
    await refused;
    await assert.rejects(store.apply(written('b', pattern(10))), { code: 'CLOSED' });
    await next.close();
  }
});
