import type { Backend, BackendStatus, Query, Question, Sink, SnapshotBytes } from './backend.js';
import { cancelled, failure, WeftError, type WeftErrorDetails } from './errors.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** What messages go through: a worker, a message port, or anything that keeps their order. */
export interface Port {
  post(message: unknown, transfer: ArrayBuffer[]): void;
  /** Says where messages go that come, and who is told when no more can come. */
  listen(onMessage: (message: unknown) => void, onLost: (reason: unknown) => void): void;
  close(): void;
  /** Whether it says by itself when the other side has ended. */
  readonly tellsOfEnd?: boolean;
  /** Whether an answer is waited for, so that a program does not end meanwhile; where there are programs. */
  busy?(isBusy: boolean): void;
}

/** Calls of {@link Backend} whose arguments and answer cross as they are. */
type PlainCall =
  | 'closeResult'
  | 'ask'
  | 'begin'
  | 'end'
  | 'savepoint'
  | 'rollbackTo'
  | 'save'
  | 'load'
  | 'flush'
  | 'checkpoint'
  | 'stats'
  | 'status'
  | 'close';

const PLAIN_CALLS: readonly PlainCall[] = [
  'closeResult',
  'ask',
  'begin',
  'end',
  'savepoint',
  'rollbackTo',
  'save',
  'load',
  'flush',
  'checkpoint',
  'stats',
  'status',
  'close',
];

/** From the client: a call, that its caller does not want it any more, or that commits are of interest. */
type Request =
  | { readonly id: number; readonly call: 'run'; readonly query: Omit<Query, 'signal'> }
  | { readonly id: number; readonly call: 'next'; readonly result: number }
  | { readonly id: number; readonly call: PlainCall; readonly args: readonly unknown[] }
  | { readonly abort: number }
  | { readonly watch: number }
  | { readonly unwatch: number };

/**
 * From the server: what a commit has changed, a piece of what a query gives, or the end of a call, which
 * brings the last piece along, so that a query is mostly one message each way.
 */
type Reply =
  | { readonly watch: number; readonly bytes: Bytes }
  | { readonly id: number; readonly piece: Bytes }
  | { readonly id: number; readonly value: unknown; readonly piece?: Bytes }
  | { readonly id: number; readonly error: SentError };

interface SentError {
  readonly message: string;
  readonly details: WeftErrorDetails;
}

/** A call whose answer has not come. */
interface OpenCall {
  readonly sink: Sink | null;
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
  /** Why a piece of it could not be read. */
  unread?: { readonly error: unknown };
}

/**
 * A backend behind a port. When the other side is lost, every call that is open or made later fails
 * with `CONNECTION_LOST`: of a write it is not known then whether it was made.
 */
export class PortBackend implements Backend {
  readonly #port: Port;
  readonly #calls = new Map<number, OpenCall>();
  readonly #watchers = new Map<number, (change: Uint8Array) => void>();
  #lastId = 0;
  #death: WeftError | null = null;
  #closing: Promise<void> | null = null;

  constructor(port: Port) {
    this.#port = port;
    port.listen(
      (message) => this.#take(message as Reply),
      (reason) => this.#lose(reason),
    );
  }

  get death(): WeftError | null {
    return this.#death;
  }

  run(query: Query, sink: Sink): Promise<number> {
    const { signal, ...sent } = query;
    return this.#send((id) => ({ id, call: 'run', query: sent }), { sink, signal });
  }

  next(result: number, sink: Sink, signal?: AbortSignal): Promise<boolean> {
    const next = this.#send<boolean>((id) => ({ id, call: 'next', result }), { sink, signal });
    next.catch(() => this.#giveUp(result));
    return next;
  }

  /** Frees a result that failed here, of which the other side knows nothing. */
  #giveUp(result: number): void {
    if (result !== 0 && this.#death === null) {
      this.closeResult(result).catch(() => undefined);
    }
  }

  closeResult(result: number): Promise<void> {
    return this.#call('closeResult', [result]);
  }

  ask(question: Question, request: Bytes): Promise<Uint8Array> {
    return this.#call('ask', [question, request]);
  }

  begin(writes: boolean, signal?: AbortSignal): Promise<number> {
    return this.#call('begin', [writes], signal);
  }

  end(transaction: number, commits: boolean): Promise<void> {
    return this.#call('end', [transaction, commits]);
  }

  savepoint(transaction: number): Promise<number> {
    return this.#call('savepoint', [transaction]);
  }

  rollbackTo(transaction: number, savepoint: number): Promise<void> {
    return this.#call('rollbackTo', [transaction, savepoint]);
  }

  save(as: 'snapshot' | 'archive'): Promise<SnapshotBytes> {
    return this.#call('save', [as]);
  }

  load(bytes: Uint8Array): Promise<Uint8Array> {
    return this.#call('load', [bytes]);
  }

  flush(): Promise<void> {
    return this.#call('flush', []);
  }

  checkpoint(): Promise<Uint8Array> {
    return this.#call('checkpoint', []);
  }

