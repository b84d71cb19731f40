import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { createDatabase, Float, Point, Temporal, Vector } from 'weftdb';
import {
  exportNodes,
  exportRelationships,
  exportRows,
  ImportError,
  importNodes,
  importRelationships,
  importRows,
  NodeIds,
} from 'weftdb/rows';

const encoder = new TextEncoder();
let database;
before(async () => (database = await createDatabase()));

/** How many nodes a database has, or patterns that begin with one. */
async function count(database, more = '') {
  return (await database.execute(`MATCH ()${more} RETURN count(*) AS n`)).rows[0].n;
}

/** Numbers that depend on nothing but a seed. */
function random(seed) {
  let state = BigInt(seed) * 0x9e3779b97f4a7c15n + 1n;
  const next = () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 33n);
  };
  return { below: (n) => next() % n, pick: (list) => list[next() % list.length] };
}

/** Bytes in pieces of random lengths, also empty ones. */
function pieces(bytes, dice, most = 9) {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; ) {
        const length = dice.below(most);
        controller.enqueue(bytes.slice(at, at + length));
        at += length;
      }
      controller.close();
    },
  });
}

/** What queries see of rows: their text in Cypher with the types of the values. */
async function read(source, options) {
  const seen = [];
  const spy = {
    execute: async (query, parameters) => {
      const result = await database.execute(query, parameters);
      seen.push(...result.rows.map(({ row }) => row));
      return result;
    },
  };
  await importRows(spy, source, { template: 'RETURN row', ...options });
  return seen;
}

const csv = (source, options) => read(source, { format: 'csv', ...options });

async function failureOf(source, options, of = importRows) {
  const error = await of(database, source, { format: 'csv', template: 'RETURN 1', ...options }).then(
    () => assert.fail('no error'),
    (reason) => reason,
  );
  assert.ok(error instanceof ImportError, error.stack);
  assert.equal(error.name, 'WeftError');
  return error;
}

test('columns have the types of the header', async () => {
  const header =
    'text,s:string,c:char,i:int,l:long,b:byte,h:short,f:float,d:double,t:boolean,on:date,at:localtime,' +
    'z:time,ldt:localdatetime,dt:datetime,p:duration,where:point,ts:string[],is:int[],v:vector{coordinateType:float32},' +
    'bytes:bytes,any:json,x:IGNORE';
  const cells =
    'a,,ä,-5,9223372036854775807,-128,32767,1,2.5e300,true,2020-02-29,12:30,12:30+01:00,2020-01-01T00:00,' +
    '"2020-01-01T00:00Z[UTC]",P1Y,"{longitude: 13.0, latitude: 52.5}",one;two,1;-2,0.5;1.5,AAH/,"{""k"":[1,2.0]}",zzz';
  const [row] = await csv(`${header}\n${cells}\n`);
  assert.deepEqual(row, {
    text: 'a', s: null, c: 'ä', i: -5, l: 2n ** 63n - 1n, b: -128, h: 32767, f: 1, d: 2.5e300, t: true,
    on: new Temporal('date', '2020-02-29'),
    at: new Temporal('localTime', '12:30'),
    z: new Temporal('time', '12:30+01:00'),
    ldt: new Temporal('localDateTime', '2020-01-01T00:00'),
    dt: new Temporal('dateTime', '2020-01-01T00:00Z[UTC]'),
    p: new Temporal('duration', 'P1Y'),
    where: new Point('wgs-84', 13, 52.5),
    ts: ['one', 'two'], is: [1, -2], v: new Vector(Float32Array.of(0.5, 1.5)),
    bytes: Uint8Array.of(0, 1, 255), any: { k: [1, 2] },
  });
  const [types] = await read('a:float,b:int,c:float[],d:json\n1,1,1;2,"[1,1.0]"\n', {
    format: 'csv',
    template: 'RETURN {a: valueType(row.a), b: valueType(row.b), c: valueType(row.c), d: [x IN row.d | valueType(x)]} AS row',
  });
  assert.deepEqual(types, {
    a: 'FLOAT NOT NULL',
    b: 'INTEGER NOT NULL',
    c: 'LIST<FLOAT NOT NULL> NOT NULL',
    d: ['INTEGER NOT NULL', 'FLOAT NOT NULL'],
  });
});

test('points have the forms of Cypher, with defaults in the header', async () => {
  const header = 'p:point{crs:cartesian},q:point\n';
  const rows = await csv(
    `${header}"{x:1,y:2}","{x:1,y:2,z:3}"\n"{x:1,y:2,crs:'WGS-84'}","{latitude:1,longitude:2,height:3}"\n`,
  );
  assert.deepEqual(rows, [
    { p: new Point('cartesian', 1, 2), q: new Point('cartesian-3d', 1, 2, 3) },
    { p: new Point('wgs-84', 1, 2), q: new Point('wgs-84-3d', 2, 1, 3) },
  ]);
});

