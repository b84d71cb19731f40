// What may go wrong between the calls: failures behind commits, waits, leaving, and damaged bytes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase, MemoryFiles, memoryStore, snapshotInfo, WeftError } from 'weftdb';
import { crc32c } from '../dist/boundary/crc32c.js';
import { coalesced } from '../dist/persistence.js';

/** A store in memory whose changes wait until they are let through. */
function gatedStore(files = new MemoryFiles()) {
  const store = memoryStore(files);
  let gate = Promise.resolve();
  const methods = ['open', 'usage', 'close', 'destroy'];
  return {
    ...Object.fromEntries(methods.map((name) => [name, (...args) => store[name](...args)])),
    apply: async (operations) => {
      await gate;
      await store.apply(operations);
    },
    /** Shuts the gate and gives what opens it, or lets changes fail. */
    shut() {
      let open;
      let fail;
      gate = new Promise((resolve, reject) => ([open, fail] = [resolve, reject]));
      gate.catch(() => undefined);
      return { open, fail };
    },
  };
}

/** Numbers from a seed. */
function generator(seed) {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const later = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Whether a promise has settled. */
async function isSettled(promise) {
  let settled = false;
  promise.then(() => (settled = true), () => (settled = true));
  await later();
  return settled;
}

test('an error tells of a commit only when that is durable', async () => {
  const store = gatedStore();
  const database = await createDatabase({ storage: store });
  await database.execute('CREATE CONSTRAINT one FOR (n:N) REQUIRE n.i IS UNIQUE');
  const gate = store.shut();
  const first = database.execute('CREATE (:N {i: 1})');
  const second = database.execute('CREATE (:N {i: 1})');
  second.catch(() => undefined);
  assert.equal(await isSettled(second), false);
  gate.open();
  await first;
  await assert.rejects(second, { code: 'CONSTRAINT_VIOLATED' });
  await database.close();
});

test('listeners are told of a commit when it is durable, and never of one that is lost', async () => {
  const store = gatedStore();
  const database = await createDatabase({ storage: store });
  let told = 0;
  database.onChange(() => told++);
  await database.execute('CREATE (:N)');
  assert.equal(told, 1);
  const gate = store.shut();
  const lost = database.execute('CREATE (:N)');
  lost.catch(() => undefined);
  await later();
  gate.fail(new Error('the disk is gone'));
  await assert.rejects(lost, { code: 'LOG_FAILED' });
  await later();
  assert.equal(told, 1);
  await database.close();
});

test('who waits for a writer is given up with an aborted signal, and may wait very long', async () => {
  const database = await createDatabase({ writeTurnMillis: Number.MAX_SAFE_INTEGER });
  let end;
  let begun;
  const hasBegun = new Promise((resolve) => (begun = resolve));
  const writing = database.transaction(() => (begun(), new Promise((resolve) => (end = resolve))));
  await hasBegun;
  const unwanted = { signal: AbortSignal.abort() };
  await assert.rejects(database.transaction(async () => undefined, unwanted), { code: 'CANCELLED' });
  const waiting = database.execute('CREATE (:N)');
  assert.equal(await isSettled(waiting), false);
  end();
  await writing;
  await waiting;
  await assert.rejects(database.transaction(async () => undefined, { access: 'all' }), {
    code: 'INVALID_ARGUMENT',
  });
});

test('a table that never comes holds up neither who gives up nor who closes', async () => {
  const loadCsv = () => new Promise(() => undefined);
  const database = await createDatabase({ loadCsv });
  const query = `LOAD CSV FROM 'a' AS row RETURN row`;
  const controller = new AbortController();
  const given = database.execute(query, {}, { signal: controller.signal });
  const left = database.execute(query);
  await later();
  controller.abort();
  await assert.rejects(given, { code: 'CANCELLED' });
  await Promise.all([database.close(), assert.rejects(left, { code: 'CLOSED' })]);
});

test('closing ends the query that runs and those behind it', async () => {
  const database = await createDatabase({ storage: memoryStore() });
  const long = 'UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = 8 RETURN count(i) AS count';
  const running = [database.execute(long), database.execute(long)];
  await later();
  await Promise.all([
    database.close(),
    ...running.map((query) => assert.rejects(query, { code: 'CLOSED' })),
  ]);
});

test('the error of a transaction is that of its function, also when the database is lost', async () => {
  const database = await createDatabase();
  const own = new Error('mine');
  const failing = database.transaction(async () => {
    await database.close();
    throw own;
  });
  await assert.rejects(failing, own);
});

test('what has committed is not cancelled any more, also where calls cannot be suspended', async () => {
  const { Suspending } = WebAssembly;
  delete WebAssembly.Suspending;
  try {
    const database = await createDatabase();
    const controller = new AbortController();
    const query = 'UNWIND range(1, 300000) AS i CREATE (n:N {i: i}) RETURN n';
    const writing = database.execute(query, {}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 0);
    const { rows } = await writing;
    assert.equal(controller.signal.aborted, true);
    assert.equal(rows.length, 300_000);
    assert.equal((await database.stats()).nodeCount, 300_000);
  } finally {
    WebAssembly.Suspending = Suspending;
  }
});

test('other tasks have their turn between the rows also where calls cannot be suspended', async () => {
  const { Suspending } = WebAssembly;
  delete WebAssembly.Suspending;
  try {
    const database = await createDatabase();
    const controller = new AbortController();
    const long = 'UNWIND range(1, 300000000) AS i WITH i WHERE i % 1000000 = 0 RETURN i';
    const running = database.execute(long, {}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 0);
    await assert.rejects(running, { code: 'CANCELLED' });
    await database.close();
  } finally {
    WebAssembly.Suspending = Suspending;
  }
});

test('options that have no meaning are refused', async () => {
  const wrong = [{ seed: 1.5 }, { now: 5 }, { loadCsv: 'x' }, { storage: null }, { seed: 'x' }];
  for (const options of wrong) {
    await assert.rejects(createDatabase(options), { code: 'INVALID_ARGUMENT' }, JSON.stringify(options));
  }
  await assert.rejects(createDatabase({ worker: true, signal: AbortSignal.abort() }), {
    code: 'CANCELLED',
  });
});

test('a source that cannot be read is an error with a code', async () => {
  const database = await createDatabase();
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('broken')) });
  await assert.rejects(database.import(broken), { code: 'IO_FAILED' });
  const read = new Response('text');
  await read.text();
  await assert.rejects(database.import(read), { code: 'IO_FAILED' });
  await assert.rejects(database.import(5), { code: 'INVALID_ARGUMENT' });
});

