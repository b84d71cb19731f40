import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createDatabase, isBytes, isPoint, isVector, Point, Temporal, Vector } from 'weftdb';

let database;
before(async () => (database = await createDatabase()));

async function roundTrip(value) {
  const { rows } = await database.execute('RETURN $value AS value', { value });
  return rows[0].value;
}

test('values come back as they went in', async () => {
  for (const value of [
    null,
    true,
    false,
    0,
    1,
    -1,
    63,
    64,
    -64,
    -65,
    2 ** 31,
    -(2 ** 31),
    2 ** 48,
    2 ** 49,
    2 ** 50,
    2 ** 51 - 1,
    2 ** 51,
    -(2 ** 51),
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    0.5,
    -1.25e-300,
    1e300,
    NaN,
    Infinity,
    -Infinity,
    '',
    'text',
    'ä',
    '€',
    '😀',
    '\ufeffa byte order mark stays',
    'a text that is longer than the short ones: äöü €uro 😀, and the end of it',
    'long enough for the platform to encode it: äöü €uro 😀 '.repeat(50),
    '\0',
    [],
    [1, 'two', null, [3.5]],
    {},
    { a: 1, b: { c: [true] }, 'with space': '' },
  ]) {
    assert.deepEqual(await roundTrip(value), value, String(value));
  }
});

test('surrogates without a partner survive', async () => {
  for (const text of ['\ud800', '\udc00', 'a\ud83dz', '\ude00\ud83d', 'x'.repeat(50) + '\ud800', 'ä😀'.repeat(200) + '\ud800']) {
    assert.equal(await roundTrip(text), text);
  }
});

test('columns of texts are what they were, beyond ASCII, with halves of pairs, nulls and long ones', async () => {
  const texts = [
    ['ä', '', null, 'x', '😀', 'é\u0000'],
    // What stands side by side must not become a pair.
    ['\ud83d', '\ude00', null, '\ud83d', 'a', '\ude00\ud83d'],
    [null, null],
    ['x'.repeat(9000) + '\ud800' + 'ŧ😀'.repeat(5000), 'y'],
    Array.from({ length: 2000 }, (_, i) => (i % 7 === 0 ? null : `${'ä€😀'[i % 3]}${i}`)),
    Array.from({ length: 1200 }, (_, i) => `${i} `.repeat(100)),
  ];
  for (const given of texts) {
    const { rows } = await database.execute('UNWIND $given AS t RETURN t', { given });
    assert.deepEqual(rows.map(({ t }) => t), given);
  }
});

test('names whose bytes look like those of others are kept apart', async () => {
  const names = ['é', 'Ã©', '\u00c3', 'Aa', 'BB', 'AaAa', 'AaBB', 'BBAa', 'BBBB', 'n'.repeat(40)];
  for (let again = 0; again < 2; again++) {
    for (const name of names) {
      const { rows } = await database.execute(`RETURN {\`${name}\`: 1} AS map`);
      assert.deepEqual(rows, [{ map: { [name]: 1 } }]);
    }
  }
});

test('a parameter that runs a query while it is read is written whole', async () => {
  let inner;
  const parameters = {
    first: 'one',
    get second() {
      inner = database.execute('RETURN $x AS x', { x: 'within' });
      return 'two';
    },
  };
  const { rows } = await database.execute('RETURN $first AS first, $second AS second', parameters);
  assert.deepEqual(rows, [{ first: 'one', second: 'two' }]);
  assert.deepEqual((await inner).rows, [{ x: 'within' }]);
});

test('integers are numbers when safe and bigints when not', async () => {
  const cases = [
    [2n ** 53n - 1n, 9007199254740991],
    [2n ** 53n, 2n ** 53n],
    [-(2n ** 53n) + 1n, -9007199254740991],
    [-(2n ** 53n), -(2n ** 53n)],
    [2n ** 63n - 1n, 2n ** 63n - 1n],
    [-(2n ** 63n), -(2n ** 63n)],
    [0n, 0],
    [5n, 5],
  ];
  for (const [given, expected] of cases) {
    assert.equal(await roundTrip(given), expected);
    assert.deepEqual(await roundTrip([given]), [expected]);
    const { rows } = await database.execute('UNWIND $list AS i RETURN i + 0 AS i', {
      list: [given, null],
    });
    assert.deepEqual(rows, [{ i: expected }, { i: null }]);
  }
});

