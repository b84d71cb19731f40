// The examples of docs/cypher.md, which run on the JVM too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { parseExamples, runExamples } from './shared/documentation.mjs';
import { createTypedDatabase } from './typed-values.mjs';

const document = readFileSync(new URL('../../docs/cypher.md', import.meta.url), 'utf8');
const examples = parseExamples(document);

suite(`${examples.length} examples of docs/cypher.md`, () => {
  // Each section of the second level begins with an empty database.
  const sections = [];
  for (const example of examples) {
    const heading = example.before.findLast((line) => line.startsWith('## '));
    if (heading !== undefined || sections.length === 0) {
      sections.push({ title: heading?.slice(3) ?? 'the beginning', examples: [] });
    }
    sections.at(-1).examples.push(example);
  }
  for (const section of sections) {
    const name = `${section.examples.length} of ${section.title}`;
    test(name, () => runExamples(section.examples, createTypedDatabase));
  }
});

test('an example that gives something else fails', async () => {
  const example = (query, ...expected) => [{ line: 1, before: [], query, expected }];
  const run = (...parts) => runExamples(example(...parts), createTypedDatabase);
  await run('RETURN 1.0 AS x', '| x |', '|---|', '| `1.0` |');
  await assert.rejects(run('RETURN 1 AS x', '| x |', '|---|', '| `1.0` |'), /line 1: RETURN 1/);
  await assert.rejects(run('RETURN 1 AS x', '> error UNKNOWN_FUNCTION'), /no error/);
  await assert.rejects(run('RETURN 1 +', '| x |'), /line 1: RETURN 1 \+\nUnexpected end/);
});
