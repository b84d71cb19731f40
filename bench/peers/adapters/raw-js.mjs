// No database: every row as plain loops over arrays, without a parser, a plan or transactions. Its answers are
// those that all others have to give, its times what the machine could do.
import { rawGraph } from '../lib/raw-graph.mjs';
import { rawWordNet } from '../lib/raw-wordnet.mjs';

export default {
  name: 'plain loops',
  version: process.versions.node,
  async open({ spec }) {
    const { rows, checks } = spec.data === 'wordnet' ? rawWordNet() : rawGraph();
    const byCypher = new Map();
    for (const { id, cypher, gen, check } of [...spec.load, ...spec.workloads]) {
      byCypher.set(cypher, rows[id]);
      if (gen !== undefined) {
        byCypher.set(check, checks[gen.split('_')[0]]);
      }
    }
    return {
      execute: (cypher, parameters) => byCypher.get(cypher)(parameters),
      close: () => {},
    };
  },
};