test('a safe integral number is an integer and every other number a float', async () => {
  const { rows } = await database.execute(
    'RETURN $integer / 2 AS integer, $float / 2 AS float, toString($large) AS large',
    { integer: 7, float: 7.5, large: 1e300 },
  );
  assert.deepEqual(rows, [{ integer: 3, float: 3.75, large: '1.0E300' }]);
});

test('temporal values come as their text and go back as parameters', async () => {
  const database = await createDatabase();
  const texts = {
    date: '-0044-03-15',
    localTime: '21:40:32.142',
    time: '21:40:32.000000001-01:30',
    localDateTime: '+12015-07-21T21:40',
    dateTime: '2015-07-21T21:40+02:00[Europe/Stockholm]',
    duration: 'P1Y2M-3DT4H5.006S',
  };
  const values = Object.entries(texts).map(([kind, text]) => new Temporal(kind, text));
  const query = 'CREATE (n:T {d: $values[0]}) RETURN $values AS list, $values[4] AS one, n';
  const { rows } = await database.execute(query, { values });
  assert.deepEqual(rows[0].list, values);
  assert.ok(rows[0].one instanceof Temporal);
  assert.equal(String(rows[0].one), texts.dateTime);
  assert.deepEqual(rows[0].n.properties.d, values[0]);
  assert.equal(JSON.stringify(rows[0].one), JSON.stringify(texts.dateTime));
  const refused = [
    new Temporal('date', '2015-02-29'),
    new Temporal('dateTime', '2015-07-21T21:40[Europe/Stockholm]'),
    new Temporal('century', '2015'),
  ];
  for (const value of refused) {
    await assert.rejects(database.execute('RETURN $value', { value }), { name: 'WeftError' });
  }
  await database.close();
});

test('zones of the host are known in any year and unknown ones are refused', async () => {
  const database = await createDatabase({ now: () => 1_500_000_000_000 });
  const { rows } = await database.execute(
    `RETURN datetime({timezone: 'America/St_Johns'}).offset AS now,
            datetime('+300000-07-01T00:00[Europe/Stockholm]').offset AS late,
            datetime('-300000-07-01T00:00[UTC]').offset AS early,
            datetime('2017-10-29T02:30[Europe/Stockholm]').offset AS twice`,
  );
  assert.deepEqual(rows[0], { now: '-02:30', late: '+02:00', early: 'Z', twice: '+02:00' });
  await assert.rejects(database.execute("RETURN datetime('2017-10-29T02:30[Europe/Atlantis]')"), {
    code: 'INVALID_ARGUMENT_VALUE',
  });
  await database.close();
});

test('a bigint that does not fit into 64 bits is refused', async () => {
  for (const big of [2n ** 63n, -(2n ** 63n) - 1n, 10n ** 30n]) {
    await assert.rejects(database.execute('RETURN $big', { big: [big] }), {
      code: 'NUMBER_OUT_OF_RANGE',
      message: /parameter \$big/,
    });
  }
});

test('a parameter of an unsupported type is refused by its name', async () => {
  class Point {}
  const cases = {
    undefined: undefined,
    symbol: Symbol('s'),
    function: () => 1,
    date: new Date(0),
    map: new Map(),
    floats: new Float32Array(2),
    clamped: new Uint8ClampedArray(2),
    buffer: new ArrayBuffer(2),
    instance: new Point(),
  };
  for (const [name, value] of Object.entries(cases)) {
    for (const parameter of [value, [value], { inside: value }]) {
      await assert.rejects(database.execute('RETURN 1', { [name]: parameter }), {
        code: 'INVALID_ARGUMENT',
        message: new RegExp(`parameter \\$${name}`),
      });
    }
  }
  for (const parameters of [null, [], 'text', 5, new Map()]) {
    await assert.rejects(database.execute('RETURN 1', parameters), { code: 'INVALID_ARGUMENT' });
  }
});

test('a parameter that contains itself is refused', async () => {
  const circle = [];
  circle.push(circle);
  await assert.rejects(database.execute('RETURN $circle', { circle }), {
    code: 'VALUE_TOO_LARGE',
    message: /parameter \$circle/,
  });
});

