// What every store does, on whatever medium: run by node:test and in the browser.
import { Model, pattern, randomNumbers, sameBytes, sameFiles } from './store-model.mjs';

const create = (name) => ({ kind: 'create', name });
const append = (name, bytes) => ({ kind: 'append', name, bytes });
const sync = (name) => ({ kind: 'sync', name });
const close = (name) => ({ kind: 'close', name });
const publish = (temporary, name) => ({ kind: 'publish', temporary, name });
const remove = (name) => ({ kind: 'delete', name });

/** The operations that make a file with some bytes, synced and closed. */
export function written(name, bytes) {
  return [create(name), append(name, bytes), sync(name), close(name)];
}

function equal(actual, expected, what = 'the value') {
  if (actual !== expected) {
    throw new Error(`${what} is ${actual} in place of ${expected}`);
  }
}

async function rejects(promise, code) {
  let error = null;
  try {
    await promise;
  } catch (caught) {
    error = caught;
  }
  if (error === null) {
    throw new Error(`nothing was thrown in place of ${code}`);
  }
  if (error.code !== code || error.name !== 'WeftError') {
    throw new Error(`${error.name} ${error.code} in place of ${code}: ${error.stack}`);
  }
  return error;
}

async function reopened(place, store) {
  await store.close();
  const again = place.store();
  return { store: again, files: await again.open() };
}

/**
 * The cases, each with a name and a function that takes a place: where the files of one database are,
 * empty at first. Its `store()` makes a store object on them.
 *
 * @param exclusive whether the store can know that it is open elsewhere
 * @param largeBytes how large the file of the case of a large one is
 * @param smallAppends how many appends, each an apply, the case of many of them does
 */
