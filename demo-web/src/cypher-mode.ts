import type { StreamParser, StringStream } from '@codemirror/language';

/** The words that openCypher reserves or gives a meaning to. */
const KEYWORDS = new Set(
  (
    'ALL AND ANY AS ASC ASCENDING BY CALL CASE COLLECT CONSTRAINT CONTAINS COUNT CREATE CSV CYPHER DELETE ' +
    'DESC DESCENDING DETACH DISTINCT DROP ELSE END ENDS EXISTS EXPLAIN FIELDTERMINATOR FILTER FINISH FOR ' +
    'FOREACH FROM HEADERS IF IN INDEX INSERT IS LET LIMIT LOAD MATCH MERGE NODETACH NONE NOT OFFSET ON ' +
    'OPTIONAL OPTIONS OR ORDER PROFILE REMOVE REQUIRE RETURN SET SHORTEST SHOW SINGLE SKIP STARTS THEN ' +
    'TRANSACTIONS UNION UNIQUE UNWIND WHEN WHERE WITH XOR YIELD'
  ).split(' '),
);
const CONSTANTS = new Set(['TRUE', 'FALSE', 'NULL', 'INF', 'INFINITY', 'NAN']);

/** What must be remembered from one token to the next. */
interface State {
  /** Inside a comment that has not ended yet. */
  comment: boolean;
  /** The quote of a text that has not ended yet, or an empty text. */
  quote: string;
  /** The last character that was not a space: after a dot or a colon, a word is a name. */
  before: string;
}

function rest(stream: StringStream, state: State): string {
  if (state.comment) {
    while (!stream.eol()) {
      if (stream.match('*/')) {
        state.comment = false;
        break;
      }
      stream.next();
    }
    return 'comment';
  }
  while (!stream.eol()) {
    const character = stream.next();
    if (character === '\\') {
      stream.next();
    } else if (character === state.quote) {
      state.quote = '';
      break;
    }
  }
  return 'string';
}

function word(stream: StringStream, before: string): string {
  const text = stream.current().toUpperCase();
  if (before === ':' || before === '|' || before === '&') {
    return 'typeName';
  }
  if (before === '.') {
    return 'variableName';
  }
  if (CONSTANTS.has(text)) {
    return 'atom';
  }
  const isMapKey = stream.match(/^\s*:(?!:)/, false) !== null && (before === '{' || before === ',');
  return KEYWORDS.has(text) && !isMapKey ? 'keyword' : 'variableName';
}

/** Colours Cypher token by token; it never refuses anything, the database does that. */
export const cypher: StreamParser<State> = {
  name: 'cypher',
  languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } } },
  startState: () => ({ comment: false, quote: '', before: '' }),
  token(stream, state) {
    if (state.comment || state.quote !== '') {
      return rest(stream, state);
    }
    if (stream.eatSpace()) {
      return null;
    }
    const before = state.before;
    state.before = stream.peek() ?? '';
    if (stream.match('//')) {
      stream.skipToEnd();
      state.before = before;
      return 'comment';
    }
    if (stream.match('/*')) {
      state.comment = true;
      state.before = before;
      return rest(stream, state);
    }
    const quote = stream.eat(/['"]/);
    if (typeof quote === 'string') {
      state.quote = quote;
      return rest(stream, state);
    }
    if (stream.match(/^(0x[\da-f_]+|0o[0-7_]+|\d[\d_]*(\.\d[\d_]*)?(e[+-]?\d+)?|\.\d[\d_]*(e[+-]?\d+)?)/i)) {
      return 'number';
    }
    if (stream.match(/^\$(`[^`]*`|[\p{L}\p{N}_]+)/u)) {
      return 'atom';
    }
    if (stream.match(/^`[^`]*`/) || stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u)) {
      return word(stream, before);
    }
    stream.next();
    return null;
  },
};
