import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase, isNode, isPath, isRelationship, WeftError } from 'weftdb';

const CREATE = `CREATE (a:Person:Author {name: 'Ada', born: 1815})
  -[:KNOWS {since: 1833}]->(b:Person {name: 'Charles'})`;

test('nodes, relationships and paths are tagged objects', async () => {
  const database = await createDatabase();
  await database.execute(CREATE);
  const { columns, rows } = await database.execute(
    'MATCH p = (a)-[r:KNOWS]->(b) RETURN a, r, p, [a, b] AS list',
  );
  assert.deepEqual(columns, ['a', 'r', 'p', 'list']);
  const [{ a, r, p, list }] = rows;
  assert.deepEqual(a, {
    kind: 'node',
    id: a.id,
    labels: ['Author', 'Person'],
    properties: { born: 1815, name: 'Ada' },
  });
  assert.deepEqual(r, {
    kind: 'relationship',
    id: r.id,
    type: 'KNOWS',
    startId: a.id,
    endId: list[1].id,
    properties: { since: 1833 },
  });
  assert.deepEqual(p, { kind: 'path', nodes: list, relationships: [r] });
  assert.deepEqual([isNode(a), isNode(r), isNode(null)], [true, false, false]);
  assert.deepEqual([isRelationship(r), isRelationship(a)], [true, false]);
  assert.deepEqual([isPath(p), isPath(list)], [true, false]);
});

test('a write gives its summary and counts follow', async () => {
  const database = await createDatabase();
  const { columns, rows, summary } = await database.execute(CREATE);
  assert.deepEqual({ columns, rows }, { columns: [], rows: [] });
  const { millis, notifications, ...counts } = summary;
  assert.deepEqual(notifications, []);
  assert.ok(millis >= 0);
  assert.deepEqual(counts, {
    nodesCreated: 2,
    nodesDeleted: 0,
    relationshipsCreated: 1,
    relationshipsDeleted: 0,
    propertiesSet: 4,
    labelsAdded: 3,
    labelsRemoved: 0,
    indexesAdded: 0,
    indexesRemoved: 0,
    constraintsAdded: 0,
    constraintsRemoved: 0,
  });
  assert.equal((await database.stats()).nodeCount, 2);
  assert.equal((await database.stats()).relationshipCount, 1);
});

test('the summary tells what a query may not have been meant to say', async () => {
  const database = await createDatabase();
  await database.execute(CREATE);
  const query = 'MATCH (n:Persn), (m)\nWHERE n.naem = 1 RETURN n';
  const { summary } = await database.execute(query);
  assert.deepEqual(
    summary.notifications.map(({ code, severity, position }) => [code, severity, position]),
    [
      [
        'Neo.ClientNotification.Statement.CartesianProduct',
        'INFORMATION',
        { offset: 0, line: 1, column: 1 },
      ],
      [
        'Neo.ClientNotification.Statement.UnknownLabelWarning',
        'WARNING',
        { offset: 9, line: 1, column: 10 },
      ],
      [
        'Neo.ClientNotification.Statement.UnknownPropertyKeyWarning',
        'WARNING',
        { offset: 29, line: 2, column: 9 },
      ],
    ],
  );
  assert.equal(summary.notifications[1].title, 'The label is not in the database');
  assert.match(summary.notifications[1].description, /label 'Persn'/);
  assert.deepEqual((await database.profile(query)).summary.notifications, summary.notifications);
  await database.execute('CREATE (:Persn {naem: 2})');
  assert.equal((await database.execute(query)).summary.notifications.length, 1);
});

test('stats tell how much memory each part of the graph takes', async () => {
  const database = await createDatabase();
  const { linearMemoryBytes, ...nothing } = (await database.stats()).memory;
  assert.deepEqual(nothing, {
    nodeBytes: 0,
    relationshipBytes: 0,
    propertyBytes: 0,
    indexBytes: 0,
    catalogBytes: 0,
  });
  assert.ok(linearMemoryBytes >= 65_536);
  const part = async (name, query) => {
    const before = (await database.stats()).memory;
    await database.execute(query);
    const after = (await database.stats()).memory;
    const grown = Object.keys(before).filter((key) => after[key] - before[key] > 10_000);
    assert.deepEqual(grown, [name]);
  };
  await part('nodeBytes', 'UNWIND range(0, 9999) AS i CREATE (:N)');
  await part('propertyBytes', 'MATCH (n:N) SET n.text = "number " + id(n)');
  await part('indexBytes', 'CREATE INDEX FOR (n:N) ON (n.text)');
  await part('relationshipBytes', 'MATCH (n:N) CREATE (n)-[:SELF]->(n)');
});

