// The package as a stranger gets it: packed, and installed into an empty project.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Packs the package and installs it; `close` removes the project. */
export function installIntoEmptyProject() {
  const folder = mkdtempSync(join(tmpdir(), 'weftdb-'));
  const npm = (...args) => execFileSync('npm', args, { cwd: folder, encoding: 'utf8' });
  const [packed] = JSON.parse(npm('pack', root, '--json', '--ignore-scripts'));
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
  npm('install', `./${packed.filename}`, '--offline', '--no-audit', '--no-fund', '--silent');
  return {
    folder,
    packed,
    tarball: join(folder, packed.filename),

    /** Runs a program there and gives what it prints. */
    run(program, name = 'program.mjs') {
      writeFileSync(join(folder, name), program);
      return execFileSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' });
    },

    close() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a command of a package that the tests use; gives its status and what it prints. */
export function command(script, args, folder) {
  const file = join(root, 'node_modules', script);
  const ran = spawnSync(process.execPath, [file, ...args], { cwd: folder, encoding: 'utf8' });
  return { status: ran.status, output: `${ran.stdout}${ran.stderr}` };
}
