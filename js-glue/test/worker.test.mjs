import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { createDatabase, MemoryFiles, memoryStore, WeftError } from 'weftdb';
import { WeftDatabase } from '../dist/database.js';
import { openBackend } from '../dist/open.js';
import { PortBackend, serveBackend } from '../dist/port.js';
import { Reader } from '../dist/boundary/reader.js';
import { threadPort } from '../dist/thread-port.js';
import { readFile } from 'node:fs/promises';

const wasm = readFile(new URL('../dist/weft.wasm', import.meta.url));

/** A database behind a port in this very thread, and what is behind it. */
async function behindPort(options = {}) {
  const backend = await openBackend(options, () => wasm);
  const { port1, port2 } = new MessageChannel();
  const leave = serveBackend(threadPort(port1), backend);
  const database = new WeftDatabase(new PortBackend(threadPort(port2)), { readers: Reader, timeoutMillis: 0 });
  return { database, backend, leave, port1 };
}

test('a database in a worker does what one in the page does', async () => {
  const database = await createDatabase({ worker: true });
  try {
    await database.execute('UNWIND range(1, 5000) AS i CREATE (:N {i: i, d: date("2020-01-01")})');
    const { columns, rows, summary } = await database.execute('MATCH (n:N) RETURN n.i AS i, n.d AS d ORDER BY i');
    assert.deepEqual(columns, ['i', 'd']);
    assert.equal(rows.length, 5000);
    assert.equal(String(rows[7].d), '2020-01-01');
    assert.ok(summary.millis > 0);
    let sum = 0;
    for await (const { i } of await database.stream('MATCH (n:N) RETURN n.i AS i')) {
      sum += i;
    }
    assert.equal(sum, 12502500);
    await assert.rejects(database.execute('MATCH (n)\nRETURN m'), (error) => {
      assert.ok(error instanceof WeftError);
      assert.deepEqual([error.code, error.line, error.column], ['UNDEFINED_VARIABLE', 2, 8]);
      return true;
    });
    assert.equal(await database.transaction(async (tx) => {
      await tx.execute('CREATE (:M)');
      return (await tx.execute('MATCH (m:M) RETURN count(m) AS c')).rows[0].c;
    }), 1);
    assert.equal((await database.explain('MATCH (n) RETURN n')).operator, 'Result');
    assert.equal((await database.profile('MATCH (m:M) RETURN m')).plan.measured.rows, 1);
    const bytes = await database.saveSnapshotToBytes();
    assert.equal((await database.loadSnapshotFromBytes(bytes)).nodeCount, 5001);
    assert.equal((await database.stats()).nodesByLabel.M, 1);
    assert.equal((await database.script('CREATE (:X); MATCH (x:X) RETURN x'))[1].rows.length, 1);
  } finally {
    await database.close();
  }
  await assert.rejects(database.execute('RETURN 1'), { code: 'CLOSED' });
});

test('a query whose result is short is one message there and one back', async () => {
  const backend = await openBackend({}, () => wasm);
  const { port1, port2 } = new MessageChannel();
  let messages = 0;
  const counted = (port) => ({ ...port, post: (...given) => (messages++, port.post(...given)) });
  serveBackend(counted(threadPort(port1)), backend);
  const remote = new PortBackend(counted(threadPort(port2)));
  const database = new WeftDatabase(remote, { readers: Reader, timeoutMillis: 0 });
  const signal = new AbortController().signal;
  for (const query of [
    'UNWIND range(1, 3000) AS i RETURN i, toString(i) AS t',
    'CREATE (n:N {i: 1}) RETURN n',
    'CREATE (:N)',
    'PROFILE MATCH (n:N) RETURN n',
  ]) {
    messages = 0;
    await database.execute(query, {}, { signal });
    assert.equal(messages, 2, query);
  }
  messages = 0;
  await assert.rejects(database.execute('RETURN 1 / 0'), { code: 'DIVISION_BY_ZERO' });
  assert.equal(messages, 2);
  messages = 0;
  const stream = await database.stream('UNWIND range(1, 100000) AS i RETURN i');
  assert.equal(messages, 2);
  await stream.close();
  assert.equal((await database.execute('UNWIND range(1, 100000) AS i RETURN i')).rows.length, 100_000);
  await database.close();
});

