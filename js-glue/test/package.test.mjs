import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { movedModule } from '../dist/vite.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

let project;
let packed;
before(() => {
  project = mkdtempSync(join(tmpdir(), 'weftdb-'));
  const npm = (...args) => execFileSync('npm', args, { cwd: project, encoding: 'utf8' });
  [packed] = JSON.parse(npm('pack', root, '--json', '--ignore-scripts'));
  writeFileSync(join(project, 'package.json'), '{"private": true, "type": "module"}');
  npm('install', `./${packed.filename}`, '--offline', '--no-audit', '--no-fund', '--silent');
});
after(() => rmSync(project, { recursive: true, force: true }));

/** Runs a program in the project with the package installed and gives what it prints. */
function run(program) {
  writeFileSync(join(project, 'program.mjs'), program);
  return execFileSync(process.execPath, ['program.mjs'], { cwd: project, encoding: 'utf8' });
}

test('the version is the one of the build', () => {
  const pom = readFileSync(join(root, '../pom.xml'), 'utf8');
  const version = /<artifactId>weftdb-parent<\/artifactId>\s*<version>([^<]+)</.exec(pom)[1];
  assert.equal(manifest.version, version);
});

test('the tarball holds the code, its types, the module, the licence and nothing else', () => {
  const names = packed.files.map(({ path }) => path);
  for (const name of ['LICENSE', 'README.md', 'package.json', 'dist/weft.wasm']) {
    assert.ok(names.includes(name), name);
  }
  for (const name of names.filter((path) => path.endsWith('.js'))) {
    assert.ok(names.includes(name.replace(/\.js$/, '.d.ts')), `types of ${name}`);
  }
  const others = names.filter((name) => !/^dist\/([\w/]+\.(js|d\.ts)|weft\.wasm)$/.test(name));
  assert.deepEqual(others.sort(), ['LICENSE', 'README.md', 'package.json']);
});

test('it works where it is installed into an empty project', () => {
  const printed = run(`
    import { createDatabase } from 'weftdb';
    const database = await createDatabase();
    await database.execute("CREATE (:Person {name: 'Ada'})");
    const { rows } = await database.execute('MATCH (p:Person) RETURN p.name AS name');
    console.log(JSON.stringify(rows));
  `);
  assert.equal(printed, '[{"name":"Ada"}]\n');
});

test('the module can be had by its own name', () => {
  const printed = run(`
    import { readFileSync } from 'node:fs';
    console.log(readFileSync(new URL(import.meta.resolve('weftdb/weft.wasm'))).length);
  `);
  assert.equal(Number(printed), readFileSync(join(root, 'dist/weft.wasm')).length);
});

test('nothing that a browser gets needs Node.js', () => {
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) {
      return;
    }
    seen.add(file);
    const source = readFileSync(file, 'utf8');
    for (const [, specifier] of source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
      assert.match(specifier, /^\.\.?\//, `${file} imports ${specifier}`);
      visit(join(dirname(file), specifier));
    }
    assert.doesNotMatch(source, /\b(eval|Function)\(|\bprocess\b|\brequire\(/, file);
  };
  visit(join(root, 'dist/index.js'));
  assert.ok(seen.size > 5);
});

test('Node.js gets the same names as a browser', async () => {
  const browser = await import('../dist/index.js');
  const node = await import('../dist/node.js');
  assert.deepEqual(Object.keys(node).sort(), Object.keys(browser).sort());
});

test("code that Vite's development server moved finds the module in the package", () => {
  const moved = 'http://localhost:5173/base/node_modules/.vite/deps/weftdb.js?v=1';
  assert.equal(
    String(movedModule(moved)),
    'http://localhost:5173/base/node_modules/weftdb/dist/weft.wasm',
  );
  assert.equal(movedModule('https://example.org/assets/index.js'), null);
  assert.equal(movedModule('file:///app/node_modules/weftdb/dist/index.js'), null);
});

test('types come first in every export condition', () => {
  assert.equal(Object.keys(manifest.exports['.'])[0], 'types');
  assert.equal(manifest.sideEffects, false);
  assert.equal(manifest.type, 'module');
});

test("the examples of the package's README and of the project's run", () => {
  const texts = [join(root, 'README.md'), join(root, '..', 'README.md')].map((file) =>
    readFileSync(file, 'utf8'),
  );
  const examples = [...texts.join('\n').matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
  assert.ok(examples.length >= 4);
  for (const code of examples) {
    // `console.log(x); // y` in an example says that y is printed.
    const expected = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
    const printed = run(code).trimEnd();
    assert.deepEqual(printed === '' ? [] : printed.split('\n'), expected, code);
  }
});