  stats(): Promise<Uint8Array> {
    return this.#call('stats', []);
  }

  status(): Promise<BackendStatus> {
    return this.#call('status', []);
  }

  watch(watcher: (change: Uint8Array) => void): () => void {
    const id = ++this.#lastId;
    this.#watchers.set(id, watcher);
    this.#port.post({ watch: id } satisfies Request, []);
    return () => {
      if (this.#watchers.delete(id) && this.#death === null) {
        this.#port.post({ unwatch: id } satisfies Request, []);
      }
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      if (this.#death === null) {
        await this.#call('close', []);
      }
    } finally {
      const text = 'the database was closed before the answer came; a write may have been made or not';
      this.#end(failure('CLOSED', 'the database is closed'), failure('CONNECTION_LOST', text));
    }
  }

  #call<T>(call: PlainCall, args: readonly unknown[], signal?: AbortSignal): Promise<T> {
    return this.#send((id) => ({ id, call, args }), { sink: null, signal });
  }

  #send<T>(
    request: (id: number) => Request,
    { sink, signal }: { sink: Sink | null; signal?: AbortSignal | undefined },
  ): Promise<T> {
    if (this.#death !== null) {
      return Promise.reject(this.#death);
    }
    if (signal?.aborted === true) {
      return Promise.reject(cancelled(signal));
    }
    const id = ++this.#lastId;
    return new Promise<T>((resolve, reject) => {
      const abort = (): void => this.#port.post({ abort: id } satisfies Request, []);
      const settled = <A>(settle: (argument: A) => void) => {
        return (argument: A): void => {
          signal?.removeEventListener('abort', abort);
          settle(argument);
        };
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#port.busy?.(true);
      this.#calls.set(id, {
        sink,
        resolve: settled(resolve as (value: unknown) => void),
        reject: settled((error: unknown) => reject(withReason(error, signal))),
      });
      // The bytes of a request may be sent again to another, so they are copied and not moved.
      this.#port.post(request(id), []);
    });
  }

  #take(reply: Reply): void {
    if ('watch' in reply) {
      this.#watchers.get(reply.watch)?.(reply.bytes);
      return;
    }
    const call = this.#calls.get(reply.id);
    if (call === undefined) {
      return;
    }
    if ('piece' in reply && reply.piece !== undefined) {
      try {
        if (call.unread === undefined) {
          call.sink?.piece(reply.piece);
        }
      } catch (error) {
        // Of what cannot be read the rest is of no use either.
        call.unread = { error };
      }
    }
    if (!('value' in reply || 'error' in reply)) {
      return;
    }
    this.#calls.delete(reply.id);
    this.#port.busy?.(this.#calls.size > 0);
    if ('error' in reply) {
      call.reject(received(reply.error));
    } else if (call.unread !== undefined) {
      if (typeof reply.value === 'number') {
        this.#giveUp(reply.value);
      }
      call.reject(call.unread.error);
    } else {
      call.resolve(reply.value as never);
    }
  }

  #lose(reason: unknown): void {
    const text = reason instanceof Error ? reason.message : String(reason);
    this.#end(
      failure(
        'CONNECTION_LOST',
        `where the database runs is lost: ${text}; a write under way may have been made or not`,
        reason,
      ),
    );
  }

  /** @param unanswered the error of calls that are open: whether they were done is not known */
  #end(reason: WeftError, unanswered = reason): void {
    this.#death ??= reason;
    this.#port.close();
    for (const call of this.#calls.values()) {
      call.reject(unanswered);
    }
    this.#calls.clear();
    this.#watchers.clear();
  }
}

/** A query that its caller stopped has the caller's own reason as its cause. */
function withReason(error: unknown, signal: AbortSignal | undefined): unknown {
  return error instanceof WeftError && error.code === 'CANCELLED' && signal?.aborted === true
    ? cancelled(signal, error)
    : error;
}

/**
 * Answers what comes from a {@link PortBackend}, and gives what ends that: results and transactions
 * that the client has left open are closed then.
 *
 * @param onClose in place of closing the backend when the client closes
 */
