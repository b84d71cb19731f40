// Scenarios of the openCypher technology compatibility kit, which the tests of the JVM write with
// their expectations to core/target/tck/tck.json. TckCorpus has the description of the file.
import { Temporal } from '../../dist/values.js';
import { Float, floatText, same } from './typed.mjs';

const COMPILE_TIME = ['SYNTAX', 'SEMANTIC'];

/**
 * Runs a scenario; fails when it does not go as it says.
 *
 * @param open makes an empty database with some options
 */
export async function runScenario({ steps }, open) {
  // Procedures are given when a database is made.
  const procedures = steps
    .filter(({ step }) => step === 'procedure')
    .map(({ signature, rows }) => ({ signature, call: (...given) => answers(rows, given) }));
  const database = await open({ procedures });
  const run = new Run(database);
  for (const step of steps) {
    if (step.step !== 'error' && run.error !== null) {
      break;
    }
    await run[`${step.step}Step`](step);
  }
  if (run.error !== null) {
    throw run.error;
  }
  await database.close();
}

/** The last columns of the rows of a table whose first columns are the arguments. */
function answers(rows, given) {
  const wanted = given.map((value) => numberless(corpusForm(value))).join();
  return rows
    .filter((row) => row.slice(0, given.length).map(numberless).join() === wanted)
    .map((row) => row.slice(given.length).map(parameterOf));
}

/** A text in which an integer looks like a float that is equal to it. */
function numberless(form) {
  return JSON.stringify(form, (_, member) =>
    typeof member?.int === 'string' || typeof member?.float === 'string'
      ? { number: Number(member.int ?? member.float) }
      : member,
  );
}

/** A scenario on its way; its methods are named after the steps. */
class Run {
  parameters = {};
  outcome = { columns: [], rows: [] };
  effects = {};
  error = null;

  constructor(database) {
    this.database = database;
  }

  procedureStep() {}

  async setupStep({ queries }) {
    for (const query of queries) {
      await this.database.execute(query);
    }
  }

  parametersStep({ values }) {
    this.parameters = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, parameterOf(value)]),
    );
  }

  async executeStep({ query }) {
    const before = await stateOf(this.database);
    try {
      this.outcome = await this.database.execute(query, this.parameters);
    } catch (error) {
      this.error = error;
    }
    if (!this.database.closed) {
      this.effects = difference(before, await stateOf(this.database));
    }
  }

  resultStep({ columns, rows, ordered, ignoreListOrder }) {
    same(this.outcome.columns, columns);
    let actual = this.outcome.rows.map((row) => columns.map((name) => corpusForm(row[name])));
    let expected = rows.map((row) => row.map(normalForm));
    if (ignoreListOrder) {
      actual = actual.map((row) => row.map(withSortedLists));
      expected = expected.map((row) => row.map(withSortedLists));
    }
    const [actualTexts, expectedTexts] = [actual, expected].map((table) => {
      const texts = table.map((row) => JSON.stringify(row));
      return ordered ? texts : texts.sort();
    });
    same(actualTexts, expectedTexts);
  }

  emptyStep() {
    same(this.outcome.rows, []);
  }

  sideEffectsStep({ effects }) {
    const expected = Object.entries(effects).filter(([, count]) => count !== 0);
    same(this.effects, Object.fromEntries(expected.sort()));
  }

  errorStep({ type, phase, detail }) {
    const error = this.error;
    this.error = null;
    if (error === null) {
      throw new Error(`no error, expected ${type}/${detail}`);
    }
    same(error.name, 'WeftError', error.stack);
    same(error.type, type, error.message);
    if (detail !== '*') {
      same(error.detail, detail, error.message);
    }
    if (phase !== 'any time') {
      const compileTime = COMPILE_TIME.includes(error.category);
      same(compileTime ? 'compile time' : 'runtime', phase, error.message);
    }
  }
}

/** A value of the corpus as a parameter. */
function parameterOf(value) {
  if (value === null || typeof value !== 'object') {
    return value;
  } else if (Array.isArray(value)) {
    return value.map(parameterOf);
  } else if ('int' in value) {
    return BigInt(value.int);
  } else if ('float' in value) {
    return Number(value.float);
  }
  return Object.fromEntries(
    Object.entries(value.map).map(([key, entry]) => [key, parameterOf(entry)]),
  );
}

/** A value of a result as the corpus has it. */
function corpusForm(value) {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return { int: String(value) };
  } else if (value instanceof Float) {
    return { float: floatText(value.value) };
  } else if (value === null || typeof value !== 'object') {
    return value;
  } else if (Array.isArray(value)) {
    return value.map(corpusForm);
  } else if (value instanceof Temporal) {
    return value.text;
  } else if (value.kind === 'node') {
    return { node: nodeForm(value) };
  } else if (value.kind === 'relationship') {
    return { relationship: relationshipForm(value) };
  } else if (value.kind === 'path') {
    return { path: pathForm(value) };
  }
  return { map: mapForm(value) };
}

function mapForm(map) {
  const entries = Object.entries(map).map(([key, value]) => [key, corpusForm(value)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function nodeForm({ labels, properties }) {
  return { labels, properties: mapForm(properties) };
}

function relationshipForm({ type, properties }) {
  return { type, properties: mapForm(properties) };
}

function pathForm({ nodes, relationships }) {
  const hops = relationships.map((relationship, i) => ({
    relationship: relationshipForm(relationship),
    forward: relationship.startId === nodes[i].id,
    node: nodeForm(nodes[i + 1]),
  }));
  return { start: nodeForm(nodes[0]), hops };
}

/** A value of the corpus with its floats and the order of its keys as {@link corpusForm} has them. */
function normalForm(value) {
  if (value === null || typeof value !== 'object') {
    return value;
  } else if (Array.isArray(value)) {
    return value.map(normalForm);
  } else if (typeof value.float === 'string') {
    return { float: floatText(Number(value.float)) };
  } else if (typeof value.int === 'string') {
    return value;
  } else if ('map' in value) {
    const entries = Object.entries(value.map).sort(([a], [b]) => (a < b ? -1 : 1));
    return { map: Object.fromEntries(entries.map(([key, entry]) => [key, normalForm(entry)])) };
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'properties' ? normalForm({ map: member }).map : normalForm(member),
    ]),
  );
}

function withSortedLists(value) {
  if (value === null || typeof value !== 'object') {
    return value;
  } else if (Array.isArray(value)) {
    const elements = value.map(withSortedLists);
    return elements.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withSortedLists(member)]),
  );
}

/** What side effects are counted by: see GraphState. */
async function stateOf(database) {
  const all = async (query) => (await database.execute(query)).rows.map(({ e }) => e);
  const nodes = await all('MATCH (e) RETURN e');
  const relationships = await all('MATCH ()-[e]->() RETURN e');
  const properties = (entity) =>
    Object.entries(entity.properties).map(([key, value]) =>
      JSON.stringify([entity.kind, entity.id, key, corpusForm(value)]),
    );
  return {
    labels: new Set(nodes.flatMap(({ labels }) => labels)),
    nodes: new Set(nodes.map(({ id }) => id)),
    properties: new Set([...nodes, ...relationships].flatMap(properties)),
    relationships: new Set(relationships.map(({ id }) => id)),
  };
}

function difference(before, after) {
  const effects = {};
  for (const what of Object.keys(before)) {
    const added = after[what].difference(before[what]).size;
    const removed = before[what].difference(after[what]).size;
    if (added > 0) {
      effects[`+${what}`] = added;
    }
    if (removed > 0) {
      effects[`-${what}`] = removed;
    }
  }
  return Object.fromEntries(Object.entries(effects).sort());
}
