// One peer on one size in a process of its own:
//   node --expose-gc lib/process.mjs <peer> <size> <options as JSON>
// Prints a line of JSON when a row begins and one when it is measured.
import { load, measureRead, measureWrite } from './measure.mjs';
import { dataOf, median, readJson, root, specOf } from './spec.mjs';

const OPEN_LIMIT_SECONDS = 300;
const BULK_LIMIT_SECONDS = 1800;
const SNAPSHOT_LIMIT_SECONDS = 300;
const CLOSE_LIMIT_SECONDS = 30;
const SNAPSHOTS = { S: 7, M: 7, L: 3, wordnet: 3 };

const [peer, size, optionText] = process.argv.slice(2);
const { skip, only, isReload, bulk } = JSON.parse(optionText);
const spec = specOf(size);
const parameters = readJson(`${dataOf(size)}params.json`);
const manifest = readJson(`${dataOf(size)}manifest.json`);
const elements = manifest.nodes + manifest.edges;

const tell = (event) => process.stdout.write(`@${JSON.stringify(event)}\n`);
const isWanted = (row) => !skip.includes(row) && (!only || only.includes(row));
const firstLine = (error) => String(error?.message ?? error).slice(0, 300);

function memory() {
  globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  return { rssMb: rss / 1e6, heapMb: heapUsed / 1e6 };
}

const before = memory();
tell({ started: 'open', limitSeconds: OPEN_LIMIT_SECONDS });
let adapter;
let database;
try {
  const start = performance.now();
  adapter = (await import(`../adapters/${peer}.mjs`)).default;
  database = await adapter.open({ schema: spec.schema, spec });
  tell({ row: 'open', ms: performance.now() - start, version: adapter.version });
} catch (error) {
  tell({ row: 'open', error: firstLine(error) });
  process.exit(3);
}

if (isReload) {
  // The process before was ended by a limit; the quickest way to go on.
  tell({ started: 'reload', limitSeconds: BULK_LIMIT_SECONDS });
  if (database.bulkLoad) {
    await database.bulkLoad(dataOf(size), spec);
  } else {
    await load(database, spec, size, () => {});
  }
} else {
  if (bulk && database.bulkLoad) {
    await measured('bulk_load', BULK_LIMIT_SECONDS, async () => {
      const start = performance.now();
      await database.bulkLoad(dataOf(size), spec);
      return { rows: elements, ms: performance.now() - start };
    });
  } else {
    await load(database, spec, size, tell);
  }
  const after = memory();
  tell({
    row: 'memory',
    rssMb: after.rssMb - before.rssMb,
    heapMb: after.heapMb - before.heapMb,
    bytesPerElement: ((after.rssMb - before.rssMb) * 1e6) / elements,
  });
  for (const form of Object.keys(database.snapshotOptions ?? {})) {
    if (isWanted(`snapshot_${form}`)) {
      await measured(`snapshot_${form}`, SNAPSHOT_LIMIT_SECONDS, () => snapshots(form));
    }
  }
}

for (const workload of spec.workloads.filter(({ id }) => isWanted(id))) {
  const options = { spec, size, parameters, persons: manifest.persons };
  const measure = workload.kind === 'read' ? measureRead : measureWrite;
  await measured(workload.id, spec.rules.limit_s[size], () => measure(database, workload, options));
}
tell({ started: 'close', limitSeconds: CLOSE_LIMIT_SECONDS });
await database.close();
process.exit(0);

async function measured(row, limitSeconds, work) {
  tell({ started: row, limitSeconds });
  try {
    tell({ row, ...(await work()) });
  } catch (error) {
    tell({ row, error: firstLine(error) });
  }
}

/** Saves the graph and loads it into an empty database. */
async function snapshots(form) {
  const saves = [];
  const loads = [];
  let bytes;
  for (let i = 0; i < SNAPSHOTS[size]; i++) {
    let start = performance.now();
    bytes = await database.saveSnapshot(database.snapshotOptions[form]);
    saves.push(performance.now() - start);
    const copy = await adapter.open({ spec });
    start = performance.now();
    await copy.loadSnapshot(bytes);
    loads.push(performance.now() - start);
    const [row] = await copy.execute('MATCH ()-[r]->() RETURN count(r) AS n', {});
    if (Number(row.n) !== manifest.edges) {
      throw new Error(`the snapshot has ${row.n} relationships instead of ${manifest.edges}`);
    }
    await copy.close();
  }
  const saveMs = median(saves);
  const loadMs = median(loads);
  return { ms: saveMs + loadMs, saveMs, loadMs, bytes: bytes.length };
}
