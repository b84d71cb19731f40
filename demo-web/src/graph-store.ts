import { createDatabase, type Database, WeftError } from 'weftdb';

const NAME = 'weftdb-demo';

/** Where the graph is kept. */
export type SaveState =
  | { readonly kind: 'unsaved' | 'saving' | 'restored' }
  | { readonly kind: 'saved'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * The database of the page, which the browser keeps in IndexedDB: what a call of it tells is saved.
 * Where there is no IndexedDB, the graph lives as long as the page.
 */
export class GraphStore {
  readonly #onSave: (state: SaveState) => void;

  private constructor(
    readonly database: Database,
    onSave: (state: SaveState) => void,
  ) {
    this.#onSave = onSave;
  }

  /** Opens the graph that was saved, or an empty one. */
  static async open(onSave: (state: SaveState) => void): Promise<GraphStore> {
    let database: Database;
    try {
      database = await createDatabase({ name: NAME, storage: 'indexeddb' });
      if ((await database.stats()).nodeCount > 0) {
        onSave({ kind: 'restored' });
      }
    } catch (error) {
      if (!(error instanceof WeftError && error.code === 'STORAGE_UNAVAILABLE')) {
        throw error;
      }
      database = await createDatabase();
      onSave({ kind: 'failed', reason: error.message });
    }
    return new GraphStore(database, onSave);
  }

  /** Replaces the graph. When the bytes are not a snapshot the old graph stays. */
  async replace(bytes: Uint8Array): Promise<void> {
    this.#onSave({ kind: 'saving' });
    try {
      await this.database.loadSnapshotFromBytes(bytes);
    } finally {
      await this.changed();
    }
  }

  /** Starts with an empty graph, here and in what is saved. */
  async clear(): Promise<void> {
    const empty = await createDatabase();
    try {
      await this.replace(await empty.saveSnapshotToBytes());
    } finally {
      await empty.close();
    }
  }

  /** Shows that what was changed is saved, which it is when the call that changed it has resolved. */
  async changed(): Promise<void> {
    try {
      const { storage } = await this.database.status();
      if (storage !== null) {
        this.#onSave({ kind: 'saved', bytes: storage.bytes });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#onSave({ kind: 'failed', reason });
    }
  }
}