test('CSV is read as it is written', async () => {
  const cases = [
    ['a,b\n1,2', [{ a: '1', b: '2' }]],
    ['\ufeffa,b\r\n1,2\r\n\r\n3,4\r\n', [{ a: '1', b: '2' }, { a: '3', b: '4' }]],
    ['a,b\r1,2\r', [{ a: '1', b: '2' }]],
    ['a,b\n"x\n""y"" ,\r\nz",', [{ a: 'x\n"y" ,\r\nz', b: null }]],
    ['a,b\n"",\n', [{ a: '', b: null }]],
    ['a\n\n""\nx\n', [{ a: null }, { a: '' }, { a: 'x' }]],
    ['"a:b:int",\u00a0\n5, z \n', [{ 'a:b': 5, '\u00a0': ' z ' }]],
    ['a\n', []],
    ['a,b', []],
    ['__proto__,constructor\n1,2\n', [JSON.parse('{"__proto__":"1","constructor":"2"}')]],
    ['\ufeff"a"\n\ufeff\n', [{ a: '\ufeff' }]],
  ];
  for (const [text, expected] of cases) {
    assert.deepEqual(await csv(text), expected, JSON.stringify(text));
    // Every place where two chunks can meet.
    const bytes = encoder.encode(text);
    for (let at = 0; at <= bytes.length; at++) {
      const chunks = [bytes.slice(0, at), bytes.slice(at)];
      assert.deepEqual(await csv(chunksOf(chunks)), expected, `${JSON.stringify(text)} at ${at}`);
    }
    const single = Array.from(text);
    assert.deepEqual(await csv(chunksOf(single)), expected, JSON.stringify(text));
  }
});

async function* chunksOf(chunks) {
  yield* chunks;
}

test('options say how CSV is written', async () => {
  assert.deepEqual(await csv("a\tb\n'x\ty'\t1|2\n", { delimiter: '\t', quote: "'", header: undefined }), [
    { a: 'x\ty', b: '1|2' },
  ]);
  assert.deepEqual(await csv('1|2,x\n', { header: ['n:int[]', 't'], arrayDelimiter: '|' }), [
    { n: [1, 2], t: 'x' },
  ]);
  assert.deepEqual(await csv('n:string[]\n"[""a;b"",null]"\n', { arrays: 'json' }), [
    { n: ['a;b', null] },
  ]);
  assert.deepEqual(await csv('n:int\nx\n', { typedHeaders: false }), [{ 'n:int': 'x' }]);
  assert.deepEqual(await csv('a,b:int,c\n1\n', { missingFields: 'empty' }), [{ a: '1', b: null, c: null }]);
  for (const options of [
    { delimiter: '' }, { delimiter: ',,' }, { delimiter: '\n' }, { quote: ',' }, { format: 'xml' },
    { batchRows: 0 }, { maxRowChars: 0 }, { arrays: 'x' }, { arrayDelimiter: '' }, { template: '' },
  ]) {
    await assert.rejects(csv('a\n1\n', options), { code: 'INVALID_ARGUMENT' }, JSON.stringify(options));
  }
});

test('a bad cell is named by line, column, what was expected and what was found', async () => {
  const cases = [
    ['a:int\n1\n\n"2\n"\nx\n', 6, 'a', /line 6, a: expected an integer of 64 bits, found "x"/],
    ['a,n:int\n"x\ny",1\nz,1.5\n', 4, 'n', /found "1.5"/],
    ['n:int\n9223372036854775808\n', 2, 'n', /64 bits/],
    ['n:byte\n128\n', 2, 'n', /8 bits/],
    ['n:short\n-32769\n', 2, 'n', /16 bits/],
    ['n:float\n1e999\n', 2, 'n', /float of 64 bits/],
    ['n:float\n0x10\n', 2, 'n', /a float/],
    ['n:boolean\nTRUE\n', 2, 'n', /true or false/],
    ['n:char\nab\n', 2, 'n', /one character/],
    ['n:int\n""\n', 2, 'n', /found ""/],
    ['n:int[]\n1;;2\n', 2, 'n', /found ""/],
    ['n:date\n2020-01-01\n2021-02-29\n2020-01-01\n', 3, 'n', /2021-02-29/],
    ['m:date,n:date[]\n2020-01-01,2020-01-01;x\n', 2, 'n', /x/],
    ['n:point\n"{x:1}"\n', 2, 'n', /a point such as/],
    ['n:point\n"{latitude:91,longitude:0}"\n', 2, 'n', /91/],
    ['n:vector{dimensions:2}\n1;2;3\n', 2, 'n', /2 coordinates/],
    ['n:vector{coordinateType:int8}\n1;128\n', 2, 'n', /INTEGER8/],
    ['n:bytes\n***\n', 2, 'n', /base64/],
    ['n:json\n{"a\n', 2, undefined, /a quote in a field/],
    ['n:json\n{a}\n', 2, 'n', /a key in quotes/],
    ['n:json\n"{""$type"":""Date""}"\n', 2, 'n', /_value/],
    ['a,b\n1\n', 2, undefined, /expected 2 fields, found 1/],
    ['a,b\n1,2,3\n', 2, undefined, /expected 2 fields, found 3/],
    ['a,b\n1,2\n1,"2\n\n', 3, undefined, /does not end/],
    ['a,b\n"1"x,2\n', 2, undefined, /behind the closing quote/],
    ['a,a\n', 1, 'a', /twice/],
    ['a,\n', 1, undefined, /column 2 of the header has no name/],
    ['a:integr\n', 1, undefined, /no known type/],
    ['a:point{q:1}\n', 1, 'a', /options/],
    ['', 1, undefined, /expected a header/],
  ];
  for (const [text, line, field, message] of cases) {
    const error = await failureOf(text);
    assert.match(error.message, message, JSON.stringify(text));
    assert.deepEqual([error.code, error.sourceLine, error.field], ['INVALID_CSV', line, field], error.message);
  }
  for (const [type, cell] of [['int', '[1.5]'], ['int', '["1"]'], ['byte', '[128]'], ['string', '[1]'], ['date', '["2020-01-01"]'], ['char', '["ab"]'], ['point', '{}']]) {
    const error = await failureOf(`n:${type}[]\n${cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell}\n`, { arrays: 'json' });
    assert.match(error.message, /line 2, n: expected an array of/);
  }
  const long = await failureOf(`a\n"${'x'.repeat(200)}`, { maxRowChars: 100 });
  assert.match(long.message, /longer than 100/);
});

