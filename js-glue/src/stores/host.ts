import { failure, WeftError } from '../errors.js';
import type { StoreUsage } from '../store.js';

/** What the stores of a browser ask of it besides their medium. */

const heldHere = new Set<string>();

/**
 * Takes the exclusive use of a name among all tabs and workers of the origin, by the Web Locks API.
 * Where there is none (in a page that is not secure) the use is exclusive in this thread alone.
 *
 * @param waitMillis how long to wait for whoever has it, such as a tab that is being closed
 * @param signal ends the waiting
 * @returns gives it up, and resolves when it can be taken again
 */
export async function takeName(
  name: string,
  what: string,
  waitMillis: number,
  signal?: AbortSignal,
): Promise<() => Promise<void>> {
  const locks = (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
  if (locks === undefined) {
    if (heldHere.has(name)) {
      throw lockedBySomebody(what);
    }
    heldHere.add(name);
    return async () => void heldHere.delete(name);
  }
  try {
    // One that is free is never waited for, so that a busy machine does not make it seem taken.
    const free = await take(locks, name, { ifAvailable: true });
    if (free !== null) {
      return free;
    }
    const timeout = AbortSignal.timeout(waitMillis);
    const ends = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
    return (await take(locks, name, { signal: ends }))!;
  } catch (error) {
    const { name: kind } = error as Error;
    throw kind === 'TimeoutError' || kind === 'AbortError'
      ? lockedBySomebody(what)
      : hostFailure(what, error);
  }
}

/** Takes a lock; null when it is not available. */
function take(
  locks: LockManager,
  name: string,
  options: LockOptions,
): Promise<(() => Promise<void>) | null> {
  return new Promise((resolve, reject) => {
    const ended: Promise<unknown> = locks.request(name, options, (lock) => {
      if (lock === null) {
        resolve(null);
        return undefined;
      }
      return new Promise<void>((release) => {
        resolve(async () => {
          release();
          await ended;
        });
      });
    });
    ended.catch(reject);
  });
}

export function lockedBySomebody(what: string): WeftError {
  return failure('DATABASE_LOCKED', `${what} is in use: another page or worker has it open`);
}

/** The error for what a browser's storage has thrown. */
export function hostFailure(what: string, cause: unknown): WeftError {
  if (cause instanceof WeftError) {
    return cause;
  }
  const { name = '', message = '' } = (cause ?? {}) as { name?: string; message?: string };
  const reason = message === '' ? name : name === '' ? message : `${name}: ${message}`;
  if (name === 'QuotaExceededError') {
    const text = `${what}: the storage that the browser grants this origin is full (${reason})`;
    return failure('STORAGE_FULL', text, cause);
  }
  return failure('IO_FAILED', `${what}: ${reason === '' ? 'it failed' : reason}`, cause);
}

/** What the browser tells of the storage of the origin, as far as it does. */
export async function hostUsage(bytes: number): Promise<StoreUsage> {
  const storage = (globalThis as { navigator?: { storage?: StorageManager } }).navigator?.storage;
  const estimate = await storage?.estimate?.().catch(() => undefined);
  const persisted = await storage?.persisted?.().catch(() => undefined);
  return { bytes, usedBytes: estimate?.usage, quotaBytes: estimate?.quota, persisted };
}
