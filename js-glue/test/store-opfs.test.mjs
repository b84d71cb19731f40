import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32c } from '../dist/boundary/crc32c.js';
import { decodeNames, encodeNames } from '../dist/stores/opfs-names.js';
import { opfsStore } from '../dist/stores/opfs.js';
import { SimulatedOpfs } from './shared/simulated-opfs.mjs';
import { storeCases, written } from './shared/store-contract.mjs';
import { surviveFault } from './shared/store-faults.mjs';
import { pattern, sameBytes } from './shared/store-model.mjs';

let places = 0;

function placeIn(system) {
  const name = `place ${++places}`;
  return { store: () => opfsStore(name, { root: system, waitMillis: 10 }) };
}

for (const { name, run } of storeCases({ smallAppends: 300 })) {
  test(`in simulated OPFS: ${name}`, () => run(placeIn(new SimulatedOpfs())));
}

for (const kind of ['stop', 'partial', 'quota', 'lost']) {
  test(`in simulated OPFS nothing is lost by '${kind}' at any step`, async () => {
    let step = 0;
    for (let failed = true; failed; step++) {
      for (let seed = 1; seed <= 3; seed++) {
        const system = new SimulatedOpfs();
        system.fault = { step, kind };
        const cut = kind === 'stop' || kind === 'partial' ? seed * 1000 + step : undefined;
        const outcome = { seed, steps: 8, mend: () => system.restart(cut) };
        try {
          failed = (await surviveFault(placeIn(system), outcome)) !== null;
        } catch (error) {
          throw new Error(`seed ${seed}, step ${step}: ${error.message}`, { cause: error });
        }
      }
    }
    assert.ok(step > 40, `only ${step} steps`);
  });
}

test('in simulated OPFS a quota that is used up has its code', async () => {
  const system = new SimulatedOpfs();
  const store = placeIn(system).store();
  await store.open();
  system.fault = { step: system.steps, kind: 'quota' };
  await assert.rejects(store.apply(written('a', pattern(4))), { code: 'STORAGE_FULL' });
  await store.close();
});

test('in simulated OPFS a file that the browser has lost or cut is missed', async () => {
  for (const harm of ['delete', 'cut', 'names']) {
    const system = new SimulatedOpfs();
    const place = placeIn(system);
    const store = place.store();
    await store.open();
    await store.apply(written('a', pattern(10)));
    await store.close();
    const [files] = system.directories.values();
    if (harm === 'delete') {
      files.delete('slot-1');
    } else if (harm === 'cut') {
      files.get('slot-1').bytes = new Uint8Array(9);
    } else {
      files.get('names-0').bytes[30] ^= 1;
      files.get('names-1').bytes[30] ^= 1;
    }
    await assert.rejects(place.store().open(), { code: 'CORRUPTED' });
  }
});

test('in simulated OPFS damage to one of the records of names is mended', async () => {
  for (const which of ['names-0', 'names-1']) {
    const system = new SimulatedOpfs();
    const place = placeIn(system);
    const store = place.store();
    await store.open();
    await store.apply(written('a', pattern(10)));
    await store.close();
    const [files] = system.directories.values();
    const whole = files.get(which).bytes.slice();
    files.get(which).bytes[30] ^= 1;
    const again = place.store();
    const found = await again.open();
    sameBytes('a', found[0].bytes, pattern(10));
    await again.close();
    assert.deepEqual(files.get(which).bytes, whole);
  }
});

test('in simulated OPFS names that a later version has written are refused', async () => {
  const bytes = encodeNames({ sequence: 1, nextSlot: 1, files: [] });
  const view = new DataView(bytes.buffer);
  view.setUint32(12, 2, true);
  view.setUint32(20, crc32c(bytes.subarray(0, 20)), true);
  assert.throws(() => decodeNames(bytes, 'it'), { code: 'FORMAT_TOO_NEW' });
});

test('outside of a worker, or without OPFS, it is told', async () => {
  await assert.rejects(opfsStore('none').open(), { code: 'STORAGE_UNAVAILABLE' });
});
