/** JSON in pieces of text to the objects of an array, or of lines. */
import { Float } from '../values.js';
import { setMember } from '../boundary/reader.js';
import { RowFault, shown } from './errors.js';
import type { Json } from './tagged.js';

/** How deep arrays and objects may be within each other; parameters of queries have the same bound. */
const MAX_DEPTH = 100;

/** An object of a source of JSON. */
export interface JsonRecord {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly object: { [key: string]: Json };
}

const enum State {
  /** Before the array. */
  START,
  /** Behind its bracket: an object or the end. */
  FIRST,
  /** Behind a comma. */
  NEXT,
  INSIDE,
  /** Behind an object. */
  BEHIND,
  DONE,
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Finds where objects end, without holding more than one of them, and parses each.
 *
 * `json` is one array of objects. `jsonl` is one object on each line; lines with nothing but white
 * space are passed over.
 */
export class JsonReader {
  readonly #lines: boolean;
  readonly #maxChars: number;
  #state: State;
  #line = 1;
  #recordLine = 1;
  #text = '';
  #depth = 0;
  #inString = false;
  #escaped = false;
  readonly #sink: (record: JsonRecord) => void;

  /** @param sink gets each object when it is complete */
  constructor(format: 'json' | 'jsonl', maxChars: number, sink: (record: JsonRecord) => void) {
    this.#sink = sink;
    this.#lines = format === 'jsonl';
    this.#maxChars = maxChars;
    this.#state = this.#lines ? State.NEXT : State.START;
  }

  /** Reads the next piece of the text. */
  read(text: string): void {
    for (let at = 0; at < text.length; ) {
      at = this.#state === State.INSIDE ? this.#inside(text, at) : this.#between(text, at);
    }
  }

  /** Fails when the text ends too early. */
  end(): void {
    if (this.#state === State.INSIDE) {
      throw this.#fault('the text ends in the middle of an object', this.#recordLine);
    }
    if (!this.#lines && this.#state !== State.DONE) {
      throw this.#fault('the text ends before its array does, expected ]', this.#line);
    }
  }

  #between(text: string, at: number): number {
    const c = text[at] as string;
    if (c === '\n') {
      this.#line++;
      if (this.#lines) {
        this.#state = State.NEXT;
      }
      return at + 1;
    } else if (c === ' ' || c === '\t' || c === '\r') {
      return at + 1;
    }
    switch (this.#state) {
      case State.START:
        return this.#expect(c === '[', c, '[ of an array of objects', State.FIRST, at);
      case State.FIRST:
        if (c === ']') {
          this.#state = State.DONE;
          return at + 1;
        }
        return this.#expect(c === '{', c, 'an object or ]', State.INSIDE, at);
      case State.NEXT:
        return this.#expect(c === '{', c, 'an object', State.INSIDE, at);
      case State.BEHIND:
        if (c === ']' && !this.#lines) {
          this.#state = State.DONE;
          return at + 1;
        }
        return this.#lines
          ? this.#expect(false, c, 'the end of the line', State.NEXT, at)
          : this.#expect(c === ',', c, ', or ]', State.NEXT, at);
      default:
        return this.#expect(false, c, 'the end of the text', State.DONE, at);
    }
  }

  #expect(right: boolean, found: string, expected: string, next: State, at: number): number {
    if (!right) {
      throw this.#fault(`expected ${expected}, found ${shown(found)}`, this.#line);
    }
    this.#state = next;
    if (next === State.INSIDE) {
      this.#recordLine = this.#line;
      this.#depth = 0;
      return at;
    }
    return at + 1;
  }

  #inside(text: string, start: number): number {
    for (let at = start; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === 0x0a) {
        if (this.#lines) {
          throw this.#fault('the line ends in the middle of an object', this.#recordLine);
        }
        this.#line++;
      } else if (this.#inString) {
        if (this.#escaped) {
          this.#escaped = false;
        } else if (c === BACKSLASH) {
          this.#escaped = true;
        } else if (c === QUOTE) {
          this.#inString = false;
        }
      } else if (c === QUOTE) {
        this.#inString = true;
      } else if (c === 0x7b || c === 0x5b) {
        if (++this.#depth > MAX_DEPTH) {
          throw this.#fault(`nested deeper than ${MAX_DEPTH}`, this.#line);
        }
      } else if ((c === 0x7d || c === 0x5d) && --this.#depth === 0) {
        this.#append(text, start, at + 1);
        this.#state = State.BEHIND;
        this.#finish();
        return at + 1;
      }
    }
    this.#append(text, start, text.length);
    return text.length;
  }

  #append(text: string, start: number, end: number): void {
    if (this.#text.length + end - start > this.#maxChars) {
      throw this.#fault(`a row is longer than ${this.#maxChars} characters (maxRowChars)`, this.#recordLine);
    }
    this.#text += text.slice(start, end);
  }

  #finish(): void {
    const object = new JsonText(this.#text, this.#recordLine).parse() as { [key: string]: Json };
    this.#text = '';
    this.#sink({ line: this.#recordLine, object });
  }

  #fault(message: string, line: number): RowFault {
    return new RowFault(message, { line });
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** One value of JSON. Integers are exact, and one that does not fit into 64 bits is an error. */
export class JsonText {
  readonly #text: string;
  readonly #line: number;
  #at = 0;

