import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createDatabase, WeftError } from 'weftdb';
import { ENDLESS_RECURSION, trappingModule, UNREACHABLE } from './trapping-module.mjs';

const wasmUrl = new URL('../dist/weft.wasm', import.meta.url);

for (const [what, body] of [
  ['a trap', UNREACHABLE],
  ['a stack overflow', ENDLESS_RECURSION],
]) {
  test(`${what} makes the database unusable and says so`, async () => {
    const database = await createDatabase({ wasm: trappingModule(body) });
    await assert.rejects(database.execute('RETURN 1'), (error) => {
      assert.ok(error instanceof WeftError);
      assert.equal(error.code, 'INSTANCE_FAILED');
      assert.equal(error.number, 9003);
      assert.match(error.message, /RuntimeError|RangeError/);
      return true;
    });
    assert.equal(database.closed, true);
    await assert.rejects(database.execute('RETURN 1'), {
      code: 'INSTANCE_FAILED',
      message: /make or open it again with createDatabase/,
    });
    await assert.rejects(database.stats(), { code: 'INSTANCE_FAILED' });
    await database.close();

    const another = await createDatabase();
    assert.deepEqual((await another.execute('RETURN 1 AS one')).rows, [{ one: 1 }]);
  });
}

test('a module of another version of the boundary is refused', async () => {
  await assert.rejects(createDatabase({ wasm: trappingModule(UNREACHABLE, 42) }), {
    code: 'MODULE_NOT_LOADED',
    message: /another version of the package \(boundary 42\)/,
  });
});

test('the module may be given as bytes, as a compiled module, as a response and as a URL', async () => {
  const bytes = await readFile(wasmUrl);
  const headers = { 'content-type': 'application/wasm' };
  const sources = {
    bytes,
    arrayBuffer: new Uint8Array(bytes).buffer,
    module: await WebAssembly.compile(bytes),
    response: new Response(bytes, { headers }),
    responseOfUnknownType: new Response(bytes),
    promise: Promise.resolve(bytes),
    url: new URL(`data:application/wasm;base64,${bytes.toString('base64')}`),
  };
  for (const [name, wasm] of Object.entries(sources)) {
    const database = await createDatabase({ wasm });
    assert.deepEqual((await database.execute('RETURN 1 AS one')).rows, [{ one: 1 }], name);
    await database.close();
  }
});

test('a module that cannot be had is an error that says why', async () => {
  const page = new Response('<html>', { headers: { 'content-type': 'text/html' } });
  for (const [wasm, message] of [
    [new Response('', { status: 404 }), /404/],
    [page, /a page of HTML/],
    [new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]), /magic/],
  ]) {
    await assert.rejects(createDatabase({ wasm }), { code: 'MODULE_NOT_LOADED', message });
  }
});

test('databases do not see each other', async () => {
  const first = await createDatabase();
  const second = await createDatabase();
  await first.execute('CREATE (:A), (:B)');
  assert.equal((await first.stats()).nodeCount, 2);
  assert.equal((await second.stats()).nodeCount, 0);
});

test('the same seed and clock give the same results', async () => {
  const options = { seed: 7n, now: () => 1_700_000_000_123 };
  const query = 'RETURN rand() AS random, timestamp() AS now';
  const rows = async (database) => (await database.execute(query)).rows;
  const first = await rows(await createDatabase(options));
  assert.deepEqual(await rows(await createDatabase(options)), first);
  assert.equal(first[0].now, 1_700_000_000_123);
  assert.notDeepEqual(await rows(await createDatabase({ ...options, seed: 8 })), first);
});
