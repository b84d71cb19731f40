// What everybody who opens a page with WeftDB waits for stays within its budget.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

// What is reached and a hundredth; the aim of 400,000 is not.
const MOST_BYTES = 530_000;

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** The code of an entry and of all that it imports at once. */
function codeOf(entry) {
  const seen = new Map();
  const visit = (file) => {
    if (!seen.has(file)) {
      const source = readFileSync(file, 'utf8');
      seen.set(file, source);
      for (const [, specifier] of source.matchAll(/\b(?:from|import)\s*"(\.[^"]+)"/g)) {
        visit(join(dirname(file), specifier));
      }
    }
  };
  visit(join(dist, entry));
  return Buffer.from([...seen.values()].join(''));
}

test('weft.wasm and what loads it stay within their size', () => {
  const module = gzipped(readFileSync(join(dist, 'weft.wasm')));
  const loader = gzipped(codeOf('index.js'));
  console.log(`weft.wasm ${module}, loader ${loader} bytes with gzip`);
  assert.ok(module + loader <= MOST_BYTES, `${module} + ${loader} > ${MOST_BYTES}`);
});
