// Functions and procedures that the user of a database registers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase, Temporal, Vector } from '../dist/node.js';

const twice = { signature: 'my.twice(x :: INTEGER?) :: INTEGER?', call: (x) => x && 2 * x };

test('a function is called for each row, in any case', async () => {
  const database = await createDatabase({ functions: [twice] });
  const { rows } = await database.execute('UNWIND [1, 2, null] AS x RETURN MY.twice(x) AS y');
  assert.deepEqual(rows, [{ y: 2 }, { y: 4 }, { y: null }]);
  await database.execute('CREATE (:N {x: 4})');
  const found = await database.execute('MATCH (n:N {x: my.twice(2)}) RETURN count(n) AS n');
  assert.deepEqual(found.rows, [{ n: 1 }]);
});

test('nodes, relationships and paths go in and out whole', async () => {
  const seen = [];
  const same = {
    signature: 'my.same(x :: ANY?) :: ANY?',
    call(x) {
      seen.push(x);
      return x;
    },
  };
  const database = await createDatabase({ functions: [same] });
  await database.execute('CREATE (:A {i: 1})-[:R {j: 2}]->(:B {k: 3n})'.replace('3n', '3'));
  const { rows } = await database.execute(
    'MATCH p = (a)-[r]->(b) RETURN my.same(a).i AS i, my.same([r])[0].j AS j, my.same(p) AS p, my.same({n: b}).n.k AS k',
  );
  assert.deepEqual({ ...rows[0], p: rows[0].p.kind }, { i: 1, j: 2, p: 'path', k: 3 });
  assert.deepEqual(rows[0].p.nodes.map(({ labels }) => labels), [['A'], ['B']]);
  assert.ok(seen.some((x) => x?.kind === 'node' && x.properties.i === 1));
});

test('vectors and byte strings go in and out', async () => {
  const half = {
    signature: 'my.half(v :: VECTOR) :: VECTOR',
    call: (v) => new Vector(v.coordinates.map((x) => x / 2)),
  };
  const reversed = {
    signature: 'my.reversed(b :: BYTES) :: BYTES',
    call: (b) => Uint8Array.from(b).reverse(),
  };
  const database = await createDatabase({ functions: [half, reversed] });
  const { rows } = await database.execute(
    'RETURN my.half(vector([3, 1], 2, FLOAT32)) AS v, my.reversed([1, 2]::BYTES) AS b',
  );
  assert.deepEqual(rows, [
    { v: new Vector(Float32Array.of(1.5, 0.5)), b: Uint8Array.of(2, 1) },
  ]);
});

test('temporal values go in and out by their types', async () => {
  const functions = ['DATE', 'LOCAL TIME', 'ZONED DATETIME', 'DURATION'].map((type, i) => ({
    signature: `my.f${i}(x :: ${type}) :: ${type}`,
    call: (x) => new Temporal(x.kind, x.text.replace('1', '2')),
  }));
  const database = await createDatabase({ functions });
  const { rows } = await database.execute(
    "RETURN my.f0(date('2024-01-05')) AS a, my.f1(localtime('01:00')) AS b, my.f2(datetime('2024-01-05T10:00Z')) AS c, my.f3(duration('P1D')) AS d",
  );
  assert.deepEqual(
    Object.values(rows[0]).map(String),
    ['2024-02-05', '02:00', '2024-02-05T10:00Z', 'P2D'],
  );
  await assert.rejects(database.execute("RETURN my.f0('2024-01-05') AS a"), {
    code: 'INVALID_ARGUMENT_TYPE',
  });
});

test('what a function throws is the cause of the error, and nothing stays', async () => {
  const cause = new RangeError('out of order');
  const failing = {
    signature: 'my.fail() :: ANY?',
    call() {
      throw cause;
    },
  };
  const database = await createDatabase({ functions: [failing] });
  await assert.rejects(database.execute('CREATE (:N {x: my.fail()})'), (error) => {
    assert.equal(error.code, 'FUNCTION_FAILED');
    assert.equal(error.cause, cause);
    assert.match(error.message, /out of order/);
    return true;
  });
  assert.equal((await database.stats()).nodeCount, 0);
  assert.equal((await database.execute('RETURN 1 AS x')).rows.length, 1);
});

