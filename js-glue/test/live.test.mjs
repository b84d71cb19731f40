import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, Temporal, WeftError } from 'weftdb';
import { live } from 'weftdb/live';

const PEOPLE = 'MATCH (p:Person) RETURN p.name AS name, p.age AS age ORDER BY name';

const names = (result) => result.rows.map((row) => row.name).join();

/** Waits until something is so. */
async function until(holds, what = holds) {
  for (let i = 0; i < 400; i++) {
    if (holds()) {
      return;
    }
    await sleep(5);
  }
  assert.fail(`never: ${what}`);
}

/** Long enough for a run that must not come. */
const settled = () => sleep(40);

/** A database that counts how often queries run in it. */
async function counted(options) {
  const database = await createDatabase(options);
  const counts = { runs: 0, atOnce: 0, most: 0 };
  const counting = {
    get closed() {
      return database.closed;
    },
    footprint: (query) => database.footprint(query),
    onChange: (listener) => database.onChange(listener),
    async execute(...call) {
      counts.runs++;
      counts.most = Math.max(counts.most, ++counts.atOnce);
      try {
        return await database.execute(...call);
      } finally {
        counts.atOnce--;
      }
    },
  };
  return { database, counting, counts };
}

test('the first result comes at once, and another one after each commit that changes it', async () => {
  const database = await createDatabase();
  await database.execute("CREATE (:Person {name: 'Ada', age: 36})");
  const told = [];
  const people = await live(database, PEOPLE, {}, (result) => told.push(names(result)));
  assert.deepEqual(told, ['Ada']);
  assert.deepEqual(people.result.rows, [{ name: 'Ada', age: 36 }]);
  assert.deepEqual(people.result.columns, ['name', 'age']);
  await database.execute("CREATE (:Person {name: 'Bob', age: 5})");
  await until(() => told.length === 2);
  await database.execute("MATCH (p:Person {name: 'Ada'}) DELETE p");
  await until(() => told.length === 3);
  await database.transaction((tx) => tx.execute("CREATE (:Person {name: 'Cy'})"));
  await until(() => told.length === 4);
  people.unsubscribe();
  people.unsubscribe();
  await database.execute('MATCH (p:Person) DELETE p');
  await settled();
  assert.deepEqual(told, ['Ada', 'Ada,Bob', 'Bob', 'Bob,Cy']);
  assert.equal(names(people.result), 'Bob,Cy');
  await database.close();
});

test('it runs again only when a commit touched what the query reads', async () => {
  const { database, counting, counts } = await counted();
  await database.execute("CREATE (:Person {name: 'Ada', age: 36})-[:OWNS]->(:Dog {name: 'Rex'})");
  const people = await live(counting, PEOPLE);
  for (const change of [
    "CREATE (:Dog {name: 'Max'})",
    "MATCH (d:Dog) SET d.name = 'Bello', d.age = 1",
    "MATCH (p:Person) SET p.email = 'a@b.c', p:Author",
    'MATCH (p:Person), (d:Dog) CREATE (p)-[:SEES]->(d)',
    'MATCH ()-[o:OWNS]->() DELETE o',
    'CREATE INDEX FOR (p:Person) ON (p.name)',
    'MATCH (p:Person) SET p.age = 36',
    'MATCH (p:Person) RETURN p',
  ]) {
    await database.execute(change);
    await settled();
    assert.equal(counts.runs, 1, change);
  }
  await assert.rejects(database.transaction(async (tx) => {
    await tx.execute('MATCH (p:Person) SET p.age = 1');
    throw new Error('no');
  }), /no/);
  await settled();
  assert.equal(counts.runs, 1);
  await database.execute('MATCH (p:Person) SET p.age = 37');
  await until(() => people.result.rows[0].age === 37);
  assert.equal(counts.runs, 2);
  await database.close();
});