test('bytes that are not UTF-8 are an error with their offset', async () => {
  const dice = random(7);
  const bad = [[0xff], [0xc3], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x98], [0x80], [0xf5, 0x80, 0x80, 0x80], [0xc0, 0x80]];
  for (const bytes of bad) {
    for (const before of ['a\n', 'a\nä€😀', 'a\n' + 'x'.repeat(300)]) {
      for (const behind of ['', 'z', '\n1\n']) {
        const start = encoder.encode(before);
        const all = Uint8Array.of(...start, ...bytes, ...encoder.encode(behind));
        for (const source of [all, pieces(all, dice), pieces(all, dice, 2)]) {
          const error = await failureOf(source);
          assert.deepEqual([error.code, error.byteOffset], ['INVALID_CSV', start.length], error.message);
        }
      }
    }
  }
  assert.equal((await failureOf(chunksOf([Uint8Array.of(0x61, 0xc3), 'x']))).byteOffset, 1);
});

test('all sources give the same', async () => {
  const text = 'a,b:int\nä€😀,1\n"x\ny",2\n';
  const bytes = encoder.encode(text);
  const sources = [
    text,
    bytes,
    Buffer.from(text),
    bytes.buffer,
    new Blob([text]),
    new File([text], 'x.csv'),
    new Response(text),
    new Blob([text]).stream(),
    new Response(bytes).body,
    chunksOf([text]),
    chunksOf([bytes.slice(0, 10), bytes.slice(10)]),
    pieces(bytes, random(1)),
  ];
  for (const source of sources) {
    assert.deepEqual(await csv(source), [{ a: 'ä€😀', b: 1 }, { a: 'x\ny', b: 2 }]);
  }
  for (const source of [null, 5, {}, [1], undefined, chunksOf([5])]) {
    assert.equal((await failureOf(source)).code, 'INVALID_ARGUMENT');
  }
  assert.equal((await failureOf(new Response('no', { status: 404 }))).code, 'IO_FAILED');
});

test('JSON is read with its types', async () => {
  const text = `[{"i":9007199254740993,"f":1.0,"e":1e2,"n":null,"s":"\\u00e4\\ud83d\\ude00\\n","l":[1,[true]],
    "m":{"a":{}},"d":{"$type":"Date","_value":"2020-01-01"},"z":-0,"big":-9223372036854775808},
    {} , {"x":{"$type":"Map","_value":{"$type":"Integer","_value":"5"}}}]`;
  const expected = [
    {
      i: 9007199254740993n, f: 1, e: 100, n: null, s: 'ä😀\n', l: [1, [true]], m: { a: {} },
      d: new Temporal('date', '2020-01-01'), z: 0, big: -(2n ** 63n),
    },
    {},
    { x: { $type: 'Integer', _value: '5' } },
  ];
  assert.deepEqual(await read(text, { format: 'json' }), expected);
  const lines = '{"a":1}\r\n\n  \n{"a":2.0}';
  assert.deepEqual(await read(lines, { format: 'jsonl' }), [{ a: 1 }, { a: 2 }]);
  assert.deepEqual(await read('', { format: 'jsonl' }), []);
  assert.deepEqual(await read(' [ ] \n', { format: 'json' }), []);
  const [types] = await read('{"a":1,"b":1.0,"c":1e0}', {
    format: 'jsonl',
    template: 'RETURN [valueType(row.a), valueType(row.b), valueType(row.c)] AS row',
  });
  assert.deepEqual(types, ['INTEGER NOT NULL', 'FLOAT NOT NULL', 'FLOAT NOT NULL']);
});

test('JSON that is wrong is an error with its line', async () => {
  const deep = '{"a":' + '['.repeat(200) + ']'.repeat(200) + '}';
  const cases = [
    ['json', '', 1, /expected \]/],
    ['json', '{}', 1, /expected \[ of an array/],
    ['json', '[{}\n,', 2, /before its array/],
    ['json', '[{},]', 1, /expected an object/],
    ['json', '[1]', 1, /an object or \]/],
    ['json', '[{}]x', 1, /end of the text/],
    ['json', '[{}\n{}]', 2, /, or \]/],
    ['json', '[\n{"a":1,\n"a":2}]', 3, /twice/],
    ['json', '[{"a":01}]', 1, /, or \}/],
    ['json', '[{"a":9223372036854775808}]', 1, /64 bits/],
    ['json', '[{"a":1e400}]', 1, /64 bits/],
    ['json', '[{"a":"\n"}]', 1, /closing quote/],
    ['json', '[{"a":"\\x"}]', 1, /escape/],
    ['json', '[{"a":tru}]', 1, /a value/],
    ['json', '[{"a":[1}]', 1, /, or \]/],
    ['json', '[{"a":[1', 1, /in the middle of an object/],
    ['json', '[{"a":[1}}]', 1, /before its array|, or \]/],
    ['json', '[{"a":{"$type":"Date","_value":5}}]', 1, /Date/],
    ['json', '[{"a":{"$type":"Nothing","_value":"x"}}]', 1, /Nothing/],
    ['json', '[{"a":{"$type":"Date","_value":"x"}}]', 1, /x/],
    ['json', `[${deep}]`, 1, /deeper than 100/],
    ['jsonl', deep, 1, /deeper than 100/],
    ['jsonl', '{}\n{"a":\n1}', 2, /the line ends/],
    ['jsonl', '{} {}', 1, /end of the line/],
    ['jsonl', '{}\n[]', 2, /an object/],
    ['jsonl', '{"a":1', 1, /in the middle/],
  ];
  for (const [format, text, line, message] of cases) {
    const error = await failureOf(text, { format });
    assert.match(error.message, message, text);
    assert.deepEqual([error.code, error.sourceLine], ['INVALID_JSON', line], `${text} ${error.message}`);
  }
});

