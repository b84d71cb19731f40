// LadybugDB's native build, in memory, by its synchronous calls: they do not cross to another thread.
import { createRequire } from 'node:module';
import { preparing } from '../lib/kuzu.mjs';
import { installedVersion } from '../lib/spec.mjs';

const { Connection, Database } = createRequire(import.meta.url)('@ladybugdb/core');
const BUFFER_BYTES = 4 * 2 ** 30;

export default {
  name: 'LadybugDB native',
  version: installedVersion('@ladybugdb/core'),
  async open(options) {
    const database = new Database(':memory:', BUFFER_BYTES);
    const connection = new Connection(database);
    connection.initSync();
    const calls = {
      prepare(cypher) {
        const statement = connection.prepareSync(cypher);
        if (!statement.isSuccess()) {
          throw new Error(statement.getErrorMessage());
        }
        return statement;
      },
      run: (statement, parameters) => connection.executeSync(statement, parameters),
      query: (cypher) => connection.querySync(cypher),
      rows(result) {
        const rows = result.getAllSync();
        result.close();
        return rows;
      },
    };
    return {
      ...preparing(calls, options),
      close() {
        connection.closeSync();
        database.closeSync();
      },
    };
  },
};
