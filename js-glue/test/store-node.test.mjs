import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { nodeStore } from '../dist/entry-node.js';
import { storeCases, written } from './shared/store-contract.mjs';
import { pattern, sameBytes } from './shared/store-model.mjs';

const folder = fs.mkdtempSync(join(tmpdir(), 'weftdb-store-'));
after(() => fs.rmSync(folder, { recursive: true }));
let places = 0;
const newPath = () => join(folder, `place-${++places}`, 'made', 'on-demand');

for (const { name, run } of storeCases({ smallAppends: 300 })) {
  test(`on disk: ${name}`, () => {
    const path = newPath();
    return run({ store: () => nodeStore(path) });
  });
}

test('on disk the files are those of the directory, and others are not seen', async () => {
  const path = newPath();
  const store = nodeStore(pathToFileURL(`${path}/`));
  await store.open();
  await store.apply(written('a.weft', new Uint8Array([104, 105])));
  assert.equal(fs.readFileSync(join(path, 'a.weft'), 'utf8'), 'hi');
  assert.equal(fs.statSync(join(path, 'LOCK')).size, 0);
  assert.equal(fs.readFileSync(join(path, 'OWNER'), 'utf8'), `${process.pid}\n`);
  await store.close();
  fs.mkdirSync(join(path, 'directory'));
  fs.writeFileSync(join(path, 'README'), '');
  fs.writeFileSync(join(path, '.hidden'), '');
  const again = nodeStore(path);
  assert.deepEqual(
    (await again.open()).map((file) => file.name),
    ['a.weft'],
  );
  const { usedBytes, quotaBytes } = await again.usage();
  assert.ok(usedBytes > 0 && quotaBytes >= usedBytes);
  await again.close();
});

test('on disk a path that is no directory is refused', async () => {
  const file = join(folder, 'file');
  fs.writeFileSync(file, 'text');
  for (const path of [file, join(file, 'below')]) {
    await assert.rejects(nodeStore(path).open(), { code: 'NOT_A_DIRECTORY' });
  }
  await assert.rejects(nodeStore(join(folder, 'missing'), { create: false }).open(), {
    code: 'IO_FAILED',
    message: /ENOENT/,
  });
  assert.throws(() => nodeStore(new URL('https://example.org/')), { code: 'INVALID_ARGUMENT' });
});

test('on disk a process id in LOCK, from a former version, is in nobody\'s way', async () => {
  const path = newPath();
  fs.mkdirSync(path, { recursive: true });
  fs.writeFileSync(join(path, 'LOCK'), '12345\n');
  const store = nodeStore(path);
  await store.open();
  await assert.rejects(nodeStore(path).open(), { code: 'DATABASE_LOCKED', message: /this process/ });
  await store.close();
});

test('on disk a failure leaves what was acknowledged', async () => {
  const path = newPath();
  const store = nodeStore(path);
  await store.open();
  await store.apply(written('a', pattern(9)));
  fs.writeFileSync(join(path, 'b'), 'in the way');
  const operations = [...written('c', pattern(5)), ...written('b', pattern(5))];
  await assert.rejects(store.apply(operations), { code: 'IO_FAILED', message: /'create' of 'b'/ });
  await assert.rejects(store.apply([{ kind: 'sync', name: 'a' }]), { code: 'IO_FAILED' });
  await store.close();
  const again = nodeStore(path);
  const found = await again.open();
  sameBytes('a', found[0].bytes, pattern(9));
  await again.close();
});