export function storeCases({ exclusive = true, largeBytes = 5 << 20, smallAppends = 1500 } = {}) {
  const cases = {
    async 'a new place has no files, and keeps none'(place) {
      const store = place.store();
      equal((await store.open()).length, 0);
      await store.apply([]);
      equal((await store.usage()).bytes, 0, 'usage');
      const again = await reopened(place, store);
      equal(again.files.length, 0);
      await again.store.close();
    },

    async 'files come back whole, sorted by name, and are the caller\'s'(place) {
      const store = place.store();
      await store.open();
      const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i);
      await store.apply([
        ...written('z-last', everyByte.slice()),
        ...written('0.first_of-all', new Uint8Array([0, 0])),
        ...written('m', new Uint8Array([7])),
      ]);
      for (let round = 0; round < 2; round++) {
        const again = await reopened(place, round === 0 ? store : place.last);
        equal(again.files.map((file) => file.name).join(), '0.first_of-all,m,z-last');
        sameBytes('z-last', again.files[2].bytes, everyByte);
        equal(again.files[0].bytes.length, 2);
        again.files[2].bytes.fill(1);
        place.last = again.store;
      }
      await place.last.close();
    },

    async 'appends stand in their order, over many applies'(place) {
      const store = place.store();
      await store.open();
      const model = new Model();
      const steps = [
        [create('a'), append('a', pattern(10, 1)), create('b')],
        [append('b', pattern(5, 2)), append('a', pattern(1, 3)), append('b', pattern(100, 4))],
        [sync('a'), append('a', pattern(70_000, 5)), append('a', pattern(3, 6)), sync('b')],
        [append('a', pattern(200_001, 7)), append('a', pattern(1, 8)), sync('a')],
        [close('a')],
        [close('b'), sync('a'), sync('b')],
      ];
      for (const step of steps) {
        step.forEach((operation) => model.do(copied(operation)));
        await store.apply(step);
      }
      const again = await reopened(place, store);
      sameFiles(again.files, model);
      await again.store.close();
    },

    async 'an empty append and an empty file are what they are'(place) {
      const store = place.store();
      await store.open();
      await store.apply([create('empty'), sync('empty'), close('empty')]);
      await store.apply([create('e2'), append('e2', new Uint8Array(0)), sync('e2')]);
      await store.apply([append('e2', pattern(2)), append('e2', new Uint8Array(0)), sync('e2')]);
      await store.apply([close('e2'), publish('empty', 'named')]);
      const again = await reopened(place, store);
      equal(again.files.map((file) => `${file.name} ${file.bytes.length}`).join(), 'e2 2,named 0');
      await again.store.close();
    },

    async 'a view of a larger buffer is stored alone'(place) {
      const store = place.store();
      await store.open();
      const large = pattern(3_000_000, 9);
      const expected = large.slice(1000, 1010);
      await store.apply([create('v'), append('v', large.subarray(1000, 1010)), sync('v'), close('v')]);
      const again = await reopened(place, store);
      sameBytes('v', again.files[0].bytes, expected);
      equal((await again.store.usage()).bytes, 10, 'usage');
      await again.store.close();
    },

    async 'publish puts a file in the place of another'(place) {
      const store = place.store();
      await store.open();
      await store.apply(written('snapshot', pattern(100, 1)));
      await store.apply([...written('new.tmp', pattern(80, 2)), publish('new.tmp', 'snapshot')]);
      let again = await reopened(place, store);
      equal(again.files.map((file) => file.name).join(), 'snapshot');
      sameBytes('snapshot', again.files[0].bytes, pattern(80, 2));
      await again.store.apply([
        ...written('new.tmp', pattern(90_000, 3)),
        publish('new.tmp', 'snapshot'),
        ...written('new.tmp', pattern(7, 4)),
        publish('new.tmp', 'other'),
        ...written('new.tmp', pattern(8, 5)),
        publish('snapshot', 'other'),
        publish('new.tmp', 'snapshot'),
      ]);
      again = await reopened(place, again.store);
      equal(again.files.map((file) => file.name).join(), 'other,snapshot');
      sameBytes('other', again.files[0].bytes, pattern(90_000, 3));
      sameBytes('snapshot', again.files[1].bytes, pattern(8, 5));
      await again.store.close();
    },

    async 'a deleted file is gone, and its name free'(place) {
      const store = place.store();
      await store.open();
      await store.apply([...written('a', pattern(70_000, 1)), ...written('b', pattern(5, 2))]);
      await store.apply([remove('a'), ...written('a', pattern(3, 3)), remove('b')]);
      let again = await reopened(place, store);
      equal(again.files.length, 1);
      sameBytes('a', again.files[0].bytes, pattern(3, 3));
      await again.store.apply([remove('a')]);
      equal((await again.store.usage()).bytes, 0, 'usage');
      again = await reopened(place, again.store);
      equal(again.files.length, 0);
      await again.store.close();
    },

    async 'what was being written is closed when it is found'(place) {
      const store = place.store();
      await store.open();
      await store.apply([create('log'), append('log', pattern(60, 1)), sync('log')]);
      let again = await reopened(place, store);
      sameBytes('log', again.files[0].bytes, pattern(60, 1));
      await rejects(again.store.apply([append('log', pattern(1))]), 'INVALID_USE');
      await again.store.apply([sync('log'), publish('log', 'old')]);
      again = await reopened(place, again.store);
      equal(again.files.map((file) => file.name).join(), 'old');
      await again.store.apply([remove('old')]);
      await again.store.close();
    },

    async 'a large file is written in pieces and comes back'(place) {
      const store = place.store();
      await store.open();
      const bytes = pattern(largeBytes + 3, 11);
      const size = 777_777;
      await store.apply([create('large.tmp')]);
      for (let at = 0; at < bytes.length; at += 3 * size) {
        const pieces = [0, 1, 2].map((i) => bytes.slice(at + i * size, at + (i + 1) * size));
        await store.apply(pieces.map((piece) => append('large.tmp', piece)));
      }
      await store.apply([sync('large.tmp'), close('large.tmp'), publish('large.tmp', 'large')]);
      await store.apply(written('in-one', bytes.slice()));
      equal((await store.usage()).bytes, 2 * bytes.length, 'usage');
      const again = await reopened(place, store);
      sameBytes('in-one', again.files[0].bytes, bytes);
      sameBytes('large', again.files[1].bytes, bytes);
      await again.store.close();
    },

    async 'many small appends come back'(place) {
      const store = place.store();
      await store.open();
      const expected = [[], []];
      await store.apply([create('log-0'), create('log-1')]);
      for (let i = 0; i < smallAppends; i++) {
        const bytes = pattern(i % 120, i);
        const which = i % 7 === 0 ? 1 : 0;
        expected[which].push(...bytes);
        await store.apply([append(`log-${which}`, bytes), sync(`log-${which}`)]);
      }
      const again = await reopened(place, store);
      sameBytes('log-0', again.files[0].bytes, Uint8Array.from(expected[0]));
      sameBytes('log-1', again.files[1].bytes, Uint8Array.from(expected[1]));
      await again.store.close();
    },

    async 'operations that do not fit are refused as a whole'(place) {
      const store = place.store();
      await rejects(store.apply([create('a')]), 'INVALID_USE');
      await store.open();
      await rejects(store.open(), 'INVALID_USE');
      await store.apply([...written('closed', pattern(4, 1)), create('open')]);
      for (const wrong of [
        create('closed'),
        create('open'),
        create('Capital'),
        create(''),
        create('../a'),
        create('a'.repeat(101)),
        append('closed', pattern(1)),
        append('missing', pattern(1)),
        sync('missing'),
        close('missing'),
        close('closed'),
        publish('missing', 'a'),
        publish('open', 'a'),
        publish('closed', 'open'),
        publish('closed', 'closed'),
        publish('closed', 'LOCK'),
        remove('missing'),
        remove('open'),
      ]) {
        await rejects(store.apply([append('open', pattern(9)), wrong]), 'INVALID_USE');
      }
      await store.apply([create('a'.repeat(100)), append('open', pattern(2)), sync('open')]);
      await rejects(store.apply([create('a'.repeat(100))]), 'INVALID_USE');
      const again = await reopened(place, store);
      const found = again.files.filter((file) => file.bytes.length > 0);
      equal(found.map((file) => `${file.name} ${file.bytes.length}`).join(), 'closed 4,open 2');
      await again.store.close();
    },

    async 'the next apply waits for the one before'(place) {
      const store = place.store();
      await store.open();
      const first = store.apply(written('a', pattern(100, 1)));
      await rejects(store.apply(written('b', pattern(100, 2))), 'INVALID_USE');
      await first;
      await store.apply(written('b', pattern(100, 2)));
      const again = await reopened(place, store);
      equal(again.files.map((file) => file.name).join(), 'a,b');
      await again.store.close();
    },

    async 'a store that is closed does nothing more'(place) {
      const unopened = place.store();
      await unopened.close();
      const store = place.store();
      await store.open();
      await store.close();
      await store.close();
      await rejects(store.apply([create('a')]), 'CLOSED');
      await rejects(store.usage(), 'CLOSED');
      await rejects(store.open(), 'INVALID_USE');
    },

    async 'destroy leaves nothing'(place) {
      await place.store().destroy();
      const store = place.store();
      await store.open();
      await store.apply([...written('a', pattern(300_000, 1)), create('unfinished')]);
      await store.close();
      await place.store().destroy();
      await place.store().destroy();
      const again = place.store();
      equal((await again.open()).length, 0);
      await again.apply(written('a', pattern(3, 2)));
      const last = await reopened(place, again);
      sameBytes('a', last.files[0].bytes, pattern(3, 2));
      await last.store.close();
    },

    async 'random operations give what the model gives'(place) {
      for (let seed = 1; seed <= 6; seed++) {
        const model = new Model();
        let store = place.store();
        await store.open();
        const next = randomNumbers(seed);
        for (let step = 0; step < 60; step++) {
          const operations = randomOperations(model, next);
          await store.apply(operations.map(copied));
          if (next(12) === 0) {
            await store.apply(openFiles(model).map(sync));
            const again = await reopened(place, store);
            model.close();
            sameFiles(again.files, model);
            store = again.store;
          }
        }
        await store.apply(openFiles(model).map(sync));
        const again = await reopened(place, store);
        sameFiles(again.files, model);
        await again.store.close();
        await place.store().destroy();
      }
    },
  };
  if (exclusive) {
    cases['files are open once'] = async (place) => {
      const store = place.store();
      await store.open();
      await store.apply(written('a', pattern(10, 1)));
      const other = place.store();
      await rejects(other.open(), 'DATABASE_LOCKED');
      await other.close();
      await rejects(place.store().destroy(), 'DATABASE_LOCKED');
      await store.apply(written('b', pattern(10, 2)));
      const again = await reopened(place, store);
      equal(again.files.length, 2);
      await again.store.close();
    };
  }
  return Object.entries(cases).map(([name, run]) => ({ name, run }));
}

