import { failure, WeftError } from '../errors.js';
import type { Parameter, Row } from '../values.js';
import { RowFault, shown } from './errors.js';
import type { Column, ColumnRole } from './header.js';
import { checkIds, NodeIds } from './ids.js';
import { runImport } from './import.js';
import type {
  Executor,
  ImportOptions,
  ImportPlan,
  ImportResult,
  Parameters,
  PreparedRow,
} from './import.js';
import { idText, namedValues, type Field, type SourceRecord } from './records.js';
import type { RowSource } from './source.js';

/** How {@link importRows} uses its rows. */
export interface RowImportOptions extends ImportOptions {
  /**
   * What is done with each row, in Cypher: clauses in which the variable `row` is a map with the
   * columns as keys, such as `CREATE (:Person {name: row.name})`.
   */
  readonly template: string;
  /** Further parameters of the template; `rows` is taken. */
  readonly parameters?: Parameters | undefined;
}

const UNWIND = 'UNWIND $rows AS row\n';

/** Runs clauses of Cypher for each row of a source. */
export async function importRows(
  database: Executor,
  source: RowSource,
  options: RowImportOptions,
): Promise<ImportResult> {
  const { template, parameters } = options;
  if (typeof template !== 'string' || template.trim() === '') {
    throw failure('INVALID_ARGUMENT', 'the template is missing, expected clauses of Cypher');
  }
  if (parameters !== undefined && Object.hasOwn(parameters, 'rows')) {
    throw failure('INVALID_ARGUMENT', 'the parameter $rows is the one of the rows');
  }
  return runImport(database, source, options, {
    query: UNWIND + template,
    parameters,
    prepare(record) {
      allow(record, ['property', 'ignore']);
      return { line: record.line, value: namedValues(record) };
    },
    explain: async (error) => inTemplate(error),
  });
}

/** An error with its place in the template, which does not begin with the text before it. */
function inTemplate(error: unknown): unknown {
  if (!(error instanceof WeftError) || error.line === undefined || error.line < 2) {
    return error;
  }
  const line = error.line - 1;
  const message = error.message.replace(`(line ${error.line}, column`, `(line ${line}, column`);
  const offset = error.offset === undefined ? undefined : error.offset - UNWIND.length;
  return new WeftError(message, { ...error, line, offset, cause: error });
}

function allow(record: SourceRecord, roles: readonly ColumnRole[]): void {
  for (const { column } of record.fields) {
    if (!roles.includes(column.role)) {
      throw new RowFault(
        `a column for ${ROLE_NAMES[column.role]} has no place in this import`,
        { line: record.line, field: column.name },
      );
    }
  }
}

const ROLE_NAMES: Readonly<Record<ColumnRole, string>> = {
  property: 'properties',
  id: 'IDs',
  start: 'IDs of start nodes',
  end: 'IDs of end nodes',
  label: 'labels',
  type: 'types',
  ignore: 'nothing',
};

/** A node is known by the value that it has for a key among the nodes with a label. */
export interface NodeKey {
  readonly label: string;
  readonly key: string;
}

/** How {@link importNodes} makes nodes of its rows. */
export interface NodeImportOptions extends ImportOptions {
  /** Labels of every node, beside those of a `:LABEL` column. */
  readonly labels?: readonly string[] | undefined;
  /** Keeps which node an ID has, for {@link importRelationships}; needs an `:ID` column. */
  readonly ids?: NodeIds | undefined;
  /**
   * Changes the node with the same value of this key, when there is one: it keeps the properties and
   * labels that the row does not have. By default every row makes a new node.
   */
  readonly merge?: NodeKey | undefined;
}

/** Makes a node of each row of a source. */
export async function importNodes(
  database: Executor,
  source: RowSource,
  options: NodeImportOptions,
): Promise<ImportResult> {
  checkIds(options.ids);
  for (const label of options.labels ?? []) {
    checkName('labels', label);
  }
  return runImport(database, source, options, new NodePlan(options));
}

interface PreparedNode extends PreparedRow {
  readonly id: string | undefined;
  readonly space: string;
}

class NodePlan implements ImportPlan {
  readonly query: string;
  readonly #options: NodeImportOptions;
  /** In one transaction: what is given back when it fails. */
  #assigned: PreparedRow[] = [];

