// bench/peers, as far as it needs no packages: every machine measures the same graph, and plain loops and
// WeftDB give the answers that all databases have to give. Nothing is timed.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import rawJs from '../../bench/peers/adapters/raw-js.mjs';
import weftdb from '../../bench/peers/adapters/weftdb-wasm.mjs';
import { answersOf } from '../../bench/peers/answers.mjs';
import { generate } from '../../bench/peers/generate.mjs';
import { readJson, root, specOf } from '../../bench/peers/lib/spec.mjs';

const HASHES = {
  'comment.csv': '7b16ab5b8b19e35c',
  'comment_by.csv': '9a70838ab1567558',
  'knows.csv': '86c91f31190fcea0',
  'params.json': 'a5324ee43a084e9e',
  'person.csv': '924eac50795773ae',
  'post.csv': '0e095cd65b9e09fc',
  'post_by.csv': 'cf8b36a9aacf70c5',
  'reply_of.csv': '570df25a0e319639',
};

let directory;
let manifest;

before(() => {
  directory = mkdtempSync(join(tmpdir(), 'bench-peers-'));
  manifest = generate('S', directory);
});

after(() => rmSync(directory, { recursive: true, force: true }));

test('the graph has the bytes that it has everywhere', () => {
  const hashes = Object.fromEntries(
    Object.entries(manifest.files).map(([name, { sha256 }]) => [name, sha256]),
  );
  assert.deepEqual(hashes, HASHES);
  assert.equal(manifest.nodes, 4_000);
  assert.equal(manifest.edges, 23_647);
});

test('a size that is not there is refused', () => {
  assert.throws(() => generate('XL', directory), /there is no size XL; the sizes are S, M, L/);
});

for (const adapter of [rawJs, weftdb]) {
  test(`${adapter.name}: the answers are those of answers.json`, async () => {
    const answers = await answersOf('S', adapter, `${directory}/`);
    assert.deepEqual(answers, readJson(`${root}answers.json`).S);
  });
}

test('every row has an aim, and every aim a row', () => {
  const spec = specOf('M');
  const rows = [...spec.load, ...spec.workloads].map(({ id }) => id);
  const others = ['load_total', 'cold_start', 'memory', 'snapshot_save', 'snapshot_load'];
  const aims = readJson(`${root}aims.json`).flatMap((aim) => aim.rows);
  assert.deepEqual(aims.sort(), [...rows, ...others].sort());
});