const DOCUMENTED = ['NOT_OUR_FORMAT', 'TRUNCATED', 'CORRUPTED', 'FORMAT_TOO_NEW', 'FORMAT_TOO_OLD'];

test('damaged snapshots and archives have no information, but a documented error', async () => {
  const database = await createDatabase({ storage: memoryStore() });
  await database.execute('UNWIND range(1, 50) AS i CREATE (:N {i: i})');
  await database.checkpoint();
  const snapshot = await database.saveSnapshotToBytes();
  const archive = new Uint8Array(await (await database.export()).arrayBuffer());
  await database.close();
  const random = generator(20_261_126);
  for (const whole of [snapshot, archive]) {
    const info = await snapshotInfo(whole);
    for (let round = 0; round < 3_000; round++) {
      const bytes = whole.slice(0, random(4) === 0 ? random(whole.length) : whole.length);
      for (let i = random(3); i >= 0 && bytes.length > 0; i--) {
        const at = random(2) === 0 ? random(bytes.length) : Math.max(0, bytes.length - 1 - random(160));
        bytes[at] ^= 1 << random(8);
      }
      if (random(2) === 0 && bytes.length === whole.length) {
        mend(bytes);
      }
      try {
        const found = await snapshotInfo(bytes);
        if (whole === snapshot) {
          assert.equal(found.formatVersion, info.formatVersion, `round ${round}`);
        }
      } catch (error) {
        assert.ok(error instanceof WeftError, `round ${round}: ${error?.stack}`);
        assert.ok(DOCUMENTED.includes(error.code), `round ${round}: ${error.code}`);
      }
    }
  }
});

