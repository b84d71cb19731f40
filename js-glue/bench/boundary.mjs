// What crossing between JavaScript and the module costs:  node bench/boundary.mjs [snapshot]
// (a Node from 22 on, after  npm run build ). Each line: the best and the median of what was measured.
// A snapshot, such as the demo's WordNet, adds its loading, its saving and the memory that it takes.
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const RUNS = 25;
const [snapshot] = process.argv.slice(2);

function print(what, unit, ...values) {
  const texts = values.map((value) => value.toFixed(value < 100 ? 2 : 0).padStart(11));
  console.log(`${what.padEnd(62)}${unit.padEnd(6)}${texts.join('')}`);
}

/** Milliseconds of a run, the best and the median; what was prepared for a run is not counted. */
async function measure(work, { runs = RUNS, prepare = () => undefined } = {}) {
  const millis = [];
  for (let run = -5; run < runs; run++) {
    const prepared = await prepare();
    const start = performance.now();
    await work(prepared);
    if (run >= 0) {
      millis.push(performance.now() - start);
    }
  }
  millis.sort((a, b) => a - b);
  return [millis[0], millis[runs >> 1]];
}

const start = performance.now();
const { createDatabase } = await import(new URL('node.js', dist).href);
const imported = performance.now();
const database = await createDatabase();
const opened = performance.now();
await database.execute('RETURN 1');
const answered = performance.now();
print('import', 'ms', imported - start);
print('compile and start the module', 'ms', opened - imported);
print('first query', 'ms', answered - opened);
print('import to first result', 'ms', answered - start);

const wasm = await readFile(new URL('weft.wasm', dist));
print('weft.wasm, raw', 'KB', wasm.length / 1e3);
print('weft.wasm, gzip', 'KB', gzipSync(wasm, { level: 9 }).length / 1e3);
print('weft.wasm, brotli', 'KB', brotliCompressSync(wasm).length / 1e3);

const ROWS = 'UNWIND range(1, 100000) AS i';
for (const [what, columns] of [
  ['an integer, a float, a boolean', 'i AS a, i * 0.5 AS b, i % 2 = 0 AS c'],
  ['an integer, a float, a text', "i AS a, i * 0.5 AS b, 'name ' + i AS c"],
  ['an integer, a float, a text beyond ASCII', "i AS a, i * 0.5 AS b, 'näme ŧ ' + i AS c"],
]) {
  const all = await measure(() => database.execute(`${ROWS} RETURN ${columns}`));
  const counted = await measure(() =>
    database.execute(`${ROWS} WITH ${columns} RETURN count(a), count(b), count(c)`),
  );
  print(`100,000 rows of ${what}, with the query`, 'ms', ...all);
  print('  the query alone, its values counted', 'ms', ...counted);
}

const maps = Array.from({ length: 10_000 }, (_, i) => ({ id: i, name: `name ${i}`, x: i / 2 }));
print(
  '10,000 maps of 3 entries as a parameter',
  'ms',
  ...(await measure(() => database.execute('RETURN size($maps) AS size', { maps }))),
);

const POINTS = 2000;
const POINT = 'MATCH (n:Item {id: $id}) RETURN n.v AS v';
const perQuery = (times) => times.map((millis) => (millis * 1e3) / POINTS);
for (const [where, options] of [
  ['', {}],
  [', through a worker', { worker: true }],
]) {
  const items = await createDatabase(options);
  const repeated = (query) => async () => {
    for (let i = 0; i < POINTS; i++) {
      await items.execute(query, { id: i });
    }
  };
  await items.execute('CREATE INDEX item_id FOR (n:Item) ON (n.id)');
  await items.execute("UNWIND range(0, 9999) AS i CREATE (:Item {id: i, v: i, name: 'name ' + i})");
  print(`RETURN 1 AS one${where}`, 'µs', ...perQuery(await measure(repeated('RETURN 1 AS one'))));
  print(`a node by an indexed property${where}`, 'µs', ...perQuery(await measure(repeated(POINT))));
  print(
    `10,000 whole nodes of 3 properties${where}`,
    'ms',
    ...(await measure(() => items.execute('MATCH (n:Item) RETURN n'))),
  );
  print(
    `100,000 rows with a text${where}, with the query`,
    'ms',
    ...(await measure(() => items.execute(`${ROWS} RETURN i AS a, i * 0.5 AS b, 'name ' + i AS c`))),
  );
  await items.close();
}
await database.close();

// Only the copying: what a snapshot means is read from there and written to there.
const { Instance } = await import(new URL('boundary/instance.js', dist).href);
const { start: starting } = Instance;
let instance;
Instance.start = async (...given) => (instance = await starting.apply(Instance, given));
const copied = await createDatabase();
await copied.execute("UNWIND range(1, 500000) AS i CREATE (:N {i: i, t: 'text ' + i})");
const saved = await copied.saveSnapshotToBytes();
const perSecond = (times) => times.map((millis) => saved.length / 1e6 / millis);
const prepare = () => void instance.call('saveSnapshot');
const memory = () => instance.call('beginIn', saved.length);
print('new memory for a snapshot to be copied into', 'GB/s', ...perSecond(await measure(memory)));
print(
  `${(saved.length / 1e6).toFixed(0)} MB of a snapshot copied in, with that`,
  'GB/s',
  ...perSecond(await measure(() => instance.carryIn(saved))),
);
print(
  '  the same copied out',
  'GB/s',
  ...perSecond(await measure(() => instance.carryOut(saved.length), { prepare })),
);
await copied.close();

if (snapshot !== undefined) {
  const bytes = await readFile(snapshot);
  const megabytes = () => {
    globalThis.gc?.();
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
    return [rss, heapUsed, external, arrayBuffers].map((size) => size / 1e6);
  };
  const large = await createDatabase();
  print('memory: process, heap, external, buffers', 'MB', ...megabytes());
  await large.loadSnapshotFromBytes(bytes);
  print('the same with the snapshot loaded', 'MB', ...megabytes());
  const runs = 7;
  print('load the snapshot', 'ms', ...(await measure(() => large.loadSnapshotFromBytes(bytes), { runs })));
  print('save a snapshot', 'ms', ...(await measure(() => large.saveSnapshotToBytes(), { runs })));
  print('memory after these', 'MB', ...megabytes());
  await large.close();
}
