/** Headers with types, as `neo4j-admin database import` has them. */
import { failure } from '../errors.js';
import { RowFault } from './errors.js';

/** What the values of a column are. */
export type ColumnType =
  | 'string'
  | 'char'
  | 'int'
  | 'short'
  | 'byte'
  | 'float'
  | 'boolean'
  | 'date'
  | 'localtime'
  | 'time'
  | 'localdatetime'
  | 'datetime'
  | 'duration'
  | 'point'
  | 'vector'
  | 'bytes'
  | 'json';

/** What a column is for. */
export type ColumnRole = 'property' | 'id' | 'start' | 'end' | 'label' | 'type' | 'ignore';

/** A column of a source. */
export interface Column {
  /** The key of a property, and how errors name the column. */
  readonly name: string;
  readonly role: ColumnRole;
  readonly type: ColumnType;
  readonly array: boolean;
  /** The space of an ID, in which it is different from all others; the empty one without a name. */
  readonly space: string;
  /** Behind the type in braces. */
  readonly options: ReadonlyMap<string, string>;
}

const TYPES: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ['string', 'string'],
  ['char', 'char'],
  ['int', 'int'],
  ['integer', 'int'],
  ['long', 'int'],
  ['short', 'short'],
  ['byte', 'byte'],
  ['float', 'float'],
  ['double', 'float'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['localtime', 'localtime'],
  ['time', 'time'],
  ['localdatetime', 'localdatetime'],
  ['datetime', 'datetime'],
  ['duration', 'duration'],
  ['point', 'point'],
  ['vector', 'vector'],
  ['bytes', 'bytes'],
  ['json', 'json'],
]);

const ROLES: ReadonlyMap<string, ColumnRole> = new Map<string, ColumnRole>([
  ['ID', 'id'],
  ['START_ID', 'start'],
  ['END_ID', 'end'],
  ['LABEL', 'label'],
  ['TYPE', 'type'],
  ['IGNORE', 'ignore'],
]);

/** The options that types have; `id-type` is an option of IDs. */
const OPTIONS: Readonly<Partial<Record<ColumnType | ColumnRole, readonly string[]>>> = {
  point: ['x', 'y', 'z', 'longitude', 'latitude', 'height', 'crs', 'srid'],
  vector: ['coordinateType', 'dimensions'],
  id: ['id-type'],
  start: ['id-type'],
  end: ['id-type'],
};

const NO_OPTIONS: ReadonlyMap<string, string> = new Map();

// The greedy name leaves the last colon that is not in parentheses or braces to the type.
const TYPED =
  /^([^]*):([A-Za-z_]+)(?:\(([^()]*)\))?(\[\])?(?:\{([^{}]*)\})?(\[\])?$/;

/** A column that is a string or, in JSON, whatever it is. */
export function plainColumn(name: string): Column {
  return { name, role: 'property', type: 'string', array: false, space: '', options: NO_OPTIONS };
}

/**
 * The columns of a header.
 *
 * @param typed whether what is behind a colon is a type; if not, all are strings
 * @param line where the header stands; undefined when an option gives it
 */
export function parseHeader(fields: readonly string[], typed: boolean, line?: number): Column[] {
  const columns = fields.map((field) => (typed ? typedColumn(field, line) : plainColumn(field)));
  const seen = new Set<string>();
  columns.forEach((column, index) => {
    if (column.role === 'property' && column.name === '') {
      throw new RowFault(`column ${index + 1} of the header has no name`, { line });
    }
    const key = columnKey(column);
    if (key !== null && seen.has(key)) {
      throw new RowFault(`the header has the column ${key} twice`, { line, field: column.name });
    }
    seen.add(key ?? '');
  });
  return columns;
}

/** What no two columns share. */
function columnKey(column: Column): string | null {
  switch (column.role) {
    case 'ignore':
    case 'label':
      return null;
    case 'property':
      return column.name;
    case 'id':
      return column.name === '' ? ':ID' : column.name;
    default:
      return `:${column.role}`;
  }
}

/** One column; a field without a type is a string. */
export function typedColumn(field: string, line?: number): Column {
  if (!field.includes(':')) {
    return plainColumn(field);
  }
  const [, name = '', word = '', space, before, braces, behind] = TYPED.exec(field) ?? [];
  const role = ROLES.get(word);
  const type = role === undefined ? TYPES.get(word.toLowerCase()) : 'string';
  const array = before !== undefined || behind !== undefined;
  if (type === undefined || (space !== undefined && !['id', 'start', 'end'].includes(role ?? ''))) {
    const known = [...TYPES.keys(), ...ROLES.keys()].join(', ');
    throw new RowFault(
      `the header's ${JSON.stringify(field)} has no known type, expected one of ${known} behind the colon (typedHeaders: false takes names as they are)`,
      { line },
    );
  }
  if (array && (role !== undefined || type === 'json' || type === 'bytes')) {
    throw new RowFault(`there are no arrays of ${word}`, { line, field: name || field });
  }
  const options = optionsOf(braces, role ?? type, { line, field: name || field });
  let idType: ColumnType = type;
  if (role === 'id' || role === 'start' || role === 'end') {
    idType = TYPES.get((options.get('id-type') ?? 'string').toLowerCase()) ?? 'json';
    if (idType !== 'string' && idType !== 'int') {
      throw new RowFault('IDs are of the type string, int or long', { line, field: name || field });
    }
  }
  return {
    name: name || (role === undefined ? '' : `:${word}`),
    role: role ?? 'property',
    type: idType,
    array,
    space: space ?? '',
    options,
  };
}

function optionsOf(
  text: string | undefined,
  what: ColumnType | ColumnRole,
  place: { line: number | undefined; field: string },
): ReadonlyMap<string, string> {
  if (text === undefined || text.trim() === '') {
    return NO_OPTIONS;
  }
  const known = OPTIONS[what] ?? [];
  const options = parseMap(text);
  for (const key of options?.keys() ?? ['']) {
    if (!known.includes(key)) {
      const expected = known.length === 0 ? 'none' : known.join(', ');
      throw new RowFault(
        `the header has the options {${text}} for ${what}, expected ${expected}`,
        place,
      );
    }
  }
  return options ?? NO_OPTIONS;
}

/** The entries of `a: 1, b: 'x'`, as text, or null for what is no such map. */
export function parseMap(text: string): Map<string, string> | null {
  const entries = new Map<string, string>();
  for (const part of text.split(',')) {
    const [, key, , quoted, bare] =
      /^\s*([\w-]+)\s*:\s*(?:(["'])([^]*)\2|([^"'{}[\]]*?))\s*$/.exec(part) ?? [];
    const value = quoted ?? bare;
    if (key === undefined || value === undefined || value === '' || entries.has(key)) {
      return null;
    }
    entries.set(key, value);
  }
  return entries;
}

/** Fails unless a header has what an import needs, and nothing that it cannot use. */
export function checkRoles(columns: readonly Column[], allowed: readonly ColumnRole[]): void {
  for (const { name, role } of columns) {
    if (!allowed.includes(role)) {
      throw failure('INVALID_ARGUMENT', `the column ${name} has no place in this import`);
    }
  }
}
