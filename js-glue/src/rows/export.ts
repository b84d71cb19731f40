import type { ResultStream } from '../api.js';
import { setMember } from '../boundary/reader.js';
import { failure } from '../errors.js';
import type { Row, Value } from '../values.js';
import { cellOf, typeOfValue, type ArraySyntax } from './cells.js';
import { unit, type CsvSyntax } from './csv-read.js';
import { cancelled, RowFault } from './errors.js';
import { quoted } from './graph-import.js';
import { plainColumn, typedColumn, type Column, type ColumnType } from './header.js';
import type { Executor, Parameters } from './import.js';
import { CellFault } from './numbers.js';
import type { RowFormat } from './records.js';
import { jsonText } from './tagged.js';
import { EventTurns } from './turns.js';

/** How rows are written. */
export interface ExportOptions extends CsvSyntax, ArraySyntax {
  readonly format: RowFormat;
  /** Whether the first line of CSV has the names of the columns. By default it has. */
  readonly header?: boolean | undefined;
  /** Whether the names in a header have types, `born:int`. By default they have. */
  readonly typedHeaders?: boolean | undefined;
  /**
   * The types of columns of CSV as a header has them: `{ born: 'int' }`. A column that is not named
   * gets the type of its values in the first 1000 rows: `json` when they have several.
   */
  readonly types?: Readonly<Record<string, string>> | undefined;
  /** Ends the export. */
  readonly signal?: AbortSignal | undefined;
  /** Is called from time to time. What it throws ends the export. */
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
}

/** How far an export has come. */
export interface ExportProgress {
  readonly rows: number;
  /** UTF-16 code units that were written. */
  readonly chars: number;
}

/** What an export needs of a database. */
interface Source extends Executor {
  stream(
    query: string,
    parameters?: Parameters,
    options?: { integers?: 'bigint'; signal?: AbortSignal | undefined },
  ): Promise<ResultStream>;
}

/** How many rows of a result show the types of its columns. */
const SAMPLE_ROWS = 1000;

/** About how many UTF-16 code units a piece of a stream has. */
const PIECE_CHARS = 1 << 16;

const encoder = new TextEncoder();

/** An export that is taken once, in one of the forms; the query runs from then on. */
export class RowExport {
  #pieces: (() => AsyncGenerator<string, void, undefined>) | null;

  /** @internal */
  constructor(pieces: () => AsyncGenerator<string, void, undefined>) {
    this.#pieces = pieces;
  }

  #take(): AsyncGenerator<string, void, undefined> {
    const pieces = this.#pieces;
    if (pieces === null) {
      throw failure('INVALID_USE', 'this export was taken already');
    }
    this.#pieces = null;
    return pieces();
  }

  /** The UTF-8 as a stream, whose rows are made when it is read; cancelling it ends the query. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const pieces = this.#take();
    return new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        async pull(controller) {
          const { done, value } = await pieces.next();
          if (done === true) {
            controller.close();
          } else {
            controller.enqueue(encoder.encode(value));
          }
        },
        async cancel() {
          await pieces.return();
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Writes the UTF-8 to a stream and closes it; when either fails, the other is ended. */
  pipeTo(writable: WritableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    return this.stream().pipeTo(writable);
  }

  /** All of it as text. */
  async text(): Promise<string> {
    let text = '';
    for await (const piece of this.#take()) {
      text += piece;
    }
    return text;
  }

  /** All of it as a `Blob` of UTF-8. */
  async blob(): Promise<Blob> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const piece of this.#take()) {
      parts.push(encoder.encode(piece));
    }
    return new Blob(parts);
  }
}

/** Writes the rows of a query. */
export function exportRows(
  database: Source,
  query: string,
  parameters: Parameters = {},
  options: ExportOptions,
): RowExport {
  checkOptions(options);
  return new RowExport(() => written(database, query, parameters, options, null));
}