test('values that are not as declared, promises and wrong signatures are errors', async () => {
  const wrong = [
    { signature: 'my.text() :: INTEGER', call: () => 'text' },
    { signature: 'my.none() :: INTEGER', call: () => undefined },
    { signature: 'my.later() :: ANY?', call: async () => 1 },
    { signature: 'my.failing() :: ANY?', call: async () => Promise.reject(new Error('late')) },
    { signature: 'my.symbol() :: ANY?', call: () => Symbol('x') },
  ];
  const database = await createDatabase({ functions: wrong });
  for (const { signature } of wrong) {
    const name = signature.slice(0, signature.indexOf('('));
    await assert.rejects(database.execute(`RETURN ${name}() AS x`), { code: 'FUNCTION_FAILED' });
  }
  for (const functions of [
    [{ signature: 'f() :: ANY', call: () => 1 }],
    [{ signature: 'date.truncate() :: ANY', call: () => 1 }],
    [twice, twice],
  ]) {
    await assert.rejects(createDatabase({ functions }), { code: 'INVALID_USE' });
  }
  await assert.rejects(createDatabase({ functions: [{ signature: 'a.b() :: ANY' }] }), {
    code: 'INVALID_ARGUMENT',
  });
});

test('what a callback asks of the database that calls it comes after the query', async () => {
  let database;
  const asked = [];
  const again = {
    signature: 'my.again() :: INTEGER',
    call: () => {
      asked.push(database.execute('MATCH (n) RETURN count(n) AS count'));
      return 1;
    },
  };
  database = await createDatabase({ functions: [again] });
  await database.execute('CREATE (:N {x: my.again()})');
  const [{ rows }] = await Promise.all(asked);
  assert.deepEqual(rows, [{ count: 1 }]);
});

test('what a query asks the page leaves the rows before it as they are', async () => {
  const twice = { signature: 'my.twice(text :: STRING) :: STRING', call: (text) => text + text };
  const database = await createDatabase({ functions: [twice] });
  const query = `UNWIND range(1, 20000) AS i
    RETURN i, my.twice(toString(i)) AS twice, normalize(toString(i)) AS same,
      datetime({year: 2020, month: 1, day: 1 + i % 2, timezone: 'Europe/Paris'}).offset AS offset`;
  const { rows } = await database.execute(query);
  assert.equal(rows.length, 20_000);
  rows.forEach((row, index) => {
    const i = String(index + 1);
    assert.deepEqual(row, { i: index + 1, twice: i + i, same: i, offset: '+01:00' });
  });
  await database.close();
});

test('a procedure gives rows, which are not asked for beyond a LIMIT', async () => {
  let given = 0;
  let ended = false;
  const numbers = {
    signature: 'my.numbers(least :: INTEGER) :: (n :: INTEGER, square :: FLOAT)',
    *call(least) {
      try {
        for (let n = least; ; n++) {
          given++;
          yield [n, n * n];
        }
      } finally {
        ended = true;
      }
    },
  };
  const database = await createDatabase({ procedures: [numbers] });
  const { rows } = await database.execute(
    'CALL my.numbers(3) YIELD n, square WITH n, square LIMIT 3 RETURN n, square',
  );
  assert.deepEqual(rows, [
    { n: 3, square: 9 },
    { n: 4, square: 16 },
    { n: 5, square: 25 },
  ]);
  assert.ok(given < 200, `${given} rows were taken`);
  assert.ok(ended, 'the generator was left open');
});

test('procedures without columns, with many rows and with errors', async () => {
  const calls = [];
  const database = await createDatabase({
    procedures: [
      { signature: 'my.note(x :: ANY?) :: VOID', call: (x) => void calls.push(x) },
      {
        signature: 'my.many(count :: INTEGER) :: (i :: INTEGER)',
        call: (count) => Array.from({ length: count }, (_, i) => [i]),
      },
      { signature: 'my.short() :: (a :: INTEGER, b :: INTEGER)', call: () => [[1]] },
      { signature: 'my.bad() :: (a :: INTEGER)', call: () => [1] },
      { signature: 'my.none() :: (a :: INTEGER)', call: () => 7 },
    ],
  });
  await database.execute("CALL my.note('x')");
  assert.deepEqual(calls, ['x']);
  const { rows } = await database.execute('CALL my.many(5000) YIELD i RETURN count(i) AS n, sum(i) AS s');
  assert.deepEqual(rows, [{ n: 5000, s: 12_497_500 }]);
  for (const name of ['my.short', 'my.bad', 'my.none']) {
    await assert.rejects(database.execute(`CALL ${name}()`), { code: 'PROCEDURE_FAILED' });
  }
  assert.equal((await database.execute('RETURN 1 AS x')).rows.length, 1);
});
