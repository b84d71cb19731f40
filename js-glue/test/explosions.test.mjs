// Queries that would take for ever, all memory or all of the stack; the list is that of the core.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { createDatabase } from '../dist/node.js';

const file = new URL('../../core/src/test/resources/explosions.txt', import.meta.url);
const lines = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const expanded = (text) =>
  text.replace(/<<(\d+):(.[^]*?)>>/g, (_, times, part) => part.repeat(Number(times)));

const queryMemoryBytes = 64 << 20;
const withGraph = async () => {
  const database = await createDatabase();
  await database.execute('UNWIND range(1, 12) AS i CREATE (:N {i: i})');
  await database.execute('MATCH (a:N), (b:N) WHERE a <> b CREATE (a)-[:TO]->(b)');
  return database.saveSnapshotToBytes();
};

suite('explosions', async () => {
  const graph = await withGraph();
  const patient = await createDatabase({ queryMemoryBytes });
  const hasty = await createDatabase({ queryMemoryBytes, timeoutMillis: 300 });
  for (const line of lines) {
    const colon = line.indexOf(':');
    const wanted = line.slice(0, colon).split('/');
    const query = line.slice(colon + 2);
    test(query, async () => {
      const database = wanted.includes('TIMED_OUT') ? hasty : patient;
      await database.loadSnapshotFromBytes(graph);
      const ended = await database.execute(expanded(query)).then(
        () => 'OK',
        (error) => {
          assert.equal(error.name, 'WeftError', String(error));
          return error.code;
        },
      );
      assert.ok(wanted.includes(ended), ended);
      assert.deepEqual((await database.execute('RETURN 1 AS x')).rows, [{ x: 1 }]);
      assert.ok((await database.stats()).nodeCount >= 12);
    });
  }
});
