import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase } from 'weftdb';
import { live } from 'weftdb/live';

test('a live query of a database in a worker runs again when a commit touched it', async () => {
  const database = await createDatabase({ worker: true });
  const counts = [];
  let told = () => undefined;
  const query = await live(database, 'MATCH (n:N) RETURN count(n) AS count', {}, ({ rows }) => {
    counts.push(rows[0].count);
    told();
  });
  const next = (count) =>
    new Promise((resolve) => {
      told = () => counts.at(-1) === count && resolve();
      told();
    });
  await next(0);
  await database.execute('CREATE (:N)');
  await next(1);
  await database.execute('CREATE (:Other)');
  await database.execute('CREATE (:N)');
  await next(2);
  assert.deepEqual(counts, [0, 1, 2]);
  await query.unsubscribe();
  await database.close();
});