  constructor(options: NodeImportOptions) {
    this.#options = options;
    const { merge } = options;
    const make =
      merge === undefined
        ? 'CREATE (n:$(row.labels)) SET n = row.properties'
        : `MERGE (n:${quoted(merge.label)} {${quoted(merge.key)}: row.key}) SET n += row.properties SET n:$(row.labels)`;
    this.query = `${UNWIND}${make}${options.ids === undefined ? '' : ' RETURN id(n) AS id'}`;
  }

  prepare(record: SourceRecord): PreparedNode {
    allow(record, ['property', 'id', 'label', 'ignore']);
    const { line, fields } = record;
    const { ids, merge } = this.#options;
    const properties = namedValues(record);
    const labels = new Set(this.#options.labels);
    let id: string | undefined;
    let space = '';
    for (const { column, value } of fields) {
      if (column.role === 'label') {
        addLabels(labels, value, line, column);
      } else if (column.role === 'id') {
        id = checkId(value, line, column);
        space = column.space;
        if (!column.name.startsWith(':')) {
          properties[column.name] = value;
        }
      }
    }
    let key: Parameter = null;
    if (merge !== undefined) {
      key = properties[merge.key] ?? null;
      if (key === null) {
        throw new RowFault('expected a value, because nodes are merged by it', { line, field: merge.key });
      }
    }
    if (ids !== undefined) {
      if (id === undefined) {
        throw new RowFault('expected an :ID column, because ids keeps them', { line });
      } else if (!ids.reserve(id, space)) {
        throw new RowFault(`the ID ${shown(id)} is there twice${inSpace(space)}`, { line });
      }
    }
    return { line, id, space, value: { labels: [...labels], properties, key } };
  }

  committed(batch: readonly PreparedRow[], rows: readonly Row[]): void {
    const { ids } = this.#options;
    if (ids !== undefined) {
      batch.forEach((row, index) => {
        const { id, space } = row as PreparedNode;
        ids.assign(id as string, space, (rows[index] as { id: number }).id);
      });
      if (this.#options.atomic === true) {
        this.#assigned = this.#assigned.concat(batch);
      }
    }
  }

  dropped(batch: readonly PreparedRow[]): void {
    for (const row of batch) {
      const { id, space } = row as PreparedNode;
      if (id !== undefined) {
        this.#options.ids?.release(id, space);
      }
    }
  }

  rolledBack(): void {
    this.dropped(this.#assigned);
  }
}

function addLabels(labels: Set<string>, value: Parameter, line: number, column: Column): void {
  for (const label of Array.isArray(value) ? (value as Parameter[]) : [value]) {
    if (typeof label !== 'string' || label === '') {
      throw new RowFault('expected labels', { line, field: column.name });
    }
    labels.add(label);
  }
}

function checkId(value: Parameter, line: number, column: Column): string {
  const id = idText(value);
  if (id === undefined) {
    throw new RowFault('expected an ID, a string or an integer', { line, field: column.name });
  }
  return id;
}

function inSpace(space: string): string {
  return space === '' ? '' : ` in the space ${space}`;
}

function checkName(option: string, name: unknown): string {
  if (typeof name !== 'string' || name === '') {
    throw failure('INVALID_ARGUMENT', `${option} has ${JSON.stringify(name)}, expected a name`);
  }
  return name;
}

/** A name in a query, whatever it has in it: a backslash begins an escape there. */
export function quoted(name: string): string {
  const text = checkName('a name', name).replaceAll('\\', '\\u005C').replaceAll('`', '``');
  return `\`${text}\``;
}

/** How {@link importRelationships} makes relationships of its rows. */
export interface RelationshipImportOptions extends ImportOptions {
  /** The type of every relationship that has no other in a `:TYPE` column. */
  readonly type?: string | undefined;
  /** What an import of nodes has made of the IDs in the columns `:START_ID` and `:END_ID`. */
  readonly ids?: NodeIds | undefined;
  /** Without `ids`: which nodes the values of the column `:START_ID` mean; an index makes it quick. */
  readonly start?: NodeKey | undefined;
  /** The same for `:END_ID`. */
  readonly end?: NodeKey | undefined;
}

/** Makes a relationship of each row of a source, between nodes that are there. */
export async function importRelationships(
  database: Executor,
  source: RowSource,
  options: RelationshipImportOptions,
): Promise<ImportResult> {
  const { ids, start, end, type } = options;
  checkIds(ids);
  if ((ids === undefined) !== (start !== undefined && end !== undefined) || (ids !== undefined && (start ?? end) !== undefined)) {
    throw failure('INVALID_ARGUMENT', 'an import of relationships needs ids, or both start and end');
  }
  if (type !== undefined) {
    checkName('type', type);
  }
  return runImport(database, source, options, new RelationshipPlan(options));
}

class RelationshipPlan implements ImportPlan {
  readonly query: string;
  readonly #options: RelationshipImportOptions;

  constructor(options: RelationshipImportOptions) {
    this.#options = options;
    const { start, end } = options;
    const find =
      start === undefined || end === undefined
        ? 'OPTIONAL MATCH (a) WHERE id(a) = row.start OPTIONAL MATCH (b) WHERE id(b) = row.end'
        : `WITH row, COLLECT { ${matching(start, 'start')} RETURN n LIMIT 2 } AS starts, COLLECT { ${matching(end, 'end')} RETURN n LIMIT 2 } AS ends
           WITH row, CASE size(starts) WHEN 1 THEN starts[0] END AS a, CASE size(ends) WHEN 1 THEN ends[0] END AS b`;
    // A node that is not there is null, between which no relationship is created.
    this.query = `${UNWIND}${find} CREATE (a)-[r:$(row.type)]->(b) SET r = row.properties`;
  }

  prepare(record: SourceRecord): PreparedRow {
    allow(record, ['property', 'start', 'end', 'type', 'ignore']);
    const { line, fields } = record;
    const type = fields.find(({ column }) => column.role === 'type')?.value ?? this.#options.type;
    if (typeof type !== 'string' || type === '') {
      throw new RowFault('expected a type, in a :TYPE column or as an option', { line, field: ':TYPE' });
    }
    const start = this.#end(fields.find(({ column }) => column.role === 'start'), ':START_ID', line);
    const end = this.#end(fields.find(({ column }) => column.role === 'end'), ':END_ID', line);
    return { line, value: { start, end, type, properties: namedValues(record) } };
  }

  #end(field: Field | undefined, name: string, line: number): Parameter {
    if (field === undefined) {
      throw new RowFault('expected the ID of a node', { line, field: name });
    }
    const { column, value } = field;
    const id = checkId(value, line, column);
    const { ids } = this.#options;
    if (ids === undefined) {
      return value;
    }
    const node = ids.find(id, column.space);
    if (node === undefined) {
      throw new RowFault(`no node has the ID ${shown(id)}${inSpace(column.space)}`, { line, field: name });
    }
    return node;
  }

  async explain(
    error: unknown,
    batch: readonly PreparedRow[],
    executor: Executor,
  ): Promise<unknown> {
    const { start, end } = this.#options;
    if (start === undefined || end === undefined) {
      return error;
    }
    const { rows } = await executor.execute(
      `UNWIND range(0, size($rows) - 1) AS i
       WITH i, $rows[i] AS row
       WITH i, COUNT { ${matching(start, 'start')} } AS starts, COUNT { ${matching(end, 'end')} } AS ends
       WHERE starts <> 1 OR ends <> 1
       RETURN i, starts, ends LIMIT 1`,
      { rows: batch.map(({ value }) => value) },
    );
    const [found] = rows as { i: number; starts: number; ends: number }[];
    if (found === undefined) {
      return error;
    }
    const { line, value } = batch[found.i] as PreparedRow;
    const atStart = found.starts !== 1;
    const { label, key } = atStart ? start : end;
    const count = atStart ? found.starts : found.ends;
    const id = shown(String(atStart ? value['start'] : value['end']));
    return new RowFault(
      `expected one node :${label} whose ${key} is ${id}, found ${count === 0 ? 'none' : count}`,
      { line, field: atStart ? ':START_ID' : ':END_ID' },
      error,
    );
  }
}

function matching({ label, key }: NodeKey, which: 'start' | 'end'): string {
  return `MATCH (n:${quoted(label)} {${quoted(key)}: row.${which}})`;
}