test('many commits make it run a few times, once at a time, and the last result is the newest', async () => {
  const { database, counting, counts } = await counted();
  const query = 'MATCH (n:N) RETURN count(n) AS count';
  const seen = [];
  const total = await live(counting, query, {}, ({ rows }) => seen.push(rows[0].count));
  await Promise.all(Array.from({ length: 300 }, () => database.execute('CREATE (:N)')));
  for (let i = 0; i < 200; i++) {
    await database.execute('CREATE (:N)');
  }
  await until(() => total.result.rows[0].count === 500);
  assert.equal(counts.most, 1);
  assert.ok(counts.runs < 100, `${counts.runs} runs`);
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
  await database.close();
});

test('a pause between runs is kept', async () => {
  const { database, counting, counts } = await counted();
  const total = await live(counting, 'MATCH (n:N) RETURN count(n) AS count', {}, {
    throttleMillis: 200,
  });
  for (let i = 0; i < 20; i++) {
    await database.execute('CREATE (:N)');
    await sleep(5);
  }
  await until(() => total.result.rows[0].count === 20);
  assert.ok(counts.runs <= 4, `${counts.runs} runs`);
  await database.close();
});

test('changes tell what became of rows by their key', async () => {
  const database = await createDatabase();
  await database.execute(
    "UNWIND [['a', 1], ['b', 2], ['c', 3], ['d', 4]] AS r CREATE (:P {id: r[0], rank: r[1], text: 'x'})",
  );
  const changes = [];
  const query = 'MATCH (p:P) RETURN p.id AS id, p.text AS text ORDER BY p.rank';
  const rows = await live(database, query, {}, { key: 'id', onChanges: (c) => changes.push(c) });
  const before = rows.result.rows;
  assert.deepEqual(changes[0].added.map(({ row, index }) => [row.id, index]), [
    ['a', 0],
    ['b', 1],
    ['c', 2],
    ['d', 3],
  ]);
  await database.script(`MATCH (p:P {id: 'b'}) DELETE p;
    MATCH (p:P {id: 'c'}) SET p.text = 'y';
    MATCH (p:P {id: 'a'}) SET p.rank = 9;
    CREATE (:P {id: 'e', rank: 0, text: 'new'})`);
  await until(() => changes.length > 1 && changes.at(-1).rows.length === 4);
  await settled();
  // The statements may have been seen one by one.
  const last = changes.at(-1);
  assert.deepEqual(last.rows.map((row) => row.id), ['e', 'c', 'd', 'a']);
  if (changes.length === 2) {
    assert.deepEqual(last.added, [{ row: { id: 'e', text: 'new' }, index: 0 }]);
    assert.deepEqual(last.removed, [{ row: { id: 'b', text: 'x' }, index: 1 }]);
    assert.deepEqual(last.changed, [
      { row: { id: 'c', text: 'y' }, index: 1, before: { id: 'c', text: 'x' }, columns: ['text'] },
    ]);
    assert.deepEqual(last.moved, [{ row: { id: 'a', text: 'x' }, index: 3, from: 0 }]);
  }
  assert.equal(rows.result.rows[2], before[3], 'a row that is as before is the same object');
  assert.equal(rows.result.rows[3], before[0]);
  await assert.rejects(live(database, query, {}, { key: 'name' }), {
    name: 'TypeError',
    message: 'the key "name" is no column of the query, which has id, text',
  });
  await database.close();
});

test('without a key a row is its values, and equal rows are counted', async () => {
  const database = await createDatabase();
  await database.execute('UNWIND [1, 2, 1, 1] AS x CREATE (:N {x: x})');
  const changes = [];
  await live(database, 'MATCH (n:N) RETURN n.x AS x ORDER BY x', {}, {
    rows: 'arrays',
    onChanges: (c) => changes.push(c),
  });
  await database.execute('MATCH (n:N {x: 1}) WITH n LIMIT 1 SET n.x = 3');
  await until(() => changes.length === 2);
  assert.deepEqual(changes[1], {
    rows: [[1], [1], [2], [3]],
    added: [{ row: [3], index: 3 }],
    removed: [{ row: [1], index: 2 }],
    changed: [],
    moved: [],
  });
  await database.close();
});

