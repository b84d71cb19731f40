// The project in which the runtimes run: the package from its tarball, and what it must do.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installIntoEmptyProject } from '../../js-glue/test/installed.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const CASES = path('../../core/src/test/resources/cases/cypher/');

/** Fewer cases than the core has, so that a runtime that runs none is found out. */
export const LEAST_CASES = 1000;

/** Files whose cases need long and show nothing of a runtime; they run in js-glue on Node.js 24. */
const LONG = ['bounds.test', 'errors.test', 'functions-bytes.test', 'shortest-paths.test'];

/** Makes the project. The runners of the cases look for the package's code beside themselves. */
export function makeProject() {
  const project = installIntoEmptyProject();
  const { folder } = project;
  const shared = join(folder, 'node_modules/weftdb/test/shared');
  cpSync(path('../../js-glue/test/shared'), shared, { recursive: true });
  cpSync(path('../src'), folder, { recursive: true });
  const names = readdirSync(CASES).filter(
    (name) => name.endsWith('.test') && !LONG.includes(name),
  );
  const texts = names.map((name) => [name, readFileSync(join(CASES, name), 'utf8')]);
  writeFileSync(
    join(folder, 'texts.mjs'),
    `export default ${JSON.stringify(Object.fromEntries(texts))};\n`,
  );
  return project;
}
