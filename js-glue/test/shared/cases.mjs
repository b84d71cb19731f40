// The Cypher cases of the core, which run on the JVM too. Their format is described in
// core/src/test/resources/cases/cypher/README.md.
import { Point, Temporal } from '../../dist/values.js';
import { isBytes, Vector } from '../../dist/vector.js';
import { Float, floatText, rejection, same } from './typed.mjs';

/**
 * Runs the cases of a file one after another.
 *
 * @param open makes an empty database with some options
 */
export async function runCases(name, cases, open) {
  const tables = new Map();
  const loadCsv = (url) => {
    if (!tables.has(url)) {
      throw new Error('there is no such table');
    }
    return tables.get(url);
  };
  let database = await open({ loadCsv });
  for (const { line, directive, parameters, query, expected } of cases) {
    if (directive === 'reset') {
      await database.close();
      database = await open({ loadCsv });
    } else if (directive.startsWith('file ')) {
      tables.set(directive.slice(5), tableOf(query));
    } else {
      try {
        await DIRECTIVES[directive.split(' ')[0]](database, {
          directive,
          parameters,
          query,
          expected,
        });
      } catch (error) {
        throw new Error(`${name}:${line}: ${query}\n${error.message}`, { cause: error });
      }
    }
  }
  await database.close();
}

const DIRECTIVES = {
  async run(database, { query, parameters, expected }) {
    const { millis, notifications, ...counts } = (await database.execute(query, parameters)).summary;
    if (!(millis >= 0)) {
      throw new Error(`the query took ${millis} ms`);
    }
    const changed = Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
    if (expected.length > 0) {
      same(changed, JSON.parse(expected.join('')));
    }
  },

  async query(database, test) {
    await compareRows(database, test, (rows) => rows.sort());
  },

  async ordered(database, test) {
    await compareRows(database, test, (rows) => rows);
  },

  async fails(database, { directive, query, parameters }) {
    const error = await rejection(database.execute(query, parameters));
    same(error.code, directive.split(' ')[1], error.message);
  },

  async error(database, test) {
    const before = await contentsOf(database);
    await DIRECTIVES.fails(database, test);
    same(await contentsOf(database), before);
  },
};

async function compareRows(database, { query, parameters, expected }, order) {
  const { columns, rows } = await database.execute(query, parameters);
  same(columns, JSON.parse(expected[0]));
  const actualRows = rows.map((row) => columns.map((column) => textOf(row[column])).join(', '));
  const expectedRows = expected
    .slice(1)
    .map((line) => parseTyped(line).map(textOf).join(', '));
  same(order(actualRows), order(expectedRows));
}

async function contentsOf(database) {
  const nodes = await database.execute('MATCH (n) RETURN n');
  const relationships = await database.execute('MATCH ()-[r]->() RETURN r');
  return [nodes.rows, relationships.rows];
}

/** The cases of a file. */
export function parseCases(text) {
  const cases = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    if (lines[at].trim() === '' || lines[at].startsWith('#')) {
      continue;
    }
    const block = { line: at + 1, directive: lines[at].trim(), parameters: {}, expected: [] };
    const query = [];
    for (at++; at < lines.length && lines[at].trim() !== '' && lines[at] !== '----'; at++) {
      if (lines[at].startsWith('$ ') && query.length === 0) {
        block.parameters = parameterOf(JSON.parse(lines[at].slice(2)));
      } else {
        query.push(lines[at]);
      }
    }
    if (lines[at] === '----') {
      for (at++; at < lines.length && lines[at].trim() !== ''; at++) {
        block.expected.push(lines[at]);
      }
    }
    cases.push({ ...block, query: query.join('\n') });
  }
  return cases;
}

/** The table that the lines of a `file` directive stand for. */
function tableOf(text) {
  const bytes = [];
  for (const line of text.split('\n')) {
    const parts = /\\x([0-9A-F]{2})|\\(.)|\\$|[^\\]+/gu;
    let lineFeed = true;
    for (const [part, hex, escaped] of line.matchAll(parts)) {
      if (hex !== undefined) {
        bytes.push(Number.parseInt(hex, 16));
      } else if (escaped !== undefined) {
        bytes.push({ n: 10, r: 13, t: 9 }[escaped] ?? escaped.charCodeAt(0));
      } else if (part === '\\') {
        lineFeed = false;
      } else {
        bytes.push(...new TextEncoder().encode(part));
      }
    }
    if (lineFeed) {
      bytes.push(10);
    }
  }
  return new Uint8Array(bytes);
}