test('a node as key counts by its number', async () => {
  const database = await createDatabase();
  await database.execute('CREATE (:N {x: 1})');
  const changes = [];
  await live(database, 'MATCH (n:N) RETURN n', {}, { key: 'n', onChanges: (c) => changes.push(c) });
  await database.execute('MATCH (n:N) SET n.x = 2');
  await until(() => changes.length === 2);
  assert.equal(changes[1].changed.length, 1);
  assert.equal(changes[1].changed[0].before.n.properties.x, 1);
  assert.equal(changes[1].changed[0].row.n.properties.x, 2);
  await database.close();
});

test('a result that is as before is not told', async () => {
  const { database, counting, counts } = await counted();
  const parameters = { day: new Temporal('date', '2020-02-02'), bytes: Uint8Array.of(1, 2) };
  await database.execute('CREATE (:N {x: 1, y: 1})');
  const told = [];
  const query = `MATCH (n:N) RETURN n.x AS x, $day AS day, $bytes AS bytes, point({x: 1, y: 2}) AS p,
    vector([1, 2], 2, FLOAT32) AS v, 0.0 / 0.0 AS nan, [{a: [n.x]}] AS list, date($day) + duration('P1D') AS next`;
  const result = await live(counting, query, parameters, (r) => told.push(r));
  await database.execute('CREATE (:N {x: 5}) WITH 1 AS one MATCH (n:N {x: 5}) DELETE n');
  await until(() => counts.runs === 2);
  await settled();
  assert.equal(told.length, 1);
  const row = result.result.rows[0];
  await database.execute('MATCH (n:N) SET n.x = 2');
  await until(() => told.length === 2);
  assert.notEqual(result.result.rows[0], row);
  await database.close();
});

test('refresh runs it in any case', async () => {
  let now = 1_000;
  const database = await createDatabase({ now: () => now });
  const time = await live(database, 'RETURN datetime().epochMillis AS now');
  now = 2_000;
  const [first, second] = await Promise.all([time.refresh(), time.refresh()]);
  assert.deepEqual(first.rows, [{ now: 2_000 }]);
  assert.deepEqual(second.rows, [{ now: 2_000 }]);
  now = 3_000;
  time.unsubscribe();
  assert.deepEqual((await time.refresh()).rows, [{ now: 2_000 }]);
  await database.close();
});

test('it can be iterated, and what nobody asked for in time is left out', async () => {
  const database = await createDatabase();
  const total = await live(database, 'MATCH (n:N) RETURN count(n) AS count');
  const counts = [];
  for await (const { rows } of total) {
    counts.push(rows[0].count);
    if (rows[0].count >= 3) {
      total.unsubscribe();
    } else {
      await database.execute('CREATE (:N)');
    }
  }
  assert.deepEqual(counts, [0, 1, 2, 3]);
  await database.close();
});

test('an error is told and does not end it', async () => {
  const database = await createDatabase();
  await database.execute('CREATE (:N {x: 1})');
  const told = [];
  const errors = [];
  await live(database, 'MATCH (n:N) RETURN 6 / n.x AS y', {}, {
    onResult: ({ rows }) => told.push(rows[0].y),
    onError: (error) => errors.push(error.code),
  });
  await database.execute('MATCH (n:N) SET n.x = 0');
  await until(() => errors.length === 1);
  await database.execute('MATCH (n:N) SET n.x = 1');
  await until(() => told.length === 2, 'the same result is told after an error');
  await database.execute('MATCH (n:N) SET n.x = 2');
  await until(() => told.length === 3);
  assert.deepEqual(told, [6, 6, 3]);
  assert.deepEqual(errors, ['DIVISION_BY_ZERO']);
  await database.close();
});

