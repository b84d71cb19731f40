import type { Change } from '../api.js';
import type { Reader } from './reader.js';

/** The record of commits of which nobody knows what they have touched. */
export const EVERYTHING_CHANGED: Uint8Array = Uint8Array.of(0, 1, 0);

/** Reads what commits have touched, as `ChangeRecord` of the Java half writes it. */
export function readChange(reader: Reader): Change {
  const lsn = reader.readCount();
  const isEverything = reader.readCount() !== 0;
  const facets = readFacets(reader);
  return { lsn, touched: isEverything ? null : facets };
}

/** Reads facets of the graph. */
export function readFacets(reader: Reader): string[] {
  return reader.readNames();
}
