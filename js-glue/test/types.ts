// What the compiler must take and what it must refuse; compiled in test/examples.test.mjs, never run.
import {
  createDatabase,
  Float,
  isNode,
  isPath,
  isTemporal,
  isVector,
  Point,
  Temporal,
  Vector,
  WeftError,
  type Change,
  type Database,
  type DatabaseOptions,
  type Node,
  type Parameter,
  type QueryResult,
  type SnapshotInfo,
  type UserFunction,
  type UserProcedure,
  type Value,
} from 'weftdb';
import { live, type LiveQuery } from 'weftdb/live';
import wasm from 'weftdb/weft.wasm';

/** Holds when two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<_ extends true>(): void {}

const db: Database = await createDatabase();
await createDatabase({});
await createDatabase({ wasm });
await createDatabase({ wasm: new URL('https://example.org/weft.wasm') });
await createDatabase({ wasm: fetch('https://example.org/weft.wasm') });
await createDatabase({ wasm: new Uint8Array(8), seed: 1n, now: Date.now });
// @ts-expect-error: no such option
await createDatabase({ wsam: wasm });
const options: DatabaseOptions = { timeoutMillis: 100 };
await createDatabase(options);

const result: QueryResult = await db.execute('RETURN 1 AS one');
same<Same<typeof result.columns, string[]>>();
same<Same<typeof result.summary.nodesCreated, number>>();
// @ts-expect-error: a result is not changed by its reader
result.columns = [];
// @ts-expect-error: a query is text
await db.execute(1);

await db.execute('RETURN $p', { p: null });
await db.execute('RETURN $p', { p: [1, 2n, 'three', true, { four: [4] }] });
await db.execute('RETURN $p', { p: new Temporal('date', '2015-07-21') });
await db.execute('RETURN $p', { p: new Point('wgs-84', 13.4, 52.5) });
await db.execute('RETURN $p', { p: new Vector(Float32Array.of(1, 2)) });
await db.execute('RETURN $p', { p: new Uint8Array(3) });
await db.execute('RETURN $p', { p: new Float(1) });
await db.execute('RETURN $p', { p: Temporal.duration({ days: 1 }) });
// @ts-expect-error: a duration has no such part
Temporal.duration({ day: 1 });
const frozen: Readonly<Record<string, Parameter>> = Object.freeze({ p: 1 });
await db.execute('RETURN $p', frozen);
// @ts-expect-error: a function is no value
await db.execute('RETURN $p', { p: () => 1 });
// @ts-expect-error: neither is a symbol
await db.execute('RETURN $p', { p: Symbol('p') });

declare const value: Value;
if (isTemporal(value, 'date')) {
  same<Same<typeof value.year, number | undefined>>();
}
if (isNode(value)) {
  same<Same<typeof value, Node>>();
  same<Same<typeof value.labels, string[]>>();
}
if (isPath(value)) {
  const first: Node | undefined = value.nodes[0];
  void first;
}
if (isVector(value)) {
  const coordinates: ArrayLike<number> | ArrayLike<bigint> = value.coordinates;
  void coordinates;
}
if (value instanceof Temporal) {
  const text: string = value.text;
  void text;
}

for await (const row of await db.stream('MATCH (n) RETURN n AS n')) {
  const n: Value | undefined = row['n'];
  void n;
}

try {
  await db.execute('nonsense');
} catch (error) {
  // @ts-expect-error: what is caught may be anything
  error.code;
  if (error instanceof WeftError) {
    same<Same<typeof error.code, string>>();
    same<Same<typeof error.line, number | undefined>>();
  }
}

const bytes = await db.saveSnapshotToBytes({ gzip: true, password: 'secret' });
same<Same<typeof bytes, Uint8Array<ArrayBuffer>>>();
const info: SnapshotInfo = await db.loadSnapshotFromBytes(bytes, { password: 'secret' });
void info;
// @ts-expect-error: text is no snapshot
await db.loadSnapshotFromBytes('text');

const twice: UserFunction = { signature: 'f(x :: INTEGER) :: INTEGER', call: (x: number) => 2 * x };
const words: UserProcedure = {
  signature: 'p(text :: STRING) :: (word :: STRING)',
  call: (text: string) => text.split(' ').map((word) => [word]),
};
await createDatabase({ functions: [twice], procedures: [words] });
// @ts-expect-error: a function without a signature
await createDatabase({ functions: [{ call: () => 1 }] });
// @ts-expect-error: rows are arrays
const rows: UserProcedure = { signature: 'p() :: (x :: INTEGER)', call: () => [1, 2] };
void rows;

// Live queries.
interface Named {
  readonly name: string;
}
const named: LiveQuery<Named> = await live<Named>(db, 'MATCH (p:P) RETURN p.name AS name', {}, (result) => {
  same<Same<typeof result, QueryResult<Named>>>();
});
same<Same<typeof named.result.rows, Named[]>>();
await live<Named>(db, 'MATCH (p:P) RETURN p.name AS name', { least: 1 }, {
  key: 'name',
  onChanges: ({ changed }) => same<Same<(typeof changed)[number]['before'], Named>>(),
});
await live<Named>(db, 'MATCH (p:P) RETURN p.name AS name', {}, { key: (row) => row.name, throttleMillis: 16 });
// @ts-expect-error: no parameter
await live(db, 'RETURN $x AS x', { x: undefined });
// @ts-expect-error: no such option
await live(db, 'RETURN 1 AS x', {}, { onRows: () => undefined });
for await (const { rows } of named) {
  same<Same<typeof rows, Named[]>>();
}
const facets: string[] = await db.footprint('MATCH (n) RETURN n');
const forget: () => void = db.onChange(({ lsn, touched }: Change) => touched?.includes(facets[lsn] ?? ''));
forget();
