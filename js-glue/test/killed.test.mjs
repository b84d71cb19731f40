// Programs and worker threads that end in the middle of commits lose nothing that was acknowledged.
// WEFT_KILLS says how many are killed; 20 of each when it is not set.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { createDatabase } from 'weftdb';
import { nodeStore } from '../dist/entry-node.js';

const KILLS = Number(process.env.WEFT_KILLS ?? 20);
const url = (file) => JSON.stringify(new URL(file, import.meta.url).href);

/** Commits numbers from `first` on, and tells which are acknowledged, for ever. */
const program = (directory, first, tell) => `
  import { createDatabase } from ${url('../dist/node.js')};
  import { nodeStore } from ${url('../dist/entry-node.js')};
  ${tell}
  const database = await createDatabase({ storage: nodeStore(${JSON.stringify(directory)}), checkpointBytes: 20000 });
  let next = ${first};
  const commit = async () => {
    for (;;) {
      const id = next++;
      await database.execute('CREATE (:Id {id: $id})', { id });
      tell(id);
    }
  };
  await Promise.all([commit(), commit(), commit()]);
`;

async function killAgainAndAgain(start) {
  const directory = mkdtempSync(join(tmpdir(), 'weftdb-killed-'));
  const acknowledged = new Set();
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const wanted = acknowledged.size + 1 + ((kill * 37) % 90);
      await start(directory, kill * 1_000_000, (id) => {
        acknowledged.add(id);
        return acknowledged.size >= wanted;
      });
      const database = await createDatabase({ storage: nodeStore(directory) });
      const { rows } = await database.execute('MATCH (n:Id) RETURN n.id AS id');
      await database.close();
      const found = new Set(rows.map(({ id }) => id));
      assert.equal(found.size, rows.length);
      assert.deepEqual([...acknowledged].filter((id) => !found.has(id)), [], `after ${kill + 1} kills`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test(`${KILLS} programs that are killed lose nothing that was acknowledged`, () =>
  killAgainAndAgain(async (directory, first, take) => {
    const code = program(directory, first, 'const tell = (id) => process.stdout.write(`${id}\\n`);');
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    for await (const line of createInterface(child.stdout)) {
      if (take(Number(line))) {
        child.kill('SIGKILL');
      }
    }
    assert.deepEqual(await ended, [null, 'SIGKILL']);
  }));

test(`${KILLS} worker threads that are ended lose nothing that was acknowledged`, () =>
  killAgainAndAgain(async (directory, first, take) => {
    const tell = `
      import { parentPort } from 'node:worker_threads';
      const tell = (id) => parentPort.postMessage(id);
    `;
    const code = encodeURIComponent(program(directory, first, tell));
    const worker = new Worker(new URL(`data:text/javascript,${code}`), { execArgv: [] });
    await new Promise((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', resolve);
      worker.on('message', (id) => {
        if (take(id)) {
          void worker.terminate();
        }
      });
    });
  }));
