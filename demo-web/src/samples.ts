/** A query to start from. */
export interface Sample {
  readonly title: string;
  readonly query: string;
}

/** For the empty graph and for the reader's own one. */
export const ownGraphSamples: readonly Sample[] = [
  {
    title: 'A small graph of people',
    query: `CREATE (ada:Person {name: 'Ada', born: 1815}),
       (charles:Person {name: 'Charles', born: 1791}),
       (mary:Person {name: 'Mary', born: 1780}),
       (engine:Machine {name: 'Analytical Engine'}),
       (ada)-[:KNOWS {since: 1833}]->(charles),
       (mary)-[:TAUGHT]->(ada),
       (mary)-[:KNOWS]->(charles),
       (charles)-[:DESIGNED]->(engine),
       (ada)-[:WROTE_ABOUT {year: 1843}]->(engine)
RETURN ada, charles, mary, engine`,
  },
  {
    title: 'Everything and how it hangs together',
    query: `MATCH (n)
OPTIONAL MATCH (n)-[r]->(m)
RETURN n, r, m
LIMIT 200`,
  },
  {
    title: 'How many nodes of each label',
    query: `MATCH (n)
UNWIND labels(n) AS label
RETURN label, count(*) AS nodes
ORDER BY nodes DESC`,
  },
];

/** For WordNet. */
export const wordNetSamples: readonly Sample[] = [
  {
    title: 'From dog to entity',
    query: `MATCH (:Word {lemma: 'dog'})-[:SENSE {number: 1}]->(dog:Synset {pos: 'n'}),
      path = (dog)-[:HYPERNYM*]->(top:Synset)
WHERE NOT (top)-[:HYPERNYM]->()
RETURN path`,
  },
  {
    title: 'Words with the most senses',
    query: `MATCH (w:Word)-[:SENSE]->(s)
RETURN w.lemma AS word, count(s) AS senses
ORDER BY senses DESC, word
LIMIT 15`,
  },
  {
    title: 'Meanings within 3 steps',
    query: `MATCH (:Word {lemma: 'graph'})-[:SENSE]->(s:Synset)-[:HYPERNYM|HYPONYM*1..3]->(near:Synset)
RETURN DISTINCT near.id AS id, near.gloss AS meaning
ORDER BY id`,
  },
  {
    title: 'What dog means',
    query: `MATCH (w:Word {lemma: 'dog'})-[sense:SENSE]->(s:Synset)
RETURN w, sense, s`,
  },
  {
    title: 'Opposites',
    query: `MATCH (a:Word)-[:ANTONYM]->(b:Word)
WHERE a.lemma STARTS WITH 'light'
RETURN a.lemma AS word, b.lemma AS opposite
ORDER BY word, opposite`,
  },
  {
    title: 'Glosses that speak of weaving',
    query: `MATCH (w:Word)-[:SENSE]->(s:Synset)
WHERE s.gloss CONTAINS 'weav'
RETURN w.lemma AS word, s.gloss AS meaning
ORDER BY word
LIMIT 100`,
  },
];
