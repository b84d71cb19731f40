// Several tabs in one program: Node.js has Web Locks and BroadcastChannel, too.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { MemoryFiles, memoryStore } from 'weftdb';
import { live } from 'weftdb/live';
import { Reader } from '../dist/boundary/reader.js';
import { WeftDatabase } from '../dist/database.js';
import { openBackend } from '../dist/open.js';
import { SharedBackend } from '../dist/shared.js';

const wasm = readFile(new URL('../dist/weft.wasm', import.meta.url));
const skip = globalThis.navigator?.locks === undefined && 'this version has no Web Locks';
let names = 0;

/** The tabs of one database. */
function origin() {
  const files = new MemoryFiles();
  const name = `tabs-${++names}`;
  return {
    files,
    async tab({ storage = memoryStore(files), durability = 'strict', functions } = {}) {
      const open = async () => {
        const backend = await openBackend({ storage, durability, functions }, () => wasm);
        return { backend, terminate: () => backend.abandon() };
      };
      const backend = await SharedBackend.open({ name, relaxed: durability === 'relaxed', open });
      return new WeftDatabase(backend, { readers: Reader, timeoutMillis: 0 });
    },
  };
}

/** The methods of a store as an object, so that some can be replaced. */
function methodsOf(store) {
  const names = ['open', 'apply', 'usage', 'close', 'destroy'];
  return Object.fromEntries(names.map((method) => [method, (...given) => store[method](...given)]));
}

test('tabs see what others commit, and another takes over when one is closed', { skip }, async () => {
  const { tab } = origin();
  const tabs = [await tab(), await tab(), await tab()];
  for (const [i, each] of tabs.entries()) {
    await each.execute('CREATE (:N {i: $i})', { i });
  }
  while (tabs.length > 0) {
    for (const each of tabs) {
      assert.equal((await each.stats()).nodeCount, 3);
    }
    const closed = tabs.shift();
    await closed.close();
    await assert.rejects(closed.execute('RETURN 1'), { code: 'CLOSED' });
  }
});

test('a tab that does not lead has transactions, streams, errors and cancelling', { skip }, async () => {
  const { tab } = origin();
  const leader = await tab();
  const other = await tab();
  await other.transaction(async (transaction) => {
    await transaction.execute('UNWIND range(1, 5000) AS i CREATE (:N {i: i})');
    assert.equal((await leader.stats()).nodeCount, 0);
  });
  let sum = 0;
  for await (const { i } of await other.stream('MATCH (n:N) RETURN n.i AS i')) {
    sum += i;
  }
  assert.equal(sum, 12502500);
  await assert.rejects(other.execute('MATCH (n)\nRETURN m'), { code: 'UNDEFINED_VARIABLE', line: 2, column: 8 });
  const signal = AbortSignal.timeout(30);
  const endless = other.execute('UNWIND range(1, 1000000000) AS i RETURN sum(i)', {}, { signal });
  await assert.rejects(endless, (error) => {
    assert.deepEqual([error.code, error.cause], ['CANCELLED', signal.reason]);
    return true;
  });
  await other.close();
  await leader.close();
});

test('what is open when the leader goes is run again or fails in a way that says so', { skip }, async () => {
  const { tab } = origin();
  const leader = await tab();
  const other = await tab();
  await leader.execute('UNWIND range(1, 5000) AS i CREATE (:N {i: i})');
  const stream = await other.stream('MATCH (n:N) RETURN n.i AS i');
  let begun;
  const hasBegun = new Promise((resolve) => (begun = resolve));
  const transaction = other.transaction(async (each) => {
    await each.execute('CREATE (:Lost)');
    begun();
    await leader.close();
    await each.execute('CREATE (:Lost)');
  });
  await hasBegun;
  const reading = other.execute('UNWIND range(1, 3000000) AS i RETURN sum(i) AS s');
  await assert.rejects(transaction, { code: 'CONNECTION_LOST' });
  assert.deepEqual((await reading).rows, [{ s: 4500001500000 }]);
  await assert.rejects(async () => {
    for await (const row of stream) {
      assert.ok(row.i > 0);
    }
  }, { code: 'CONNECTION_LOST' });
  assert.equal((await other.stats()).nodesByLabel.Lost, undefined);
  await other.execute('CREATE (:Kept)');
  assert.equal((await other.stats()).nodesByLabel.Kept, 1);
  await other.close();
});

test('a query that has committed a part of what it does is not run again', { skip }, async () => {
  const { files, tab } = origin();
  let seen;
  const hasCommitted = new Promise((resolve) => (seen = resolve));
  const slowly = (i) => {
    if (i === 500) {
      seen();
    }
    // So that it does not fill the memory until it is stopped.
    for (const end = performance.now() + 0.5; performance.now() < end; );
    return i;
  };
  const functions = [{ signature: 'my.seen(i :: INTEGER) :: INTEGER', call: slowly }];
  const store = memoryStore(files);
  // The answer is there before the lead is given up.
  const close = () => new Promise((resolve) => setTimeout(resolve, 100)).then(() => store.close());
  const leader = await tab({ functions, storage: { ...methodsOf(store), close } });
  const other = await tab({ functions });
  const running = other.execute(
    'UNWIND range(1, 20000) AS i CALL (i) { CREATE (:Part {i: my.seen(i)}) } IN TRANSACTIONS OF 100 ROWS',
  );
  running.catch(() => undefined);
  await hasCommitted;
  await leader.close();
  await assert.rejects(running, { code: 'CONNECTION_LOST' });
  const { rows } = await other.execute('MATCH (p:Part {i: 1}) RETURN count(p) AS firsts');
  assert.deepEqual(rows, [{ firsts: 1 }]);
  await other.close();
});