test('an error of the template has its place in the template', async () => {
  const error = await failureOf('a\n1\n', { template: 'CREATE (n)\nRETURN m' });
  assert.deepEqual([error.code, error.line, error.column, error.offset], ['UNDEFINED_VARIABLE', 2, 8, 18]);
  assert.match(error.message, /line 2, column 8/);
  const parameters = { add: 5 };
  const rows = await read('a:int\n1\n', { format: 'csv', template: 'RETURN {x: row.a + $add} AS row', parameters });
  assert.deepEqual(rows, [{ x: 6 }]);
  await assert.rejects(importRows(database, 'a\n', { format: 'csv', template: 'RETURN 1', parameters: { rows: 1 } }));
});

test('batches are transactions, and an error tells how far they came', async () => {
  const database = await createDatabase();
  const text = `n:int\n${Array.from({ length: 95 }, (_, i) => `${i}\n`).join('')}x\n`;
  const progress = [];
  const options = {
    format: 'csv', template: 'CREATE (:N {n: row.n})', batchRows: 10, onProgress: (p) => progress.push(p),
  };
  const error = await importRows(database, text, options).catch((reason) => reason);
  assert.deepEqual([error.code, error.rowsCommitted, error.rowsRead, error.sourceLine], ['INVALID_CSV', 90, 95, 97]);
  assert.equal((await count(database)), 90);
  assert.equal(progress.length, 9);
  assert.deepEqual(progress[8], { rowsRead: 90, rowsCommitted: 90, bytesRead: text.length, totalBytes: text.length });
  const result = await importRows(database, text.slice(0, -2), options);
  assert.deepEqual([result.rows, result.summary.nodesCreated, result.bytesRead], [95, 95, text.length - 2]);
  assert.equal((await count(database)), 185);
});

test('an import ends when its signal is aborted', async () => {
  const database = await createDatabase();
  const controller = new AbortController();
  let cancelled;
  const endless = new ReadableStream({
    pull: (stream) => stream.enqueue(encoder.encode('1\n'.repeat(1000))),
    cancel: (reason) => (cancelled = reason),
  });
  const options = {
    format: 'csv', header: ['n:int'], template: 'CREATE (:N {n: row.n})', signal: controller.signal,
    onProgress: ({ rowsCommitted }) => rowsCommitted >= 3000 && controller.abort('enough'),
  };
  const error = await importRows(database, endless, options).catch((reason) => reason);
  assert.deepEqual([error.code, error.cause, error.rowsCommitted], ['CANCELLED', 'enough', 3000]);
  assert.equal((await count(database)), 3000);
  assert.equal(cancelled.code, 'CANCELLED');
  // A source that never gives anything.
  for (const silent of [new ReadableStream(), chunksOfNothing()]) {
    const signal = AbortSignal.timeout(20);
    const error = await importRows(database, silent, { ...options, signal, onProgress: undefined }).catch((e) => e);
    assert.deepEqual([error.code, error.rowsCommitted], ['CANCELLED', 0]);
  }
  // A timer has its turn while a long text is imported.
  const long = 'n:int\n' + '1\n'.repeat(200_000);
  const late = { ...options, header: undefined, signal: AbortSignal.timeout(50), onProgress: undefined };
  const stopped = await importRows(database, long, late).catch((reason) => reason);
  assert.equal(stopped.code, 'CANCELLED');
  await database.close();
});

async function* chunksOfNothing() {
  await new Promise(() => undefined);
}

test('a source that fails ends the import', async () => {
  const boom = new Error('the wire was cut');
  async function* failing() {
    yield 'a\n1\n';
    throw boom;
  }
  const error = await failureOf(failing());
  assert.deepEqual([error.code, error.cause, error.rowsRead], ['IO_FAILED', boom, 1]);
  assert.match(error.message, /the wire was cut/);
  let returned = false;
  const left = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 'a:int\nx\n', done: false }), return: async () => { returned = true; return { done: true }; } }) };
  await failureOf(left);
  assert.ok(returned);
});

test('a source is read only as fast as its rows are imported', async () => {
  let pulled = 0;
  const source = new ReadableStream({
    pull(controller) {
      pulled++;
      controller.enqueue(encoder.encode('1\n'.repeat(100)));
      if (pulled === 50) {
        controller.close();
      }
    },
  });
  let most = 0;
  await importRows(database, source, {
    format: 'csv', header: ['n'], template: 'RETURN 1', batchRows: 100,
    onProgress: ({ rowsCommitted }) => (most = Math.max(most, pulled * 100 - rowsCommitted)),
  });
  assert.ok(most <= 300, String(most));
});

