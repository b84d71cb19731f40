/**
 * Text as UTF-8 the way Java's half of WeftDB writes it: every string round-trips, a surrogate
 * without its partner as the three bytes of its code point (WTF-8). `TextEncoder` and `TextDecoder`
 * would turn such a surrogate into U+FFFD.
 */

/** Up to this many bytes a loop is quicker than a call of `TextDecoder`. */
const SHORT_BYTES = 32;

/** How many characters are made a text at once. */
const MOST_POINTS = 4096;

const NAMES = 512;

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes that {@link encodeInto} writes for this text. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      length += 1;
    } else if (unit < 0x800) {
      length += 2;
    } else if (isPair(unit, text, i)) {
      length += 4;
      i++;
    } else {
      length += 3;
    }
  }
  return length;
}

/** Writes a text and returns the offset behind it; the room must be there. */
export function encodeInto(text: string, target: Uint8Array, offset: number): number {
  let at = offset;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      target[at++] = unit;
    } else if (unit < 0x800) {
      target[at++] = 0xc0 | (unit >> 6);
      target[at++] = 0x80 | (unit & 0x3f);
    } else if (isPair(unit, text, i)) {
      const codePoint = text.codePointAt(i++) as number;
      target[at++] = 0xf0 | (codePoint >> 18);
      target[at++] = 0x80 | ((codePoint >> 12) & 0x3f);
      target[at++] = 0x80 | ((codePoint >> 6) & 0x3f);
      target[at++] = 0x80 | (codePoint & 0x3f);
    } else {
      target[at++] = 0xe0 | (unit >> 12);
      target[at++] = 0x80 | ((unit >> 6) & 0x3f);
      target[at++] = 0x80 | (unit & 0x3f);
    }
  }
  return at;
}

function isPair(unit: number, text: string, index: number): boolean {
  return (unit & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
}

/** Reads a text from a range of bytes that Java's half wrote. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT_BYTES) {
    let text = '';
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte >= 0x80) {
        return text + decodeLoosely(bytes, at, end);
      }
      text += String.fromCharCode(byte);
    }
    return text;
  }
  try {
    return strictDecoder.decode(bytes.subarray(start, end));
  } catch {
    return decodeLoosely(bytes, start, end);
  }
}

/** ASCII names that were read lately, by a number made of their bytes. */
const names = new Array<string>(NAMES).fill('');

/**
 * Reads a name: as {@link decodeUtf8}, for texts that come again and again. Each is made once, so that
 * objects with it as a key need not look it up among all strings.
 */
export function decodeName(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length > SHORT_BYTES) {
    return decodeUtf8(bytes, start, end);
  }
  let hash = length;
  for (let at = start; at < end; at++) {
    hash = (hash * 31 + (bytes[at] as number)) % NAMES;
  }
  const known = names[hash] as string;
  let same = 0;
  while (same < length && known.charCodeAt(same) === bytes[start + same]) {
    same++;
  }
  if (same === length && known.length === length) {
    return known;
  }
  const name = decodeUtf8(bytes, start, end);
  if (name.length === length) {
    names[hash] = name;
  }
  return name;
}

/** Decodes canonical WTF-8. */
function decodeLoosely(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let points: number[] = [];
  let at = start;
  const next = () => (bytes[at++] as number) & 0x3f;
  while (at < end) {
    const first = bytes[at++] as number;
    if (first < 0x80) {
      points.push(first);
    } else if (first < 0xe0) {
      points.push(((first & 0x1f) << 6) | next());
    } else if (first < 0xf0) {
      points.push(((first & 0x0f) << 12) | (next() << 6) | next());
    } else {
      points.push(((first & 0x07) << 18) | (next() << 12) | (next() << 6) | next());
    }
    if (points.length === MOST_POINTS || at >= end) {
      text += String.fromCodePoint(...points);
      points = [];
    }
  }
  return text;
}
