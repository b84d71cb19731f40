import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase, MemoryFiles, memoryStore } from 'weftdb';
import { coalesced } from '../dist/persistence.js';

/** A store that does what the function says before, or in place of, what another store does. */
function watched(store, before) {
  return { ...bound(store), apply: async (operations) => (await before(operations), store.apply(operations)) };
}

function bound(store) {
  const methods = ['open', 'apply', 'usage', 'close', 'destroy'];
  return Object.fromEntries(methods.map((name) => [name, (...args) => store[name](...args)]));
}

/** The files as they are now, for another database. */
function copied(files) {
  const copy = new MemoryFiles();
  for (const [name, bytes] of files.toMap()) {
    copy.pieces.set(name, [bytes]);
  }
  return copy;
}

async function countIn(files) {
  const database = await createDatabase({ storage: memoryStore(files) });
  try {
    return (await database.stats()).nodeCount;
  } finally {
    await database.close();
  }
}

test('what was committed is there when the database is opened again', async () => {
  const files = new MemoryFiles();
  for (let round = 0; round < 5; round++) {
    const database = await createDatabase({ storage: memoryStore(files) });
    assert.equal((await database.stats()).nodeCount, round * 2);
    await database.execute('CREATE (:N {round: $round})-[:R]->(:M)', { round });
    if (round === 2) {
      const info = await database.checkpoint();
      assert.equal(info.nodeCount, 6);
    }
    await database.close();
  }
  const database = await createDatabase({ storage: memoryStore(files) });
  const { rows } = await database.execute('MATCH (n:N)-->(:M) RETURN n.round AS round ORDER BY round');
  assert.deepEqual(rows.map(({ round }) => round), [0, 1, 2, 3, 4]);
  await database.close();
});

test('under strict a promise resolves only when its commit is in the store', async () => {
  const files = new MemoryFiles();
  const database = await createDatabase({ storage: memoryStore(files) });
  for (let i = 1; i <= 20; i++) {
    await database.execute('CREATE (:N)');
    // Whoever dies now loses nothing.
    assert.equal(await countIn(copied(files)), i);
  }
  await database.close();
});