suite('nodes and relationships', () => {
  const people = 'personId:ID(Person),name,born:int,:LABEL\np1,Ada,1815,Person;Writer\np2,"",,Person\n';
  const films = ':ID(Film),title\nf1,Metropolis\n1,Alien\n';
  const liked = ':START_ID(Person),:END_ID(Film),stars:int,:TYPE\np1,f1,5,LIKED\np2,1,,SAW\n';

  test('are made as the header says', async () => {
    const database = await createDatabase();
    const ids = new NodeIds();
    await importNodes(database, people, { format: 'csv', ids });
    const made = await importNodes(database, films, { format: 'csv', labels: ['Film', 'a `b'], ids });
    assert.equal(made.summary.nodesCreated, 2);
    assert.deepEqual([ids.size, ids.find('p1', 'Person'), ids.find('p1')], [4, 0, undefined]);
    const result = await importRelationships(database, liked, { format: 'csv', ids });
    assert.equal(result.summary.relationshipsCreated, 2);
    const { rows } = await database.execute(
      'MATCH (a)-[r]->(b) RETURN a, type(r) AS type, properties(r) AS r, b ORDER BY type',
    );
    assert.deepEqual(rows.map(({ a, type, r, b }) => [a.labels, a.properties, type, r, b.labels, b.properties]), [
      [['Person', 'Writer'], { personId: 'p1', name: 'Ada', born: 1815 }, 'LIKED', { stars: 5 }, ['Film', 'a `b'], { title: 'Metropolis' }],
      [['Person'], { personId: 'p2', name: '' }, 'SAW', {}, ['Film', 'a `b'], { title: 'Alien' }],
    ]);
  });

  test('are found by a property', async () => {
    const database = await createDatabase();
    await importNodes(database, people, { format: 'csv' });
    await importNodes(database, 'k`x:ID{id-type:int}\n1\n2\n', { format: 'csv', labels: ['F ilm'] });
    const options = {
      format: 'csv', type: 'LIK`ED', start: { label: 'Person', key: 'personId' }, end: { label: 'F ilm', key: 'k`x' },
    };
    await importRelationships(database, ':START_ID,:END_ID{id-type:int}\np1,1\np2,1\n', options);
    const { rows } = await database.execute('MATCH (a)-[r]->(b) RETURN a.personId AS a, type(r) AS t, b.`k``x` AS b ORDER BY a');
    assert.deepEqual(rows, [{ a: 'p1', t: 'LIK`ED', b: 1 }, { a: 'p2', t: 'LIK`ED', b: 1 }]);
    const missing = ':START_ID,:END_ID{id-type:int}\np1,1\np1,3\n';
    const error = await importRelationships(database, missing, options).catch((e) => e);
    assert.match(error.message, /line 3, :END_ID: expected one node :F ilm whose k`x is "3", found none/);
    assert.deepEqual([error.rowsCommitted, (await count(database, '-[r]->()'))], [0, 2]);
    await database.execute('CREATE (:`F ilm` {`k``x`: 1})');
    const two = await importRelationships(database, ':START_ID,:END_ID{id-type:int}\np1,1\n', options).catch((e) => e);
    assert.match(two.message, /found 2/);
  });

  test('are merged by a key', async () => {
    const database = await createDatabase();
    const merge = { label: 'Person', key: 'personId' };
    await importNodes(database, people, { format: 'csv', merge });
    const again = await importNodes(database, 'personId,born:int,:LABEL\np2,1900,\np3,1950,Young\n', { format: 'csv', merge });
    assert.equal(again.summary.nodesCreated, 1);
    const { rows } = await database.execute('MATCH (p:Person) RETURN properties(p) AS p, labels(p) AS l ORDER BY p.personId');
    assert.deepEqual(rows, [
      { p: { personId: 'p1', name: 'Ada', born: 1815 }, l: ['Person', 'Writer'] },
      { p: { personId: 'p2', name: '', born: 1900 }, l: ['Person'] },
      { p: { personId: 'p3', born: 1950 }, l: ['Person', 'Young'] },
    ]);
    const error = await importNodes(database, 'personId\n""\n\n', { format: 'csv', merge }).catch((e) => e);
    assert.deepEqual([error.sourceLine, error.field], [3, 'personId']);
  });

  test('have names of any characters', async () => {
    for (const name of ['a`) DETACH DELETE n //', 'b\\u0060) DETACH DELETE n //', 'c\\', 'd\\n\n', '\\\\u005c`', 'ä 😀', "e'\""]) {
      const database = await createDatabase();
      const options = { format: 'csv', header: [name], typedHeaders: false };
      await importNodes(database, '1\n2\n1\n', { ...options, merge: { label: name, key: name } });
      const node = { label: name, key: name };
      const header = [':START_ID', ':END_ID'];
      await importRelationships(database, '1,2\n', { format: 'csv', header, type: name, start: node, end: node });
      const { rows } = await database.execute('MATCH (a)-[r]->(b) RETURN labels(a) AS l, properties(a) AS p, type(r) AS t, count(*) AS n');
      assert.deepEqual(rows, [{ l: [name], p: { [name]: '1' }, t: name, n: 1 }]);
      assert.equal((await exportNodes(database, { format: 'jsonl', label: name }).text()).split('\n').length, 3);
      assert.equal((await exportRelationships(database, { format: 'jsonl', type: name }).text()).split('\n').length, 2);
      await database.close();
    }
  });

  test('of JSON have the same names for their parts', async () => {
    const database = await createDatabase();
    const ids = new NodeIds();
    await importNodes(database, '{":ID":1,":LABEL":["A","B"],"x":1.0}\n{":ID":"2","a:b":{"$type":"Date","_value":"2020-01-01"}}', { format: 'jsonl', ids });
    await importRelationships(database, '[{":START_ID":"1",":END_ID":2,":TYPE":"T","w":5}]', { format: 'json', ids });
    const { rows } = await database.execute('MATCH (a)-[r]->(b) RETURN a, r.w AS w, b');
    assert.deepEqual(rows[0].a.labels, ['A', 'B']);
    assert.deepEqual(rows[0].b.properties, { 'a:b': new Temporal('date', '2020-01-01') });
    assert.equal(rows[0].w, 5);
  });

  test('that cannot be made are an error', async () => {
    const database = await createDatabase();
    const ids = new NodeIds();
    const nodes = (text, options) => importNodes(database, text, { format: 'csv', ...options });
    const relationships = (text, options) => importRelationships(database, text, { format: 'csv', ids, ...options });
    const cases = [
      [nodes('a:ID\n1\n1\n', { ids }), 3, /"1" is there twice/],
      [nodes('a:ID\n\n', { ids }), 2, /expected an ID/],
      [nodes('a\n1\n', { ids }), 2, /expected an :ID column/],
      [nodes('a:ID,:LABEL\n1,A;\n'), 2, /expected labels/],
      [nodes(':START_ID\n1\n'), 2, /no place/],
      [relationships(':START_ID,:END_ID\n1,1\n', { type: 'T' }), 2, /no node has the ID "1"/],
      [relationships(':START_ID,:END_ID\n1,1\n'), 2, /expected a type/],
      [relationships(':START_ID\n1\n', { type: 'T' }), 2, /no node|expected the ID/],
      [relationships('a,:LABEL\n1,2\n', { type: 'T' }), 2, /no place/],
    ];
    for (const [promise, line, message] of cases) {
      const error = await promise.catch((e) => e);
      assert.match(error.message, message);
      assert.equal(error.sourceLine, line);
    }
    assert.deepEqual([ids.size, (await count(database))], [0, 0]);
    await assert.rejects(relationships('a\n', { ids: undefined }), { code: 'INVALID_ARGUMENT' });
    await assert.rejects(relationships('a\n', { start: { label: 'A', key: 'k' } }), { code: 'INVALID_ARGUMENT' });
    await assert.rejects(nodes('a\n1\n', { labels: [''] }), { code: 'INVALID_ARGUMENT' });
  });
});