  constructor(text: string, line: number) {
    this.#text = text;
    this.#line = line;
  }

  parse(): Json {
    const value = this.#value(1);
    this.#space();
    if (this.#at < this.#text.length) {
      throw this.#unexpected('the end of the text');
    }
    return value;
  }

  #space(): void {
    for (;;) {
      const c = this.#text.charCodeAt(this.#at);
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) {
        return;
      }
      this.#at++;
    }
  }

  #value(depth: number): Json {
    this.#space();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #word(word: string, value: Json): Json {
    if (!this.#text.startsWith(word, this.#at)) {
      throw this.#unexpected('a value');
    }
    this.#at += word.length;
    return value;
  }

  #number(): Json {
    NUMBER.lastIndex = this.#at;
    const [text, fraction, exponent] = NUMBER.exec(this.#text) ?? [];
    if (text === undefined) {
      throw this.#unexpected('a value');
    }
    const number = Number(text);
    if (fraction !== undefined || exponent !== undefined) {
      if (!Number.isFinite(number)) {
        throw this.#fault(`expected a float of 64 bits, found ${shown(text)}`);
      }
      this.#at += text.length;
      return new Float(number);
    } else if (Number.isSafeInteger(number)) {
      this.#at += text.length;
      return number + 0;
    }
    const integer = text.length > 20 ? null : BigInt(text);
    if (integer === null || integer !== BigInt.asIntN(64, integer)) {
      throw this.#fault(`expected an integer of 64 bits, found ${shown(text)}`);
    }
    this.#at += text.length;
    return integer;
  }

  #string(): string {
    let value = '';
    for (this.#at++; ; ) {
      PLAIN.lastIndex = this.#at;
      const plain = (PLAIN.exec(this.#text) as RegExpExecArray)[0];
      value += plain;
      this.#at += plain.length;
      const c = this.#text[this.#at];
      if (c === '"') {
        this.#at++;
        return value;
      } else if (c !== '\\') {
        throw this.#unexpected('the closing quote of a string');
      }
      value += this.#escape();
    }
  }

  #escape(): string {
    const c = this.#text[this.#at + 1] ?? '';
    if (c === 'u') {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (/^[0-9a-fA-F]{4}$/.test(digits)) {
        this.#at += 6;
        return String.fromCharCode(Number.parseInt(digits, 16));
      }
    } else if (Object.hasOwn(ESCAPES, c)) {
      this.#at += 2;
      return ESCAPES[c] as string;
    }
    throw this.#fault(`unknown escape ${shown(this.#text.slice(this.#at, this.#at + 6))} in a string`);
  }

  #array(depth: number): Json[] {
    this.#enter(depth);
    const array: Json[] = [];
    if (this.#closes(']')) {
      return array;
    }
    for (;;) {
      array.push(this.#value(depth + 1));
      if (this.#closes(']')) {
        return array;
      }
      this.#comma(']');
    }
  }

  #object(depth: number): { [key: string]: Json } {
    this.#enter(depth);
    const object: { [key: string]: Json } = {};
    if (this.#closes('}')) {
      return object;
    }
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') {
        throw this.#unexpected('a key in quotes');
      }
      const key = this.#string();
      if (Object.hasOwn(object, key)) {
        throw this.#fault(`the key ${shown(key)} is there twice`);
      }
      this.#space();
      if (this.#text[this.#at] !== ':') {
        throw this.#unexpected(':');
      }
      this.#at++;
      setMember(object, key, this.#value(depth + 1));
      if (this.#closes('}')) {
        return object;
      }
      this.#comma('}');
    }
  }

  #enter(depth: number): void {
    if (depth > MAX_DEPTH) {
      throw this.#fault(`nested deeper than ${MAX_DEPTH}`);
    }
    this.#at++;
  }

  #closes(bracket: string): boolean {
    this.#space();
    if (this.#text[this.#at] === bracket) {
      this.#at++;
      return true;
    }
    return false;
  }

  #comma(bracket: string): void {
    if (this.#text[this.#at] !== ',') {
      throw this.#unexpected(`, or ${bracket}`);
    }
    this.#at++;
  }

  #unexpected(expected: string): RowFault {
    const found = this.#text.slice(this.#at, this.#at + 20);
    return this.#fault(`expected ${expected}, found ${found === '' ? 'the end' : shown(found)}`);
  }

  #fault(message: string): RowFault {
    let line = this.#line;
    for (let at = this.#text.indexOf('\n'); at >= 0 && at < this.#at; ) {
      line++;
      at = this.#text.indexOf('\n', at + 1);
    }
    return new RowFault(message, { line });
  }
}
