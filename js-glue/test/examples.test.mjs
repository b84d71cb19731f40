// The examples of the READMEs and of docs/javascript.md: run, and held to the package's types.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { command, installIntoEmptyProject, root } from './installed.mjs';

/** Blocks of JavaScript and TypeScript without a file's name: those with one are tried elsewhere. */
const BLOCK = /^```(?:js|ts)\n([\s\S]*?)^```$/gm;

const examples = ['README.md', '../README.md', '../docs/javascript.md'].flatMap((name) =>
  [...readFileSync(join(root, name), 'utf8').matchAll(BLOCK)].map(({ 1: code, index, input }) => ({
    place: `${name}:${input.slice(0, index).split('\n').length}`,
    code,
  })),
);

const STRICT = {
  strict: true,
  noEmit: true,
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable', 'esnext.disposable'],
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
};

/** Compiles files of the project under the strict rules and gives what the compiler says. */
function compile(folder, include, module, moduleResolution) {
  const compilerOptions = { ...STRICT, module, moduleResolution };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }));
  return command('typescript/bin/tsc', ['-p', '.'], folder).output;
}

let project;
before(() => {
  project = installIntoEmptyProject();
});
after(() => project.close());

suite(`${examples.length} examples`, () => {
  for (const { place, code } of examples) {
    test(place, () => {
      // `console.log(x); // y` in an example says that y is printed.
      const expected = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
      const printed = project.run(code, 'example.ts').trimEnd();
      assert.deepEqual(printed === '' ? [] : printed.split('\n'), expected);
    });
  }

  test('have the right types', () => {
    const files = examples.map(({ place, code }) => {
      const name = `${place.replace(/\W+/g, '_')}.ts`;
      writeFileSync(join(project.folder, name), `${code}\nexport {};\n`);
      return name;
    });
    assert.equal(compile(project.folder, files, 'nodenext', 'nodenext'), '');
  });
});

suite('types', () => {
  const source = readFileSync(join(root, 'test/types.ts'), 'utf8');

  for (const [module, resolution] of [['nodenext', 'nodenext'], ['esnext', 'bundler']]) {
    test(`take what is right and refuse what is wrong, with ${resolution}`, () => {
      writeFileSync(join(project.folder, 'types.ts'), source);
      assert.equal(compile(project.folder, ['types.ts'], module, resolution), '');
    });
  }

  test('a wrong type is found by this test', () => {
    writeFileSync(join(project.folder, 'types.ts'), "import { nothing } from 'weftdb';\n");
    assert.match(compile(project.folder, ['types.ts'], 'nodenext', 'nodenext'), /TS2305/);
  });
});