/** Random values of all types that a property can have, or with more of them, a column. */
function randomValue(dice, column) {
  const digits = () => dice.below(1_000_000);
  const two = (n, from = 0) => String(from + dice.below(n)).padStart(2, '0');
  const float = () => dice.pick([1, -0, 1e15, 0.1, -1e-300, 1e300, 1.5, 5e-324, NaN, Infinity, -Infinity, 123456.789]);
  const text = () =>
    Array.from({ length: dice.below(6) }, () =>
      dice.pick(['a', ',', '"', '\n', '\r\n', ';', 'ä', '😀', ' ', "'", '\\', '\ufeff', '[', '\u0000', '$type']),
    ).join('');
  const date = () => `${1900 + dice.below(200)}-${two(12, 1)}-${two(28, 1)}`;
  const time = () => `${two(24)}:${two(60)}:${two(60)}.${String(1 + dice.below(999)).padStart(3, '0')}`;
  const scalars = [
    text,
    () => digits() - 500_000,
    () => BigInt(digits()) * 7_000_000_000_000n + 2n ** 60n,
    float,
    () => dice.below(2) === 1,
    () => new Temporal('date', date()),
    () => new Temporal('localTime', `${time()}1`),
    () => new Temporal('time', `${time()}1+02:00`),
    () => new Temporal('localDateTime', `${date()}T${time()}1`),
    () => new Temporal('dateTime', `${date()}T${time()}1-05:00`),
    () => new Temporal('duration', `P${1 + dice.below(90)}DT${1 + dice.below(50)}.5S`),
    () => new Point('wgs-84', dice.below(180), dice.below(90) + 0.5),
    () => new Point('cartesian-3d', digits(), -digits(), 0.1),
    () => dice.pick([
      new Vector(Float32Array.of(0.1, digits())), new Vector(Int8Array.of(1, -128)),
      new Vector(BigInt64Array.of(2n ** 62n)), new Vector(Float64Array.of(1 / 3)),
    ]),
    () => Uint8Array.from({ length: dice.below(9) }, () => dice.below(256)),
  ];
  const kind = dice.below(scalars.length + 2);
  if (kind < scalars.length) {
    return scalars[kind]();
  }
  if (column && dice.below(2) === 0) {
    const depth = dice.below(3);
    return dice.pick([
      null,
      { [text() || 'k']: randomValue(dice, depth > 0), b: [] },
      { $type: 'Date', x: text() },
      [[1, 'a', null], {}],
      [],
    ]);
  }
  const element = scalars[dice.below(13)];
  return Array.from({ length: dice.below(4) }, element);
}

test('what is exported comes back as it was', async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const dice = random(seed);
    const rows = Array.from({ length: 1 + dice.below(30) }, () => {
      const row = {};
      for (const name of ['a', 'b b', 'c:int', '__proto__x', 'same']) {
        row[name] = dice.below(5) === 0 ? null : randomValue(dice, true);
      }
      row.same = 'x'.repeat(dice.below(3));
      return row;
    });
    const query = 'UNWIND $rows AS row RETURN row.a AS a, row.`b b` AS `b b`, row.`c:int` AS `c:int`, row.same AS same';
    const expected = (await database.execute(query, { rows })).rows;
    for (const options of [
      { format: 'csv', arrays: 'json' },
      { format: 'csv', arrays: 'json', delimiter: ';', quote: "'" },
      { format: 'json' },
      { format: 'jsonl' },
    ]) {
      const text = await exportRows(database, query, { rows }, options).text();
      const again = await read(pieces(encoder.encode(text), dice, 40), { ...options, batchRows: 7 });
      assert.deepEqual(again, expected, `seed ${seed} ${JSON.stringify(options)}\n${text}`);
    }
  }
});

