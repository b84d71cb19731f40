// The rows of wordnet.json by hand. A meaning and a word is its place in an array, found by a Map.
import { Edges, Walker } from './adjacency.mjs';

/** The functions that answer the rows, by the rows' names. */
export function rawWordNet() {
  const synsets = [];
  const synsetPlaces = new Map();
  const lemmas = [];
  const wordPlaces = new Map();
  const senses = new Edges();
  const hypernyms = new Edges();
  const others = new Edges();
  let made = null;

  function derived() {
    made ??= {
      broader: hypernyms.outgoing(synsets.length),
      narrower: hypernyms.incoming(synsets.length),
      meanings: senses.outgoing(lemmas.length),
      words: senses.incoming(synsets.length),
      walker: new Walker(synsets.length),
      wordWalker: new Walker(lemmas.length),
    };
    return made;
  }

  const addPairs = (edges, from) => ({ rows }) => {
    for (const { src, dst } of rows) {
      edges.add(from.get(src), synsetPlaces.get(dst));
    }
    return [];
  };
  const reachable = (direction) => ({ id }) => {
    const graph = derived();
    return [{ n: graph.walker.countUpTo(graph[direction], synsetPlaces.get(id), 20) }];
  };
  const countGlosses = (matches) => ({ word }) => {
    let n = 0;
    for (const { gloss } of synsets) {
      if (matches(gloss, word)) {
        n++;
      }
    }
    return [{ n }];
  };

  const rows = {
    load_synset({ rows }) {
      for (const row of rows) {
        synsetPlaces.set(row.id, synsets.length);
        synsets.push({ ...row });
      }
      return [];
    },
    load_word({ rows }) {
      for (const { lemma } of rows) {
        wordPlaces.set(lemma, lemmas.length);
        lemmas.push(lemma);
      }
      return [];
    },
    load_sense: addPairs(senses, wordPlaces),
    load_hypernym: addPairs(hypernyms, synsetPlaces),
    load_instance_hypernym: addPairs(others, synsetPlaces),
    load_part_meronym: addPairs(others, synsetPlaces),
    load_member_meronym: addPairs(others, synsetPlaces),
    load_similar_to: addPairs(others, synsetPlaces),

    wn_synset({ id }) {
      const { pos, gloss } = synsets[synsetPlaces.get(id)];
      return [{ pos, gloss }];
    },
    wn_up: reachable('broader'),
    wn_up_list({ id }) {
      const { walker, broader } = derived();
      return walker
        .nodesUpTo(broader, synsetPlaces.get(id), 20)
        .map((place) => ({ id: synsets[place].id, gloss: synsets[place].gloss }));
    },
    wn_down: reachable('narrower'),
    wn_down_all: reachable('narrower'),
    wn_gloss_contains: countGlosses((gloss, word) => gloss.includes(word)),
    wn_gloss_starts: countGlosses((gloss, word) => gloss.startsWith(word)),
    wn_gloss_first: ({ word }) =>
      synsets
        .filter(({ gloss }) => gloss.includes(word))
        .map(({ id, gloss }) => ({ id, gloss }))
        .sort(by(({ id }) => id))
        .slice(0, 10),
    wn_group_pos() {
      const groups = new Map();
      for (const { pos, gloss } of synsets) {
        const group = groups.get(pos) ?? { n: 0, chars: 0 };
        groups.set(pos, group);
        group.n++;
        group.chars += gloss.length;
      }
      return [...groups].map(([pos, { n, chars }]) => ({ pos, n, a: chars / n }));
    },
    wn_top_words: () =>
      highestDegrees(derived().meanings, (place) => lemmas[place]).map(({ name, n }) => ({
        lemma: name,
        n,
      })),
    wn_top_synsets: () =>
      highestDegrees(derived().narrower, (place) => synsets[place].id).map(({ name, n }) => ({
        id: name,
        n,
      })),
    wn_synonyms({ lemma }) {
      const { meanings, words, wordWalker } = derived();
      const word = wordPlaces.get(lemma);
      return wordWalker
        .siblings(meanings, words, word)
        .map((place) => ({ lemma: lemmas[place] }));
    },
    wn_shortest_path({ a, b }) {
      const { walker, broader, narrower } = derived();
      const ends = [synsetPlaces.get(a), synsetPlaces.get(b)];
      const n = walker.distance([broader, narrower], ...ends, 40);
      return n === null ? [] : [{ n }];
    },
  };
  return { rows, checks: {} };
}

function by(keyOf) {
  return (a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0);
}

/** The ten nodes with the most relationships, and among equals those first in the order of their names. */
function highestDegrees({ offsets }, nameOf) {
  const best = [];
  for (let place = 0; place + 1 < offsets.length; place++) {
    const n = offsets[place + 1] - offsets[place];
    if (best.length < 10 || n >= best[9].n) {
      best.push({ name: nameOf(place), n });
      best.sort((a, b) => b.n - a.n || by(({ name }) => name)(a, b));
      best.length = Math.min(best.length, 10);
    }
  }
  return best;
}
