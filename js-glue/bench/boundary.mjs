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
  console.log(`${what.padEnd(58)}${unit.padEnd(6)}${texts.join('')}`);
}

/** Milliseconds of a run, the best and the median. */
async function measure(work, runs = RUNS) {
  const millis = [];
  for (let run = -5; run < runs; run++) {
    const start = performance.now();
    await work();
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

await database.execute('CREATE INDEX item_id FOR (n:Item) ON (n.id)');
await database.execute('UNWIND range(0, 9999) AS i CREATE (:Item {id: i, v: i})');
const POINTS = 5000;
const perQuery = (times) => times.map((millis) => (millis * 1e3) / POINTS);
const repeated = (query) => async () => {
  for (let i = 0; i < POINTS; i++) {
    await database.execute(query, { id: i });
  }
};
print('RETURN 1 AS one', 'µs', ...perQuery(await measure(repeated('RETURN 1 AS one'))));
print(
  'a node by an indexed property',
  'µs',
  ...perQuery(await measure(repeated('MATCH (n:Item {id: $id}) RETURN n.v AS v'))),
);
await database.close();

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
  print('load the snapshot', 'ms', ...(await measure(() => large.loadSnapshotFromBytes(bytes), 7)));
  print('save a snapshot', 'ms', ...(await measure(() => large.saveSnapshotToBytes(), 7)));
  print('memory after these', 'MB', ...megabytes());
  await large.close();
}