test('a graph that is exported comes back as it was', async () => {
  for (let seed = 1; seed <= 15; seed++) {
    const dice = random(seed);
    const source = await createDatabase();
    const properties = () =>
      Object.fromEntries(['k', 'l m', 'n:int', 'o`'].filter(() => dice.below(3) > 0).map((key) => [key, randomValue(dice, false)]));
    const nodes = Array.from({ length: 20 }, () => ({
      labels: ['A', 'B `c', 'D'].filter(() => dice.below(2) === 1), p: properties(),
    }));
    const relationships = Array.from({ length: 30 }, () => ({
      s: dice.below(20), e: dice.below(20), t: dice.pick(['T', 'U `v']), p: properties(),
    }));
    await source.execute('UNWIND $nodes AS n CREATE (x:$(n.labels)) SET x = n.p', { nodes });
    await source.execute(
      'UNWIND $relationships AS r MATCH (a) WHERE id(a) = r.s MATCH (b) WHERE id(b) = r.e CREATE (a)-[x:$(r.t)]->(b) SET x = r.p',
      { relationships },
    );
    const all = 'MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, id(m) AS m ORDER BY id(n), id(r)';
    const types = 'MATCH (n) UNWIND keys(n) AS k RETURN id(n) AS n, k, valueType(n[k]) AS t ORDER BY n, k';
    for (const options of [{ format: 'csv', arrays: 'json' }, { format: 'json' }, { format: 'jsonl' }]) {
      const target = await createDatabase();
      const ids = new NodeIds();
      await importNodes(target, exportNodes(source, options).stream(), { ...options, ids, batchRows: 6 });
      await importRelationships(target, exportRelationships(source, options).stream(), { ...options, ids });
      assert.deepEqual((await target.execute(all)).rows, (await source.execute(all)).rows, `seed ${seed} ${options.format}`);
      assert.deepEqual((await target.execute(types)).rows, (await source.execute(types)).rows, `seed ${seed} ${options.format}`);
      await target.close();
    }
    await source.close();
  }
});

test('the header of an export tells its types', async () => {
  const lines = async (query, parameters, options) =>
    (await exportRows(database, query, parameters, { format: 'csv', ...options }).text()).split('\n');
  const query = 'UNWIND $rows AS r RETURN r.a AS a, r.b AS b, r.c AS c';
  const rows = [{ a: new Float(1), b: [1, 2], c: 'x,"' }, { a: 2.5, b: [], c: '' }, { a: null, b: null, c: null }];
  assert.deepEqual(await lines(query, { rows }), ['a:float,b:int[],c:string', '1.0,1;2,"x,"""', '2.5,"",""', ',,', '']);
  assert.deepEqual(await lines(query, { rows }, { typedHeaders: false, delimiter: '\t' }), ['a\tb\tc', '1.0\t1;2\t"x,"""', '2.5\t""\t""', '\t\t', '']);
  assert.deepEqual((await lines(query, { rows }, { types: { a: 'json' } }))[0], 'a:json,b:int[],c:string');
  assert.deepEqual(await lines(query, { rows: [] }), ['a:string,b:string,c:string', '']);
  assert.deepEqual(await lines('RETURN 1 AS x', {}, { header: false, types: { x: 'float' } }), ['1.0', '']);
  assert.deepEqual(await lines('UNWIND [] AS x RETURN x', {}, { types: { x: 'float' } }), ['x:float', '']);
  const refused = [
    ['RETURN 1 AS x', { types: { x: 'string' } }, /row 1, x: expected a value of the type string, found "1"/],
    ["RETURN ['a;b'] AS x", {}, /arrays: 'json'/],
    ["RETURN [''] AS x", {}, /arrays: 'json'/],
    ['UNWIND range(1, 2000) AS i RETURN CASE WHEN i < 1500 THEN 1 ELSE "a" END AS x', {}, /row 1500/],
    ['CREATE (:Gone) FINISH', {}, /no columns/],
    ['RETURN 1 AS x', { types: { x: 'ID' } }, /expected one of a property/],
  ];
  for (const [query, options, message] of refused) {
    await assert.rejects(exportRows(database, query, {}, { format: 'csv', ...options }).text(), { code: 'INVALID_ARGUMENT', message });
  }
  const half = exportRows(database, 'RETURN $x AS x', { x: 'a\ud800' }, { format: 'csv' });
  await assert.rejects(half.text(), /surrogate/);
  assert.deepEqual(await read(await exportRows(database, 'RETURN $x AS x', { x: 'a\ud800' }, { format: 'json' }).blob(), { format: 'json' }), [{ x: 'a\ud800' }]);
});

test('an export has several forms and is taken once', async () => {
  const make = () => exportRows(database, 'UNWIND range(1, 3) AS x RETURN x', {}, { format: 'json' });
  const text = '[\n{"x":1},\n{"x":2},\n{"x":3}\n]\n';
  assert.equal(await make().text(), text);
  assert.equal(await (await make().blob()).text(), text);
  assert.equal(await new Response(make().stream()).text(), text);
  const { readable, writable } = new TransformStream();
  const [, piped] = await Promise.all([make().pipeTo(writable), new Response(readable).text()]);
  assert.equal(piped, text);
  const once = make();
  await once.text();
  await assert.rejects(once.text(), { code: 'INVALID_USE' });
  const empty = exportRows(database, 'UNWIND [] AS x RETURN x', {}, { format: 'json' });
  assert.equal(await empty.text(), '[]\n');
  await assert.rejects(exportRows(database, 'RETURN', {}, { format: 'json' }).text(), { code: 'UNEXPECTED_SYNTAX' });
  assert.throws(() => exportRows(database, 'RETURN 1', {}, { format: 'xml' }), { code: 'INVALID_ARGUMENT' });
});

