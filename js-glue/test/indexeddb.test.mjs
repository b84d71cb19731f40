import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase, IndexedDbSnapshots } from 'weftdb';

test('snapshots are saved, listed, loaded, replaced and deleted by name', async () => {
  const snapshots = new IndexedDbSnapshots('by-name');
  assert.deepEqual(await snapshots.list(), []);
  assert.equal(await snapshots.load('a'), null);
  const before = Date.now();
  await snapshots.save('b', new Uint8Array([1, 2, 3]));
  await snapshots.save('a', new Uint8Array([4]).buffer);
  const listed = await snapshots.list();
  assert.deepEqual(
    listed.map(({ name, byteLength }) => [name, byteLength]),
    [
      ['a', 1],
      ['b', 3],
    ],
  );
  assert.ok(listed[0].savedAtMillis >= before && listed[0].savedAtMillis <= Date.now());
  assert.deepEqual(await snapshots.load('b'), new Uint8Array([1, 2, 3]));
  await snapshots.save('b', new Uint8Array([9, 9]));
  assert.deepEqual(await snapshots.load('b'), new Uint8Array([9, 9]));
  await snapshots.delete('b');
  await snapshots.delete('b');
  assert.equal(await snapshots.load('b'), null);
  assert.equal((await snapshots.list()).length, 1);
  await snapshots.close();
});

test('what is saved is a copy of the view alone', async () => {
  const snapshots = new IndexedDbSnapshots('copies');
  const bytes = new Uint8Array([0, 1, 2, 3, 4, 5]);
  const saving = snapshots.save('view', bytes.subarray(2, 4));
  bytes.fill(0);
  await saving;
  const loaded = await snapshots.load('view');
  assert.deepEqual(loaded, new Uint8Array([2, 3]));
  assert.equal(loaded.buffer.byteLength, 2);
});

test('a graph comes back through another connection', async () => {
  const database = await createDatabase();
  await database.execute("CREATE (:Person {name: 'Ada'})");
  const saving = new IndexedDbSnapshots('graphs');
  await saving.save('people', await database.saveSnapshotToBytes());
  await saving.close();

  const loading = new IndexedDbSnapshots('graphs');
  const restored = await createDatabase();
  await restored.loadSnapshotFromBytes(await loading.load('people'));
  const { rows } = await restored.execute('MATCH (p:Person) RETURN p.name AS name');
  assert.deepEqual(rows, [{ name: 'Ada' }]);
});

test('an aborted transaction keeps the old snapshot', async () => {
  const snapshots = new IndexedDbSnapshots('aborts');
  await snapshots.save('s', new Uint8Array([1]));
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    const request = put.call(this, value, key);
    if (this.name === 'entries') {
      this.transaction.abort();
    }
    return request;
  };
  try {
    await assert.rejects(snapshots.save('s', new Uint8Array([2, 2])), { code: 'IO_FAILED' });
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  assert.deepEqual(await snapshots.load('s'), new Uint8Array([1]));
  assert.equal((await snapshots.list())[0].byteLength, 1);
});

test('another page may delete the database, and the next call begins anew', async () => {
  const snapshots = new IndexedDbSnapshots('deleted');
  await snapshots.save('s', new Uint8Array([1]));
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('deleted');
    request.onsuccess = resolve;
    request.onerror = request.onblocked = reject;
  });
  assert.deepEqual(await snapshots.list(), []);
  await snapshots.save('s', new Uint8Array([2]));
  assert.deepEqual(await snapshots.load('s'), new Uint8Array([2]));
});