/** Writes nodes, all or those with a label, in the form that `importNodes` reads. */
export function exportNodes(
  database: Source,
  options: ExportOptions & { readonly label?: string | undefined },
): RowExport {
  checkOptions(options);
  const pattern = `(x${options.label === undefined ? '' : `:${quoted(options.label)}`})`;
  return entities(database, pattern, options, ['`:ID`', 'id(x)', '`:LABEL`', 'labels(x)']);
}

/** Writes relationships, all or those of a type, in the form that `importRelationships` reads. */
export function exportRelationships(
  database: Source,
  options: ExportOptions & { readonly type?: string | undefined },
): RowExport {
  checkOptions(options);
  const pattern = `(a)-[x${options.type === undefined ? '' : `:${quoted(options.type)}`}]->(b)`;
  const members = ['`:START_ID`', 'id(a)', '`:END_ID`', 'id(b)', '`:TYPE`', 'type(x)'];
  return entities(database, pattern, options, members);
}

function entities(
  database: Source,
  pattern: string,
  options: ExportOptions,
  members: readonly string[],
): RowExport {
  const shown = members.flatMap((member, i) => (i % 2 === 0 ? [] : [`${member} AS ${members[i - 1]}`]));
  const query = `MATCH ${pattern} RETURN ${shown.join(', ')}, properties(x) AS properties`;
  return new RowExport(async function* () {
    const types = options.format === 'csv' ? await propertyTypes(database, pattern) : null;
    const names = shown.map((_, i) => (members[2 * i] as string).replaceAll('`', ''));
    yield* written(database, query, {}, { ...options, types: { ...types, ...options.types } }, {
      names,
      keys: types === null ? [] : Object.keys(types),
    });
  });
}

/** How entities are written: some columns, and the properties as further ones. */
interface EntityShape {
  readonly names: readonly string[];
  readonly keys: readonly string[];
}

/** What `valueType` calls the types of properties. */
const VALUE_TYPES: Readonly<Record<string, ColumnType>> = {
  STRING: 'string',
  BOOLEAN: 'boolean',
  INTEGER: 'int',
  FLOAT: 'float',
  DATE: 'date',
  'LOCAL TIME': 'localtime',
  'ZONED TIME': 'time',
  'LOCAL DATETIME': 'localdatetime',
  'ZONED DATETIME': 'datetime',
  DURATION: 'duration',
  POINT: 'point',
  BYTES: 'bytes',
};

/** The keys of properties with the types of all their values. */
async function propertyTypes(
  database: Source,
  pattern: string,
): Promise<Record<string, string>> {
  const { rows } = await database.execute(
    `MATCH ${pattern} UNWIND keys(x) AS key
     WITH key, valueType(x[key]) AS type, count(*) AS count
     RETURN key, collect(type) AS types ORDER BY key`,
  );
  const types: Record<string, string> = {};
  for (const { key, types: found } of rows as { key: string; types: string[] }[]) {
    const columns = new Set(found.map(columnTypeOf));
    setMember(types, key, columns.size === 1 ? ([...columns][0] as string) : 'json');
  }
  return types;
}

function columnTypeOf(valueType: string): string {
  const type = valueType.replaceAll(' NOT NULL', '');
  const [, list] = /^LIST<(.*)>$/.exec(type) ?? [];
  const [, coordinates] = /^VECTOR<(\w+)>/.exec(type) ?? [];
  if (coordinates !== undefined) {
    return `vector{coordinateType:${coordinates}}`;
  }
  const known = VALUE_TYPES[list ?? type];
  if (known === undefined || (list !== undefined && known === 'bytes')) {
    return 'json';
  }
  return list === undefined ? known : `${known}[]`;
}

function checkOptions({ format, signal }: ExportOptions): void {
  if (format !== 'csv' && format !== 'json' && format !== 'jsonl') {
    throw failure(
      'INVALID_ARGUMENT',
      `the format is ${JSON.stringify(format)}, but it must be csv, json or jsonl`,
    );
  }
  if (signal?.aborted === true) {
    throw cancelled(signal);
  }
}

