// Makes the graph of a size and the parameters of its queries, the same bytes on every machine:
//   node bench/peers/generate.mjs S M L
// All arithmetic is on integers or by operations that IEEE 754 rounds exactly (+ - * / sqrt).
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PERSONS = { S: 1_000, M: 10_000, L: 100_000 };

const LEAST_FRIENDS = 10;
const MOST_FRIENDS = 500;

const FIRST_NAMES = (
  'Ada Alan Barbara Claude Donald Edsger Frances Grace Hedy Ivan ' +
  'Jean John Karen Leslie Linus Margaret Niklaus Ole Radia Robin'
).split(' ');
const LAST_NAMES = (
  'Allen Backus Codd Dahl Engelbart Floyd Gray Hopper Iverson Johnson ' +
  'Knuth Lamport Milner Nygaard Ousterhout Perlis Ritchie Shannon Turing Wirth'
).split(' ');
const WORDS = Array.from({ length: 500 }, (_, i) => word(i));

function word(i) {
  let letters = '';
  let state = i * 7919 + 13;
  for (let syllable = 0; syllable < 2 + (i % 3); syllable++) {
    letters += 'bdfgklmnprstvz'[state % 14] + 'aeiou'[(state >> 3) % 5];
    state = (state * 31 + 7) % 99991;
  }
  return letters;
}