test('a read is not told before what it has read is durable', async () => {
  const files = new MemoryFiles();
  let release = () => undefined;
  let isHeld = false;
  const store = watched(memoryStore(files), () =>
    isHeld ? new Promise((resolve) => (release = resolve)) : undefined,
  );
  const database = await createDatabase({ storage: store });
  isHeld = true;
  const told = [];
  const write = database.execute('CREATE (:N)').then(() => told.push('write'));
  const read = database.execute('MATCH (n) RETURN n').then(() => told.push('read'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(told, []);
  isHeld = false;
  release();
  await Promise.all([write, read]);
  assert.deepEqual(told, ['write', 'read']);
  await database.close();
});

test('commits that come while the store is busy go to it together', async () => {
  const files = new MemoryFiles();
  let batches = 0;
  const store = watched(memoryStore(files), async () => {
    batches++;
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  const database = await createDatabase({ storage: store });
  batches = 0;
  await Promise.all(Array.from({ length: 50 }, () => database.execute('CREATE (:N)')));
  assert.ok(batches <= 3, `${batches} batches`);
  await database.close();
  assert.equal(await countIn(files), 50);
});

test('under relaxed a commit is durable after flush, and after a while by itself', async () => {
  const files = new MemoryFiles();
  let isSlow = true;
  const store = watched(memoryStore(files), () =>
    isSlow ? new Promise((resolve) => setTimeout(resolve, 30)) : undefined,
  );
  const database = await createDatabase({ storage: store, durability: 'relaxed' });
  await database.execute('CREATE (:N)');
  assert.equal(await countIn(copied(files)), 0);
  await database.flush();
  assert.equal(await countIn(copied(files)), 1);
  isSlow = false;
  await database.execute('CREATE (:N)');
  while ((await countIn(copied(files))) < 2) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await database.close();
});

test('a store that fails makes the database unusable, and nothing untrue was told', async () => {
  const files = new MemoryFiles();
  let left = Infinity;
  const cause = new Error('the disk is full');
  const store = watched(memoryStore(files), () => {
    if (left-- <= 0) {
      throw cause;
    }
  });
  const database = await createDatabase({ storage: store });
  await database.execute('CREATE (:N)');
  left = 0;
  await assert.rejects(database.execute('CREATE (:N)'), (error) => {
    assert.equal(error.code, 'LOG_FAILED');
    assert.match(error.message, /the disk is full/);
    assert.equal(error.cause, cause);
    return true;
  });
  assert.equal(database.closed, true);
  await assert.rejects(database.execute('MATCH (n) RETURN n'), { code: 'LOG_FAILED' });
  await assert.rejects(database.stats(), { code: 'LOG_FAILED' });
  await database.close();
  assert.equal(await countIn(files), 1);
});

test('at every operation of the store a crash keeps what was told', async () => {
  const files = new MemoryFiles();
  const states = [];
  let told = 0;
  const inner = memoryStore(files);
  const store = {
    ...bound(inner),
    apply: async (operations) => {
      for (const operation of operations) {
        await inner.apply([operation]);
        states.push({ files: copied(files), told });
      }
    },
  };
  const database = await createDatabase({ storage: store, checkpointBytes: 2000 });
  for (let i = 0; i < 40; i++) {
    await database.execute('CREATE (:N {text: $text})', { text: 'x'.repeat(i * 5) });
    told++;
  }
  await database.close();
  assert.ok(states.length > 100);
  for (const { files: left, told: least } of states) {
    const count = await countIn(left);
    assert.ok(count >= least && count <= least + 1, `${count} of ${least}`);
  }
});

test('checkpoints are made by themselves, and the log does not grow for ever', async () => {
  const files = new MemoryFiles();
  const database = await createDatabase({ storage: memoryStore(files), checkpointBytes: 10_000 });
  for (let i = 0; i < 300; i++) {
    await database.execute('MERGE (n:N {id: 1}) SET n.text = $text', { text: `${i} `.repeat(50) });
  }
  const { log, storage } = await database.status();
  assert.ok(log.checkpointLsn > 0);
  assert.equal(log.checkpointFailure, null);
  assert.ok(storage.bytes < 100_000, `${storage.bytes} bytes`);
  await database.close();
});

test('a loaded snapshot stays', async () => {
  const source = await createDatabase();
  await source.execute('UNWIND range(1, 100) AS i CREATE (:N {i: i})');
  const bytes = await source.saveSnapshotToBytes();
  const files = new MemoryFiles();
  const database = await createDatabase({ storage: memoryStore(files) });
  await database.execute('CREATE (:Gone)');
  await database.loadSnapshotFromBytes(bytes);
  await database.execute('CREATE (:N {i: 101})');
  await database.close();
  assert.equal(await countIn(files), 101);
});

test('a store is one database at a time, and damage says which file', async () => {
  const files = new MemoryFiles();
  const database = await createDatabase({ storage: memoryStore(files) });
  for (let i = 0; i < 5; i++) {
    await database.execute('CREATE (:N)');
  }
  await assert.rejects(createDatabase({ storage: memoryStore(files) }), { code: 'DATABASE_LOCKED' });
  await database.close();
  const [log, bytes] = [...files.toMap()].find(([name]) => name.startsWith('log-'));
  // In the first commit, which has others behind it.
  bytes[90] ^= 1;
  files.pieces.set(log, [bytes]);
  await assert.rejects(createDatabase({ storage: memoryStore(files) }), (error) => {
    assert.equal(error.category, 'CORRUPTION');
    assert.ok(error.message.includes(log), error.message);
    return true;
  });
});

test('a database in memory has no log and no checkpoints', async () => {
  const database = await createDatabase();
  await database.flush();
  assert.deepEqual(await database.status(), { log: null, storage: null });
  await assert.rejects(database.checkpoint(), { code: 'INVALID_USE' });
});

test('only appends that follow each other are joined', () => {
  const append = (name, ...values) => ({ kind: 'append', name, bytes: Uint8Array.from(values) });
  const sync = (name) => ({ kind: 'sync', name });
  assert.deepEqual(
    coalesced([append('a', 1), append('a', 2), sync('a'), append('a', 3), append('b', 4), append('b', 5), sync('a')]),
    [append('a', 1, 2), sync('a'), append('a', 3), append('b', 4, 5), sync('a')],
  );
  const large = { kind: 'append', name: 'a', bytes: new Uint8Array(1 << 18) };
  assert.deepEqual(coalesced([append('a', 1), large, append('a', 2)]), [append('a', 1), large, append('a', 2)]);
});
