// LOAD CSV from what the caller gives, at once or later.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase } from 'weftdb';

const PEOPLE = 'name,age\nAda,36\nBob,41\n';
const LOAD = "LOAD CSV WITH HEADERS FROM 'people.csv' AS row RETURN row.name AS name";

const later = (value) => new Promise((resolve) => setImmediate(resolve, value));

async function fails(promise, code, message) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.name, 'WeftError', error.stack);
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
}

test('a table may be text, bytes, a buffer, or a promise of these', async () => {
  const bytes = new TextEncoder().encode(PEOPLE);
  for (const table of [PEOPLE, bytes, bytes.buffer, later(PEOPLE), later(bytes)]) {
    const asked = [];
    const database = await createDatabase({
      loadCsv: (url) => {
        asked.push(url);
        return table;
      },
    });
    const { rows } = await database.execute(LOAD);
    assert.deepEqual(rows, [{ name: 'Ada' }, { name: 'Bob' }]);
    assert.deepEqual(asked, ['people.csv']);
  }
});

test('without loadCsv it is refused', async () => {
  const database = await createDatabase();
  await fails(database.execute(LOAD), 'CSV_UNAVAILABLE', /not allowed/);
  assert.deepEqual((await database.execute('RETURN 1 AS x')).rows, [{ x: 1 }]);
});

test('what loadCsv throws or rejects with is the cause of the error', async () => {
  const cause = new Error('no such place');
  const throwing = await createDatabase({
    loadCsv: () => {
      throw cause;
    },
  });
  const rejecting = await createDatabase({ loadCsv: () => Promise.reject(cause) });
  for (const database of [throwing, rejecting]) {
    await fails(database.execute(LOAD), 'CSV_UNAVAILABLE', /'people.csv'.*no such place/);
    const error = await database.execute(LOAD).catch((thrown) => thrown);
    assert.equal(error.cause, cause);
    assert.equal((await database.execute('RETURN 1 AS x')).rows.length, 1);
  }
  const wrong = await createDatabase({ loadCsv: () => 42 });
  await fails(wrong.execute(LOAD), 'CSV_UNAVAILABLE', /number/);
});

test('a query that waits leaves nothing behind before it is run again', async () => {
  const asked = [];
  const database = await createDatabase({
    loadCsv: (url) => {
      asked.push(url);
      return later(`${url}\n`);
    },
  });
  const write = database.execute(
    "UNWIND ['a', 'b', 'c'] AS url CREATE (:Url {url: url}) WITH url " +
      'LOAD CSV FROM url AS row CREATE (:Row {x: row[0]}) RETURN row[0] AS x',
  );
  assert.equal((await database.stats()).nodeCount, 0);
  const { rows, summary } = await write;
  assert.deepEqual(rows, [{ x: 'a' }, { x: 'b' }, { x: 'c' }]);
  assert.equal(summary.nodesCreated, 6);
  assert.equal((await database.stats()).nodeCount, 6);
  assert.deepEqual(asked, ['a', 'b', 'c']);
});

test('inner transactions can be fed by a table that is waited for first', async () => {
  const text = Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join('');
  const database = await createDatabase({ loadCsv: () => later(text) });
  const { summary } = await database.execute(
    "LOAD CSV FROM 'a' AS row CALL (row) { CREATE (:N {x: row[0]}) } IN TRANSACTIONS OF 100 ROWS",
  );
  assert.equal(summary.nodesCreated, 10_000);
});

test('after a commit a table cannot be waited for', async () => {
  const database = await createDatabase({
    loadCsv: (url) => (url === 'now' ? '1\n2\n' : later('1\n')),
  });
  const query = (second) =>
    `LOAD CSV FROM 'now' AS row CALL (row) { CREATE (:N) } IN TRANSACTIONS OF 1 ROW
     WITH count(*) AS c LOAD CSV FROM '${second}' AS more RETURN more`;
  await fails(database.execute(query('later')), 'CSV_UNAVAILABLE', /committed/);
  assert.equal((await database.stats()).nodeCount, 2);
  assert.equal((await database.execute(query('now'))).rows.length, 2);
});

test('a stream waits before its first row, not behind it', async () => {
  const database = await createDatabase({ loadCsv: () => later(PEOPLE) });
  const names = [];
  for await (const row of await database.stream(LOAD)) {
    names.push(row.name);
  }
  assert.deepEqual(names, ['Ada', 'Bob']);
  const late = await database.stream(
    "UNWIND range(1, 5000) AS i CALL (i) { WITH i AS j WHERE j = 4000 LOAD CSV FROM 'x' AS row " +
      'RETURN 0 AS x UNION RETURN i AS x } RETURN x',
  );
  await fails(
    (async () => {
      for await (const row of late) {
        names.push(row.x);
      }
    })(),
    'CSV_UNAVAILABLE',
    /stream/,
  );
  assert.ok(names.length > 10);
});

test('two open streams read their own tables, and closing frees them', async () => {
  const text = (word) => Array.from({ length: 3000 }, (_, i) => `${word}${i}\n`).join('');
  const database = await createDatabase({ loadCsv: text });
  const first = await database.stream("LOAD CSV FROM 'a' AS row RETURN row[0] AS x");
  const second = await database.stream("LOAD CSV FROM 'b' AS row RETURN row[0] AS x");
  const one = first[Symbol.asyncIterator]();
  const two = second[Symbol.asyncIterator]();
  for (let i = 0; i < 3000; i++) {
    assert.equal((await one.next()).value.x, `a${i}`);
    assert.equal((await two.next()).value.x, `b${i}`);
  }
  await first.close();
  await second.close();
});

test('what loadCsv asks of the database comes after the query, or before its promise', async () => {
  let database;
  let attempt;
  database = await createDatabase({
    loadCsv: (url) => {
      attempt = database.execute('CREATE (:X)');
      return url === 'now' ? 'x\n' : later().then(() => database.execute('CREATE (:Y)')).then(() => 'x\n');
    },
  });
  const load = (url) => database.execute(`LOAD CSV FROM '${url}' AS row RETURN row`);
  assert.equal((await load('now')).rows.length, 1);
  await attempt;
  assert.equal((await database.stats()).nodeCount, 1);
  assert.equal((await load('later')).rows.length, 1);
  await attempt;
  assert.equal((await database.stats()).nodeCount, 3);
});