/** Makes the checksums of a file's table and end right again, as somebody would who means harm. */
function mend(bytes) {
  const view = new DataView(bytes.buffer);
  const footer = bytes.length - 24;
  const isArchive = String.fromCharCode(...bytes.subarray(8, 12)) === 'ARCH';
  const length = isArchive
    ? Number(view.getBigUint64(footer - 16, true)) + 16
    : view.getUint32(footer - 8, true) * 24 + 8;
  if (length < footer) {
    view.setUint32(footer + 8, crc32c(bytes.subarray(footer - length, footer)), true);
  }
  view.setUint32(footer + 20, crc32c(bytes.subarray(footer, footer + 20)), true);
}

test('joined operations leave at a crash what the operations could have left', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = generator(seed);
    const operations = lawful(random, 4 + random(30));
    const joined = coalesced(operations);
    assert.deepEqual(after(joined), after(operations), `seed ${seed}`);
    const states = operations.map((_, count) => after(operations.slice(0, count))).concat(after(operations));
    for (let count = 0; count <= joined.length; count++) {
      for (let torn = 0; torn < 8; torn++) {
        const left = crashed(after(joined.slice(0, count)), random);
        assert.ok(
          states.some((state) => couldLeave(state, left)),
          `seed ${seed}: a crash behind ${count} of ${JSON.stringify(joined)} leaves ${JSON.stringify(left)}`,
        );
      }
    }
  }
});

/** Operations that fit each other; every byte that is appended is another. */
function lawful(random, count) {
  const operations = [];
  const open = new Set();
  const closed = new Set();
  let lastFile = 0;
  let lastByte = 0;
  const one = (names) => [...names][random(names.size)];
  while (operations.length < count) {
    const kind = random(10);
    if (kind === 0 || open.size === 0) {
      const name = `f${++lastFile}`;
      open.add(name);
      operations.push({ kind: 'create', name });
    } else if (kind < 5) {
      const bytes = Uint8Array.from({ length: 1 + random(3) }, () => ++lastByte);
      operations.push({ kind: 'append', name: one(open), bytes });
    } else if (kind < 8) {
      operations.push({ kind: 'sync', name: one(open) });
    } else if (kind === 8) {
      const name = one(open);
      open.delete(name);
      closed.add(name);
      operations.push({ kind: 'sync', name }, { kind: 'close', name });
    } else if (closed.size > 0) {
      const name = one(closed);
      closed.delete(name);
      operations.push(
        random(2) === 0 ? { kind: 'delete', name } : { kind: 'publish', temporary: name, name: `p-${name}` },
      );
    }
  }
  return operations;
}

/** The files behind some operations, each with its bytes and how many of them are synced. */
function after(operations) {
  const files = {};
  for (const { kind, name, temporary, bytes } of operations) {
    if (kind === 'create') {
      files[name] = { bytes: [], synced: 0 };
    } else if (kind === 'append') {
      files[name].bytes.push(...bytes);
    } else if (kind === 'sync') {
      files[name].synced = files[name].bytes.length;
    } else if (kind === 'publish') {
      files[name] = files[temporary];
      delete files[temporary];
    } else if (kind === 'delete') {
      delete files[name];
    }
  }
  return files;
}

/** What a crash leaves of files: of what is not synced each byte may be missing, which is 0. */
function crashed(files, random) {
  const left = {};
  for (const [name, { bytes, synced }] of Object.entries(files)) {
    const length = synced + random(bytes.length - synced + 1);
    left[name] = bytes.slice(0, length).map((byte, at) => (at < synced || random(2) === 0 ? byte : 0));
  }
  return left;
}

function couldLeave(files, left) {
  const names = Object.keys(files);
  return (
    names.length === Object.keys(left).length &&
    names.every((name) => {
      const { bytes, synced } = files[name];
      const found = left[name];
      return (
        found !== undefined &&
        found.length >= synced &&
        found.length <= bytes.length &&
        found.every((byte, at) => byte === bytes[at] || (byte === 0 && at >= synced))
      );
    })
  );
}
