// The rows that go into a database: from the tables of a data set, and for the rows that write.
import { closeSync, openSync, readSync } from 'node:fs';
import { bySize } from './spec.mjs';

const CHUNK_BYTES = 1 << 20;

/** The step's table in lists of the step's batch size; never holds more than a chunk and a batch. */
export function* batches(path, step, spec) {
  const columns = columnsOf(step.file, spec);
  const separator = spec.separator ?? ',';
  let header = null;
  let rows = [];
  for (const line of lines(path)) {
    const cells = line.split(separator);
    if (header === null) {
      header = cells.map((name) => ({ name, isText: columns[name] === 'string' }));
      continue;
    }
    const row = {};
    for (let i = 0; i < header.length; i++) {
      row[header[i].name] = header[i].isText ? cells[i] : Number(cells[i]);
    }
    rows.push(row);
    if (rows.length === step.batch) {
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) {
    yield rows;
  }
}

/** The types of a table's columns, by the specification's schema. What is not there is an integer. */
export function columnsOf(file, { schema }) {
  const name = file.replace(/\.[a-z]+$/, '').replaceAll('_', '').toLowerCase();
  const named = ([label]) => label.replaceAll('_', '').toLowerCase() === name;
  const node = Object.entries(schema.nodes).find(named);
  if (node !== undefined) {
    return node[1].columns;
  }
  const [, type] = Object.entries(schema.rels).find(named);
  const keyType = (label) => schema.nodes[label].columns[schema.nodes[label].key];
  return { ...type.columns, src: keyType(type.from), dst: keyType(type.to) };
}

function* lines(path) {
  const file = openSync(path, 'r');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  // The tables are ASCII.
  let rest = '';
  for (let length; (length = readSync(file, chunk, 0, chunk.length, null)) > 0; ) {
    const complete = (rest + chunk.toString('latin1', 0, length)).split('\n');
    rest = complete.pop();
    yield* complete;
  }
  closeSync(file);
}

/** What a row that writes is given in one of its samples, and the range of ids that it touches. */
export function writeRows(workload, { size, sample, persons, index }) {
  const count = bySize(workload.per_sample, size);
  const rows = [];
  let low;
  if (workload.gen.startsWith('items')) {
    low = 1_000_000 * (index + 1) + sample * 100_000;
    for (let id = low; id < low + count; id++) {
      rows.push({ id, name: `item${id}`, v: (id % 1000) + 0.5 });
    }
  } else if (workload.gen.startsWith('persons')) {
    low = (sample * count) % persons;
    for (let i = 0; i < count; i++) {
      const id = low + ((i * 7919) % count);
      rows.push({ id, v: ((id * 31 + sample) % 1000) + 0.5 });
    }
  } else {
    low = sample * count;
    for (let id = low; id < low + count; id++) {
      rows.push({ id });
    }
  }
  return { rows, low, high: low + count };
}
