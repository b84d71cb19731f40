// LoraDB's native build, in memory.
import { createDatabase } from '@loradb/lora-node';
import { installedVersion } from '../lib/spec.mjs';

export default {
  name: 'LoraDB native',
  version: installedVersion('@loradb/lora-node'),
  async open({ schema } = {}) {
    const database = await createDatabase();
    for (const [label, { key }] of Object.entries(schema?.nodes ?? {})) {
      await database.execute(`CREATE INDEX key_${label} FOR (n:${label}) ON (n.${key})`);
    }
    return {
      dialect: 'lora',
      execute: (cypher, parameters) =>
        database.execute(cypher, parameters).then(({ rows }) => rows),
      // A query without RETURN gives every bound row to the host here; with a count it is faster.
      writeCypher: (cypher) =>
        cypher.startsWith('UNWIND') ? `${cypher} RETURN count(*) AS n` : cypher,
      snapshotOptions: { plain: undefined, gzip: { compression: 'gzip' } },
      saveSnapshot: (options) => database.saveSnapshot(options),
      loadSnapshot: (bytes) => database.loadSnapshot(bytes),
      close: () => database.dispose(),
    };
  },
};
