// Texts that nobody would write, made by the core's QueryFuzzTest from seeds: whatever a text is, it is checked, completed
// and run without any other failure than a WeftError, and the database is usable behind it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createDatabase } from '../dist/node.js';

const file = new URL('../../core/target/fuzz/queries.json', import.meta.url);
const skip = existsSync(file) ? false : `${file.pathname} is not there`;

const queriesPerDatabase = 400;

// Time passes by being asked for, so that no machine is too slow for a query that has to succeed.
let readings = 0;
performance.now = () => readings++;

test('texts of all kinds end with an answer or an error', { skip }, async () => {
  const texts = JSON.parse(readFileSync(file, 'utf8'));
  const source = await createDatabase();
  await source.execute(
    "CREATE (a:A:Person {name: 'Ada', x: 1})-[:R {w: 1}]->(b:B {name: 'Bob', x: 2.5}), (b)-[:KNOWS]->(:Person)-[:R]->(a)",
  );
  const graph = await source.saveSnapshotToBytes();
  let database;
  for (const [index, text] of texts.entries()) {
    if (index % queriesPerDatabase === 0) {
      database = await createDatabase({ timeoutMillis: 200, queryMemoryBytes: 16 << 20 });
      await database.loadSnapshotFromBytes(graph);
    }
    try {
      for (const { offset, length } of await database.check(text)) {
        assert.ok(offset >= 0 && offset + length <= text.length, `${offset} ${length}`);
      }
      const at = Math.floor(text.length / (1 + (index % 3)));
      const { from, to } = await database.complete(text, at);
      assert.ok(from <= at && at <= to, `${from} ${at} ${to}`);
      await database.script(text, { p: 1, x: 'text', list: [1, 'a'] }).catch((error) => {
        assert.equal(error.name, 'WeftError', String(error));
        assert.notEqual(error.code, 'INTERNAL', String(error));
      });
      assert.deepEqual((await database.execute('RETURN 1 AS x')).rows, [{ x: 1 }]);
    } catch (error) {
      throw new Error(`seed ${index + 1}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
});