test('a database that is given up at once writes nothing more, and its files are free', { skip }, async () => {
  const files = new MemoryFiles();
  const store = memoryStore(files);
  const applied = [];
  let gate = Promise.resolve();
  const apply = async (operations) => {
    applied.push(operations);
    await gate;
    return store.apply(operations);
  };
  const storage = { ...methodsOf(store), apply };
  const backend = await openBackend({ storage }, () => wasm);
  const database = new WeftDatabase(backend, { readers: Reader, timeoutMillis: 0 });
  await database.execute('CREATE (:N)');
  let go;
  gate = new Promise((resolve) => (go = resolve));
  const calls = [
    database.execute('CREATE (:N)'),
    database.execute('CREATE (:N)'),
    database.execute('UNWIND range(1, 100000000) AS i RETURN sum(i)'),
    database.execute('CREATE (:N)'),
  ];
  calls.forEach((call) => call.catch(() => undefined));
  await new Promise((resolve) => setTimeout(resolve, 5));
  const before = applied.length;
  backend.abandon();
  // In the same turn.
  const next = memoryStore(files);
  await next.open();
  await next.close();
  go();
  for (const call of calls) {
    await assert.rejects(call, { code: 'CONNECTION_LOST' });
  }
  await assert.rejects(database.execute('RETURN 1'), { code: 'CONNECTION_LOST' });
  await database.close();
  assert.equal(applied.length, before);
});

test('a live query goes on when another tab takes over, and misses nothing', { skip }, async () => {
  const { tab } = origin();
  const leader = await tab();
  const next = await tab();
  const watching = await tab();
  await leader.execute('CREATE (:N {i: 0})');
  const told = [];
  const query = await live(watching, 'MATCH (n:N) RETURN n.i AS i', {}, {
    key: 'i',
    onChanges: ({ added, removed, changed }) =>
      told.push({ added: added.map(({ row }) => row.i).sort(), others: removed.length + changed.length }),
  });
  const toldOf = async (i) => {
    while (!told.some(({ added }) => added.includes(i))) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const merge = (database, i) =>
    database.execute('MERGE (:N {i: $i})', { i }).catch((error) => {
      assert.equal(error.code, 'CONNECTION_LOST');
      return merge(database, i);
    });
  // Before the tab that watches has found the one that leads now.
  await Promise.all([leader.close(), merge(next, 1)]);
  await toldOf(1);
  await merge(next, 2);
  await toldOf(2);
  // It takes over itself.
  await Promise.all([next.close(), merge(watching, 3)]);
  await toldOf(3);
  assert.deepEqual(told, [0, 1, 2, 3].map((i) => ({ added: [i], others: 0 })));
  query.unsubscribe();
  await watching.close();
});

/** Whether a promise has not settled after a while. */
async function waits(promise) {
  let isOpen = true;
  promise.then(() => (isOpen = false), () => (isOpen = false));
  await new Promise((resolve) => setTimeout(resolve, 30));
  return isOpen;
}

test('a strict tab is told nothing that is not durable, whatever the one is that runs it', { skip }, async () => {
  const { files, tab } = origin();
  const store = memoryStore(files);
  let gate = Promise.resolve();
  const apply = (operations) => gate.then(() => store.apply(operations));
  const relaxed = await tab({ durability: 'relaxed', storage: { ...methodsOf(store), apply } });
  const strict = await tab();
  const alsoRelaxed = await tab({ durability: 'relaxed' });
  await relaxed.execute('CREATE CONSTRAINT one FOR (n:N) REQUIRE n.i IS UNIQUE');
  await relaxed.flush();
  const told = { strict: 0, relaxed: 0 };
  strict.onChange(() => told.strict++);
  alsoRelaxed.onChange(() => told.relaxed++);
  await strict.execute('RETURN 1');
  let open;
  gate = new Promise((resolve) => (open = resolve));

  await relaxed.execute('CREATE (:N {i: 1})');
  await alsoRelaxed.execute('CREATE (:N {i: 2})');
  const calls = [
    strict.execute('MATCH (n:N) RETURN count(n) AS count'),
    strict.execute('CREATE (:N {i: 1})').catch((error) => error.code),
    strict.stream('MATCH (n:N) RETURN n.i AS i'),
    strict.transaction((transaction) => transaction.execute('CREATE (:N {i: 3})')),
  ];
  for (const call of calls) {
    assert.ok(await waits(call));
  }
  assert.equal(told.strict, 0);
  assert.ok(told.relaxed > 0);
  open();
  const [counted, refused] = await Promise.all(calls);
  assert.deepEqual([counted.rows, refused], [[{ count: 2 }], 'CONSTRAINT_VIOLATED']);
  while (told.strict < 3) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  for (const each of [strict, alsoRelaxed, relaxed]) {
    await each.close();
  }
});

test('a flush tells that commits may be lost with the tab that ran the database, once', { skip }, async () => {
  const { tab } = origin();
  const leader = await tab({ durability: 'relaxed' });
  const relaxed = await tab({ durability: 'relaxed' });
  await relaxed.execute('CREATE (:N)');
  await relaxed.flush();
  await relaxed.execute('CREATE (:N)');
  await leader.close();
  await assert.rejects(relaxed.flush(), { code: 'CONNECTION_LOST' });
  await relaxed.flush();
  await relaxed.close();
});