/** The text of a result, piece by piece. */
async function* written(
  database: Source,
  query: string,
  parameters: Parameters,
  options: ExportOptions,
  shape: EntityShape | null,
): AsyncGenerator<string, void, undefined> {
  const { signal, onProgress } = options;
  const result = await database.stream(query, parameters, { integers: 'bigint', signal });
  if (result.columns.length === 0) {
    await result.close();
    throw failure('INVALID_ARGUMENT', 'the query has no columns, expected one with RETURN');
  }
  const columns = shape === null ? result.columns : [...shape.names, ...shape.keys];
  const writer =
    options.format === 'csv' ? new CsvWriter(columns, options) : new JsonWriter(options.format);
  const turns = new EventTurns();
  let [text, rows, chars] = ['', 0, 0];
  try {
    for await (const row of result) {
      rows++;
      text += writer.row(shape === null ? row : flat(row, options.format), rows);
      if (text.length >= PIECE_CHARS) {
        chars += text.length;
        yield text;
        text = '';
        await turns.pass();
        if (signal?.aborted === true) {
          throw cancelled(signal);
        }
        onProgress?.({ rows, chars });
      }
    }
    text += writer.end(rows);
    if (text !== '') {
      yield text;
    }
    onProgress?.({ rows, chars: chars + text.length });
  } catch (error) {
    throw error instanceof RowFault ? failure('INVALID_ARGUMENT', error.message, error) : error;
  } finally {
    await result.close();
  }
}

/** The row of an entity with its properties beside the other columns. */
function flat(row: Row, format: RowFormat): Row {
  const { properties, ...members } = row as Row & { properties: Row };
  for (const key of Object.keys(properties)) {
    if (format !== 'csv' && /:(ID|START_ID|END_ID|LABEL|TYPE|IGNORE)(\([^()]*\))?$/.test(key)) {
      throw new RowFault(`the property ${key} looks like the role of a column`, {});
    }
    setMember(members, key, properties[key]);
  }
  return members;
}

interface RowWriter {
  row(row: Row, number: number): string;
  end(rows: number): string;
}

class JsonWriter implements RowWriter {
  readonly #lines: boolean;
  #empty = true;

  constructor(format: 'json' | 'jsonl') {
    this.#lines = format === 'jsonl';
  }

  row(row: Row): string {
    const members = Object.keys(row).map(
      (name) => `${JSON.stringify(name)}:${jsonText(row[name] as Value)}`,
    );
    const text = `{${members.join(',')}}`;
    const before = this.#empty ? '[\n' : ',\n';
    this.#empty = false;
    return this.#lines ? `${text}\n` : before + text;
  }

  end(): string {
    if (this.#lines) {
      return '';
    }
    return this.#empty ? '[]\n' : '\n]\n';
  }
}

class CsvWriter implements RowWriter {
  readonly #names: readonly string[];
  readonly #options: ExportOptions;
  readonly #syntax: ArraySyntax;
  readonly #delimiter: string;
  readonly #quote: string;
  readonly #special: RegExp;
  #columns: Column[] | null = null;
  /** Rows that show the types of the columns. */
  #sample: Row[] = [];

  constructor(names: readonly string[], options: ExportOptions) {
    this.#names = names;
    this.#options = options;
    this.#syntax = { arrays: options.arrays, arrayDelimiter: options.arrayDelimiter };
    this.#delimiter = options.delimiter ?? ',';
    this.#quote = options.quote ?? '"';
    const codes = [unit('delimiter', this.#delimiter), unit('quote', this.#quote)];
    if (codes[0] === codes[1]) {
      throw failure('INVALID_ARGUMENT', 'delimiter and quote are the same character');
    }
    const special = codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('');
    this.#special = new RegExp(`[${special}\\r\\n\\ufeff]`);
    const known = names.every((name) => this.#given(name) !== undefined);
    if (known) {
      this.#columns = names.map((name) => this.#given(name) as Column);
    }
  }

  /** A column whose type is known without its values. */
  #given(name: string): Column | undefined {
    const { types } = this.#options;
    if (types !== undefined && Object.hasOwn(types, name)) {
      return this.#column(name, types[name] as string);
    }
    return /^:(ID|START_ID|END_ID|LABEL|TYPE)$/.test(name) ? typedColumn(name) : undefined;
  }

  #column(name: string, type: string): Column {
    const column = typedColumn(`x:${type}`);
    if (column.role !== 'property') {
      throw failure('INVALID_ARGUMENT', `the type of ${name} is ${JSON.stringify(type)}, expected one of a property`);
    }
    return { ...column, name };
  }

  row(row: Row, number: number): string {
    if (this.#columns === null) {
      this.#sample.push(row);
      return this.#sample.length < SAMPLE_ROWS ? '' : this.#begin();
    }
    const line = this.#line(row, number, this.#columns);
    return number === 1 ? this.#header(this.#columns) + line : line;
  }

  end(rows: number): string {
    if (this.#columns === null) {
      return this.#begin();
    }
    return rows === 0 ? this.#header(this.#columns) : '';
  }

  #begin(): string {
    this.#columns = this.#names.map((name) => this.#given(name) ?? this.#shown(name));
    const columns = this.#columns;
    const lines = this.#sample.map((row, i) => this.#line(row, i + 1, columns));
    this.#sample = [];
    return this.#header(columns) + lines.join('');
  }