test('calls run in the order in which they are made', async () => {
  const database = await createDatabase();
  const results = await Promise.all([
    database.execute('CREATE (:N {i: 1})'),
    database.execute('MATCH (n:N) SET n.i = n.i + 1 RETURN n.i AS i'),
    database.execute('MATCH (n:N) SET n.i = n.i * 10 RETURN n.i AS i'),
  ]);
  assert.deepEqual(results[2].rows, [{ i: 20 }]);
});

test('several results can be read at the same time', async () => {
  const database = await createDatabase();
  await database.execute('UNWIND range(1, 3000) AS i CREATE (:N {i: i})');
  const query = 'MATCH (n:N) RETURN n.i AS i';
  const streams = await Promise.all([database.stream(query), database.stream(query)]);
  const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());
  for (let i = 1; i <= 3000; i++) {
    for (const iterator of iterators) {
      assert.deepEqual(await iterator.next(), { done: false, value: { i } });
    }
  }
  for (const iterator of iterators) {
    assert.equal((await iterator.next()).done, true);
  }
});

test('a stream reads the graph as it was when it began', async () => {
  const database = await createDatabase();
  await database.execute('UNWIND range(1, 5000) AS i CREATE (:N {i: i})');
  const stream = await database.stream('MATCH (n:N) RETURN n.i AS i');
  let count = 0;
  for await (const row of stream) {
    if (count === 0) {
      await database.execute('MATCH (n:N) DELETE n');
    }
    assert.equal(row.i, ++count);
  }
  assert.equal(count, 5000);
  assert.equal((await database.stats()).nodeCount, 0);
});

test('leaving a stream early closes it', async () => {
  const database = await createDatabase();
  const stream = await database.stream('UNWIND range(1, 1000000) AS i RETURN i');
  for await (const row of stream) {
    if (row.i === 3) {
      break;
    }
  }
  for await (const row of stream) {
    assert.fail(`a row after the end: ${row.i}`);
  }
  await stream.close();
});

test('a streamed query that fails on a later row rejects there', async () => {
  const database = await createDatabase();
  const stream = await database.stream('UNWIND range(5000, 0, -1) AS i RETURN 1 / i AS x');
  let rows = 0;
  const readAll = async () => {
    for await (const row of stream) {
      rows += row.x >= 0 ? 1 : 0;
    }
  };
  await assert.rejects(readAll(), { code: 'DIVISION_BY_ZERO' });
  assert.ok(rows < 5000);
  assert.deepEqual((await database.execute('RETURN 1 AS one')).rows, [{ one: 1 }]);
});

test('an error of the query has its code, its place and a caret', async () => {
  const database = await createDatabase();
  await assert.rejects(database.execute('MATCH (n)\nRETURN m'), (error) => {
    assert.ok(error instanceof WeftError && error instanceof Error);
    const { name, code, number, category, type, detail, offset, line, column } = error;
    assert.deepEqual(
      { name, code, number, category, type, detail, offset, line, column },
      {
        name: 'WeftError',
        code: 'UNDEFINED_VARIABLE',
        number: 2001,
        category: 'SEMANTIC',
        type: 'SyntaxError',
        detail: 'UndefinedVariable',
        offset: 17,
        line: 2,
        column: 8,
      },
    );
    assert.match(error.message, /\^/);
    return true;
  });
});