function parameterOf(value) {
  if (value === null || typeof value !== 'object') {
    return value;
  } else if (Array.isArray(value)) {
    return value.map(parameterOf);
  } else if ('$integer' in value) {
    return BigInt(value.$integer);
  } else if ('$float' in value) {
    return Number(value.$float);
  }
  const temporal = temporalOf(value);
  if (temporal !== null) {
    return temporal;
  } else if ('$point' in value) {
    const { crs, x, y, z } = value.$point;
    return new Point(crs, x, y, z ?? null);
  } else if ('$vector' in value) {
    return vectorOf(value.$vector);
  } else if ('$bytes' in value) {
    return Uint8Array.from(value.$bytes.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  }
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, parameterOf(v)]));
}

const ARRAYS = {
  INTEGER8: Int8Array,
  INTEGER16: Int16Array,
  INTEGER32: Int32Array,
  INTEGER: BigInt64Array,
  FLOAT32: Float32Array,
  FLOAT: Float64Array,
};

function vectorOf({ type, coordinates }) {
  const numbers = coordinates.map((number) =>
    type === 'INTEGER' ? BigInt(number.$integer ?? number) : (number.value ?? number),
  );
  return new Vector(ARRAYS[type].from(numbers));
}

/** What `{"$date": "2015-07-21"}` and its like stand for, or null. */
function temporalOf(value) {
  const kinds = ['date', 'localTime', 'time', 'localDateTime', 'dateTime', 'duration'];
  const kind = kinds.find((name) => `$${name}` in value);
  return kind === undefined ? null : new Temporal(kind, value[`$${kind}`]);
}

/** JSON with its floats told from its integers. */
function parseTyped(json) {
  return JSON.parse(json, (_, value, { source }) => {
    if (typeof value !== 'number') {
      return value;
    }
    return /[.eE]/.test(source) ? new Float(value) : value;
  });
}

/** One text for equal values, of a result as of a case. */
function textOf(value) {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return String(value);
  } else if (value instanceof Float) {
    const text = floatText(value.value);
    return /^-?\d+$/.test(text) ? `${text}.0` : text;
  } else if (value === null || typeof value !== 'object') {
    return JSON.stringify(value);
  } else if (value instanceof Temporal) {
    return JSON.stringify({ [`$${value.kind}`]: value.text });
  } else if (value instanceof Point) {
    return value.toString();
  } else if (value instanceof Vector) {
    return value.toString();
  } else if (isBytes(value)) {
    return JSON.stringify({ $bytes: Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('') });
  } else if (Array.isArray(value)) {
    return `[${value.map(textOf).join(', ')}]`;
  } else if ('$integer' in value) {
    return value.$integer;
  } else if ('$float' in value) {
    return value.$float;
  } else if (temporalOf(value) !== null) {
    return JSON.stringify(value);
  } else if ('$point' in value) {
    const { crs, x, y, z } = value.$point;
    const [a, b, c] = [x, y, z].map((coordinate) => coordinate?.value ?? coordinate ?? null);
    return new Point(crs, a, b, c).toString();
  } else if ('$vector' in value) {
    return vectorOf(value.$vector).toString();
  } else if ('$bytes' in value) {
    return JSON.stringify(value);
  } else if ('$node' in value) {
    return `(${value.$node.map((label) => `:${label}`).join('')} ${textOf(value.properties)})`;
  } else if ('$relationship' in value) {
    const mark = value.reversed ? '<' : '';
    return `${mark}[:${value.$relationship} ${textOf(value.properties)}]`;
  } else if ('$path' in value) {
    return `path ${value.$path.map(textOf).join(' ')}`;
  } else if (value.kind === 'node') {
    return textOf({ $node: value.labels, properties: value.properties });
  } else if (value.kind === 'relationship') {
    return textOf({ $relationship: value.type, properties: value.properties });
  } else if (value.kind === 'path') {
    return textOf({ $path: pathElements(value) });
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}: ${textOf(member)}`).join(', ')}}`;
}

function pathElements({ nodes, relationships }) {
  return nodes.flatMap((node, i) => {
    const relationship = relationships[i];
    if (relationship === undefined) {
      return [node];
    }
    const { type, properties, startId } = relationship;
    const reversed = startId !== node.id;
    return [node, { $relationship: type, properties, reversed }];
  });
}
