import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Window } from 'happy-dom';
import { createDatabase } from 'weftdb';

// react-dom looks for a page when it is loaded.
const window = new Window();
Object.assign(globalThis, { window, document: window.document });
after(() => window.close());
const { createElement: h, StrictMode, useState } = await import('react');
const { createRoot } = await import('react-dom/client');
const { renderToString } = await import('react-dom/server');
const { useDatabase, useLiveQuery, WeftProvider } = await import('weftdb/react');

const QUERY = 'MATCH (p:Person) WHERE p.age >= $least RETURN p.name AS name ORDER BY name';

async function until(holds, what = holds) {
  for (let i = 0; i < 400; i++) {
    if (holds()) {
      return;
    }
    await sleep(5);
  }
  assert.fail(`never: ${what}: ${document.body.innerHTML}`);
}

async function people() {
  const database = await createDatabase();
  await database.execute("CREATE (:Person {name: 'Ada', age: 36}), (:Person {name: 'Bob', age: 5})");
  return database;
}

/** Shows a component in the page, and gives what ends that. */
function shown(component) {
  const container = document.createElement('div');
  document.body.replaceChildren(container);
  const root = createRoot(container);
  root.render(component);
  return {
    text: () => container.textContent,
    end: () => root.unmount(),
  };
}

test('a component shows the rows of now', async () => {
  const database = await people();
  let renders = 0;
  let grow;
  function People() {
    const [least, setLeast] = useState(18);
    grow = setLeast;
    renders++;
    const { rows, columns, error, isLoading } = useLiveQuery(useDatabase(), QUERY, { least });
    assert.equal(error, undefined);
    assert.deepEqual(columns, rows && ['name']);
    return h('p', null, rows === undefined ? 'none' : rows.map((row) => row.name).join(), isLoading ? '…' : '.');
  }
  const page = shown(h(StrictMode, null, h(WeftProvider, { database }, h(People))));
  await until(() => page.text() === 'Ada.');
  await database.execute("CREATE (:Person {name: 'Cy', age: 40})");
  await until(() => page.text() === 'Ada,Cy.');
  const before = renders;
  await database.execute("CREATE (:Dog {name: 'Rex'})");
  await database.execute("CREATE (:Person {name: 'Kid', age: 2})");
  await sleep(40);
  assert.equal(renders, before, 'nothing is rendered when the rows are as before');
  const seen = new Set();
  grow(1);
  await until(() => {
    seen.add(page.text());
    return page.text() === 'Ada,Bob,Cy,Kid.';
  });
  assert.ok(!seen.has('none…'), 'the rows before stay while those for other parameters come');
  page.end();
  await database.execute("CREATE (:Person {name: 'Zoe', age: 50})");
  await sleep(40);
  await database.close();
});

test('an error is shown, and goes when the query works again', async () => {
  const database = await createDatabase();
  await database.execute('CREATE (:N {x: 1})');
  function Quotient() {
    const { rows, error } = useLiveQuery(database, 'MATCH (n:N) RETURN 6 / n.x AS y');
    return h('p', null, error === undefined ? String(rows?.[0].y) : error.code);
  }
  const page = shown(h(Quotient));
  await until(() => page.text() === '6');
  await database.execute('MATCH (n:N) SET n.x = 0');
  await until(() => page.text() === 'DIVISION_BY_ZERO');
  await database.execute('MATCH (n:N) SET n.x = 1');
  await until(() => page.text() === '6');
  page.end();
  function Wrong() {
    const { error, isLoading } = useLiveQuery(database, 'MATCH (n RETURN n');
    return h('p', null, isLoading ? 'loading' : error.code);
  }
  const wrong = shown(h(Wrong));
  await until(() => wrong.text() === 'UNEXPECTED_SYNTAX');
  wrong.end();
  await database.close();
});

test('a database may come later, and another one', async () => {
  const [first, second] = [await people(), await createDatabase()];
  let give;
  function People() {
    const { rows } = useLiveQuery(useDatabase(), QUERY, { least: 0 });
    return h('p', null, rows === undefined ? 'none' : `${rows.length} rows`);
  }
  function App() {
    const [database, setDatabase] = useState(null);
    give = setDatabase;
    return h(WeftProvider, { database }, h(People));
  }
  const page = shown(h(App));
  await until(() => page.text() === 'none');
  give(first);
  await until(() => page.text() === '2 rows');
  give(second);
  await until(() => page.text() === '0 rows');
  page.end();
  await first.close();
  await second.close();
});

test('on a server there are no rows yet', () => {
  function People() {
    const { rows, isLoading } = useLiveQuery(useDatabase(), QUERY, { least: 0 });
    return h('p', null, `${rows} ${isLoading}`);
  }
  assert.equal(renderToString(h(People)), '<p>undefined true</p>');
});
