import { failure } from '../errors.js';

/**
 * Which nodes an import of nodes has made for the IDs of its source, for an import of relationships
 * to find them.
 *
 * It takes memory for each ID. It knows nodes by their numbers, so nodes must not be deleted between
 * the two imports, and it goes with one database.
 */
export class NodeIds {
  readonly #spaces = new Map<string, Map<string, number>>();

  /** How many IDs there are. */
  get size(): number {
    let size = 0;
    for (const space of this.#spaces.values()) {
      size += space.size;
    }
    return size;
  }

  /** The number of the node with an ID, or undefined. */
  find(id: string | number | bigint, space = ''): number | undefined {
    const number = this.#spaces.get(space)?.get(String(id));
    return number === undefined || number < 0 ? undefined : number;
  }

  /** Takes an ID whose node does not exist yet; false when it is taken already. @internal */
  reserve(id: string, space: string): boolean {
    let ids = this.#spaces.get(space);
    if (ids === undefined) {
      this.#spaces.set(space, (ids = new Map()));
    }
    if (ids.has(id)) {
      return false;
    }
    ids.set(id, -1);
    return true;
  }

  /** Says which node an ID has. @internal */
  assign(id: string, space: string, node: number): void {
    this.#spaces.get(space)?.set(id, node);
  }

  /** Gives an ID back whose node was not made. @internal */
  release(id: string, space: string): void {
    this.#spaces.get(space)?.delete(id);
  }
}

/** Fails unless an option is a {@link NodeIds} or missing. */
export function checkIds(ids: unknown): void {
  if (ids !== undefined && !(ids instanceof NodeIds)) {
    throw failure('INVALID_ARGUMENT', 'ids is not a NodeIds');
  }
}
