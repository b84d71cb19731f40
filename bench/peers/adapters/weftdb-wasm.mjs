// WeftDB's npm package as js-glue builds it, in this thread, in memory.
import { createDatabase } from '../../../js-glue/dist/node.js';
import { readJson } from '../lib/spec.mjs';

const { version } = readJson(new URL('../../../js-glue/package.json', import.meta.url));

export default {
  name: 'WeftDB WebAssembly',
  version,
  async open({ schema } = {}) {
    const database = await createDatabase();
    for (const [label, { key }] of Object.entries(schema?.nodes ?? {})) {
      await database.execute(`CREATE CONSTRAINT FOR (n:${label}) REQUIRE n.${key} IS UNIQUE`);
    }
    return {
      execute: (cypher, parameters) => database.execute(cypher, parameters).then(({ rows }) => rows),
      snapshotOptions: { plain: {}, gzip: { gzip: true } },
      saveSnapshot: (options) => database.saveSnapshotToBytes(options),
      loadSnapshot: (bytes) => database.loadSnapshotFromBytes(bytes),
      close: () => database.close(),
    };
  },
};
