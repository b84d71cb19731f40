import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase } from 'weftdb';

/** Runs for many seconds unless it is stopped. */
const LONG = 'UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = 8 RETURN count(i) AS count';

test('an aborted query stops, says why, and the database goes on', async () => {
  const database = await createDatabase();
  const reason = new Error('not wanted any more');
  const controller = new AbortController();
  const running = database.execute(LONG, {}, { signal: controller.signal });
  setTimeout(() => controller.abort(reason), 20);
  await assert.rejects(running, (error) => {
    assert.equal(error.code, 'CANCELLED');
    assert.equal(error.cause, reason);
    return true;
  });
  assert.deepEqual((await database.execute('RETURN 1 AS one')).rows, [{ one: 1 }]);
});

test('a call that waits is given up at once, and one whose signal is aborted never begins', async () => {
  const database = await createDatabase();
  const stop = new AbortController();
  const running = database.execute(LONG, {}, { signal: stop.signal });
  const controller = new AbortController();
  const waiting = database.execute('CREATE (:N)', {}, { signal: controller.signal });
  const behind = database.execute('MATCH (n) RETURN count(n) AS count');
  controller.abort();
  await assert.rejects(waiting, { code: 'CANCELLED' });
  stop.abort();
  await assert.rejects(running, { code: 'CANCELLED' });
  assert.deepEqual((await behind).rows, [{ count: 0 }]);
  await assert.rejects(database.execute('CREATE (:N)', {}, { signal: stop.signal }), {
    code: 'CANCELLED',
  });
  assert.equal((await database.stats()).nodeCount, 0);
});

test('a cancelled write changes nothing', async () => {
  const database = await createDatabase();
  const controller = new AbortController();
  const writing = database.execute(
    'UNWIND range(1, 100000000) AS i CREATE (:N {i: i})',
    {},
    { signal: controller.signal },
  );
  setTimeout(() => controller.abort(), 20);
  await assert.rejects(writing, { code: 'CANCELLED' });
  assert.equal((await database.stats()).nodeCount, 0);
  await database.execute('CREATE (:N)');
  assert.equal((await database.stats()).nodeCount, 1);
});

test('a query has a timeout of its own', async () => {
  const database = await createDatabase({ timeoutMillis: 3_600_000 });
  await assert.rejects(database.execute(LONG, {}, { timeoutMillis: 30 }), { code: 'TIMED_OUT' });
  await assert.rejects(database.execute('RETURN 1', {}, { timeoutMillis: -1 }), {
    code: 'INVALID_ARGUMENT',
  });
  const stream = await database.stream('UNWIND range(1, 1000000000) AS i RETURN i', {}, { timeoutMillis: 60 });
  await assert.rejects(
    async () => {
      for await (const row of stream) {
        assert.ok(row.i > 0);
      }
    },
    { code: 'TIMED_OUT' },
  );
});

test('leaving a stream stops its query', async () => {
  const database = await createDatabase();
  const stream = await database.stream('UNWIND range(1, 1000000000) AS i RETURN i');
  let last = 0;
  for await (const { i } of stream) {
    last = i;
    if (i === 10) {
      break;
    }
  }
  assert.equal(last, 10);
  const again = [];
  for await (const row of stream) {
    again.push(row);
  }
  assert.deepEqual(again, []);
});

test('other tasks have their turn while a long query runs', async () => {
  const database = await createDatabase();
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const controller = new AbortController();
  const running = database.execute(LONG, {}, { signal: controller.signal });
  while (turns < 3) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  clearInterval(timer);
  controller.abort();
  await assert.rejects(running, { code: 'CANCELLED' });
});

test('rows can be arrays, and integers what is asked for', async () => {
  const database = await createDatabase();
  const query = 'RETURN 1 AS a, 9007199254740993 AS b, [2, {c: 3}] AS l, 1.5 AS f';
  const arrays = await database.execute(query, {}, { rows: 'arrays', integers: 'bigint' });
  assert.deepEqual(arrays.columns, ['a', 'b', 'l', 'f']);
  assert.deepEqual(arrays.rows, [[1n, 9007199254740993n, [2n, { c: 3n }], 1.5]]);
  assert.deepEqual((await database.execute(query, {}, { rows: 'arrays' })).rows, [
    [1, 9007199254740993n, [2, { c: 3 }], 1.5],
  ]);
  await assert.rejects(database.execute(query, {}, { integers: 'number' }), {
    code: 'NUMBER_OUT_OF_RANGE',
  });
  await assert.rejects(database.execute(query, {}, { rows: 'sets' }), {
    code: 'INVALID_ARGUMENT',
    message: /rows is 'sets', expected one of objects, arrays/,
  });
});

