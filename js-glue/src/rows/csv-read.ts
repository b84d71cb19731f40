/** CSV in pieces of text to records. */
import { failure } from '../errors.js';
import { RowFault } from './errors.js';

/** One record of a CSV source. */
export interface CsvRecord {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly fields: string[];
  /** Which fields were in quotes: those that are there when they are empty. */
  readonly quoted: boolean[];
}

/** How a CSV source is written. */
export interface CsvSyntax {
  /** What is between fields: one character, by default a comma. */
  readonly delimiter?: string | undefined;
  /** What is around fields that hold delimiters, quotes or line breaks: by default `"`. */
  readonly quote?: string | undefined;
}

const LF = 10;
const CR = 13;

const enum State {
  FIELD_START,
  UNQUOTED,
  QUOTED,
  /** Behind a quote in a quoted field: its end, or one of a pair. */
  BEHIND_QUOTE,
}

/**
 * Reads records that end with LF, CRLF or CR. A quote in a quoted field is written twice; one in
 * any other field is an error, and so is anything between a closing quote and the next delimiter.
 */
export class CsvReader {
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #maxChars: number;
  #state = State.FIELD_START;
  #line = 1;
  #recordLine = 1;
  #afterCr = false;
  #field = '';
  #fields: string[] = [];
  #quoted: boolean[] = [];
  #isQuoted = false;
  #chars = 0;
  readonly #sink: (record: CsvRecord) => void;

  /** @param sink gets each record when it is complete */
  constructor(syntax: CsvSyntax, maxChars: number, sink: (record: CsvRecord) => void) {
    this.#sink = sink;
    this.#delimiter = unit('delimiter', syntax.delimiter ?? ',');
    this.#quote = unit('quote', syntax.quote ?? '"');
    this.#maxChars = maxChars;
    if (this.#delimiter === this.#quote) {
      throw failure('INVALID_ARGUMENT', 'delimiter and quote are the same character');
    }
  }

  /** Reads the next piece of the text. */
  read(text: string): void {
    for (let at = 0; at < text.length; ) {
      switch (this.#state) {
        case State.FIELD_START:
          at = this.#begin(text, at);
          break;
        case State.UNQUOTED:
          at = this.#readUnquoted(text, at);
          break;
        case State.QUOTED:
          at = this.#readQuoted(text, at);
          break;
        case State.BEHIND_QUOTE:
          at = this.#readBehindQuote(text, at);
      }
    }
  }

  /** Ends the last record. */
  end(): void {
    if (this.#state === State.QUOTED) {
      throw this.#fault('a quoted field does not end, expected a quote');
    }
    if (this.#state !== State.FIELD_START || this.#fields.length > 0) {
      this.#endRecord();
    }
  }

  #begin(text: string, at: number): number {
    const afterCr = this.#afterCr;
    this.#afterCr = false;
    if (afterCr && text.charCodeAt(at) === LF) {
      return at + 1;
    }
    if (this.#fields.length === 0) {
      this.#recordLine = this.#line;
    }
    if (text.charCodeAt(at) === this.#quote) {
      this.#isQuoted = true;
      this.#state = State.QUOTED;
      return at + 1;
    }
    this.#state = State.UNQUOTED;
    return at;
  }

  #readUnquoted(text: string, start: number): number {
    for (let at = start; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === this.#delimiter || c === LF || c === CR) {
        this.#append(text, start, at);
        this.#separate(c);
        return at + 1;
      } else if (c === this.#quote) {
        throw this.#fault('a quote in a field that does not begin with one, expected the whole field in quotes');
      }
    }
    this.#append(text, start, text.length);
    return text.length;
  }

  #readQuoted(text: string, start: number): number {
    for (let at = start; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === this.#quote) {
        this.#append(text, start, at);
        this.#state = State.BEHIND_QUOTE;
        this.#afterCr = false;
        return at + 1;
      } else if (c === CR || (c === LF && !this.#afterCr)) {
        this.#line++;
      }
      this.#afterCr = c === CR;
    }
    this.#append(text, start, text.length);
    return text.length;
  }

  #readBehindQuote(text: string, at: number): number {
    const c = text.charCodeAt(at);
    if (c === this.#quote) {
      this.#append(text, at, at + 1);
      this.#state = State.QUOTED;
    } else if (c === this.#delimiter || c === LF || c === CR) {
      this.#separate(c);
    } else {
      throw this.#fault('text behind the closing quote of a field, expected a delimiter or the end of the line');
    }
    return at + 1;
  }

  #append(text: string, start: number, end: number): void {
    this.#chars += end - start;
    if (this.#chars > this.#maxChars) {
      throw this.#fault(`a row is longer than ${this.#maxChars} characters (a quote that is not closed, or maxRowChars)`);
    }
    this.#field = this.#field === '' ? text.slice(start, end) : this.#field + text.slice(start, end);
  }

  /** Ends a field at a delimiter, or a record at a line break. */
  #separate(c: number): void {
    if (c === this.#delimiter) {
      this.#endField();
    } else {
      this.#endRecord();
      this.#line++;
      this.#afterCr = c === CR;
    }
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#quoted.push(this.#isQuoted);
    this.#field = '';
    this.#isQuoted = false;
    this.#state = State.FIELD_START;
    // Empty fields count too.
    this.#chars++;
  }

  #endRecord(): void {
    this.#endField();
    const record = { line: this.#recordLine, fields: this.#fields, quoted: this.#quoted };
    this.#fields = [];
    this.#quoted = [];
    this.#chars = 0;
    this.#sink(record);
  }

  #fault(message: string): RowFault {
    return new RowFault(message, { line: this.#recordLine });
  }
}

/** The UTF-16 code unit of an option of one character. */
export function unit(name: string, text: unknown): number {
  if (typeof text !== 'string' || text.length !== 1 || /[\r\n\p{Surrogate}]/u.test(text)) {
    throw failure(
      'INVALID_ARGUMENT',
      `${name} is ${JSON.stringify(text)}, but it must be one character and no line break`,
    );
  }
  return text.charCodeAt(0);
}
