import { truncateSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, WeftError } from '../errors.js';

/** The file that is locked; the same as the JVM's. */
const LOCK_FILE = 'LOCK';
/** The file with the process id of the holder, for messages. */
const OWNER_FILE = 'OWNER';
const SQLITE_BUSY = 5;
const SQLITE_NOT_A_DATABASE = 26;

/** The locks of this thread: one that nobody refers to any more must not go with the garbage. */
const held = new Set<NodeLock>();

/** What is used of `node:sqlite`. */
interface SqliteConnection {
  exec(statements: string): void;
  close(): void;
}

interface SqliteModule {
  DatabaseSync: new (path: string) => SqliteConnection;
}

/**
 * The exclusive use of a directory: an operating system's lock on the file `LOCK` in it, which the JVM's
 * `DirectoryLock` takes too. The system gives it up when the process dies, so there are no stale locks.
 *
 * Node.js has no call that locks a file; the SQLite inside of it has one. `LOCK` is empty, which is a
 * valid empty database for SQLite, and a transaction that is exclusive and writes nothing holds the same
 * kind of lock (of POSIX, or of Windows) on some bytes of the file; the JVM locks all bytes. Nothing else
 * of SQLite is used, and no byte of the file is ever written.
 *
 * POSIX gives up all locks of a process on a file when the process closes any descriptor of it: no one may
 * open `LOCK` while this process has it locked. A second attempt in this process does not open it; SQLite sees to
 * that.
 */
export class NodeLock {
  readonly #connection: SqliteConnection;

  private constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /**
   * Locks a directory.
   *
   * @param directory its real path
   * @throws WeftError `DATABASE_LOCKED` with the holder, as far as it is known
   */
  static async take(directory: string): Promise<NodeLock> {
    const file = join(directory, LOCK_FILE);
    const { DatabaseSync } = sqlite();
    for (let attempt = 0; ; attempt++) {
      const connection = new DatabaseSync(file);
      try {
        connection.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
        // Without it, as on a disk that is full, messages go without the id.
        await writeFile(join(directory, OWNER_FILE), `${process.pid}\n`).catch(() => {});
        const lock = new NodeLock(connection);
        held.add(lock);
        return lock;
      } catch (error) {
        connection.close();
        if (isSqlite(error, SQLITE_BUSY, /locked|busy/)) {
          throw await locked(directory);
        }
        if (attempt > 0 || !isSqlite(error, SQLITE_NOT_A_DATABASE, /not a database/)) {
          throw error;
        }
        // A process id, which stood here in former versions. It was read, so nobody had the lock; and
        // nobody of this thread can have it by the time that this closes its descriptor.
        truncateSync(file, 0);
      }
    }
  }

  release(): void {
    held.delete(this);
    this.#connection.close();
  }
}

function sqlite(): SqliteModule {
  const builtin = process.getBuiltinModule as ((name: string) => unknown) | undefined;
  const { emitWarning } = process;
  // Some versions of Node.js warn that SQL may change in later ones; nothing of it is used.
  process.emitWarning = () => {};
  let found: unknown;
  try {
    found = builtin?.('node:sqlite');
  } catch {
    found = undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
  if (found === undefined) {
    const text = 'this runtime has no node:sqlite, by which a directory is locked';
    throw failure('STORAGE_UNAVAILABLE', `${text}; Node.js has it from 22.13 on`);
  }
  return found as SqliteModule;
}

/** Not all runtimes tell SQLite's code. */
function isSqlite(error: unknown, code: number, text: RegExp): boolean {
  const { errcode, message } = error as { errcode?: unknown; message?: string };
  return typeof errcode === 'number' ? (errcode & 0xff) === code : text.test(message ?? '');
}

async function locked(directory: string): Promise<WeftError> {
  const owner = await readFile(join(directory, OWNER_FILE), 'latin1').catch(() => '');
  const holder = /^\d{1,19}\n$/.test(owner) ? `process ${owner.trim()}` : 'another process';
  const what = holder === `process ${process.pid}` ? 'this process' : holder;
  const text = `the directory ${directory} is in use: it is open in ${what} already`;
  return failure('DATABASE_LOCKED', text);
}