test('every kind of bad query is its own error and harms nothing', async () => {
  const database = await createDatabase();
  await database.execute('CREATE (:N)-[:R]->(:N)');
  const cases = [
    ['MATCH (n', 'UNEXPECTED_SYNTAX'],
    ['', 'UNEXPECTED_SYNTAX'],
    ['RETURN $missing', 'MISSING_PARAMETER'],
    ['RETURN 9223372036854775807 + 1', 'INTEGER_OVERFLOW'],
    ['RETURN 1 / 0', 'DIVISION_BY_ZERO'],
    ['RETURN 1 % 0', 'DIVISION_BY_ZERO'],
    ['WITH -9223372036854775808 AS i RETURN i / -1', 'INTEGER_OVERFLOW'],
    ['RETURN 99999999999999999999', 'INTEGER_LITERAL_OVERFLOW'],
    ['MATCH (n:N) DELETE n', 'DELETE_CONNECTED_NODE'],
    ['UNWIND [1, 0] AS i CREATE (:M {x: 1 / i})', 'DIVISION_BY_ZERO'],
    ['MATCH (n) RETURN n LIMIT -1', 'NEGATIVE_INTEGER_ARGUMENT'],
    ['RETURN noSuchFunction(1)', 'UNKNOWN_FUNCTION'],
  ];
  for (const [query, code] of cases) {
    await assert.rejects(database.execute(query), { name: 'WeftError', code }, query);
  }
  await assert.rejects(database.execute(5), { code: 'INVALID_ARGUMENT' });
  assert.equal((await database.stats()).nodeCount, 2);
  assert.deepEqual((await database.execute('MATCH (m:M) RETURN m')).rows, []);
});

test('nesting a hundred thousand deep is an error, not a trap', async () => {
  const database = await createDatabase();
  const depth = 100_000;
  const nested = {
    parentheses: `RETURN ${'('.repeat(depth)}1${')'.repeat(depth)}`,
    lists: `RETURN ${'['.repeat(depth)}1${']'.repeat(depth)}`,
    maps: `RETURN ${'{a: '.repeat(depth)}1${'}'.repeat(depth)}`,
    not: `RETURN ${'NOT '.repeat(depth)}true`,
    minus: `RETURN ${'- '.repeat(depth)}1`,
    unclosed: `RETURN ${'('.repeat(depth)}`,
    calls: `RETURN ${'abs('.repeat(depth)}1${')'.repeat(depth)}`,
    cases: `RETURN ${'CASE WHEN true THEN '.repeat(depth)}1${' END'.repeat(depth)}`,
    subqueries: `${'CALL { '.repeat(depth)}CREATE (n)${' }'.repeat(depth)}`,
    foreach: `${'FOREACH (x IN [1] | '.repeat(depth)}CREATE (n)${')'.repeat(depth)}`,
    counts: `RETURN ${'COUNT { RETURN '.repeat(depth)}1${' AS x }'.repeat(depth)}`,
  };
  for (const [name, query] of Object.entries(nested)) {
    await assert.rejects(database.execute(query), { code: 'NESTING_TOO_DEEP' }, name);
  }
  assert.deepEqual((await database.execute('RETURN 1 AS one')).rows, [{ one: 1 }]);
});

test('subqueries nested as deep as allowed run', async () => {
  const database = await createDatabase();
  let aggregating = 'UNWIND [1, 2] AS y RETURN count(y) AS x0';
  let writing = 'CREATE (:N)';
  let each = 'CREATE (:N)';
  let ordered = 'MATCH (n)-->(m0) RETURN m0 AS x0';
  let union = 'RETURN 1 AS x0';
  for (let i = 1; i <= 260; i++) {
    aggregating = `WITH 1 AS v${i} CALL (v${i}) { ${aggregating} } RETURN x${i - 1} + v${i} AS x${i}`;
    writing = `MATCH (m${i}) WITH count(*) AS c${i} CALL (*) { ${writing} }`;
    each = `FOREACH (x${i} IN [1] | SET n.x = 1 ${each})`;
    ordered = `OPTIONAL MATCH (n)-->(m${i}) WITH DISTINCT n, m${i} ORDER BY m${i}.x LIMIT 3
      CALL (n) { ${ordered} } RETURN count(x${i - 1}) AS x${i}`;
    union = `CALL { ${union} } RETURN x${i - 1} AS x${i} UNION RETURN 2 AS x${i}`;
  }
  let counts = '1';
  for (let i = 1; i <= 140; i++) {
    counts = `COUNT { UNWIND [1] AS y${i} WITH y${i} WHERE ${counts} > 0 RETURN y${i} }`;
  }
  const { rows } = await database.execute(aggregating);
  assert.deepEqual(rows, [{ x260: 262 }]);
  await database.execute(`CREATE (n)-[:R]->() ${each}`);
  await database.execute(writing);
  assert.equal((await database.stats()).nodeCount, 4);
  await database.execute(`MATCH (n) CALL (n) { ${ordered} } RETURN 1 AS x`);
  assert.equal((await database.execute(union)).rows.length, 2);
  assert.deepEqual((await database.execute(`RETURN ${counts} AS c`)).rows, [{ c: 1 }]);
});

