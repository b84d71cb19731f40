// Temporal values, and what errors suggest.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { createDatabase, isNode, isPoint, isTemporal, Point, Temporal, WeftError } from 'weftdb';
import { OWN_CODES } from '../dist/errors.js';
import { HINTED_CODES, hintOf } from '../dist/hints.js';

let database;
before(async () => (database = await createDatabase()));

async function through(value) {
  return (await database.execute('RETURN $value AS value', { value })).rows[0].value;
}

test('temporal values are made of texts, dates and parts', async () => {
  const moment = new Date('2020-02-29T12:34:56.789Z');
  const cases = [
    [Temporal.date('2020-02-29'), 'date', '2020-02-29'],
    [Temporal.date(moment), 'date', '2020-02-29'],
    [Temporal.localTime(moment), 'localTime', '12:34:56.789'],
    [Temporal.time(moment), 'time', '12:34:56.789Z'],
    [Temporal.localDateTime(moment), 'localDateTime', '2020-02-29T12:34:56.789'],
    [Temporal.dateTime(moment), 'dateTime', '2020-02-29T12:34:56.789Z'],
    [Temporal.dateTime('2020-02-29T12:00+01:00'), 'dateTime', '2020-02-29T12:00+01:00'],
    [Temporal.date(new Date(-62198755200000)), 'date', '-0001-01-01'],
    [Temporal.date(new Date(253402300800000)), 'date', '+10000-01-01'],
    [Temporal.date(new Date(-62167219200001)), 'date', '-0001-12-31'],
    [Temporal.duration('P1Y'), 'duration', 'P1Y'],
    [Temporal.duration({ days: 14, hours: 16 }), 'duration', 'P14DT16H'],
    [Temporal.duration({ years: 1, months: -3, weeks: 2, minutes: -1, nanoseconds: -1 }), 'duration', 'P9M14DT-1M-0.000000001S'],
    [Temporal.duration({ seconds: 1, nanoseconds: -2 }), 'duration', 'PT0.999999998S'],
    [Temporal.duration({}), 'duration', 'PT0S'],
  ];
  for (const [value, kind, text] of cases) {
    assert.deepEqual(await through(value), new Temporal(kind, text));
  }
  for (const wrong of [
    () => Temporal.date(new Date(NaN)),
    () => Temporal.time(5),
    () => Temporal.duration({ days: 1.5 }),
    () => Temporal.duration({ day: 1 }),
  ]) {
    assert.throws(wrong, TypeError);
  }
});

/** Numbers that depend on nothing but a seed. */
function random(seed) {
  let state = BigInt(seed) * 0x9e3779b97f4a7c15n + 1n;
  return (n) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 33n) % n;
  };
}