  /** The column of the type that all values in the sample have. */
  #shown(name: string): Column {
    const types = new Set<string>();
    for (const row of this.#sample) {
      const value = row[name] ?? null;
      if (value === null || (Array.isArray(value) && value.length === 0)) {
        continue;
      }
      const { type, array, coordinates } = typeOfValue(value);
      const options = coordinates === undefined ? '' : `{coordinateType:${coordinates}}`;
      types.add(`${type}${options}${array ? '[]' : ''}`);
    }
    const [first, ...others] = types;
    const empty = this.#sample.some((row) => Array.isArray(row[name]));
    if (first === undefined) {
      return empty ? this.#column(name, 'string[]') : plainColumn(name);
    }
    const mixed = others.length > 0 || (empty && !first.endsWith('[]'));
    return this.#column(name, mixed ? 'json' : first);
  }

  #header(columns: readonly Column[]): string {
    if (this.#options.header === false) {
      return '';
    }
    const typed = this.#options.typedHeaders ?? true;
    const fields = columns.map((column) => {
      const text = typed && column.role === 'property' ? `${column.name}:${typeText(column)}` : column.name;
      return this.#field(text, false, 0, column.name);
    });
    return `${fields.join(this.#delimiter)}\n`;
  }

  #line(row: Row, number: number, columns: readonly Column[]): string {
    let line = '';
    columns.forEach((column, i) => {
      const value = row[column.name] ?? null;
      const field = value === null ? '' : this.#valueField(value, number, column);
      line += i === 0 ? field : this.#delimiter + field;
    });
    return `${line}\n`;
  }

  #valueField(value: Value, number: number, column: Column): string {
    try {
      const cell =
        column.role === 'label'
          ? cellOf(value, { ...column, array: true }, { ...this.#syntax, arrays: 'delimited' })
          : column.role === 'property' || column.role === 'type'
            ? cellOf(value, column, this.#syntax)
            : { text: String(value), quoted: false };
      return cell === null ? '' : this.#field(cell.text, cell.quoted, number, column.name);
    } catch (error) {
      if (error instanceof CellFault) {
        throw new RowFault(`row ${number}, ${column.name}: ${error.message}`, {});
      }
      throw error;
    }
  }

  #field(text: string, inQuotes: boolean, number: number, name: string): string {
    if (/\p{Surrogate}/u.test(text)) {
      throw new RowFault(
        `row ${number}, ${name}: half of a surrogate pair, which UTF-8 does not have (JSON has it)`,
        {},
      );
    }
    if (!inQuotes && !this.#special.test(text)) {
      return text;
    }
    return this.#quote + text.replaceAll(this.#quote, this.#quote + this.#quote) + this.#quote;
  }
}

function typeText({ type, array, options }: Column): string {
  const entries = [...options].map(([key, value]) => `${key}:${value}`);
  return `${type}${entries.length === 0 ? '' : `{${entries.join(',')}}`}${array ? '[]' : ''}`;
}

