// Runs the rows of the specification on an open database. Knows nothing about a peer but its adapter.
import { answerText, checksum, touch } from './answers.mjs';
import { batches, writeRows } from './data.mjs';
import { bySize, dataOf, median } from './spec.mjs';

const WARM_UP_MILLIS = 2000;
const MOST_WARM_UPS = 9;

const now = () => performance.now();

/** The processor time of all threads so far. */
function cpuMillis() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Times of samples, each for one of several queries or rows. */
class Samples {
  samples = [];
  cpuSamples = [];

  get length() {
    return this.samples.length;
  }

  async take(count, work) {
    const cpu = cpuMillis();
    const start = now();
    await work();
    this.samples.push((now() - start) / count);
    this.cpuSamples.push((cpuMillis() - cpu) / count);
  }

  figures() {
    const { samples, cpuSamples } = this;
    return { ms: median(samples), cpuMs: median(cpuSamples), samples, cpuSamples };
  }
}

function cypherOf(workload, database) {
  return workload.dialect?.[database.dialect] ?? workload.cypher;
}

function writeCypherOf(workload, database) {
  const cypher = cypherOf(workload, database);
  return database.writeCypher ? database.writeCypher(cypher) : cypher;
}

/** A peer that answers at once is not made to wait for a promise. */
async function call(database, cypher, parameters) {
  const rows = database.execute(cypher, parameters);
  return rows instanceof Promise ? await rows : rows;
}

/** Fills a database step by step; only the calls of the database are timed. */
export async function load(database, spec, size, tell, data = dataOf(size)) {
  const all = { rows: 0, ms: 0, cpuMs: 0 };
  for (const step of spec.load) {
    tell({ started: step.id, limitSeconds: bySize(spec.rules.limit_s, size) * 10 });
    const cypher = writeCypherOf(step, database);
    const loaded = { rows: 0, ms: 0, cpuMs: 0 };
    for (const rows of batches(data + step.file, step, spec)) {
      const cpu = cpuMillis();
      const start = now();
      await call(database, cypher, { rows });
      loaded.ms += now() - start;
      loaded.cpuMs += cpuMillis() - cpu;
      loaded.rows += rows.length;
    }
    tell({ row: step.id, ...loaded });
    for (const key in all) {
      all[key] += loaded[key];
    }
  }
  tell({ row: 'load_total', ...all });
}

/** The first sample of a row that reads, untimed: what its checksum is made of. */
export async function readAnswers(database, workload, size, parameters) {
  const list = parameters[workload.params];
  const answers = [];
  for (let i = 0; i < bySize(workload.per_sample, size); i++) {
    answers.push(await call(database, cypherOf(workload, database), list[i % list.length]));
  }
  return answers;
}

/** Measures a row that reads. `ms` is the median of the samples for one query, `cpuMs` its processor time. */
export async function measureRead(database, workload, { spec, size, parameters }) {
  const cypher = cypherOf(workload, database);
  const list = parameters[workload.params];
  const count = bySize(workload.per_sample, size);

  let start = now();
  let answers = [];
  for (let i = 0; i < count; i++) {
    const rows = await call(database, cypher, list[i % list.length]);
    touch(rows);
    answers.push(rows);
  }
  const firstMillis = now() - start;
  const sum = checksum(answers.map((rows) => answerText(rows, workload)));
  const rows = answers.reduce((total, answer) => total + answer.length, 0);
  answers = null;

  async function sample(from) {
    for (let i = 0; i < count; i++) {
      touch(await call(database, cypher, list[(from + i) % list.length]));
    }
  }
  start = now();
  for (let i = 0; i < MOST_WARM_UPS && now() - start + firstMillis < WARM_UP_MILLIS; i++) {
    await sample(0);
  }
  const samples = new Samples();
  const budgetMillis = spec.rules.budget_s * 1000;
  const begin = now();
  for (let i = 0; i < workload.samples && (i === 0 || now() - begin < budgetMillis); i++) {
    await samples.take(count, () => sample(i * count));
  }
  return { ...samples.figures(), firstMs: firstMillis / count, checksums: [sum], rows };
}

/** Measures a row that writes; each sample is checked. `ms` is the median, for one written row. */
export async function measureWrite(database, workload, { spec, size, persons }) {
  const cypher = writeCypherOf(workload, database);
  const index = spec.workloads.findIndex(({ id }) => id === workload.id);
  const samples = new Samples();
  const checksums = [];
  const budgetMillis = spec.rules.budget_s * 2000;
  const begin = now();
  for (let i = 0; i < workload.samples && (i === 0 || now() - begin < budgetMillis); i++) {
    const { rows, low, high } = writeRows(workload, { size, sample: i, persons, index });
    const calls = workload.batch ? inBatches(rows, workload.batch) : rows;
    await samples.take(rows.length, async () => {
      for (const parameters of calls) {
        await call(database, cypher, parameters);
      }
    });
    const answer = await call(database, workload.check, { lo: low, hi: high });
    checksums.push(checksum([answerText(answer)]));
  }
  return { ...samples.figures(), checksums };
}

function inBatches(rows, length) {
  const result = [];
  for (let from = 0; from < rows.length; from += length) {
    result.push({ rows: rows.slice(from, from + length) });
  }
  return result;
}
