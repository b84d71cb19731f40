// What is in the package and how it is found.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { movedFile } from '../dist/vite.js';
import { command, installIntoEmptyProject, root } from './installed.mjs';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

let project;
let packed;
let run;
before(() => {
  project = installIntoEmptyProject();
  ({ packed, run } = project);
});
after(() => project.close());

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
  const others = names.filter((name) => !/^dist\/([\w/-]+\.(js|js\.map|d\.ts)|weft\.wasm|weft\.d\.wasm\.ts)$/.test(name));
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
    for (const [, specifier] of source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
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

test('classes keep their names, and errors tell lines of the source', async () => {
  for (const entry of ['node.js', 'rows/index.js']) {
    for (const [name, value] of Object.entries(await import(`../dist/${entry}`))) {
      if (/^class\b/.test(Function.prototype.toString.call(value))) {
        assert.equal(value.name, name);
      }
    }
  }
  const map = JSON.parse(readFileSync(join(root, 'dist/stores/memory.js.map'), 'utf8'));
  assert.deepEqual(map.sources, ['../../src/stores/memory.ts']);
  assert.equal(map.sourcesContent[0], readFileSync(join(root, 'src/stores/memory.ts'), 'utf8'));
});

test("code that Vite's development server moved finds the other files in the package", () => {
  const moved = 'http://localhost:5173/base/node_modules/.vite/deps/weftdb.js?v=1';
  for (const name of ['weft.wasm', 'worker-main.js']) {
    const expected = `http://localhost:5173/base/node_modules/weftdb/dist/${name}`;
    assert.equal(String(movedFile(moved, name)), expected);
    assert.equal(movedFile('https://example.org/assets/index.js', name), null);
    assert.equal(movedFile('file:///app/node_modules/weftdb/dist/index.js', name), null);
  }
});

test('every entry has types before all else, and every file that it names is packed', () => {
  const names = packed.files.map(({ path }) => `./${path}`);
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (entry !== './package.json') {
      assert.equal(Object.keys(target)[0], 'types', entry);
      assert.equal(Object.keys(target).at(-1), 'default', entry);
      for (const file of Object.values(target)) {
        assert.ok(names.includes(file), `${entry}: ${file}`);
      }
    }
  }
  assert.equal(manifest.sideEffects, false);
  assert.equal(manifest.type, 'module');
});

test('publint finds nothing to say', () => {
  const { status, output } = command('publint/src/cli.js', ['--strict', '--pack=npm', '.'], root);
  assert.equal(status, 0, output);
  assert.match(output, /All good!/);
});

test('the types are those of the code, whoever resolves them', () => {
  const args = [project.tarball, '--profile', 'esm-only', '--format', 'json'];
  const script = '@arethetypeswrong/cli/dist/index.js';
  const { status, output } = command(script, args, root);
  assert.equal(status, 0, output);
});
