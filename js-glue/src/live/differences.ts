import { sameValue, valueText } from './equality.js';

/** A row at its place. */
export interface PlacedRow<R> {
  readonly row: R;
  readonly index: number;
}

/** A row that is another than the row of the same key was. */
export interface ChangedRow<R> extends PlacedRow<R> {
  readonly before: R;
  /** The columns whose values are others, in their order. */
  readonly columns: readonly string[];
}

/** A row that has left its place among the rows that were there before and still are. */
export interface MovedRow<R> extends PlacedRow<R> {
  /** Where it was. */
  readonly from: number;
}

/**
 * What is different between two results of a query.
 *
 * A list is brought up to date by taking out what was removed and, where it was, what has moved; then
 * putting in, in the order of their places, what was added and what has moved; then putting the
 * changed rows into their places.
 */
export interface LiveChanges<R> {
  /** All rows of the later one. Those that are as before are the same objects. */
  readonly rows: readonly R[];
  /** Rows that are new, with their places in `rows`, in that order. */
  readonly added: readonly PlacedRow<R>[];
  /** Rows that are gone, with the places that they had, in that order. */
  readonly removed: readonly PlacedRow<R>[];
  /** Rows whose key stayed and whose other values are others, with their places in `rows`. */
  readonly changed: readonly ChangedRow<R>[];
  /**
   * The fewest rows that must be moved to bring those that stayed into the order of `rows`. A row
   * may be among `changed` as well.
   */
  readonly moved: readonly MovedRow<R>[];
}

/** What makes a row the same row: columns, or what a function says. */
export type RowKey<R> = string | readonly string[] | ((row: R) => unknown);

/** Tells rows from each other and finds what has become of them. */
export class Differences<R> {
  readonly #columns: readonly string[];
  readonly #keyOf: (row: R) => string;

  /**
   * @param key undefined when all of a row is its key
   * @throws TypeError when there is no such column
   */
  constructor(columns: readonly string[], key: RowKey<R> | undefined) {
    this.#columns = columns;
    if (typeof key === 'function') {
      this.#keyOf = (row) => valueText(key(row), true);
      return;
    }
    const names = key === undefined ? columns : typeof key === 'string' ? [key] : key;
    const missing = names.find((name) => !columns.includes(name));
    if (missing !== undefined) {
      throw new TypeError(
        `the key ${JSON.stringify(missing)} is no column of the query, which has ${columns.join(', ')}`,
      );
    }
    this.#keyOf = (row) =>
      names.map((name) => valueText(this.#value(row, name), key !== undefined)).join();
  }

  /** Rows are objects, or arrays in the order of the columns. */
  #value(row: R, column: string): unknown {
    return Array.isArray(row)
      ? (row as readonly unknown[])[this.#columns.indexOf(column)]
      : (row as Record<string, unknown>)[column];
  }

  /** The places of rows by their keys; of rows with the same key each has its own. */
  #places(rows: readonly R[]): Map<string, number> {
    const places = new Map<string, number>();
    const repeated = new Map<string, number>();
    rows.forEach((row, index) => {
      let key = this.#keyOf(row);
      if (places.has(key)) {
        const times = (repeated.get(key) ?? 1) + 1;
        repeated.set(key, times);
        key = `${times} times ${key}`;
      }
      places.set(key, index);
    });
    return places;
  }

  /** What is different; null when nothing is. */
  between(before: readonly R[], after: readonly R[]): LiveChanges<R> | null {
    const places = this.#places(before);
    const rows: R[] = [];
    const added: PlacedRow<R>[] = [];
    const changed: ChangedRow<R>[] = [];
    const stayed: { from: number; index: number }[] = [];
    for (const [key, index] of this.#places(after)) {
      const from = places.get(key);
      let row = after[index] as R;
      if (from === undefined) {
        added.push({ row, index });
      } else {
        places.delete(key);
        stayed.push({ from, index });
        const old = before[from] as R;
        if (sameValue(old, row)) {
          row = old;
        } else {
          changed.push({ row, index, before: old, columns: this.#different(old, row) });
        }
      }
      rows.push(row);
    }
    const removed = [...places.values()].map((index) => ({ row: before[index] as R, index }));
    const moved = movedOf(stayed).map(({ from, index }) => ({ row: rows[index] as R, index, from }));
    const isSame = added.length + removed.length + changed.length + moved.length === 0;
    return isSame ? null : { rows, added, removed, changed, moved };
  }

  /** What was added to nothing. */
  first(rows: readonly R[]): LiveChanges<R> {
    const added = rows.map((row, index) => ({ row, index }));
    return { rows, added, removed: [], changed: [], moved: [] };
  }

  #different(a: R, b: R): string[] {
    return this.#columns.filter(
      (column) => !sameValue(this.#value(a, column), this.#value(b, column)),
    );
  }
}

/** Of rows in their new order those that are not in the longest run that has kept its order. */
function movedOf<P extends { readonly from: number }>(stayed: readonly P[]): P[] {
  /** By length of a run the place of its last row, that of the least `from`. */
  const ends: number[] = [];
  const previous = new Int32Array(stayed.length);
  stayed.forEach(({ from }, place) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((stayed[ends[middle] as number] as P).from < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    previous[place] = low === 0 ? -1 : (ends[low - 1] as number);
    ends[low] = place;
  });
  const kept = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] as number) {
    kept.add(at);
  }
  return stayed.filter((_, place) => !kept.has(place));
}
