// kuzu-wasm's build for Node.js, in memory, by its synchronous calls: they do not cross to a worker.
import { createRequire } from 'node:module';
import { preparing } from '../lib/kuzu.mjs';
import { installedVersion } from '../lib/spec.mjs';

const kuzu = createRequire(import.meta.url)('kuzu-wasm/nodejs/sync');
const BUFFER_BYTES = 2 ** 30;

export default {
  name: 'kuzu-wasm',
  version: installedVersion('kuzu-wasm'),
  async open(options) {
    await kuzu.init();
    const database = new kuzu.Database(':memory:', BUFFER_BYTES);
    const connection = new kuzu.Connection(database);
    const checked = (result) => {
      if (!result.isSuccess()) {
        throw new Error(result.getErrorMessage());
      }
      return result;
    };
    const calls = {
      prepare: (cypher) => checked(connection.prepare(cypher)),
      run: (statement, parameters) => connection.execute(statement, parameters),
      query: (cypher) => checked(connection.query(cypher)),
      rows(result) {
        const rows = result.getAllObjects();
        result.close();
        return rows;
      },
    };
    return {
      ...preparing(calls, options),
      close() {
        connection.close();
        database.close();
      },
    };
  },
};