/** Numbers from 0 to below 1 (mulberry32). */
export function random(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function table(path, header) {
  const file = openSync(path, 'w');
  let pending = `${header}\n`;
  return {
    row(...cells) {
      pending += `${cells.join(',')}\n`;
      if (pending.length > 1 << 20) {
        writeSync(file, pending);
        pending = '';
      }
    },
    close() {
      writeSync(file, pending);
      closeSync(file);
    },
  };
}

function shuffled(length, next) {
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function writePersons(directory, persons) {
  const next = random(1001);
  const csv = table(join(directory, 'person.csv'), 'id,name,age,city,email,score,created');
  for (let id = 0; id < persons; id++) {
    const first = FIRST_NAMES[Math.floor(next() * 20)];
    const last = LAST_NAMES[Math.floor(next() * 20)];
    const city = next();
    csv.row(
      id,
      `${first} ${last}`,
      18 + Math.floor(next() * 62),
      `City${Math.floor(city * city * 100)}`,
      `user${id}@example.org`,
      // Never an integer: two peers take the type of a column from the first JavaScript number.
      Math.floor(next() * 8000) / 8 + 0.0625,
      moment(next),
    );
  }
  csv.close();
}

function moment(next) {
  return 1_500_000_000 + Math.floor(next() * 200_000_000);
}

/** A set of directed pairs, in the order in which they were added. */
class Pairs {
  constructor(capacity) {
    let bits = 1;
    while (1 << bits < capacity * 2) {
      bits++;
    }
    this.mask = (1 << bits) - 1;
    this.slots = new Int32Array(1 << bits);
    this.from = new Int32Array(capacity);
    this.to = new Int32Array(capacity);
    this.length = 0;
  }

  /** The slot where a pair belongs, or -1 when it is there already. */
  freeSlot(from, to) {
    const hash = Math.imul(from, 0x9e3779b1) ^ Math.imul(to, 0x85ebca6b);
    let slot = (hash ^ (hash >>> 15)) & this.mask;
    for (; this.slots[slot] !== 0; slot = (slot + 1) & this.mask) {
      const pair = this.slots[slot] - 1;
      if (this.from[pair] === from && this.to[pair] === to) {
        return -1;
      }
    }
    return slot;
  }

  /** Adds a pair unless it or its reverse is there. */
  add(from, to) {
    const slot = this.freeSlot(to, from) < 0 ? -1 : this.freeSlot(from, to);
    if (slot >= 0) {
      this.from[this.length] = from;
      this.to[this.length] = to;
      this.slots[slot] = ++this.length;
    }
  }
}

/**
 * Who knows whom. The number of friends follows Pareto's distribution with alpha 2; the rank of a friend is
 * that of the square of a random number, so that how many know somebody falls with the root of the rank.
 * There is no loop, nothing twice and no pair in both directions, so that a walk of up to three steps cannot
 * repeat a relationship: databases that match with and without repetition have to agree.
 */
function writeKnows(directory, persons) {
  const next = random(2002);
  const byRank = shuffled(persons, next);
  const pairs = new Pairs(persons * 24);
  for (let from = 0; from < persons; from++) {
    const friends = Math.floor(LEAST_FRIENDS / Math.sqrt(1 - next()));
    const most = Math.min(MOST_FRIENDS, persons >> 1, friends);
    for (let i = 0; i < most; i++) {
      const rank = next();
      const to = byRank[Math.floor(persons * rank * rank)];
      if (to !== from) {
        pairs.add(from, to);
      }
    }
  }
  const csv = table(join(directory, 'knows.csv'), 'src,dst,since');
  for (const pair of shuffled(pairs.length, next)) {
    csv.row(pairs.from[pair], pairs.to[pair], 1990 + Math.floor(next() * 36));
  }
  csv.close();
  return pairs.length;
}

function sentence(next) {
  const words = [];
  const length = 6 + Math.floor(next() * 10);
  for (let i = 0; i < length; i++) {
    const rank = next();
    words.push(WORDS[Math.floor(rank * rank * 500)]);
  }
  return words.join(' ');
}

/** Texts, each with the person who wrote it; those that answer a post are with it. */
function writeTexts(directory, name, { seed, count, persons, posts }) {
  const next = random(seed);
  const texts = table(join(directory, `${name}.csv`), 'id,content,length,created');
  const by = table(join(directory, `${name}_by.csv`), 'src,dst');
  const replies = posts && table(join(directory, 'reply_of.csv'), 'src,dst');
  for (let id = 0; id < count; id++) {
    const text = sentence(next);
    texts.row(id, text, text.length, moment(next));
    by.row(id, Math.floor(next() * persons));
    if (replies) {
      const rank = next();
      replies.row(id, Math.floor(posts * rank * rank));
    }
  }
  for (const csv of [texts, by, replies]) {
    csv?.close();
  }
}

function writeParameters(directory, persons) {
  const next = random(5005);
  const id = () => Math.floor(next() * persons);
  const list = (length, make) => Array.from({ length }, make);
  const parameters = {
    none: [{}],
    point: list(3000, () => ({ id: id() })),
    missing: list(500, () => ({ id: persons * 10 + id() })),
    email: list(200, () => ({ email: `user${id()}@example.org` })),
    start: list(1000, () => ({ id: id() })),
    pair: list(300, () => {
      const a = id();
      const b = id();
      return { a, b: b === a ? (b + 1) % persons : b };
    }),
    post: list(1000, () => ({ id: id() })),
  };
  writeFileSync(join(directory, 'params.json'), JSON.stringify(parameters));
}

/** Writes `manifest.json`: some counts, and a hash of every file, by which two machines compare. */
export function writeManifest(directory, counts) {
  const files = {};
  const names = readdirSync(directory).filter((name) => name !== 'manifest.json');
  for (const name of names.sort()) {
    const bytes = readFileSync(join(directory, name));
    const sha256 = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    files[name] = { bytes: bytes.length, sha256 };
  }
  const manifest = { ...counts, files };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest, null, 1));
  return manifest;
}

/** Makes the data of a size in a directory and gives its manifest. */
export function generate(size, directory) {
  const persons = PERSONS[size];
  if (persons === undefined) {
    throw new Error(`there is no size ${size}; the sizes are ${Object.keys(PERSONS).join(', ')}`);
  }
  mkdirSync(directory, { recursive: true });
  writePersons(directory, persons);
  const knows = writeKnows(directory, persons);
  writeTexts(directory, 'post', { seed: 3003, count: persons, persons });
  writeTexts(directory, 'comment', { seed: 4004, count: 2 * persons, persons, posts: persons });
  writeParameters(directory, persons);
  const counts = { size, persons, posts: persons, comments: 2 * persons };
  return writeManifest(directory, { ...counts, nodes: 4 * persons, knows, edges: knows + 5 * persons });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const size of process.argv.slice(2)) {
    const { nodes, edges } = generate(size, fileURLToPath(new URL(`data/${size}`, import.meta.url)));
    console.log(`${size}: ${nodes} nodes, ${edges} relationships`);
  }
}
