// What is left of the files of a store when something breaks at any moment.
import { copied, randomOperations } from './store-contract.mjs';
import { allowedAfterCrash, Model, pattern, randomNumbers, sameFiles } from './store-model.mjs';

/**
 * Does random operations on a store until one fails or all are done; then opens the files again, checks
 * that they are what the contract allows, and that they can be written again.
 *
 * @param place makes stores, as for `storeCases`
 * @param breaks breaks the medium, so that some operation to come fails; undefined: what was given to
 *     `place.store()` breaks by itself
 * @param mend makes the medium whole, as after a restart: what was open in it is not any more
 * @returns the error of the store; null when all was done
 */
export async function surviveFault(place, { seed, steps = 30, breaks = () => {}, mend = () => {} }) {
  const next = randomNumbers(seed);
  const after = new Model();
  let before = after.copy();
  let operations = [];
  let failed = null;
  const store = place.store();
  try {
    await store.open();
    await breaks();
    for (let step = 0; step < steps && failed === null; step++) {
      operations = randomOperations(after, next);
      await store.apply(operations.map(copied));
      before = after.copy();
      operations = [];
    }
  } catch (error) {
    if (error.name !== 'WeftError') {
      throw error;
    }
    failed = error;
    await refusedNow(store);
  }
  await store.close().catch(() => {});
  await mend();
  const again = place.store();
  const found = await again.open();
  allowedAfterCrash(found, before, operations);
  await writableAgain(place, again, found);
  return failed;
}

async function refusedNow(store) {
  const refused = await store.apply([{ kind: 'create', name: 'never' }]).then(
    () => false,
    (error) => error.name === 'WeftError',
  );
  if (!refused) {
    throw new Error('a store that has failed took another apply');
  }
}

async function writableAgain(place, store, found) {
  const model = new Model();
  for (const { name, bytes } of found) {
    for (const kind of ['create', 'append', 'close']) {
      model.do({ kind, name, bytes });
    }
  }
  const operations = [
    { kind: 'create', name: 'later.tmp' },
    { kind: 'append', name: 'later.tmp', bytes: pattern(70_000, 77) },
    { kind: 'sync', name: 'later.tmp' },
    { kind: 'close', name: 'later.tmp' },
    { kind: 'publish', temporary: 'later.tmp', name: found[0]?.name ?? 'later' },
  ];
  operations.forEach((operation) => model.do(operation));
  await store.apply(operations.map(copied));
  await store.close();
  const last = place.store();
  sameFiles(await last.open(), model);
  await last.close();
  await last.destroy();
}