test('components are those of Cypher', async () => {
  const below = random(1);
  const values = [];
  for (let i = 0; i < 300; i++) {
    const [date, time] = [
      { year: below(20_000) - 5000, month: 1 + below(12), day: 1 + below(28) },
      { hour: below(24), minute: below(60), second: below(3) * 10, nanosecond: [0, 5, 120_000_000, below(1e9)][below(4)] },
    ];
    const timezone = ['Z', '+01:00', '-00:30', '+18:00', 'Europe/Stockholm', 'America/New_York'][below(6)];
    const fixed = timezone.includes('/') ? '+05:45' : timezone;
    values.push({ date, time, timezone, fixed });
  }
  const { rows } = await database.execute(
    `UNWIND $values AS v
     RETURN date(v.date) AS date, localtime(v.time) AS localTime, time({hour: v.time.hour, minute: v.time.minute,
         second: v.time.second, nanosecond: v.time.nanosecond, timezone: v.fixed}) AS time,
       localdatetime({date: date(v.date), time: localtime(v.time)}) AS localDateTime,
       datetime({date: date(v.date), time: localtime(v.time), timezone: v.timezone}) AS dateTime,
       duration({months: v.date.year, days: v.date.day - 14, seconds: v.time.second - 10, nanoseconds: v.time.nanosecond - 500000000}) AS duration`,
    { values },
  );
  const names = {
    date: ['year', 'month', 'day'],
    localTime: ['hour', 'minute', 'second', 'millisecond', 'nanosecond'],
    time: ['hour', 'minute', 'second', 'millisecond', 'nanosecond', 'offset', 'offsetSeconds', 'timezone'],
    localDateTime: ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'nanosecond'],
    dateTime: ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'nanosecond', 'offset', 'offsetSeconds', 'timezone'],
    duration: ['months', 'days', 'seconds', 'nanosecondsOfSecond'],
  };
  for (const [kind, components] of Object.entries(names)) {
    const list = rows.map((row) => row[kind]);
    const query = `UNWIND $list AS v RETURN ${components.map((name) => `v.${name} AS ${name}`).join(', ')}`;
    const expected = (await database.execute(query, { list })).rows;
    list.forEach((value, i) => {
      assert.ok(isTemporal(value) && isTemporal(value, kind));
      const seen = Object.fromEntries(components.map((name) => [name, value[name]]));
      assert.deepEqual(seen, expected[i], value.text);
    });
  }
  const moments = rows.map((row) => row.dateTime);
  const millis = await database.execute('UNWIND $moments AS m RETURN m.epochMillis AS millis', { moments });
  moments.forEach((moment, i) => assert.equal(moment.toDate().getTime(), millis.rows[i].millis, moment.text));
  for (const kind of ['date', 'localTime', 'localDateTime']) {
    const list = rows.map((row) => row[kind]);
    const sorted = (await database.execute('UNWIND $list AS v RETURN v ORDER BY v', { list })).rows;
    assert.deepEqual(list.toSorted(Temporal.compare), sorted.map(({ v }) => v));
  }
});

test('components that there are not', () => {
  assert.equal(Temporal.date('2020-01-01').hour, undefined);
  assert.equal(Temporal.duration('P1D').year, undefined);
  assert.equal(Temporal.duration('PT9007199254740993S').seconds, 9007199254740993n);
  for (const [kind, text] of [['date', '2020W01'], ['time', '12:00'], ['duration', 'P'], ['duration', 'PT'], ['dateTime', 'x'], ['localDateTime', '2020-01-01'], ['date', '2020-01-01T00:00'], ['century', '20']]) {
    assert.throws(() => new Temporal(kind, text).year, RangeError, text);
  }
  assert.throws(() => Temporal.duration('P1D').toDate(), TypeError);
  assert.throws(() => Temporal.localTime('12:00').toDate(), TypeError);
  assert.throws(() => Temporal.date('+300000-01-01').toDate(), RangeError);
  assert.throws(() => Temporal.compare(Temporal.date('2020-01-01'), Temporal.time('12:00Z')), TypeError);
  assert.throws(() => Temporal.compare(Temporal.duration('P1D'), Temporal.duration('P1D')), TypeError);
  assert.ok(Temporal.compare(Temporal.time('12:00+01:00'), Temporal.time('11:30Z')) < 0);
  assert.equal(Temporal.date('2020-02-29').toDate().toISOString(), '2020-02-29T00:00:00.000Z');
});

test('guards tell values apart', () => {
  const date = Temporal.date('2020-01-01');
  assert.deepEqual([isTemporal(date), isTemporal(date, 'date'), isTemporal(date, 'time'), isTemporal('2020-01-01')], [true, true, false, false]);
  assert.equal(isTemporal(new Temporal('century', '20')), false);
  assert.equal(isNode(new Temporal('node', 'x')), false);
  assert.ok(isPoint(new Point('cartesian', 1, 2)));
});

test('every code has a hint or says that it has none', async () => {
  const document = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const codes = [...document.matchAll(/^\| \d{4} \| `(\w+)`/gm)].map(([, code]) => code);
  assert.ok(codes.length > 80);
  const all = new Set([...codes, ...Object.keys(OWN_CODES)]);
  assert.deepEqual([...HINTED_CODES].sort(), [...all].sort());
  for (const code of all) {
    assert.match(hintOf(code) ?? 'None.', /^[A-Z].*\.$/, code);
  }
  const error = await database.execute('RETURN $x').catch((reason) => reason);
  assert.ok(error instanceof WeftError);
  assert.equal(error.hint, 'Give the parameter in the second argument of the call.');
  const syntax = await database.execute('RETURN').catch((reason) => reason);
  assert.equal(syntax.hint, undefined);
});
