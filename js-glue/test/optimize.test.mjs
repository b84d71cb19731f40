// What scripts/wasm makes of the module that TeaVM compiled, seen in the code of weft.wasm.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Input, Op } from '../scripts/wasm/code.mjs';
import { countImports, readBodies, readSections, Section } from '../scripts/wasm/module.mjs';

const STRUCT_SET = 0xfb05;
const VOID = 0x40;

const sections = readSections(readFileSync(new URL('../dist/weft.wasm', import.meta.url)));
const bodies = readBodies(sections.get(Section.CODE));

function count(body, wanted) {
  const input = new Input(body);
  input.skipLocals();
  let found = 0;
  while (input.at < body.length) {
    found += wanted(input.instruction(), body) ? 1 : 0;
  }
  return found;
}

const countAll = (wanted) => bodies.reduce((sum, body) => sum + count(body, wanted), 0);

test('no try_table gives a value by its end, after which Node.js 22 forgets what it catches', () => {
  assert.ok(countAll(({ code }) => code === Op.TRY_TABLE) > 100);
  const giving = ({ code, start }, body) => code === Op.TRY_TABLE && body[start + 1] !== VOID;
  assert.equal(countAll(giving), 0);
});

test('classes and their virtual tables are filled from the beginning, not by the start', () => {
  const start = new Input(sections.get(Section.START)).number();
  const body = bodies[start - countImports(sections.get(Section.IMPORT)).functions];
  const sets = count(body, ({ code }) => code === STRUCT_SET);
  assert.ok(sets < 100, `${sets} fields are set`);
});

test('checks for null are left where null may come from, and only there', () => {
  const checks = countAll(({ code }) => code === Op.BR_ON_NULL);
  assert.ok(checks > 3_000 && checks < 10_000, `${checks} checks`);
});