test('queries that cannot be live are refused', async () => {
  const database = await createDatabase();
  const refused = (query, code) =>
    assert.rejects(live(database, query), (error) => error instanceof WeftError && error.code === code);
  await refused('CREATE (:N) RETURN 1 AS one', 'WRITE_IN_READ_TRANSACTION');
  await refused('MATCH (n RETURN n', 'UNEXPECTED_SYNTAX');
  await refused('RETURN 1 / 0 AS x', 'DIVISION_BY_ZERO');
  await assert.rejects(live(database, 'RETURN 1 AS x', {}, { signal: AbortSignal.abort('no') }), /no/);
  await database.close();
  await refused('RETURN 1 AS x', 'CLOSED');
});

test('a signal ends it, and so does the end of the database', async () => {
  const database = await createDatabase();
  const controller = new AbortController();
  const told = [];
  await live(database, 'MATCH (n:N) RETURN count(n) AS c', {}, {
    signal: controller.signal,
    onResult: ({ rows }) => told.push(rows[0].c),
  });
  controller.abort();
  await database.execute('CREATE (:N)');
  await settled();
  assert.deepEqual(told, [0]);
  await database.close();
});

test('a loaded snapshot runs it again', async () => {
  const database = await createDatabase();
  await database.execute('CREATE (:N)');
  const bytes = await database.saveSnapshotToBytes();
  await database.execute('CREATE (:N)');
  const total = await live(database, 'MATCH (n:N) RETURN count(n) AS c');
  assert.equal(total.result.rows[0].c, 2);
  await database.loadSnapshotFromBytes(bytes);
  await until(() => total.result.rows[0].c === 1);
  await database.close();
});

test('footprints and changes are told in the same words', async () => {
  const database = await createDatabase();
  assert.deepEqual(await database.footprint('MATCH (p:Person) RETURN p.name'), [
    'node:Person',
    'property:Person.name',
  ]);
  const changes = [];
  const forget = database.onChange((change) => changes.push(change));
  await database.execute('CREATE (:Person {name: $name})', { name: 'Ada' });
  await database.execute('MATCH (p:Person) RETURN p');
  await database.execute('MATCH (p:Person) SET p.name = 1');
  await settled();
  forget();
  forget();
  await database.execute('CREATE (:Person)');
  await settled();
  assert.deepEqual(changes, [
    { lsn: 0, touched: ['anything', 'node', 'node:Person'] },
    {
      lsn: 0,
      touched: ['anything', 'property', 'property.name', 'property:Person', 'property:Person.name'],
    },
  ]);
  await database.close();
});

test('a list is brought up to date by what the changes tell', async () => {
  let seed = 7;
  const random = (bound) => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % bound;
  let rows = [];
  const database = {
    closed: false,
    footprint: async () => [],
    onChange: () => () => undefined,
    execute: async () => ({ columns: ['id', 'x'], rows: rows.map((row) => ({ ...row })) }),
  };
  let told = null;
  const query = await live(database, 'of no meaning', {}, { key: 'id', onChanges: (c) => (told = c) });
  let shown = [];
  let moves = 0;
  for (let i = 0; i < 500; i++) {
    const ids = Array.from({ length: 8 }, (_, id) => id).filter(() => random(3) > 0);
    ids.sort(() => random(3) - 1);
    rows = ids.map((id) => ({ id, x: random(3) }));
    told = null;
    await query.refresh();
    if (told !== null) {
      const { added, removed, changed, moved } = told;
      moves += moved.length;
      const out = new Set([...removed.map(({ index }) => index), ...moved.map(({ from }) => from)]);
      shown = shown.filter((_, index) => !out.has(index));
      for (const { row, index } of [...added, ...moved].sort((a, b) => a.index - b.index)) {
        shown.splice(index, 0, row);
      }
      changed.forEach(({ row, index }) => (shown[index] = row));
    }
    assert.deepEqual(shown, rows);
  }
  assert.ok(moves > 100);
});
