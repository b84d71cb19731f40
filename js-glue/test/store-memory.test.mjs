import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryFiles, memoryStore } from '../dist/stores/memory.js';
import { storeCases, written } from './shared/store-contract.mjs';

for (const { name, run } of storeCases()) {
  test(`in memory: ${name}`, async () => {
    const files = new MemoryFiles();
    await run({ store: () => memoryStore(files) });
  });
}

test('the files in memory can be looked at', async () => {
  const files = new MemoryFiles();
  const store = memoryStore(files);
  await store.open();
  await store.apply(written('a', new Uint8Array([1, 2])));
  assert.deepEqual(files.toMap(), new Map([['a', new Uint8Array([1, 2])]]));
});
