// What every runtime must do; it runs in the runtime itself, in the project that has the package.
import { createDatabase, isNode, Point, Temporal, Vector, WeftError } from 'weftdb';
import { parseCases, runCases } from './node_modules/weftdb/test/shared/cases.mjs';
import { openTypedDatabase } from './node_modules/weftdb/test/shared/typed.mjs';
import texts from './texts.mjs';

/**
 * Runs the smoke test and the core's cases.
 *
 * @param module weft.wasm, compiled
 * @returns how many cases ran, and what failed
 */
export async function check(module) {
  const failures = [];
  const attempt = async (name, run) => {
    try {
      await run();
    } catch (error) {
      failures.push(`${name}: ${error?.stack ?? error}`);
    }
  };
  for (const [name, run] of Object.entries(SMOKE)) {
    await attempt(name, run);
  }
  let cases = 0;
  for (const [name, text] of Object.entries(texts)) {
    const parsed = parseCases(text);
    await attempt(name, () => runCases(name, parsed, (more) => openTypedDatabase(module, more)));
    cases += parsed.length;
  }
  return { cases, failures };
}

const SMOKE = {
  async 'values go in and come out'() {
    const values = {
      nothing: null,
      yes: true,
      text: 'äß✓😀',
      small: 42,
      large: 9007199254740993n,
      float: 0.5,
      list: [1, 'two', [3]],
      date: new Temporal('date', '2015-07-21'),
      point: new Point('wgs-84', 13.4, 52.5),
      vector: new Vector(Float32Array.of(0.5, 1.5)),
      bytes: Uint8Array.of(0, 127, 255),
    };
    const db = await createDatabase();
    const { rows } = await db.execute('RETURN $values AS values', { values });
    same(rows[0].values, values);
    const created = await db.execute("CREATE (n:Person {name: 'Ada'}) RETURN n");
    expect(isNode(created.rows[0].n), 'a node');
    same(created.rows[0].n.labels, ['Person']);
    same(created.summary.nodesCreated, 1);
    const zone = await db.execute(
      "RETURN toString(datetime({year: 2024, month: 7, timezone: 'Europe/Stockholm'})) AS t",
    );
    same(zone.rows[0].t, '2024-07-01T00:00+02:00[Europe/Stockholm]');
    const normal = await db.execute("RETURN size(normalize('e\u0301')) AS n");
    same(normal.rows[0].n, 1);
    await db.close();
  },

  async 'a snapshot restores the graph, compressed and encrypted too'() {
    const db = await createDatabase();
    await db.execute('UNWIND range(1, 1000) AS i CREATE (:N {i: i})-[:R]->(:M)');
    const plain = await db.saveSnapshotToBytes();
    const sealed = await db.saveSnapshotToBytes({ gzip: true, password: 'p', iterations: 1000 });
    await db.close();
    for (const [bytes, key] of [[plain], [sealed, { password: 'p' }]]) {
      const other = await createDatabase();
      const info = await other.loadSnapshotFromBytes(bytes, key);
      same([info.nodeCount, info.relationshipCount], [2000, 1000]);
      const { rows } = await other.execute('MATCH (n:N)-[:R]->() RETURN sum(n.i) AS sum');
      same(rows[0].sum, 500500);
      await other.close();
    }
  },

  async 'a wrong query fails with its place and changes nothing'() {
    const db = await createDatabase();
    const error = await db.execute('CREATE (n)\nRETURN missing').catch((e) => e);
    expect(error instanceof WeftError, String(error));
    same([error.code, error.line, error.column], ['UNDEFINED_VARIABLE', 2, 8]);
    const late = await db.execute('CREATE (n) WITH n RETURN 1 / 0 AS x').catch((e) => e);
    same(late.code, 'DIVISION_BY_ZERO');
    const { rows } = await db.execute('MATCH (n) RETURN count(n) AS n');
    same(rows[0].n, 0);
    await db.close();
    same((await db.execute('RETURN 1').catch((e) => e)).code, 'CLOSED');
  },

  async 'two databases know nothing of each other'() {
    const [one, two] = [await createDatabase(), await createDatabase()];
    await one.execute('CREATE (:A)');
    const { rows } = await two.execute('MATCH (n) RETURN count(n) AS n');
    same(rows[0].n, 0);
    await Promise.all([one.close(), two.close()]);
  },
};

function expect(holds, what) {
  if (!holds) {
    throw new Error(`expected ${what}`);
  }
}

function same(actual, expected) {
  const [a, b] = [text(actual), text(expected)];
  expect(a === b, `${b}, but it is ${a}`);
}

/** One text for equal data, keys in order. */
function text(value) {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `${value.constructor.name}[${Array.from(value, text)}]`;
  } else if (value !== null && typeof value === 'object') {
    const fields = Object.keys(value).sort().map((key) => `${key}: ${text(value[key])}`);
    return `${value.constructor?.name}{${fields}}`;
  }
  return `${typeof value} ${value}`;
}