test('the rows of an export are made when they are read', async () => {
  let [given, closed] = [0, 0];
  const endless = {
    columns: ['x'],
    close: async () => void closed++,
    async *[Symbol.asyncIterator]() {
      for (;;) {
        given++;
        yield { x: 'some text' };
      }
    },
  };
  const reader = exportRows({ stream: async () => endless }, '', {}, { format: 'jsonl' }).stream().getReader();
  assert.equal(given, 0);
  await reader.read();
  const first = given;
  assert.ok(first < 10_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(given, first);
  await reader.cancel();
  assert.equal(closed, 1);
  const controller = new AbortController();
  const onProgress = ({ rows }) => rows > 10_000 && controller.abort();
  const options = { format: 'jsonl', signal: controller.signal, onProgress };
  await assert.rejects(exportRows({ stream: async () => endless }, '', {}, options).text(), { code: 'CANCELLED' });
  assert.equal(closed, 2);
});

test('an atomic import is one transaction or none', async () => {
  const database = await createDatabase();
  const ids = new NodeIds();
  const options = { format: 'csv', ids, atomic: true, batchRows: 2 };
  await assert.rejects(importNodes({ execute: database.execute.bind(database) }, 'a:ID\n1\n', options), {
    code: 'INVALID_ARGUMENT',
  });
  const bad = await importNodes(database, 'a:ID,n:int\n1,1\n2,2\n3,3\n4,x\n', options).catch((e) => e);
  assert.deepEqual([bad.rowsCommitted, bad.sourceLine, ids.size, await count(database)], [0, 5, 0, 0]);
  const date = await importNodes(database, 'a:ID,n:date\n1,2020-01-01\n2,x\n', options).catch((e) => e);
  assert.deepEqual([date.rowsCommitted, date.sourceLine, date.field, ids.size], [0, 3, 'n', 0]);
  const controller = new AbortController();
  const stop = { ...options, signal: controller.signal, onProgress: () => controller.abort() };
  const stopped = await importNodes(database, 'a:ID\n1\n2\n3\n', stop).catch((e) => e);
  assert.deepEqual([stopped.code, stopped.rowsCommitted, ids.size, await count(database)], ['CANCELLED', 0, 0, 0]);
  const good = await importNodes(database, 'a:ID,n:int\n1,1\n2,2\n3,3\n', options);
  assert.deepEqual([good.rows, ids.size, await count(database)], [3, 3, 3]);
});

test('rows can be imported in a transaction of its caller', async () => {
  const database = await createDatabase();
  const options = { format: 'csv', template: 'CREATE (:N {n: row.n})', batchRows: 1 };
  await assert.rejects(
    database.transaction(async (tx) => {
      await importRows(tx, 'n\n1\n2\n', options);
      throw new Error('no');
    }),
    /no/,
  );
  assert.equal(await count(database), 0);
  await database.transaction((tx) => importRows(tx, 'n\n1\n2\n', options));
  assert.equal(await count(database), 2);
});

test('random bytes are an import or an error', async () => {
  const parts = ['{', '}', '[', ']', '"', ',', ':', '\n', '\r', '\\', 'a', '1', '-', '.', 'e', 'null', 'true', ';', '{"a":1}', 'a:int', ':ID', '{"$type":"Date","_value":"x"}', '😀', ' '];
  for (let seed = 1; seed <= 1500; seed++) {
    const dice = random(seed);
    const text = Array.from({ length: dice.below(30) }, () => dice.pick(parts)).join('');
    const bytes = encoder.encode(text);
    if (seed % 3 === 0) {
      bytes.forEach((_, i) => dice.below(8) === 0 && (bytes[i] = dice.below(256)));
    }
    for (const format of ['csv', 'json', 'jsonl']) {
      try {
        await importRows(database, pieces(bytes, dice, 6), { format, template: 'RETURN row', maxRowChars: 50 });
      } catch (error) {
        assert.ok(error instanceof ImportError, `seed ${seed} ${format}: ${error.stack}`);
        assert.notEqual(error.code, 'IO_FAILED', `seed ${seed} ${format}: ${error.cause?.stack}`);
      }
    }
  }
});

test('100,000 rows go in and out in bounded memory', async () => {
  const database = await createDatabase();
  async function* source(line) {
    for (let i = 0; i < 100_000; i += 50) {
      yield Array.from({ length: 50 }, (_, j) => line(i + j)).join('');
    }
  }
  const started = performance.now();
  const ids = new NodeIds();
  await importNodes(database, source((i) => (i === 0 ? ':ID,name,n:int,x:float\n' : '') + `${i},"name ${i}",${i},${i}.5\n`), {
    format: 'csv', labels: ['N'], ids,
  });
  const imported = performance.now();
  await importRelationships(database, source((i) => `{":START_ID":${i},":END_ID":${(i * 7) % 100_000},"w":${i}}\n`), {
    format: 'jsonl', type: 'T', ids,
  });
  const related = performance.now();
  assert.deepEqual([(await count(database)), (await count(database, '-[r]->()'))], [100_000, 100_000]);
  let bytes = 0;
  for (const format of ['csv', 'json']) {
    for await (const piece of exportNodes(database, { format }).stream()) {
      assert.ok(piece.length < 200_000);
      bytes += piece.length;
    }
  }
  const exported = performance.now();
  const seconds = [imported - started, related - imported, exported - related].map((ms) => `${(ms / 1000).toFixed(1)} s`);
  console.log(`100,000 nodes ${seconds[0]}, relationships ${seconds[1]}, 2 exports of ${bytes} bytes ${seconds[2]}`);
  await database.close();
});

test('a float is a parameter of its own', async () => {
  const { rows } = await database.execute('RETURN valueType($x) AS x, [valueType($y[0])] AS y, toString($z) AS z', {
    x: new Float(1), y: [new Float(-0)], z: new Float(3),
  });
  assert.deepEqual(rows, [{ x: 'FLOAT NOT NULL', y: ['FLOAT NOT NULL'], z: '3.0' }]);
  assert.throws(() => new Float('1'), TypeError);
  assert.equal(new Float(1) + 1, 2);
});
