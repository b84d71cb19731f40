/** The records of a source as values by columns, whatever its format is. */
import { failure } from '../errors.js';
import { Float } from '../values.js';
import type { Parameter } from '../values.js';
import { setMember } from '../boundary/reader.js';
import { cellValue, type ArraySyntax } from './cells.js';
import { CsvReader, type CsvRecord, type CsvSyntax } from './csv-read.js';
import { RowFault } from './errors.js';
import { parseHeader, plainColumn, typedColumn, type Column } from './header.js';
import { JsonReader, type JsonRecord } from './json-read.js';
import { CellFault } from './numbers.js';
import type { SourceText } from './source.js';
import { TagFault, taggedValue } from './tagged.js';

/**
 * How rows are written: CSV with a header; one JSON array of objects; or JSON Lines, one object on
 * each line.
 */
export type RowFormat = 'csv' | 'json' | 'jsonl';

/** How a source of rows is read. */
export interface ReadOptions extends CsvSyntax, ArraySyntax {
  readonly format: RowFormat;
  /** The fields of the header of a CSV source that has none of its own. */
  readonly header?: readonly string[] | undefined;
  /** Whether the fields of a header have types, `born:int`. By default they have. */
  readonly typedHeaders?: boolean | undefined;
  /** What a CSV row with too few fields is: an error, the default, or one whose last fields are empty. */
  readonly missingFields?: 'error' | 'empty' | undefined;
  /** How many characters a row may have; by default 16 Mi. */
  readonly maxRowChars?: number | undefined;
}

/** A column with its value in one record. */
export interface Field {
  readonly column: Column;
  readonly value: Parameter;
}

/** A record with its values. */
export interface SourceRecord {
  readonly line: number;
  readonly fields: readonly Field[];
}

const MAX_ROW_CHARS = 1 << 24;

/** The records of a source, as many at a time as a piece of its text has. */
export async function* records(
  source: SourceText,
  options: ReadOptions,
): AsyncGenerator<SourceRecord[], void, undefined> {
  const maxChars = options.maxRowChars ?? MAX_ROW_CHARS;
  if (!Number.isSafeInteger(maxChars) || maxChars < 1) {
    throw failure('INVALID_ARGUMENT', `maxRowChars is ${maxChars}, but it must be an integer from 1`);
  }
  let found: SourceRecord[] = [];
  const reader = readerOf(options, maxChars, (record) => found.push(record));
  for await (const piece of source.pieces()) {
    let fault: unknown;
    try {
      reader.read(piece);
    } catch (error) {
      fault = error;
    }
    yield found;
    found = [];
    if (fault !== undefined) {
      throw fault;
    }
  }
  reader.end();
  yield found;
}

interface TextReader {
  read(text: string): void;
  end(): void;
}

function readerOf(
  options: ReadOptions,
  maxChars: number,
  sink: (record: SourceRecord) => void,
): TextReader {
  const { format } = options;
  if (format === 'csv') {
    const table = new CsvTable(options);
    const reader = new CsvReader(options, maxChars, (record) => table.accept(record, sink));
    return {
      read: (text) => reader.read(text),
      end() {
        reader.end();
        table.end();
      },
    };
  } else if (format === 'json' || format === 'jsonl') {
    const columns = new Map<string, Column>();
    return new JsonReader(format, maxChars, (record) => sink(jsonRecord(record, columns)));
  }
  throw failure(
    'INVALID_ARGUMENT',
    `the format is ${JSON.stringify(format)}, but it must be csv, json or jsonl`,
  );
}

class CsvTable {
  readonly #options: ReadOptions;
  #columns: Column[] | null;

  constructor(options: ReadOptions) {
    this.#options = options;
    const arrays = options.arrays ?? 'delimited';
    if (arrays !== 'delimited' && arrays !== 'json') {
      throw failure('INVALID_ARGUMENT', `arrays is ${String(arrays)}, but it must be delimited or json`);
    }
    const delimiter = options.arrayDelimiter ?? ';';
    if (typeof delimiter !== 'string' || delimiter.length !== 1) {
      throw failure('INVALID_ARGUMENT', 'arrayDelimiter must be one character');
    }
    this.#columns =
      options.header === undefined ? null : parseHeader(options.header, this.#typed());
  }

  #typed(): boolean {
    return this.#options.typedHeaders ?? true;
  }

  /** Takes the header, and gives on every record behind it. */
  accept(record: CsvRecord, sink: (record: SourceRecord) => void): void {
    const columns = this.#columns;
    if (columns === null) {
      this.#columns = parseHeader(record.fields, this.#typed(), record.line);
    } else if (record.fields.length > 1 || columns.length === 1 || record.fields[0] !== '' || record.quoted[0] === true) {
      // A line with nothing on it is a row only where a row has one field.
      sink(this.#record(record, columns));
    }
  }

  end(): void {
    if (this.#columns === null) {
      throw new RowFault('the source is empty, expected a header', { line: 1 });
    }
  }

  #record({ line, fields, quoted }: CsvRecord, columns: readonly Column[]): SourceRecord {
    const lenient = this.#options.missingFields === 'empty';
    if (fields.length > columns.length || (fields.length < columns.length && !lenient)) {
      throw new RowFault(`expected ${columns.length} fields, found ${fields.length}`, { line });
    }
    const values = columns.map((column, i): Field => {
      try {
        const text = fields[i] ?? '';
        return { column, value: cellOrList(text, quoted[i] === true, column, this.#options) };
      } catch (error) {
        throw atField(error, line, column.name);
      }
    });
    return { line, fields: values };
  }
}

function cellOrList(text: string, quoted: boolean, column: Column, syntax: ArraySyntax): Parameter {
  if (column.role === 'ignore') {
    return null;
  } else if (column.role === 'label') {
    return text === '' ? [] : text.split(syntax.arrayDelimiter ?? ';');
  }
  return cellValue(text, quoted, column, syntax);
}

const WITH_ROLE = /:(ID|START_ID|END_ID|LABEL|TYPE|IGNORE)(\([^()]*\))?$/;

function jsonRecord({ line, object }: JsonRecord, columns: Map<string, Column>): SourceRecord {
  const fields = Object.keys(object).map((key): Field => {
    let column = columns.get(key);
    if (column === undefined) {
      column = WITH_ROLE.test(key) ? typedColumn(key, line) : plainColumn(key);
      columns.set(key, column);
    }
    try {
      return { column, value: taggedValue(object[key] as never) as Parameter };
    } catch (error) {
      throw atField(error, line, key);
    }
  });
  return { line, fields };
}

/** What is wrong with a cell, with its place. */
export function atField(error: unknown, line: number, field: string): unknown {
  if (error instanceof CellFault || error instanceof TagFault || error instanceof RowFault) {
    return new RowFault(error.message, { line, field });
  }
  return error;
}

/** The values of a row by their names. */
export function namedValues(record: SourceRecord): Record<string, Parameter> {
  const values: Record<string, Parameter> = {};
  for (const { column, value } of record.fields) {
    if (column.role === 'property') {
      setMember(values, column.name, value);
    }
  }
  return values;
}

/** An ID as text, or undefined for what is none. */
export function idText(value: Parameter): string | undefined {
  if (value instanceof Float || value === null || value === '') {
    return undefined;
  }
  return ['string', 'number', 'bigint'].includes(typeof value) ? String(value) : undefined;
}
