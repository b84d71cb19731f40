// A fresh process to its first answers:  node lib/start-process.mjs <peer>
// Without a peer it is Node.js alone.
// Prints a line of JSON with milliseconds when a written node has been found again.
const begin = performance.now();
const [peer] = process.argv.slice(2);
if (peer === undefined) {
  console.log('{}');
  process.exit(0);
}
const person = { key: 'id', columns: { id: 'int', name: 'string' } };
const adapter = (await import(`../adapters/${peer}.mjs`)).default;
const imported = performance.now();
const database = await adapter.open({ schema: { nodes: { Person: person }, rels: {} } });
const opened = performance.now();
await database.execute('RETURN 1 AS x', {});
const answered = performance.now();
await database.execute("CREATE (:Person {id: 1, name: 'a'})", {});
const query = 'MATCH (p:Person {id: $id}) RETURN p.name AS name';
const [{ name }] = await database.execute(query, { id: 1 });
if (name !== 'a') {
  throw new Error('the node that was created has not been found');
}
const found = performance.now();
console.log(
  JSON.stringify({
    importMs: imported - begin,
    openMs: opened - imported,
    firstQueryMs: answered - opened,
    createAndFindMs: found - answered,
  }),
);
process.exit(0);
