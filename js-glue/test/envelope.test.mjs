// Compressed and encrypted snapshots, also those that the JVM wrote: core/src/test/resources/fixtures.
//
// WEFT_REWRITE=1 writes the files that this side gives to the JVM's tests anew.
import assert from 'node:assert/strict';
import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createDatabase, WeftError } from 'weftdb';
import { crc32c } from '../dist/boundary/crc32c.js';
import { open, seal, sealing } from '../dist/envelope.js';

const fixtures = new URL('../../core/src/test/resources/fixtures/', import.meta.url);
const fixture = (name) => new Uint8Array(readFileSync(new URL(`envelope/${name}`, fixtures)));
const snapshot = new Uint8Array(readFileSync(new URL('2/graph.weft', fixtures)));

const PASSWORD = 'pass wörd \u{1F511}';
const KEY = Uint8Array.from({ length: 32 }, (_, i) => 200 + i);
const QUICK = { password: PASSWORD, iterations: 1000 };
const HEADER_BYTES = 112;

let database;
before(async () => {
  database = await createDatabase();
});

/** The random bytes that stand in an envelope, in the order in which they are asked for. */
function randomOf(envelope) {
  const places = [
    [48, 60],
    [60, 72],
    [32, 48],
  ];
  return (target) => target.set(envelope.subarray(...places.shift()));
}

/** An envelope with bytes of its header changed and its checksum right again. */
function forged(envelope, change) {
  const bytes = envelope.slice();
  const view = new DataView(bytes.buffer);
  change(view, bytes);
  view.setUint32(108, crc32c(bytes.subarray(0, 108)), true);
  return bytes;
}

test('what the JVM wrote is read', async () => {
  for (const [name, key] of [
    ['password.weft', { password: PASSWORD }],
    ['key.weft', { key: KEY }],
    ['gzip.weft', {}],
  ]) {
    assert.deepEqual(await open(fixture(name), key), snapshot, name);
    const info = await database.loadSnapshotFromBytes(fixture(name), key);
    assert.equal(info.nodeCount, 4);
    assert.deepEqual(await database.saveSnapshotToBytes(), snapshot, name);
  }
});

test('what is written here is what the JVM writes, byte by byte', async () => {
  for (const [name, options] of [
    ['password.weft', QUICK],
    ['key.weft', { key: KEY }],
  ]) {
    const expected = fixture(name);
    assert.deepEqual(await seal(snapshot, sealing(options), randomOf(expected)), expected, name);
  }
});

test('what is written here is read by the JVM', async () => {
  for (const [name, options] of [
    ['js-gzip.weft', { gzip: true }],
    ['js-gzip-password.weft', { gzip: true, ...QUICK }],
    ['js-gzip-key.weft', { gzip: true, key: KEY }],
  ]) {
    const path = new URL(`envelope/${name}`, fixtures);
    if (process.env.WEFT_REWRITE) {
      writeFileSync(path, await seal(snapshot, sealing(options)));
    }
    // The JVM's own test reads the same files.
    assert.deepEqual(await open(fixture(name), options), snapshot, name);
  }
});

test('the bytes are gzip, PBKDF2 and AES-256-GCM as others know them', async () => {
  await database.loadSnapshotFromBytes(snapshot);
  const bytes = Buffer.from(await database.saveSnapshotToBytes({ gzip: true, ...QUICK }));
  const [salt, nonce] = [bytes.subarray(32, 48), bytes.subarray(48, 60)];
  const key = pbkdf2Sync(PASSWORD, salt, bytes.readUInt32LE(28), 32, 'sha256');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(bytes.subarray(0, HEADER_BYTES));
  decipher.setAuthTag(bytes.subarray(-16));
  const inner = decipher.update(bytes.subarray(HEADER_BYTES, -16));
  decipher.final();
  assert.deepEqual(new Uint8Array(gunzipSync(inner)), snapshot);
});

test('a database is saved and loaded with each of the options', async () => {
  const source = await createDatabase();
  await source.execute(
    'UNWIND range(1, 5000) AS i CREATE (:Thing {id: i, name: "the thing number " + i})',
  );
  const plain = await source.saveSnapshotToBytes();
  for (const options of [{}, { key: KEY }, QUICK]) {
    const stored = await source.saveSnapshotToBytes(options);
    const small = await source.saveSnapshotToBytes({ ...options, gzip: true });
    assert.ok(small.length < plain.length / 2, `${small.length} of ${plain.length} bytes`);
    for (const bytes of [stored, small]) {
      const target = await createDatabase();
      const { password, key } = options;
      const info = await target.loadSnapshotFromBytes(bytes, { password, key });
      assert.equal(info.nodeCount, 5000);
      assert.deepEqual(await target.saveSnapshotToBytes(), plain);
    }
  }
  const [one, other] = [
    await source.saveSnapshotToBytes({ key: KEY }),
    await source.saveSnapshotToBytes({ key: KEY }),
  ];
  assert.notDeepEqual(one, other);
  // The default takes its time.
  const slow = await source.saveSnapshotToBytes({ password: PASSWORD });
  assert.equal(new DataView(slow.buffer).getUint32(28, true), 600_000);
  assert.equal((await source.loadSnapshotFromBytes(slow, { password: PASSWORD })).nodeCount, 5000);
});

test('the graph that is saved is that of the call', async () => {
  const target = await createDatabase();
  const saving = target.saveSnapshotToBytes({ gzip: true });
  await target.execute('CREATE (:Later)');
  assert.equal((await target.loadSnapshotFromBytes(await saving)).nodeCount, 0);
});

