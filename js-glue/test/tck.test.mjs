// The openCypher technology compatibility kit in Node.js.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { runScenario } from './shared/kit.mjs';
import { createTypedDatabase } from './typed-values.mjs';

const file = new URL('../../core/target/tck/tck.json', import.meta.url);

if (!existsSync(file)) {
  test('scenarios of the compatibility kit', { skip: `${file.pathname} is not there` });
} else {
  const scenarios = JSON.parse(readFileSync(file, 'utf8'));
  suite(`${scenarios.length} scenarios of the compatibility kit`, () => {
    for (const [feature, group] of Map.groupBy(scenarios, ({ id }) => id.split(' ')[0])) {
      test(feature, async () => {
        const failures = [];
        for (const scenario of group) {
          try {
            await runScenario(scenario, createTypedDatabase);
          } catch (error) {
            failures.push(`${scenario.id}: ${error.message}`);
          }
        }
        assert.equal(failures.length, 0, failures.join('\n\n'));
      });
    }
  });
}