test('on disk a full file system is told and loses nothing', async (context) => {
  const mounted = fs.mkdtempSync(join(tmpdir(), 'weftdb-full-'));
  const mount = ['-t', 'tmpfs', '-o', 'size=512k', 'weft-test', mounted];
  if (spawnSync('mount', mount).status !== 0) {
    fs.rmdirSync(mounted);
    context.skip('only who may mount file systems can make a small one');
    return;
  }
  try {
    const path = join(mounted, 'database');
    const store = nodeStore(path);
    await store.open();
    await store.apply([{ kind: 'create', name: 'log' }]);
    let acknowledged = 0;
    const commit = () => [
      { kind: 'append', name: 'log', bytes: pattern(10_000, acknowledged) },
      { kind: 'sync', name: 'log' },
    ];
    await assert.rejects(
      (async () => {
        for (; acknowledged < 100; acknowledged++) {
          await store.apply(commit());
        }
      })(),
      { code: 'STORAGE_FULL', message: /'append' of 'log' failed/ },
    );
    await store.close();
    assert.ok(acknowledged > 30);
    const again = nodeStore(path);
    const [{ bytes }] = await again.open();
    assert.ok(bytes.length >= 10_000 * acknowledged && bytes.length < 10_000 * (acknowledged + 1));
    for (let i = 0; i < acknowledged; i++) {
      sameBytes('log', bytes.subarray(10_000 * i, 10_000 * (i + 1)), pattern(10_000, i));
    }
    await again.close();
  } finally {
    assert.equal(spawnSync('umount', [mounted]).status, 0);
    fs.rmdirSync(mounted);
  }
});

/** A process that writes to a log and tells each commit that is durable. */
const WRITER = `
  import { nodeStore } from ${JSON.stringify(new URL('../dist/entry-node.js', import.meta.url).href)};
  const store = nodeStore(process.argv[1]);
  const found = await store.open();
  const name = 'log-' + found.length;
  await store.apply([{ kind: 'create', name }]);
  for (let i = 0; ; i++) {
    const bytes = new Uint8Array(60).fill(i);
    await store.apply([{ kind: 'append', name, bytes }, { kind: 'sync', name }]);
    console.log(name + ' ' + i);
  }
`;

test('on disk nothing acknowledged is lost by SIGKILL, and the lock is free at once', async () => {
  const path = newPath();
  const acknowledged = new Map();
  for (let round = 0; round < 10; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface(child.stdout)) {
      const [name, index] = line.split(' ');
      acknowledged.set(name, Number(index) + 1);
      if (Number(index) === 3) {
        await assert.rejects(nodeStore(path).open(), {
          code: 'DATABASE_LOCKED',
          message: new RegExp(`process ${child.pid}`),
        });
      }
      if (Number(index) === 5 + 3 * round) {
        child.kill('SIGKILL');
      }
    }
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, 'exit');
    }
    const store = nodeStore(path);
    for (const { name, bytes } of await store.open()) {
      assert.ok(bytes.length >= 60 * (acknowledged.get(name) ?? 0), `${name}: ${bytes.length}`);
      assert.ok(bytes.every((byte, i) => byte === (Math.floor(i / 60) & 0xff)));
    }
    await store.close();
  }
  assert.equal(acknowledged.size, 10);
});

test('on disk one of many processes gets the lock', async () => {
  const path = newPath();
  const script = `
    import { nodeStore } from ${JSON.stringify(new URL('../dist/entry-node.js', import.meta.url).href)};
    // Global, for a store that nobody has any more is given up, lock and all, when memory is cleaned up.
    globalThis.store = nodeStore(process.argv[1]);
    console.log(await store.open().then(() => 'open', (error) => error.code));
    process.stdin.resume();
  `;
  const children = Array.from({ length: 5 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script, path], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  try {
    const said = await Promise.all(children.map(async (child) => String(await once(child.stdout, 'data'))));
    assert.deepEqual(said.sort(), [...Array(4).fill('DATABASE_LOCKED\n'), 'open\n']);
  } finally {
    for (const child of children) {
      child.stdin.end();
      child.kill();
    }
  }
});

test('a store that nobody refers to any more keeps its directory until its process ends', async () => {
  const directory = newPath();
  const entry = new URL('../dist/entry-node.js', import.meta.url).href;
  const code = `
    import { nodeStore } from ${JSON.stringify(entry)};
    await nodeStore(${JSON.stringify(directory)}).open();
    setTimeout(() => { gc(); gc(); console.log('open'); process.stdin.resume(); }, 20);
  `;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    assert.equal(String(await new Promise((resolve) => child.stdout.once('data', resolve))), 'open\n');
    await assert.rejects(nodeStore(directory).open(), { code: 'DATABASE_LOCKED' });
  } finally {
    child.kill('SIGKILL');
  }
});