test('a query in a worker is stopped by its signal', async () => {
  const database = await createDatabase({ worker: true });
  const controller = new AbortController();
  const reason = new Error('enough');
  const running = database.execute('UNWIND range(1, 1000000000) AS i RETURN sum(i)', {}, { signal: controller.signal });
  setTimeout(() => controller.abort(reason), 30);
  await assert.rejects(running, (error) => {
    assert.deepEqual([error.code, error.cause], ['CANCELLED', reason]);
    return true;
  });
  assert.deepEqual((await database.execute('RETURN 1 AS one')).rows, [{ one: 1 }]);
  await database.close();
});

test('callbacks and stores do not go to a worker, and the error says what to do', async () => {
  const call = { signature: 'my.one() :: INTEGER', call: () => 1 };
  for (const options of [{ functions: [call] }, { loadCsv: () => '' }, { storage: memoryStore() }]) {
    await assert.rejects(createDatabase({ worker: true, ...options }), {
      code: 'INVALID_ARGUMENT',
      message: /serve\(\{ \w+ \}\) of weftdb\/worker/,
    });
  }
});

test('a worker of its own gives functions', async () => {
  const source = `
    import { serve } from ${JSON.stringify(new URL('../dist/node-worker.js', import.meta.url).href)};
    serve({ functions: [{ signature: 'my.twice(x :: INTEGER) :: INTEGER', call: (x) => 2 * x }] });
  `;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  const database = await createDatabase({ worker });
  assert.deepEqual((await database.execute('RETURN my.twice(21) AS x')).rows, [{ x: 42 }]);
  await database.close();
});

test('when the worker dies, what is open fails in a way that tells to try again', async () => {
  const source = `
    import { serve } from ${JSON.stringify(new URL('../dist/node-worker.js', import.meta.url).href)};
    serve({});
  `;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  const database = await createDatabase({ worker });
  const running = database.execute('UNWIND range(1, 1000000000) AS i RETURN sum(i)');
  setTimeout(() => void worker.terminate(), 30);
  await assert.rejects(running, { code: 'CONNECTION_LOST' });
  await assert.rejects(database.execute('RETURN 1'), { code: 'CONNECTION_LOST' });
  assert.equal(database.closed, true);
  await database.close();
});

test('what a client leaves open is closed when it is gone', async () => {
  const { database, backend, leave, port1 } = await behindPort();
  await database.execute('CREATE (:N)');
  const held = database.transaction(async (tx) => {
    await tx.execute('CREATE (:N)');
    await new Promise(() => undefined);
  });
  held.catch(() => undefined);
  await database.stream('UNWIND range(1, 100000) AS i RETURN i');
  await leave();
  port1.close();
  const direct = new WeftDatabase(backend, { readers: Reader, timeoutMillis: 0 });
  await direct.execute('CREATE (:N)');
  assert.equal((await direct.stats()).nodeCount, 2);
  await direct.close();
});

test('a stored database behind a port tells what is durable', async () => {
  const files = new MemoryFiles();
  const { database } = await behindPort({ storage: memoryStore(files) });
  await database.execute('CREATE (:N)');
  assert.ok((await database.status()).log.nextLsn > 1);
  assert.equal((await database.checkpoint()).nodeCount, 1);
  await database.flush();
  await database.close();
  assert.equal(files.holder, null);
});

test('a program that has no more to do ends, also when a worker is open', () => {
  const entry = fileURLToPath(new URL('../dist/node.js', import.meta.url));
  const code = `
    import { createDatabase } from ${JSON.stringify(entry)};
    const database = await createDatabase({ worker: true });
    console.log((await database.execute('RETURN 1 AS one')).rows[0].one);
  `;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', timeout: 60_000 });
  assert.deepEqual([ran.status, ran.stdout.trim(), ran.stderr], [0, '1', '']);
});