test('long chains of operators and clauses are answered or refused, never a trap', async () => {
  const database = await createDatabase();
  for (const [name, query] of Object.entries({
    plus: `RETURN 1${' + 1'.repeat(100_000)} AS x`,
    and: `RETURN true${' AND true'.repeat(100_000)} AS x`,
    comparison: `RETURN 1${' < 2'.repeat(100_000)} AS x`,
    subscripts: `RETURN [1]${'[0]'.repeat(100_000)} AS x`,
    labels: `MATCH (n${':A'.repeat(100_000)}) RETURN n`,
    hops: `MATCH ()${'--()'.repeat(20_000)} RETURN 1`,
    withs: `${'WITH 1 AS x '.repeat(20_000)}RETURN x`,
    unions: `RETURN 1 AS x${' UNION RETURN 1 AS x'.repeat(20_000)}`,
    creates: 'CREATE () '.repeat(20_000),
    list: `RETURN [1${', 1'.repeat(100_000)}] AS x`,
  })) {
    try {
      await database.execute(query);
    } catch (error) {
      assert.ok(error instanceof WeftError, name);
      assert.notEqual(error.code, 'INSTANCE_FAILED', `${name}: ${error.message}`);
      assert.notEqual(error.code, 'INTERNAL', `${name}: ${error.message}`);
    }
  }
  assert.deepEqual((await database.execute('RETURN 1 AS one')).rows, [{ one: 1 }]);
});

test('explain shows the plan and runs nothing', async () => {
  const database = await createDatabase();
  const plan = await database.explain('CREATE (:N)');
  assert.equal(plan.operator, 'Create');
  assert.equal(plan.measured, null);
  assert.deepEqual(plan.children.map(({ operator, role }) => [operator, role]), [['Start', 'input']]);
  assert.match(plan.text, /^estimated {2}operator\n1 {10}Create \(.*:N\)\n/);
  const explained = await database.execute('EXPLAIN CREATE (:N)');
  assert.deepEqual(explained.plan, plan);
  assert.deepEqual(explained.rows, []);
  assert.equal(explained.summary.nodesCreated, 0);
  assert.equal((await database.stats()).nodeCount, 0);
  await assert.rejects(database.explain('MATCH ('), { code: 'UNEXPECTED_SYNTAX' });
  assert.equal((await database.execute('RETURN 1')).plan, null);
});

test('profile gives the rows and what each operator did', async () => {
  const database = await createDatabase();
  await database.execute('UNWIND range(1, 2000) AS i CREATE (:N {i: i})');
  const query = 'MATCH (n:N) WHERE n.i > $least RETURN n.i AS i';
  for (const { columns, rows, plan } of [
    await database.profile(query, { least: 500 }),
    await database.execute(`PROFILE ${query}`, { least: 500 }),
  ]) {
    assert.deepEqual(columns, ['i']);
    assert.equal(rows.length, 1500);
    assert.equal(plan.measured.rows, 1500);
    const operators = [plan];
    while (operators.at(-1).children.length > 0) {
      operators.push(operators.at(-1).children[0]);
    }
    const scan = operators.find(({ operator }) => operator === 'NodeByLabelScan');
    assert.equal(scan.measured.rows, 2000);
    assert.equal(scan.estimatedRows, 2000);
    assert.ok(scan.measured.pages > 0 && scan.measured.millis >= 0, plan.text);
  }
  const written = await database.profile('CREATE (n:New) RETURN n');
  assert.equal(written.summary.nodesCreated, 1);
  assert.equal(written.plan.measured.rows, 1);
  await assert.rejects(database.profile('RETURN 1 / 0'), { code: 'DIVISION_BY_ZERO' });
  const stream = await database.stream('PROFILE MATCH (n:N) RETURN n');
  for await (const row of stream) {
    assert.equal(row.n.kind, 'node');
    break;
  }
  assert.equal((await database.execute('RETURN 1 AS x')).rows[0].x, 1);
});

