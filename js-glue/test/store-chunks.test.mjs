import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChunkWriter } from '../dist/stores/chunks.js';
import { pattern, randomNumbers } from './shared/store-model.mjs';

/** Does what a writer says with records in memory; returns the bytes written. */
function perform(records, { puts, deletes }, limits) {
  let written = 0;
  for (const offset of deletes.flat()) {
    assert.ok(records.delete(offset), `the record at ${offset} is deleted and was not there`);
  }
  for (const { offset, bytes } of puts) {
    assert.ok(bytes.length > 0 && bytes.length <= limits.maxBytes);
    records.set(offset, bytes);
    written += bytes.length;
  }
  return written;
}

function contentOf(records) {
  const parts = [];
  let length = 0;
  for (const [offset, record] of [...records].sort(([a], [b]) => a - b)) {
    assert.equal(offset, length, 'the records lie one behind the other');
    parts.push(record);
    length += record.length;
  }
  return Buffer.concat(parts);
}

test('the records of random appends are always the whole file', () => {
  const limits = { maxBytes: 1000, settledBytes: 400 };
  for (let seed = 1; seed <= 20; seed++) {
    const next = randomNumbers(seed);
    const records = new Map();
    const writer = new ChunkWriter(limits);
    const expected = [];
    for (let step = 0; step < 150; step++) {
      const appends = next(5) === 0 ? next(60) : 1;
      for (let i = 0; i < appends; i++) {
        const bytes = pattern(next(20) === 0 ? next(3000) : next(seed % 2 === 0 ? 6 : 60), next(1e9));
        expected.push(bytes.slice());
        writer.append(bytes);
      }
      if (next(40) === 0) {
        writer.settle();
      }
      perform(records, writer.take(), limits);
      const same = Buffer.compare(contentOf(records), Buffer.concat(expected)) === 0;
      assert.ok(same, `seed ${seed}, step ${step}`);
    }
  }
});

test('a log of many small commits has few records, and its bytes are written a few times', () => {
  const limits = { maxBytes: 1 << 20, settledBytes: 64 << 10 };
  const records = new Map();
  const writer = new ChunkWriter(limits);
  let written = 0;
  let most = 0;
  const commits = 20_000;
  for (let i = 0; i < commits; i++) {
    writer.append(new Uint8Array(60));
    written += perform(records, writer.take(), limits);
    most = Math.max(most, records.size);
  }
  assert.ok(most < 70, `${most} records`);
  assert.ok(written < 4 * 60 * commits, `${written / (60 * commits)} times`);
});
