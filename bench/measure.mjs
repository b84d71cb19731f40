// The WebAssembly half of org.weftdb.bench.Measure: node bench/measure.mjs <WordNet snapshot>
// (a Node from 22 on, after the packages are built). Times are medians after a warm-up.
import { readFile, stat } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const dist = new URL('../js-glue/dist/', import.meta.url);
const RUNS = 7;
const NODES = 1_000_000;
const WRITES = 10_000;

function print(what, value) {
  const text = value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  console.log(what.padEnd(72) + text.padStart(17));
}

async function medianMillis(work) {
  const millis = [];
  for (let run = -2; run < RUNS; run++) {
    const start = performance.now();
    await work();
    if (run >= 0) millis.push(performance.now() - start);
  }
  return millis.sort((a, b) => a - b)[RUNS >> 1];
}

const [snapshot] = process.argv.slice(2);
if (snapshot === undefined) {
  console.error('usage: node bench/measure.mjs <WordNet snapshot>');
  process.exit(2);
}

const start = performance.now();
const { createDatabase } = await import(new URL('node.js', dist).href);
const db = await createDatabase();
await db.execute('RETURN 1');
print('process: import, compile, first query, ms', performance.now() - start);

const wasm = await readFile(new URL('weft.wasm', dist));
print('weft.wasm, bytes', wasm.length);
print('weft.wasm, gzip', gzipSync(wasm, { level: 9 }).length);
print('weft.wasm, brotli', brotliCompressSync(wasm).length);

const number = async (query) => Object.values((await db.execute(query)).rows[0])[0];

const bytes = await readFile(snapshot);
print('WordNet load, ms', await medianMillis(() => db.loadSnapshotFromBytes(bytes)));
print('WordNet save, ms', await medianMillis(() => db.saveSnapshotToBytes()));
let rows = 0;
const expand = await medianMillis(async () => {
  rows = await number('MATCH (a)-->(b)-->(c) RETURN count(c.id)');
});
print('WordNet 2-step expand, rows', rows);
print('WordNet 2-step expand, million rows/s', rows / expand / 1e3);
const gloss = await medianMillis(() =>
  number("MATCH (s:Synset) WHERE s.pos = 'n' RETURN count(s)"),
);
print('WordNet scan with string filter, million rows/s', 117_791 / gloss / 1e3);
await db.close();

async function filled(nodes) {
  const database = await createDatabase();
  await database.execute('CREATE INDEX item_id FOR (n:Item) ON (n.id)');
  await database.execute('UNWIND range(0, $last) AS i CREATE (:Item {id: i, v: i % 1000})', {
    last: nodes - 1,
  });
  return database;
}

const large = await filled(NODES);
const count = async (query) => large.execute(query);
print(
  'label scan with property filter, million rows/s',
  NODES / (await medianMillis(() => count('MATCH (n:Item) WHERE n.v < 500 RETURN count(n)'))) / 1e3,
);
const places = await createDatabase();
await places.execute(
  `UNWIND range(1, $places) AS i WITH i, i * 0.6180339887 AS u, i * 0.7548776662 AS v
   CREATE (:Place {p: point({longitude: 360 * (u - toInteger(u)) - 180,
                             latitude: 180 * (v - toInteger(v)) - 90})})`,
  { places: 200_000 },
);
const circles = () =>
  places.execute(
    `UNWIND range(0, 9) AS i WITH point({longitude: 30 * i - 140, latitude: 10 * i - 40}) AS c
     MATCH (n:Place) WHERE point.distance(n.p, c) < 100000 RETURN count(n) AS count`,
  );
print('points in 10 circles of 100 km among 200,000', (await circles()).rows[0].count);
print('the same by a scan, ms', await medianMillis(circles));
const indexed = await medianMillis(async () => {
  await places.execute('DROP INDEX place IF EXISTS');
  await places.execute('CREATE POINT INDEX place FOR (n:Place) ON (n.p)');
});
print('the same by a POINT index, ms', await medianMillis(circles));
print('POINT index of 200,000 points, ms to create', indexed);
await places.close();

const small = await filled(10_000);
let next = 10_000_000;
for (const [name, query] of [
  ['CREATE a node', 'CREATE (:Item {id: $id, v: 1})'],
  ['SET a property', 'MATCH (n:Item {id: $old}) SET n.v = $id'],
  [
    'CREATE a relationship',
    'MATCH (a:Item {id: $old}), (b:Item {id: $other}) CREATE (a)-[:R]->(b)',
  ],
]) {
  const sizes = [
    ['10 thousand', small, []],
    ['1 million', large, []],
  ];
  // In turn, so that neither size has the warmer code.
  for (let run = 0; run < RUNS; run++) {
    for (const [, database, micros] of sizes) {
      const start = performance.now();
      for (let i = 0; i < WRITES; i++) {
        const id = next++;
        await database.execute(query, { id, old: id % 9973, other: id % 9967 });
      }
      micros.push(((performance.now() - start) * 1e3) / WRITES);
    }
  }
  for (const [size, , micros] of sizes) {
    print(`${name} at ${size} nodes, µs`, micros.sort((a, b) => a - b)[RUNS >> 1]);
  }
}
await large.execute(
  'MATCH (a:Item) WITH a, (a.id * 7919 + 13) % 1000000 AS other ' +
    'MATCH (b:Item {id: other}) CREATE (a)-[:NEXT]->(b)',
);
const nextQuery = 'MATCH (a:Item)-[:NEXT]->(b)-[:NEXT]->(c) RETURN count(c.id)';
print(
  '2-step expand over all nodes, million rows/s',
  NODES / (await medianMillis(() => count(nextQuery))) / 1e3,
);
print('memory of the process, MB', process.memoryUsage().rss / 1e6);
print('snapshot file, bytes', (await stat(snapshot)).size);