test('wrong, missing and needless keys have errors of their own', async () => {
  const byPassword = fixture('password.weft');
  const byKey = fixture('key.weft');
  const otherKey = KEY.map((byte, i) => (i === 31 ? byte ^ 1 : byte));
  const cases = [
    ['WRONG_KEY', 8021, byPassword, { password: 'pass word' }],
    ['WRONG_KEY', 8021, byPassword, { key: KEY }],
    ['WRONG_KEY', 8021, byKey, { key: otherKey }],
    ['WRONG_KEY', 8021, byKey, { password: PASSWORD }],
    ['KEY_REQUIRED', 8020, byPassword, {}],
    ['KEY_REQUIRED', 8020, byKey, {}],
    ['NOT_ENCRYPTED', 8023, snapshot, { key: KEY }],
    ['NOT_ENCRYPTED', 8023, fixture('gzip.weft'), { password: PASSWORD }],
    ['NOT_OUR_FORMAT', 8003, new Uint8Array(200), { key: KEY }],
    ['TRUNCATED', 8002, new Uint8Array(0), { key: KEY }],
    ['INVALID_ARGUMENT', 3007, byKey, { key: KEY, password: PASSWORD }],
    ['INVALID_ARGUMENT', 3007, byKey, { key: new Uint8Array(16) }],
    ['INVALID_ARGUMENT', 3007, byKey, { key: [...KEY] }],
    ['INVALID_ARGUMENT', 3007, byPassword, { password: '' }],
    ['INVALID_ARGUMENT', 3007, byPassword, { password: '\ud83d' }],
  ];
  for (const [code, number, bytes, key] of cases) {
    const expected = { name: 'WeftError', code, number };
    await assert.rejects(database.loadSnapshotFromBytes(bytes, key), expected);
  }
  for (const options of [
    { gzip: 6 },
    { password: PASSWORD, iterations: 999 },
    { password: PASSWORD, iterations: 10_000_001 },
    { password: PASSWORD, iterations: 2000.5 },
    { password: 5 },
  ]) {
    await assert.rejects(database.saveSnapshotToBytes(options), { code: 'INVALID_ARGUMENT' });
  }
});

test('every flipped byte and every truncation is found, and the graph stays', async () => {
  const target = await createDatabase();
  await target.execute('CREATE (:Old)');
  const small = await (await createDatabase()).saveSnapshotToBytes();
  for (const options of [{ gzip: true }, { key: KEY }, { key: KEY, gzip: true }]) {
    const envelope = await seal(small, sealing(options));
    for (let at = 0; at < envelope.length; at++) {
      const damaged = envelope.slice();
      damaged[at] ^= 1 << at % 8;
      const inPayload = at >= HEADER_BYTES && options.key !== undefined;
      const flipped = at < 8 ? 'NOT_OUR_FORMAT' : inPayload ? 'TAMPERED' : 'CORRUPTED';
      const { key } = options;
      await assert.rejects(target.loadSnapshotFromBytes(damaged, { key }), { code: flipped });
      const cut = envelope.subarray(0, at);
      await assert.rejects(target.loadSnapshotFromBytes(cut, { key }), { code: 'TRUNCATED' });
    }
  }
  assert.equal((await target.stats()).nodeCount, 1);
});

test('no byte of an encrypted header can be forged', async () => {
  const envelope = fixture('key.weft');
  for (let at = 24; at < 108; at++) {
    const changed = forged(envelope, (_, bytes) => (bytes[at] ^= 1));
    await assert.rejects(open(changed, { key: KEY }), (error) => {
      assert.ok(error instanceof WeftError, `byte ${at}: ${error}`);
      assert.equal(error.category, 'CORRUPTION', `byte ${at}: ${error.code}`);
      return true;
    });
  }
});

test('versions that are not read are told apart', async () => {
  for (const [version, code] of [
    [0, 'FORMAT_TOO_OLD'],
    [2, 'FORMAT_TOO_NEW'],
    [0xffff_ffff, 'FORMAT_TOO_NEW'],
  ]) {
    const other = forged(fixture('gzip.weft'), (view, bytes) => {
      view.setUint32(12, version, true);
      view.setUint32(20, crc32c(bytes.subarray(0, 20)), true);
    });
    await assert.rejects(open(other, {}), { code });
  }
});

test('hostile headers cost neither time nor memory', async () => {
  for (const iterations of [0, 1, 999, 10_000_001, 0x7fff_ffff, 0xffff_ffff]) {
    const hostile = forged(fixture('password.weft'), (view) => view.setUint32(28, iterations, true));
    await assert.rejects(open(hostile, { password: PASSWORD }), { code: 'CORRUPTED' });
  }
  for (const flags of [4, 8, 0xffff_ffff]) {
    const hostile = forged(fixture('gzip.weft'), (view) => view.setUint32(24, flags, true));
    await assert.rejects(open(hostile, {}), { code: 'CORRUPTED' });
  }
  for (const length of [0, 1, snapshot.length - 1, snapshot.length + 1, 2 ** 40, 2 ** 63]) {
    for (const [name, key] of [
      ['gzip.weft', {}],
      ['key.weft', { key: KEY }],
    ]) {
      const hostile = forged(fixture(name), (view) => view.setBigUint64(96, BigInt(length), true));
      await assert.rejects(open(hostile, key), { code: 'CORRUPTED' }, `${name} of ${length}`);
    }
  }
  // A bomb that says less than what comes out of it is cut off there.
  const bomb = await seal(new Uint8Array(200_000_000), sealing({ gzip: true }));
  const before = process.memoryUsage().arrayBuffers;
  const lying = forged(bomb, (view) => view.setBigUint64(96, 1000n, true));
  await assert.rejects(open(lying, {}), { code: 'CORRUPTED' });
  const grown = process.memoryUsage().arrayBuffers - before;
  assert.ok(grown < 100_000_000, `${grown} bytes more`);
});
