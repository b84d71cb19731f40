import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { createDatabase, WeftError } from 'weftdb';

const CREATE = `
  UNWIND range(1, 500) AS i
  CREATE (n:Thing {id: i, name: 'thing ' + i, weight: i / 4.0, even: i % 2 = 0, tags: [i, 'x']})
  CREATE (n)-[:NEXT {step: i}]->(:Leaf:\`With space\`)`;
const QUERY = 'MATCH (n:Thing)-[r:NEXT]->(m) RETURN n, r, m ORDER BY n.id';

let original;
let bytes;
before(async () => {
  original = await createDatabase();
  await original.execute(CREATE);
  await original.execute('CREATE INDEX thing_id FOR (n:Thing) ON (n.id)');
  bytes = await original.saveSnapshotToBytes();
});

test('a snapshot carries the whole graph', async () => {
  const database = await createDatabase();
  const info = await database.loadSnapshotFromBytes(bytes);
  assert.equal(info.nodeCount, 1000);
  assert.equal(info.relationshipCount, 500);
  assert.ok(info.formatVersion >= 1);
  assert.equal(info.walLsn, original.lastSnapshot.walLsn);
  assert.deepEqual(original.lastSnapshot, info);
  assert.deepEqual(database.lastSnapshot, info);
  const { nodeCount, relationshipCount } = await database.stats();
  assert.deepEqual([nodeCount, relationshipCount], [1000, 500]);
  assert.deepEqual((await database.execute(QUERY)).rows, (await original.execute(QUERY)).rows);
  await assert.rejects(database.execute('CREATE INDEX thing_id FOR (n:Thing) ON (n.id)'), {
    code: 'INDEX_ALREADY_EXISTS',
  });
});

test('the same graph gives the same bytes', async () => {
  assert.deepEqual(await original.saveSnapshotToBytes(), bytes);
  const database = await createDatabase();
  await database.loadSnapshotFromBytes(bytes);
  assert.deepEqual(await database.saveSnapshotToBytes(), bytes);
});

test('bytes may be given as an ArrayBuffer or as a view on a larger one', async () => {
  const database = await createDatabase();
  const larger = new Uint8Array(bytes.length + 20);
  larger.set(bytes, 7);
  for (const given of [bytes.buffer, larger.subarray(7, 7 + bytes.length)]) {
    assert.equal((await database.loadSnapshotFromBytes(given)).nodeCount, 1000);
  }
  for (const given of ['text', null, [1, 2], 5]) {
    await assert.rejects(database.loadSnapshotFromBytes(given), { code: 'INVALID_ARGUMENT' });
  }
});

test('the snapshot of an empty graph replaces a graph by an empty one', async () => {
  const empty = await createDatabase();
  const emptyBytes = await empty.saveSnapshotToBytes();
  const database = await createDatabase();
  await database.loadSnapshotFromBytes(bytes);
  assert.equal((await database.loadSnapshotFromBytes(emptyBytes)).nodeCount, 0);
  assert.equal((await database.stats()).nodeCount, 0);
  assert.deepEqual((await database.execute('MATCH (n) RETURN n')).rows, []);
});

test('a stream that is open goes on over the graph it began with', async () => {
  const database = await createDatabase();
  await database.loadSnapshotFromBytes(bytes);
  const stream = await database.stream('MATCH (n:Thing) RETURN n.id AS id');
  const emptyBytes = await (await createDatabase()).saveSnapshotToBytes();
  let count = 0;
  for await (const row of stream) {
    if (count++ === 0) {
      await database.loadSnapshotFromBytes(emptyBytes);
    }
    assert.equal(row.id, count);
  }
  assert.equal(count, 500);
});

test('a loaded graph can be changed and saved again', async () => {
  const database = await createDatabase();
  await database.loadSnapshotFromBytes(bytes);
  await database.execute('MATCH (n:Thing {id: 3}) SET n.name = $name', { name: 'changed' });
  await database.execute('CREATE (:Thing {id: 501})');
  const again = await createDatabase();
  const info = await again.loadSnapshotFromBytes(await database.saveSnapshotToBytes());
  assert.equal(info.nodeCount, 1001);
  const { rows } = await again.execute('MATCH (n:Thing {id: 3}) RETURN n.name AS name');
  assert.deepEqual(rows, [{ name: 'changed' }]);
});

test('damaged bytes are refused and the graph stays', async () => {
  const database = await createDatabase();
  await database.execute('CREATE (:Old)');
  const flipped = (at) => bytes.map((byte, i) => (i === at ? byte ^ 0x10 : byte));
  const damaged = [
    new Uint8Array(0),
    new Uint8Array(100),
    new TextEncoder().encode('this is no snapshot at all'),
    Uint8Array.from([...bytes, 0]),
  ];
  const step = Math.max(1, Math.floor(bytes.length / 300));
  for (let at = 0; at < bytes.length; at += step) {
    damaged.push(bytes.subarray(0, at), flipped(at));
  }
  for (const broken of damaged) {
    await assert.rejects(database.loadSnapshotFromBytes(broken), (error) => {
      assert.ok(error instanceof WeftError);
      assert.equal(error.category, 'CORRUPTION', `${error.code}: ${error.message}`);
      return true;
    });
  }
  assert.equal((await database.stats()).nodeCount, 1);
  assert.deepEqual((await database.execute('MATCH (n:Old) RETURN count(n) AS n')).rows, [{ n: 1 }]);
});

const archives = new URL('../../core/src/test/resources/fixtures/archive/', import.meta.url);
const archive = (name) => new Uint8Array(readFileSync(new URL(name, archives)));

test('an archive of the JVM is loaded, also one with a log above its snapshot', async () => {
  for (const name of ['exported.weft', 'log.weft']) {
    const database = await createDatabase();
    const info = await database.loadSnapshotFromBytes(archive(name));
    assert.deepEqual([info.nodeCount, info.relationshipCount], [10, 1], name);
    assert.deepEqual(database.lastSnapshot, info);
    assert.deepEqual(await database.saveSnapshotToBytes(), archive('graph.weft'), name);
    const { rows } = await database.execute('MATCH (p:Author) RETURN p.name AS name, p.died AS died');
    assert.deepEqual(rows, [{ name: 'Ada', died: 1852 }]);
  }
});

test('a damaged archive is refused and the graph stays', async () => {
  const database = await createDatabase();
  await database.execute('CREATE (:Old)');
  const whole = archive('log.weft');
  for (let at = 0; at < whole.length; at++) {
    const flipped = whole.slice();
    flipped[at] ^= 1 << at % 8;
    await assert.rejects(database.loadSnapshotFromBytes(flipped), { category: 'CORRUPTION' });
    const cut = whole.subarray(0, at);
    await assert.rejects(database.loadSnapshotFromBytes(cut), { code: 'TRUNCATED' });
  }
  assert.equal((await database.stats()).nodeCount, 1);
  assert.equal((await database.loadSnapshotFromBytes(whole)).nodeCount, 10);
});
