// The package in every runtime: a smoke test and the core's cases, which run on the JVM too.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { LEAST_CASES, makeProject } from './project.mjs';
import { startWorkerd } from './workerd.mjs';

const installed = (name) => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));

const RUNTIMES = {
  'Node.js 22': [installed('node-22/bin/node')],
  'Node.js 24': [installed('node-24/bin/node')],
  'Node.js 26': [installed('node-26/bin/node')],
  Deno: [installed('.bin/deno'), 'run', '--allow-read=.', '--no-prompt'],
  Bun: [installed('.bin/bun'), 'run'],
};

let project;
before(() => {
  project = makeProject();
});
after(() => project.close());

async function run([program, ...args], script) {
  const options = { cwd: project.folder, timeout: 120_000, killSignal: 'SIGKILL' };
  return (await promisify(execFile)(program, [...args, script], options)).stdout;
}

function holds({ cases, failures }) {
  assert.deepEqual(failures, []);
  assert.ok(cases >= LEAST_CASES, `${cases} cases`);
}

const [own] = process.versions.node.split('.').map(Number);
const skip = own >= 22 && `Node.js ${own} here has all that is needed`;

test('a Node.js that is too old is told what it lacks', { skip }, async () => {
  writeFileSync(
    join(project.folder, 'lacking.mjs'),
    `import { createDatabase } from 'weftdb';
    await createDatabase().catch((error) => console.log(error.code, error.message));`,
  );
  const printed = await run([process.execPath], 'lacking.mjs');
  assert.match(printed, /^MODULE_NOT_LOADED WeftDB needs WebAssembly with garbage collection/);
  assert.match(printed, /Node\.js 22 since 22\.22\.3/);
});

suite('the package runs in', () => {
  for (const [name, command] of Object.entries(RUNTIMES)) {
    test(name, async () => holds(JSON.parse(await run(command, 'main.mjs'))));
  }

  test('workerd', async () => {
    const workerd = await startWorkerd(installed('.bin/workerd'), project.folder, 'worker.mjs');
    try {
      const response = await workerd.fetch('/');
      assert.equal(response.status, 200);
      holds(await response.json());
    } finally {
      await workerd.close();
    }
  });

  test('workerd as docs/javascript.md shows it', async () => {
    writeFileSync(join(project.folder, 'example.mjs'), example('worker.js'));
    const workerd = await startWorkerd(installed('.bin/workerd'), project.folder, 'example.mjs');
    try {
      assert.deepEqual(await (await workerd.fetch('/')).json(), [{ name: 'Ada' }]);
    } finally {
      await workerd.close();
    }
  });

  test('a Durable Object, whose storage keeps the database when workerd is killed', async () => {
    writeFileSync(join(project.folder, 'durable.mjs'), example('durable.js'));
    mkdirSync(join(project.folder, 'objects'));
    const worker = `bindings = [(name = "VISITS", durableObjectNamespace = "Visits")],
  durableObjectNamespaces = [(className = "Visits", uniqueKey = "visits", enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),`;
    const services = ', (name = "objects", disk = (path = "objects", writable = true))';
    let visits = 0;
    for (let start = 0; start < 3; start++) {
      const binary = installed('.bin/workerd');
      const workerd = await startWorkerd(binary, project.folder, 'durable.mjs', worker, services);
      try {
        for (let i = 0; i < 2; i++) {
          const response = await workerd.fetch('/');
          const text = await response.text();
          const { visits: counted } = JSON.parse(response.ok ? text : JSON.stringify(text));
          assert.ok(counted > visits, `${counted} after ${visits}: ${text}`);
          visits = counted;
        }
      } finally {
        await workerd.close();
      }
    }
    // One by the first request of each start, which asks whether workerd is there, and two more.
    assert.equal(visits, 9);
  });
});

/** A block of docs/javascript.md by its name. */
function example(name) {
  const document = readFileSync(new URL('../../docs/javascript.md', import.meta.url), 'utf8');
  const [, code] = new RegExp(`^\`\`\`js ${name}\\n(.*?)^\`\`\`$`, 'ms').exec(document);
  return code;
}
