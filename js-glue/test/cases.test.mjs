// The Cypher cases of the core, which run on the JVM and in Chromium too.
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { parseCases, runCases } from './shared/cases.mjs';
import { createTypedDatabase } from './typed-values.mjs';

const directory = new URL('../../core/src/test/resources/cases/cypher/', import.meta.url);

suite('cases of the core', () => {
  for (const name of readdirSync(directory).filter((file) => file.endsWith('.test'))) {
    const cases = parseCases(readFileSync(new URL(name, directory), 'utf8'));
    test(`${cases.length} of ${name}`, () => runCases(name, cases, createTypedDatabase));
  }
});