export function serveBackend(
  port: Port,
  backend: Backend,
  onClose: () => Promise<void> = () => backend.close(),
): () => Promise<void> {
  const aborts = new Map<number, AbortController>();
  const results = new Set<number>();
  const transactions = new Set<number>();

  const watches = new Map<number, () => void>();
  let hasLeft = false;

  const answer = async (
    request: Extract<Request, { id: number }>,
    sink: Sink,
  ): Promise<unknown> => {
    const { id } = request;
    const abort = new AbortController();
    aborts.set(id, abort);
    try {
      switch (request.call) {
        case 'run': {
          const result = await backend.run({ ...request.query, signal: abort.signal }, sink);
          if (result !== 0) {
            results.add(result);
            await freeWhenLeft();
          }
          return result;
        }
        case 'next': {
          results.delete(request.result);
          const isOpen = await backend.next(request.result, sink, abort.signal);
          if (isOpen) {
            results.add(request.result);
            await freeWhenLeft();
          }
          return isOpen;
        }
        case 'begin': {
          const transaction = await backend.begin(request.args[0] as boolean, abort.signal);
          transactions.add(transaction);
          await freeWhenLeft();
          return transaction;
        }
        case 'end':
          transactions.delete(request.args[0] as number);
          break;
        case 'closeResult':
          results.delete(request.args[0] as number);
          break;
        case 'close':
          return await onClose();
        default:
          break;
      }
      if (!PLAIN_CALLS.includes(request.call)) {
        throw failure('INVALID_USE', `there is no call ${String(request.call)}`);
      }
      const method = backend[request.call] as (...args: unknown[]) => Promise<unknown>;
      return await method.apply(backend, [...request.args]);
    } finally {
      aborts.delete(id);
    }
  };

  const leave = async (): Promise<void> => {
    hasLeft = true;
    watches.forEach((unwatch) => unwatch());
    watches.clear();
    for (const abort of aborts.values()) {
      abort.abort();
    }
    await free();
  };

  const free = async (): Promise<void> => {
    for (const transaction of transactions) {
      transactions.delete(transaction);
      await backend.end(transaction, false).catch(() => undefined);
    }
    for (const result of results) {
      results.delete(result);
      await backend.closeResult(result).catch(() => undefined);
    }
  };

  /** What came too late for its client to be told, such as the turn to write, is nobody's. */
  const freeWhenLeft = async (): Promise<void> => {
    if (hasLeft) {
      await free();
    }
  };

  port.listen(
    (message) => {
      if (hasLeft) {
        return;
      }
      const request = message as Request;
      if ('abort' in request) {
        aborts.get(request.abort)?.abort();
        return;
      } else if ('watch' in request) {
        const { watch } = request;
        const send = (change: Uint8Array): void => {
          const bytes = change.slice() as Bytes;
          port.post({ watch, bytes } satisfies Reply, [bytes.buffer]);
        };
        watches.set(watch, backend.watch(send));
        return;
      } else if ('unwatch' in request) {
        watches.get(request.unwatch)?.();
        watches.delete(request.unwatch);
        return;
      }
      const { id } = request;
      const sink = sendingSink(port, id);
      answer(request, sink).then(
        (value) => sink.end(value),
        (error: unknown) => port.post({ id, error: sent(error) } satisfies Reply, []),
      );
    },
    () => void leave(),
  );
  return leave;
}

/**
 * Sends the pieces of one call, each when the next one comes, and the last one with the call's answer.
 * What is sent is a copy, since the bytes are the instance's.
 */
function sendingSink(port: Port, id: number): Sink & { end(value: unknown): void } {
  let last: Bytes | undefined;
  return {
    piece(view) {
      const piece = last;
      last = view.slice() as Bytes;
      if (piece !== undefined) {
        port.post({ id, piece } satisfies Reply, [piece.buffer]);
      }
    },
    end(value) {
      if (last === undefined) {
        port.post({ id, value } satisfies Reply, transferOf(value));
      } else {
        port.post({ id, value, piece: last } satisfies Reply, [last.buffer]);
      }
    },
  };
}

/** The buffers in an answer that need not be copied. */
function transferOf(value: unknown): ArrayBuffer[] {
  const bytes = (value as { bytes?: unknown } | null | undefined)?.bytes;
  return bytes instanceof Uint8Array ? [bytes.buffer as ArrayBuffer] : [];
}

/** An error as it can cross, whatever its cause is. */
export function sent(error: unknown): SentError {
  const known = error instanceof WeftError ? error : failure('INTERNAL', String(error), error);
  const { code, number, category, type, detail, neo4jStatus, offset, line, column } = known;
  const details = { code, number, category, type, detail, neo4jStatus, offset, line, column };
  const { cause } = known;
  if (cause === undefined) {
    return { message: known.message, details };
  }
  try {
    return { message: known.message, details: { ...details, cause: structuredClone(cause) } };
  } catch {
    // Not everything that can be thrown can be copied.
    return { message: known.message, details: { ...details, cause: new Error(String(cause)) } };
  }
}

/** The error that was {@link sent}. */
export function received({ message, details }: SentError): WeftError {
  return new WeftError(message, details);
}

/** The port of a worker, a `MessagePort` or what is like them. */
export function portOf(target: Worker | MessagePort): Port {
  return {
    post: (message, transfer) => target.postMessage(message, transfer),
    listen: (onMessage, onLost) => {
      target.addEventListener('message', (event) => onMessage((event as MessageEvent).data));
      target.addEventListener('messageerror', () => onLost('a message could not be read'));
      target.addEventListener('error', (event) => {
        onLost((event as ErrorEvent).error ?? (event as ErrorEvent).message ?? 'the worker failed');
      });
      target.addEventListener('close', () => onLost('the other side is gone'));
      (target as Partial<MessagePort>).start?.();
    },
    close: () => ('terminate' in target ? target.terminate() : target.close()),
  };
}