test('a parameter nested as deep as allowed is accepted', async () => {
  let nested = [];
  for (let depth = 1; depth < 100; depth++) {
    nested = [nested];
  }
  assert.deepEqual(await roundTrip(nested), nested);
});

test('names that objects treat in their own way are ordinary columns and keys', async () => {
  const { columns, rows } = await database.execute(
    'RETURN 1 AS `__proto__`, {`__proto__`: 2, constructor: 3} AS toString',
  );
  assert.deepEqual(columns, ['__proto__', 'toString']);
  assert.deepEqual(Object.keys(rows[0]), ['__proto__', 'toString']);
  assert.deepEqual(Object.entries(rows[0].toString), [
    ['__proto__', 2],
    ['constructor', 3],
  ]);
  assert.equal(Object.getPrototypeOf(rows[0]), Object.prototype);
});

test('typed columns keep their nulls over many batches', async () => {
  const { rows } = await database.execute(
    `UNWIND range(0, 4999) AS i
     RETURN i, CASE WHEN i % 3 = 0 THEN null ELSE i END AS integer,
       CASE WHEN i % 5 = 0 THEN null ELSE i / 2.0 END AS float,
       CASE WHEN i % 7 = 0 THEN null ELSE i % 2 = 0 END AS truth,
       CASE WHEN i % 11 = 0 THEN null ELSE toString(i) END AS text`,
  );
  assert.equal(rows.length, 5000);
  rows.forEach((row, i) =>
    assert.deepEqual(row, {
      i,
      integer: i % 3 === 0 ? null : i,
      float: i % 5 === 0 ? null : i / 2,
      truth: i % 7 === 0 ? null : i % 2 === 0,
      text: i % 11 === 0 ? null : String(i),
    }),
  );
});

test('points go in and come back', async () => {
  const points = [
    new Point('cartesian', 1, -2.5),
    new Point('cartesian-3d', 1, 2, 3),
    new Point('wgs-84', 13.4, 52.5),
    new Point('wgs-84-3d', 13.4, 52.5, 34),
  ];
  const { rows } = await database.execute(
    'RETURN $points AS points, [p IN $points | p.srid] AS srids, toString($points[1]) AS text',
    { points },
  );
  assert.deepEqual(rows[0].points, points);
  assert.ok(rows[0].points.every((point) => isPoint(point)));
  assert.deepEqual(
    rows[0].srids,
    points.map((point) => point.srid),
  );
  assert.equal(rows[0].text, points[1].toString());
  assert.equal(isPoint({ x: 1, y: 2 }), false);
});

test('points and vectors have the text that Cypher gives them', async () => {
  const bits = new DataView(new ArrayBuffer(8));
  let state = 1n;
  const floats = [0, -0, 1, 1e-3, 9.99e-4, 9999999, 1e7, 1e21, 1.5e-5, 0.1, 1 / 3, 5e-324];
  const singles = [0.1, 1e10, 1e-5, 3.4028234663852886e38, 1.401298464324817e-45, 16777216];
  for (let i = 0; i < 300; i++) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    bits.setBigUint64(0, state ^ (state >> 29n));
    floats.push(bits.getFloat64(0));
    singles.push(bits.getFloat32(4));
  }
  const values = [
    ...floats.filter(Number.isFinite).map((x) => new Point('cartesian', x, 1)),
    new Vector(Float64Array.from(floats.filter(Number.isFinite))),
    new Vector(Float32Array.from(singles.filter(Number.isFinite))),
    new Vector(BigInt64Array.of(-(2n ** 63n))),
  ];
  const { rows } = await database.execute(
    'UNWIND $values AS value RETURN toString(value) AS text, value',
    { values },
  );
  for (const { text, value } of rows) {
    assert.equal(value.toString(), text);
  }
});

test('what is no point is refused', async () => {
  assert.throws(() => new Point('mercator', 1, 2), TypeError);
  assert.throws(() => new Point('cartesian', 1, 2, 3), TypeError);
  assert.throws(() => new Point('wgs-84-3d', 1, 2), TypeError);
  for (const point of [new Point('cartesian', NaN, 1), new Point('cartesian', 1, '2')]) {
    await assert.rejects(database.execute('RETURN $point AS p', { point }), {
      code: 'INVALID_ARGUMENT',
    });
  }
  await assert.rejects(
    database.execute('RETURN $point AS p', { point: new Point('wgs-84', 0, 91) }),
    { code: 'INVALID_ARGUMENT', message: /parameter \$point: a point with the latitude 91/ },
  );
});

