import { createDatabase, IndexedDbSnapshots, type Database } from 'weftdb';

const STORE = 'weftdb-demo';
const SNAPSHOT = 'graph';

/** How far the last change has been saved. */
export type SaveState =
  | { readonly kind: 'unsaved' | 'saving' | 'restored' }
  | { readonly kind: 'saved'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * The database of the page and its copy in IndexedDB. Each change is saved soon after it; changes
 * that come while a save runs are saved together after it.
 */
export class GraphStore {
  readonly #snapshots = new IndexedDbSnapshots(STORE);
  readonly #onSave: (state: SaveState) => void;
  #saving: Promise<void> | undefined;
  #changedAgain = false;

  private constructor(
    readonly database: Database,
    onSave: (state: SaveState) => void,
  ) {
    this.#onSave = onSave;
  }

  /** Starts an empty database and puts the saved graph into it, if there is one. */
  static async open(onSave: (state: SaveState) => void): Promise<GraphStore> {
    const store = new GraphStore(await createDatabase(), onSave);
    const bytes = await store.#snapshots.load(SNAPSHOT);
    if (bytes !== null) {
      await store.database.loadSnapshotFromBytes(bytes);
      onSave({ kind: 'restored' });
    }
    return store;
  }

  /** Replaces the graph. When the bytes are not a snapshot the old graph stays. */
  async replace(bytes: Uint8Array): Promise<void> {
    await this.database.loadSnapshotFromBytes(bytes);
    await this.changed();
  }

  /** Starts with an empty graph, here and in the saved copy. */
  async clear(): Promise<void> {
    const empty = await createDatabase();
    try {
      await this.replace(await empty.saveSnapshotToBytes());
    } finally {
      await empty.close();
    }
  }

  /** Saves the graph as it is now; resolves when this state or a later one is saved. */
  changed(): Promise<void> {
    if (this.#saving !== undefined) {
      this.#changedAgain = true;
      return this.#saving;
    }
    this.#saving = this.#save().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  get saving(): boolean {
    return this.#saving !== undefined;
  }

  async #save(): Promise<void> {
    do {
      this.#changedAgain = false;
      this.#onSave({ kind: 'saving' });
      try {
        const bytes = await this.database.saveSnapshotToBytes();
        await this.#snapshots.save(SNAPSHOT, bytes);
        this.#onSave({ kind: 'saved', bytes: bytes.length });
      } catch (error) {
        this.#onSave({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
      }
    } while (this.#changedAgain);
  }
}