test('after close every call is refused, but a second close', async () => {
  const database = await createDatabase();
  const stream = await database.stream('UNWIND range(1, 10000) AS i RETURN i');
  await database.close();
  await database.close();
  assert.equal(database.closed, true);
  const closed = { name: 'WeftError', code: 'CLOSED', number: 9001 };
  await assert.rejects(database.execute('RETURN 1'), closed);
  await assert.rejects(database.stream('RETURN 1'), closed);
  await assert.rejects(database.explain('RETURN 1'), closed);
  await assert.rejects(database.saveSnapshotToBytes(), closed);
  await assert.rejects(database.loadSnapshotFromBytes(new Uint8Array(8)), closed);
  await assert.rejects(database.stats(), closed);
  await assert.rejects(stream[Symbol.asyncIterator]().next(), closed);
  await stream.close();
});

test('large texts and many rows cross whole', async () => {
  const database = await createDatabase();
  const text = 'äx€😀'.repeat(300_000);
  const { rows } = await database.execute('UNWIND range(1, 3) AS i RETURN $text + i AS t', { text });
  assert.deepEqual(rows, [{ t: `${text}1` }, { t: `${text}2` }, { t: `${text}3` }]);
  const many = await database.execute('UNWIND range(1, 200000) AS i RETURN i, toString(i) AS t');
  assert.equal(many.rows.length, 200_000);
  assert.deepEqual(many.rows[199_999], { i: 200_000, t: '200000' });
});

test('rows too large to cross are an error, and the database goes on', async () => {
  const database = await createDatabase();
  const text = 'x'.repeat(10_000_000);
  const query = 'RETURN [i IN range(1, 30) | $text] AS list';
  await assert.rejects(database.execute(query, { text }), { code: 'VALUE_TOO_LARGE' });
  assert.deepEqual((await database.execute('RETURN 1 AS one')).rows, [{ one: 1 }]);
});

test('a query uses no more memory than it may, and the database goes on', async () => {
  const small = await createDatabase({ queryMemoryBytes: 1_000_000 });
  const collect = 'UNWIND range(1, 10000000) AS i RETURN collect(toString(i)) AS all';
  await assert.rejects(small.execute(collect), { code: 'MEMORY_LIMIT' });
  await assert.rejects(small.execute(`UNWIND range(1, 10000000) AS i CREATE ({i: i})`), {
    code: 'MEMORY_LIMIT',
  });
  assert.equal((await small.stats()).nodeCount, 0);
  assert.deepEqual((await small.execute('RETURN 1 AS one')).rows, [{ one: 1 }]);

  await assert.rejects(createDatabase({ queryMemoryBytes: 0 }), { code: 'INVALID_ARGUMENT' });
});

test('a query takes no more time than it may, and the database goes on', async () => {
  const { now } = performance;
  // A clock that moves on by a millisecond whenever it is read, so that no machine is too slow.
  let readings = 0;
  performance.now = () => readings++;
  try {
    const quick = await createDatabase({ timeoutMillis: 100 });
    // It would end, should the limit not be kept.
    const count = 'UNWIND range(1, 1000) AS i UNWIND range(1, 1000000) AS j RETURN count(j) AS n';
    await assert.rejects(quick.execute(count), { code: 'TIMED_OUT' });
    assert.deepEqual((await quick.execute('RETURN 1 AS one')).rows, [{ one: 1 }]);
  } finally {
    performance.now = now;
  }
  await assert.rejects(createDatabase({ timeoutMillis: 1.5 }), { code: 'INVALID_ARGUMENT' });
});

test('an error that comes up while a query runs says where', async () => {
  const database = await createDatabase();
  await assert.rejects(database.execute('UNWIND [1, 0] AS x\nRETURN 2 + 1 / x AS y'), {
    code: 'DIVISION_BY_ZERO',
    line: 2,
    column: 12,
  });
});
