// What an editor asks for: scripts, all errors of a text, and what may stand at a place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase } from '../dist/node.js';

test('a script runs its statements one after another', async () => {
  const database = await createDatabase();
  const results = await database.script(
    "CREATE (:N {s: 'a;b'}); // one; comment\nMATCH (n:N) SET n.p = $p;;\nMATCH (n:N) RETURN n.s AS s, n.p AS p;",
    { p: 7 },
  );
  assert.equal(results.length, 3);
  assert.equal(results[0].summary.nodesCreated, 1);
  assert.deepEqual(results[2].rows, [{ s: 'a;b', p: 7 }]);
  assert.deepEqual(await database.script(' ; '), []);
  await assert.rejects(database.script('CREATE (:N);\n  RETURN missing; CREATE (:N)'), (error) => {
    assert.equal(error.code, 'UNDEFINED_VARIABLE');
    assert.deepEqual([error.line, error.column], [2, 10]);
    assert.match(error.message, /^statement 2: /);
    assert.equal(error.neo4jStatus, 'Neo.ClientError.Statement.SyntaxError');
    return true;
  });
  assert.equal((await database.stats()).nodeCount, 2);
  await assert.rejects(database.execute('RETURN 1; RETURN 2'), { code: 'UNEXPECTED_SYNTAX' });
});

test('check finds all errors of a text', async () => {
  const database = await createDatabase();
  assert.deepEqual(await database.check('MATCH (n) RETURN n; CREATE (:A)'), []);
  const found = await database.check('RETURN (; RETURN\n (x); MATCH (n) SET y.a = 1');
  assert.deepEqual(
    found.map(({ code, offset, line, column, length }) => [code, offset, line, column, length]),
    [
      ['UNEXPECTED_SYNTAX', 8, 1, 9, 1],
      ['UNDEFINED_VARIABLE', 19, 2, 3, 1],
      ['UNDEFINED_VARIABLE', 37, 2, 21, 1],
    ],
  );
});

test('complete offers what may stand at a place', async () => {
  const database = await createDatabase();
  await database.execute("CREATE (:Person {name: 'Ada'})-[:KNOWS]->(:City)");
  const at = async (text) => {
    const { items } = await database.complete(text.replace('|', ''), text.indexOf('|'));
    return items.map((item) => item.text);
  };
  assert.deepEqual(await at('MATCH (n:|'), ['City', 'Person']);
  assert.deepEqual(await at('MATCH (n:Pe|'), ['Person']);
  assert.ok((await at('MATCH (n) WHERE n.|')).includes('name'));
  assert.ok((await at('MATCH (someone) RETURN |')).includes('someone'));
  assert.ok((await at('MATCH (n) |')).includes('WHERE'));
  const { from, to, items } = await database.complete('RETURN toUpp', 12);
  assert.deepEqual([from, to, items[0].text, items[0].kind], [7, 12, 'toUpper', 'FUNCTION']);
});

test('texts full of errors are checked without harm', async () => {
  const database = await createDatabase();
  assert.equal((await database.check('('.repeat(100_000))).length, 1);
  assert.equal((await database.check('RETURN ( '.repeat(10_000))).length, 100);
  const inside = await database.check('MATCH (n {x: }) RETURN [1 +, 2], f(n, 3 -)');
  assert.deepEqual(inside.map(({ offset }) => offset), [13, 27, 41]);
  assert.equal((await database.execute('RETURN 1 AS x')).rows.length, 1);
});