test('a template makes its values parameters', async () => {
  const database = await createDatabase();
  const name = "Robert'); MATCH (n) DETACH DELETE n //";
  await database.cypher`CREATE (:Student {name: ${name}, marks: ${[1, 2]}})`;
  const { rows } = await database.cypher`MATCH (s:Student) WHERE s.name = ${name} RETURN s.marks AS marks`;
  assert.deepEqual(rows, [{ marks: [1, 2] }]);
  assert.deepEqual((await database.cypher`RETURN 1 AS one`).rows, [{ one: 1 }]);
  assert.throws(() => database.cypher('RETURN 1'), { code: 'INVALID_ARGUMENT' });
});

test('a transaction commits what its function did, and rolls back when it throws', async () => {
  const database = await createDatabase();
  const result = await database.transaction(async (tx) => {
    await tx.execute('CREATE (:N {i: 1})');
    const { rows } = await tx.cypher`MATCH (n:N {i: ${1}}) SET n.j = 2 RETURN n.j AS j`;
    // Nobody else sees it yet.
    assert.deepEqual((await database.execute('MATCH (n) RETURN count(n) AS c')).rows, [{ c: 0 }]);
    return rows[0].j;
  });
  assert.equal(result, 2);
  assert.equal((await database.stats()).nodeCount, 1);

  const cause = new Error('no');
  await assert.rejects(
    database.transaction(async (tx) => {
      await tx.execute('CREATE (:N {i: 2})');
      throw cause;
    }),
    (error) => error === cause,
  );
  assert.equal((await database.stats()).nodeCount, 1);
});

test('a transaction goes back to a savepoint, and a failed query leaves it as it was', async () => {
  const database = await createDatabase();
  await database.execute('CREATE CONSTRAINT FOR (n:N) REQUIRE n.i IS UNIQUE');
  await database.transaction(async (tx) => {
    await tx.execute('CREATE (:N {i: 1})');
    const savepoint = await tx.savepoint();
    await tx.execute('CREATE (:N {i: 2})');
    await savepoint.rollback();
    await tx.execute('CREATE (:N {i: 3})');
    await assert.rejects(tx.execute('CREATE (:M), (:N {i: 3})'), { code: 'CONSTRAINT_VIOLATED' });
  });
  const { rows } = await database.execute('MATCH (n) RETURN labels(n) AS l, n.i AS i ORDER BY i');
  assert.deepEqual(rows, [{ l: ['N'], i: 1 }, { l: ['N'], i: 3 }]);
});

test('writes wait for the transaction that writes, reads do not', async () => {
  const database = await createDatabase();
  const order = [];
  let write;
  let second;
  await database.transaction(async (tx) => {
    await tx.execute('CREATE (:N)');
    write = database.execute('CREATE (:N)').then(() => order.push('write'));
    second = database.transaction(async (other) => {
      order.push('second');
      await other.execute('CREATE (:N)');
    });
    await database.execute('MATCH (n) RETURN n');
    order.push('first');
  });
  await Promise.all([write, second]);
  assert.equal(order[0], 'first');
  assert.equal((await database.stats()).nodeCount, 3);
});

test('a write that waits for itself is told so in time', async () => {
  const database = await createDatabase({ writeTurnMillis: 30 });
  await assert.rejects(
    database.transaction(async () => database.execute('CREATE (:N)')),
    { code: 'WRITE_TURN_TIMED_OUT', message: /by the transaction, not by the database/ },
  );
  await database.execute('CREATE (:N)');
  await assert.rejects(
    database.transaction(async (tx) => tx.execute('CREATE (:N)'), { access: 'read' }),
    { code: 'WRITE_IN_READ_TRANSACTION' },
  );
});

test('a transaction that has ended takes no more queries', async () => {
  const database = await createDatabase();
  let escaped;
  await database.transaction(async (tx) => {
    escaped = tx;
  });
  await assert.rejects(escaped.execute('RETURN 1'), { code: 'CLOSED' });
  await assert.rejects(escaped.savepoint(), { code: 'CLOSED' });
});
