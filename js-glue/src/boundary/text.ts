/** Unicode normalization, as the host's strings have it; see `HostTextNormalizer`. */
import { Reader } from './reader.js';
import { Writer } from './writer.js';

/** By the number that Java's half gives. */
const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'];

/** Puts the string that stands in bytes in another form, and answers how many bytes it takes. */
export function normalizeText(
  memory: WebAssembly.Memory,
  address: number,
  length: number,
  form: number,
): number {
  const text = new Reader(new Uint8Array(memory.buffer, address, length)).readString();
  const writer = new Writer();
  writer.writeString(text.normalize(FORMS[form]));
  const bytes = writer.bytes();
  new Uint8Array(memory.buffer, address, bytes.length).set(bytes);
  return bytes.length;
}