test('vectors go in and come back', async () => {
  const vectors = [
    new Vector(Int8Array.of(-128, 0, 127)),
    new Vector(Int16Array.of(-32768, 32767)),
    new Vector(Int32Array.of(-(2 ** 31), 2 ** 31 - 1)),
    new Vector(BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n)),
    new Vector(Float32Array.of(0.1, -1.5, 3.4028234663852886e38)),
    new Vector(Float64Array.of(0.1, 5e-324, -1.7976931348623157e308)),
    new Vector(new Float32Array(4096)),
    new Vector(new Float32Array([9, 1.5, 2.5]).subarray(1)),
  ];
  const { rows } = await database.execute(
    `CREATE (n:Vectors {all: $vectors, one: $vectors[4]})
     RETURN $vectors AS vectors, n, [v IN $vectors | valueType(v)] AS types, toString($vectors[4]) AS text`,
    { vectors },
  );
  assert.deepEqual(rows[0].vectors, vectors);
  assert.ok(rows[0].vectors.every((vector) => isVector(vector)));
  assert.deepEqual(rows[0].n.properties, { all: vectors, one: vectors[4] });
  assert.deepEqual(
    rows[0].types,
    vectors.map((v) => `VECTOR<${v.coordinateType} NOT NULL>(${v.dimension}) NOT NULL`),
  );
  assert.equal(rows[0].text, 'vector([0.1, -1.5, 3.4028235E38], 3, FLOAT32)');
  assert.equal(
    String(new Vector(Float32Array.of(0.1, -1.5, 2))),
    'vector([0.1, -1.5, 2.0], 3, FLOAT32)',
  );
  assert.equal(JSON.stringify(vectors[1]), '[-32768,32767]');
  assert.equal(JSON.stringify(vectors[3]), '["-9223372036854775808","9223372036854775807"]');
  const again = await database.execute('RETURN vector.dimension($v) AS d, $v AS v', {
    v: rows[0].vectors[6],
  });
  assert.deepEqual(again.rows, [{ d: 4096, v: vectors[6] }]);
  assert.equal(isVector([1, 2]), false);
});

test('what is no vector is refused', async () => {
  assert.throws(() => new Vector([1, 2]), TypeError);
  assert.throws(() => new Vector(new Uint8Array(2)), TypeError);
  assert.throws(() => new Vector(new Float32Array(0)), RangeError);
  assert.throws(() => new Vector(new Float32Array(4097)), RangeError);
  for (const coordinate of [NaN, Infinity]) {
    await assert.rejects(
      database.execute('RETURN $v AS v', { v: new Vector(Float64Array.of(1, coordinate)) }),
      { code: 'INVALID_ARGUMENT', message: /parameter \$v/ },
    );
  }
});

test('byte strings are Uint8Arrays', async () => {
  const bytes = Uint8Array.of(0, 255, 127, 128);
  const { rows } = await database.execute(
    'CREATE (n:Bytes {b: $b}) RETURN $b AS b, [$b, $empty] AS list, n, size($part) AS size',
    { b: bytes, empty: new Uint8Array(0), part: Buffer.from('grün') },
  );
  assert.deepEqual(rows[0].b, bytes);
  assert.deepEqual(rows[0].list, [bytes, new Uint8Array(0)]);
  assert.deepEqual(rows[0].n.properties.b, bytes);
  assert.equal(rows[0].size, 5);
  assert.ok(isBytes(rows[0].b));
  assert.equal(isBytes([1]), false);
  const large = new Uint8Array(300_000).map((_, i) => i * 7);
  const back = await database.execute('RETURN $large AS large', { large });
  assert.deepEqual(back.rows[0].large, large);
  // A result is a copy of its own.
  rows[0].n.properties.b[0] = 9;
  const unchanged = await database.execute('MATCH (n:Bytes) RETURN n.b AS b');
  assert.deepEqual(unchanged.rows[0].b, bytes);
});
