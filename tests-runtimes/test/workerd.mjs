// workerd on a configuration of its own; it resolves no packages, so every module is named.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Which file the exports of a package name for an entry in workerd. */
function target(folder, entry) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { workerd, default: otherwise } = exports[entry];
  return workerd ?? otherwise;
}

/** The modules of a worker: the project's own, all of the package, and its entries by name. */
function modulesOf(folder, main) {
  const weft = 'node_modules/weftdb';
  const found = readdirSync(join(folder, weft), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.(m?js|wasm)$/.test(file.name))
    .map((file) => join(file.parentPath, file.name).slice(folder.length + 1));
  const own = readdirSync(folder).filter((name) => name.endsWith('.mjs') && name !== main);
  const { exports } = JSON.parse(readFileSync(join(folder, weft, 'package.json'), 'utf8'));
  const entries = Object.keys(exports)
    .filter((entry) => !/\.(json|wasm)$/.test(entry))
    .map((entry) => {
      const file = target(join(folder, weft), entry);
      const text = `export * from './${join(entry === '.' ? '.' : '..', weft, file)}';`;
      return `(name = "${join('weftdb', entry)}", esModule = ${JSON.stringify(text)})`;
    });
  const embedded = [main, ...own, ...found].map(
    (name) => `(name = "${name}", ${name.endsWith('.wasm') ? 'wasm' : 'esModule'} = embed "${name}")`,
  );
  return [...embedded, ...entries].join(',\n    ');
}

/**
 * Starts workerd on the main module of a project and waits until it answers.
 *
 * @param more of the worker's configuration, such as its Durable Objects
 * @param services more of the configuration's services
 */
export async function startWorkerd(binary, folder, main, more = '', services = '') {
  const port = 20_000 + (process.pid % 20_000);
  writeFileSync(
    join(folder, 'workerd.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)${services}],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  compatibilityDate = "2025-10-01",
  modules = [
    ${modulesOf(folder, main)}
  ],
  ${more}
);
`,
  );
  const child = spawn(binary, ['serve', 'workerd.capnp'], { cwd: folder, stdio: 'inherit' });
  const ended = once(child, 'exit');
  const fetchFrom = (where) => fetch(`http://127.0.0.1:${port}${where}`);
  const close = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  for (let attempt = 0; child.exitCode === null; attempt++) {
    try {
      await (await fetchFrom('/started')).text();
      return { fetch: fetchFrom, close };
    } catch (error) {
      if (attempt === 300) {
        await close();
        throw error;
      }
      await setTimeout(100);
    }
  }
  throw new Error(`workerd ended with ${child.exitCode}`);
}