/** An operation with bytes of its own, since an append's become the store's. */
export function copied(operation) {
  return operation.kind === 'append' ? { ...operation, bytes: operation.bytes.slice() } : operation;
}

export function openFiles(model) {
  return [...model.files].filter(([, file]) => !file.closed).map(([name]) => name);
}

/** Some operations that fit the files of a model, which does them. */
export function randomOperations(model, next) {
  const operations = [];
  const count = 1 + next(6);
  for (let i = 0; i < count; i++) {
    for (const operation of randomStep(model, next)) {
      operations.push(operation);
      model.do(operation);
    }
  }
  return operations;
}

function randomStep(model, next) {
  const names = [...model.files.keys()];
  const open = openFiles(model);
  const closed = names.filter((name) => !open.includes(name));
  const pick = (list) => list[next(list.length)];
  const free = `file-${next(30)}`;
  const choice = next(10);
  if (choice === 0 && names.length < 8 && !model.files.has(free)) {
    return [create(free)];
  }
  if (choice === 1 && open.length > 0) {
    const name = pick(open);
    return [sync(name), close(name)];
  }
  if (choice === 2 && closed.length > 0) {
    const temporary = pick(closed);
    const name = closed.length > 1 && next(2) === 0 ? pick(closed) : free;
    const fits = name !== temporary && !open.includes(name);
    return fits ? [sync(temporary), publish(temporary, name)] : [];
  }
  if (choice === 3 && closed.length > 2) {
    return [remove(pick(closed))];
  }
  if (open.length === 0) {
    return model.files.has(free) ? [] : [create(free)];
  }
  const name = pick(open);
  const length = next(8) === 0 ? next(300_000) : next(300);
  const operations = [append(name, pattern(length, next(1 << 30)))];
  return next(2) === 0 ? [...operations, sync(name)] : operations;
}
