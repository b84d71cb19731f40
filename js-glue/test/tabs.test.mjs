// Several tabs in one program: Node.js has Web Locks and BroadcastChannel, too.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { MemoryFiles, memoryStore } from 'weftdb';
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
    async tab() {
      const open = async () => ({ backend: await openBackend({ storage: memoryStore(files) }, () => wasm) });
      const backend = await SharedBackend.open({ name, relaxed: false, open });
      return new WeftDatabase(backend, { readers: Reader, timeoutMillis: 0 });
    },
  };
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
