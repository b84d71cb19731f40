// The examples of docs/cypher.md, which run on the JVM too. Their format is described in
// CypherDocumentationTest.
import { isBytes } from '../../dist/vector.js';
import { floatText, Float, rejection, same } from './typed.mjs';

const PARAMETERS = '// parameters: ';
const ERROR = '> error ';
const TABLE = '```csv ';

/**
 * The examples of a document: each with its query, the lines between it and the one before, and the
 * lines behind it that say what it gives.
 */
export function parseExamples(text) {
  const lines = text.split('\n');
  const examples = [];
  let from = 0;
  for (;;) {
    const start = lines.indexOf('```cypher', from);
    if (start < 0) {
      return examples;
    }
    const end = lines.indexOf('```', start);
    const expected = expectation(lines, end + 1);
    examples.push({
      line: start + 1,
      before: lines.slice(from, start),
      query: lines.slice(start + 1, end).join('\n'),
      expected,
    });
    from = end + 1 + expected.length;
  }
}

/** The lines of a table, a plan or an error after an empty line, or none. */
function expectation(lines, at) {
  if (lines[at] !== '') {
    return [];
  }
  const first = lines[at + 1] ?? '';
  if (first.startsWith(ERROR)) {
    return [first];
  } else if (first === '```text') {
    return lines.slice(at + 1, lines.indexOf('```', at + 2) + 1);
  }
  let end = at + 1;
  while (lines[end]?.startsWith('|')) {
    end++;
  }
  return lines.slice(at + 1, end);
}

/**
 * Runs examples one after another; fails at the first that gives anything else.
 *
 * @param open makes an empty database with some options
 */
export async function runExamples(examples, open) {
  const tables = new Map();
  const loadCsv = (url) => tables.get(url) ?? '';
  let database = await open({ loadCsv });
  for (const { line, before, query, expected } of examples) {
    if (before.some((text) => text.startsWith('## '))) {
      await database.close();
      database = await open({ loadCsv });
    }
    addTables(before, tables);
    try {
      await check(database, query, expected);
    } catch (error) {
      throw new Error(`line ${line}: ${query}\n${error.message}`, { cause: error });
    }
  }
  await database.close();
}

/** A block of the language csv, whose name stands behind it, is a table. */
function addTables(lines, tables) {
  lines.forEach((line, start) => {
    if (line.startsWith(TABLE)) {
      const rows = lines.slice(start + 1, lines.indexOf('```', start));
      tables.set(line.slice(TABLE.length), rows.map((row) => `${row}\n`).join(''));
    }
  });
}

async function check(database, query, expected) {
  if (expected[0]?.startsWith(ERROR)) {
    const error = await rejection(database.execute(query, await parametersOf(database, query)));
    same(ERROR + error.code, expected[0], error.message);
    return;
  }
  const result = await database.execute(query, await parametersOf(database, query));
  if (expected.length > 0) {
    same(show(result), expected);
  }
}

/** What the map in a query's first line says, or none. */
async function parametersOf(database, query) {
  if (!query.startsWith(PARAMETERS)) {
    return {};
  }
  const map = query.slice(PARAMETERS.length, query.indexOf('\n'));
  return (await database.execute(`RETURN ${map} AS map`)).rows[0].map;
}

function show({ columns, rows, plan }) {
  if (plan !== null && !plan.text.includes('pages')) {
    return ['```text', ...plan.text.replace(/\n$/, '').split('\n'), '```'];
  }
  const lines = rows.map((row) => columns.map((name) => `\`${cell(shown(row[name]))}\``));
  const head = columns.length === 0 ? [] : [columns.map(cell)];
  const [names, ...others] = [...head, ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return names === undefined ? [] : [names, `|${'---|'.repeat(columns.length)}`, ...others];
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A value as a reader of Cypher would write it; the JVM's ShownValue gives the same. */
function shown(value) {
  if (value instanceof Float) {
    return shownFloat(value.value);
  } else if (typeof value === 'string') {
    const escaped = value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
    return `'${escaped}'`;
  } else if (value === null || typeof value !== 'object') {
    return String(value);
  } else if (Array.isArray(value)) {
    return `[${value.map(shown).join(', ')}]`;
  } else if (isBytes(value)) {
    const digits = Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return `X'${digits.toUpperCase()}'`;
  } else if (value.kind === 'node') {
    return shownNode(value);
  } else if (value.kind === 'relationship') {
    return shownRelationship(value);
  } else if (value.kind === 'path') {
    return shownPath(value);
  }
  return Object.getPrototypeOf(value) === Object.prototype ? shownMap(value) : value.toString();
}

/** As Java writes it: `1.0`, `0.001`, `1.5E-7`. */
function shownFloat(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size === 0 || (size >= 1e-3 && size < 1e7)) {
    return Number.isInteger(value) ? `${floatText(value)}.0` : String(value);
  }
  const [mantissa, exponent] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent.replace('+', '')}`;
}

function shownMap(map) {
  const entries = Object.entries(map).map(([key, value]) => `${key}: ${shown(value)}`);
  return `{${entries.join(', ')}}`;
}

/** Parts that there are, with spaces between them. */
function spaced(...parts) {
  return parts.filter((part) => part !== '' && part !== '{}').join(' ');
}

function shownNode({ labels, properties }) {
  return `(${spaced(labels.map((label) => `:${label}`).join(''), shownMap(properties))})`;
}

function shownRelationship({ type, properties }) {
  return `[${spaced(`:${type}`, shownMap(properties))}]`;
}

function shownPath({ nodes, relationships }) {
  const hops = relationships.map((relationship, i) => {
    const forward = relationship.startId === nodes[i].id;
    const [before, after] = forward ? ['-', '->'] : ['<-', '-'];
    return before + shownRelationship(relationship) + after + shownNode(nodes[i + 1]);
  });
  return shownNode(nodes[0]) + hops.join('');
}
