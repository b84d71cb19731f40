import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createDatabase } from '../dist/node.js';
import { rejection } from './shared/typed.mjs';

/** The bytes of a probe that this engine is to find invalid. */
const holds = (opcode) => (bytes) => bytes.includes(opcode);

suite('an engine that lacks what the module needs', () => {
  const STRUCT = 0x5f;
  const TRY_TABLE = 0x1f;

  for (const [missing, isRefused, said] of [
    ['garbage collection', holds(STRUCT), /garbage collection \(WasmGC\), which is missing here/],
    ['exception references', holds(TRY_TABLE), /\(try_table and exnref\), which is missing here/],
  ]) {
    test(`is told that it lacks ${missing}, and who has it`, async (t) => {
      const { validate } = WebAssembly;
      t.mock.method(WebAssembly, 'validate', (bytes) => !isRefused(bytes) && validate(bytes));
      // A source of its own, since a module that is compiled already needs no support.
      const error = await rejection(createDatabase({ wasm: new Uint8Array(8) }));
      assert.equal(error.code, 'MODULE_NOT_LOADED');
      assert.match(error.message, said);
      assert.match(error.message, /Chrome.* 137.*Firefox.* 131.*Safari.* 18\.4.*Node\.js 22.*24\.15/);
    });
  }

  test('is told so when it has no WebAssembly at all', async (t) => {
    const { WebAssembly: all } = globalThis;
    t.after(() => {
      globalThis.WebAssembly = all;
    });
    globalThis.WebAssembly = undefined;
    const error = await rejection(createDatabase({ wasm: new Uint8Array(8) }));
    assert.match(error.message, /WeftDB needs WebAssembly, which is missing here/);
  });
});
