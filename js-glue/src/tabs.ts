import type { Backend } from './backend.js';
import { cancelled, failure, WeftError } from './errors.js';
import { type Port, PortBackend, sent, serveBackend } from './port.js';

/**
 * Which of several tabs runs a database, and how the others reach it.
 *
 * Every tab asks for one exclusive Web Lock, in a queue. Whoever has it is the *leader*: it opens the
 * database, calls that an *epoch* with an id of its own, and announces it on a BroadcastChannel. Every
 * other tab joins the epoch: a channel of the two carries requests and answers. A leader gives the lock
 * up when it is closed, when the page is about to be frozen, or when its database has failed; the browser
 * takes it away when the page dies. The next in the queue begins another epoch then.
 *
 * Each tab also holds a lock of its own, for which the leader waits to learn that the tab is gone.
 *
 * No call is ever taken by two epochs by itself: a request goes to one epoch, and what becomes of it
 * when that is over is decided by `shared.ts`.
 */

/** How often somebody asks again who has not been answered; a message to a page that dies is lost. */
const ASK_AGAIN_MILLIS = 250;

/** How long a leader that closes lets others finish what they have begun. */
const DRAIN_MILLIS = 1000;

/** How long the closing of a database is waited for. */
const CLOSE_MILLIS = 5000;

/** How long the files may still be in use by the leader before, until opening them has failed. */
const TAKEOVER_MILLIS = 15_000;

/** A database as a leader opens it. */
export interface Opened {
  readonly backend: Backend;
  /**
   * Ends it in this turn of the event loop: from then on it writes nothing, and its files can be opened
   * by somebody else. What is under way was made or not.
   */
  readonly terminate: () => void;
}

/** One database among the tabs of an origin. */
export interface TabsOptions {
  /** The same in all tabs that share the database, and different for all that do not. */
  readonly name: string;
  /** Whether what this tab opens tells of commits before they are durable. */
  readonly relaxed: boolean;
  open(signal: AbortSignal): Promise<Opened>;
}

/** What calls are sent to: the database that one epoch has open, here or in another tab. */
export interface Session {
  readonly backend: Backend;
  /** Whether it tells of commits before they are durable. */
  readonly relaxed: boolean;
  /** No call is to be sent to it any more. */
  isOver: boolean;
}

/** On the channel of all tabs. */
type Announcement =
  | { readonly kind: 'who' }
  | { readonly kind: 'elected'; readonly epoch: string }
  | { readonly kind: 'ready'; readonly epoch: string; readonly relaxed: boolean }
  | { readonly kind: 'join'; readonly epoch: string; readonly client: string }
  | { readonly kind: 'bye'; readonly epoch: string; readonly client: string };

/** The first message of a leader on the channel with a client. */
const WELCOME = 'welcome';

interface OwnSession extends Session {
  /** How many calls of this very tab are under way. */
  pending: number;
}

/** What this tab leads. */
interface Lead {
  readonly epoch: string;
  readonly clients: Map<string, Client>;
  /** Ends the epoch at once: gives up the lock. */
  readonly release: () => void;
  readonly over: AbortController;
  session: OwnSession | null;
  terminate: (() => void) | undefined;
  /** Under way once the lead is given up. */
  leaving: Promise<void> | null;
}

/** A tab that a leader serves. */
interface Client {
  readonly port: ServedPort;
  readonly leave: () => Promise<void>;
  /** Ends the waiting for its death. */
  readonly gone: AbortController;
}

/** The way to another tab that leads. */
interface Link {
  readonly epoch: string;
  readonly relaxed: boolean;
  readonly channel: BroadcastChannel;
  session: OwnSession | null;
  /** Says to the backend that no answer can come any more. */
  lose: (reason: string) => void;
}

/** This tab's part among the tabs that share a database. */
export class Tabs {
  readonly #options: TabsOptions;
  readonly #onSession: (session: Session) => void;
  readonly #locks: LockManager = navigator.locks;
  #id = '';
  #control: BroadcastChannel | null = null;
  /** Ends what this tab holds and waits for. */
  #presence: AbortController | null = null;
  #lead: Lead | null = null;
  #link: Link | null = null;
  #asking: ReturnType<typeof setInterval> | null = null;
  /** Epochs that this tab knows to be over; their late messages say nothing. */
  readonly #past = new Set<string>();
  #waiting: { readonly resolve: (session: OwnSession) => void; readonly reject: (reason: unknown) => void }[] = [];
  #end: WeftError | null = null;

  /** @param onSession is told of every session before any call is sent to it */
  constructor(options: TabsOptions, onSession: (session: Session) => void) {
    this.#options = options;
    this.#onSession = onSession;
  }

  /** Why this tab can do nothing any more, or null. */
  get end(): WeftError | null {
    return this.#end;
  }

  /** Comes among the tabs: asks for the lead and for who has it. */
  async enter(): Promise<void> {
    if (this.#presence !== null || this.#end !== null) {
      return;
    }
    const presence = new AbortController();
    this.#presence = presence;
    this.#id = crypto.randomUUID();
    const control = new BroadcastChannel(this.#options.name);
    this.#control = control;
    control.onmessage = ({ data }) => this.#hear(data as Announcement);
    await this.#hold(this.#clientLock(this.#id), presence.signal);
    if (!presence.signal.aborted) {
      this.#queue(presence.signal);
      this.#ask();
    }
  }

  /** Resolves when the lock is held, which is until the signal. */
  #hold(name: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#locks
        .request(name, { signal }, () => {
          resolve();
          return new Promise<void>((release) => signal.addEventListener('abort', () => release()));
        })
        .catch(() => resolve());
    });
  }

  #clientLock(client: string): string {
    return `${this.#options.name}:client:${client}`;
  }

  #queue(signal: AbortSignal): void {
    this.#locks
      .request(this.#options.name, { signal }, () => (signal.aborted ? undefined : this.#run()))
      .then(
        () => {
          // It was led from here, and no more is: the next time is after the others.
          if (!signal.aborted && this.#end === null) {
            this.#queue(signal);
          }
        },
        (error: unknown) => {
          if (!signal.aborted) {
            this.#fail(failure('STORAGE_UNAVAILABLE', `no Web Lock can be had: ${String(error)}`, error));
          }
        },
      );
  }

  /** The database that calls go to now; waits for whoever is going to lead. */
  session(signal?: AbortSignal): Promise<Session> {
    if (this.#end !== null) {
      return Promise.reject(this.#end);
    }
    if (signal?.aborted === true) {
      return Promise.reject(cancelled(signal));
    }
    const session = this.#lead?.session ?? this.#link?.session;
    if (session != null && !session.isOver) {
      return Promise.resolve(session);
    }
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiting = this.#waiting.filter((each) => each !== waiter);
        reject(cancelled(signal));
      };
      const waiter = {
        resolve: (found: Session) => {
          signal?.removeEventListener('abort', giveUp);
          resolve(found);
        },
        reject,
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(waiter);
    });
  }

  /** Sends a call to a session. */
  async use<T>(session: Session, call: (backend: Backend) => Promise<T>): Promise<T> {
    const own = session as OwnSession;
    own.pending++;
    try {
      return await call(session.backend);
    } finally {
      own.pending--;
    }
  }

  /**
   * Says that a session answers that it is over or has failed. The lead is given up when it is this
   * tab's; otherwise the tab that has it finds that out as well.
   */
  expire(session: Session): void {
    session.isOver = true;
    if (this.#lead?.session === session) {
      this.#abdicate();
    } else if (this.#presence !== null) {
      this.#ask();
    }
  }

  #found(session: OwnSession): void {
    this.#onSession(session);
    for (const { resolve } of this.#waiting.splice(0)) {
      resolve(session);
    }
  }

  #announce(announcement: Announcement): void {
    this.#control?.postMessage(announcement);
  }

  /** Asks who leads, and joins again, until there is an answer. */
  #ask(): void {
    this.#asking ??= setInterval(() => this.#askOnce(), ASK_AGAIN_MILLIS);
    this.#askOnce();
  }

  #askOnce(): void {
    const link = this.#link;
    if (this.#lead !== null || link?.session?.isOver === false) {
      this.#stopAsking();
      return;
    }
    this.#announce({ kind: 'who' });
    if (link?.session === null) {
      this.#announce({ kind: 'join', epoch: link.epoch, client: this.#id });
    }
  }

  #stopAsking(): void {
    clearInterval(this.#asking ?? undefined);
    this.#asking = null;
  }

  #hear(message: Announcement): void {
    if (message.kind === 'elected' || message.kind === 'ready') {
      this.#hearOfEpoch(message);
      return;
    }
    const lead = this.#lead;
    if (lead === null) {
      return;
    }
    if (message.kind === 'who') {
      this.#announceLead(lead);
    } else if (message.epoch === lead.epoch && message.kind === 'join') {
      this.#welcome(lead, message.client);
    } else if (message.epoch === lead.epoch) {
      this.#dismiss(lead, message.client);
    }
  }

  #announceLead({ epoch, session, leaving }: Lead): void {
    if (session === null) {
      this.#announce({ kind: 'elected', epoch });
    } else if (leaving === null) {
      this.#announce({ kind: 'ready', epoch, relaxed: session.relaxed });
    }
  }

  #hearOfEpoch(message: Announcement & { kind: 'elected' | 'ready' }): void {
    const { epoch } = message;
    const link = this.#link;
    // Who has the lock leads; what others say of it is late.
    if (this.#lead !== null || this.#past.has(epoch)) {
      return;
    }
    if (link?.epoch === epoch) {
      if (message.kind === 'ready' && link.session?.isOver === true) {
        // It has refused something, but stays.
        this.#connect(link, link.session.backend);
      }
    } else {
      this.#unlink('another tab has taken over');
      if (message.kind === 'ready') {
        this.#join(epoch, message.relaxed);
      } else {
        // It says when it is ready; asking at once would only be answered with this again.
        this.#asking ??= setInterval(() => this.#askOnce(), ASK_AGAIN_MILLIS);
      }
    }
  }

  #join(epoch: string, relaxed: boolean): void {
    const channel = new BroadcastChannel(`${this.#options.name}:${epoch}:${this.#id}`);
    const link: Link = { epoch, relaxed, channel, session: null, lose: () => undefined };
    this.#link = link;
    let take: (message: unknown) => void = () => undefined;
    const port: Port = {
      // After it is closed nothing can be posted, and nobody is there to take it.
      post: (message) => void (this.#link === link && channel.postMessage(message)),
      listen: (onMessage, onLost) => {
        take = onMessage;
        link.lose = onLost;
      },
      close: () => channel.close(),
    };
    channel.onmessage = ({ data }) => {
      if (data !== WELCOME) {
        take(data);
      } else if (link.session === null) {
        this.#connect(link, new PortBackend(port));
      }
    };
    channel.onmessageerror = () => this.#unlink('a message could not be read');
    this.#ask();
  }

  #connect(link: Link, backend: Backend): void {
    link.session = { backend, relaxed: link.relaxed, isOver: false, pending: 0 };
    this.#stopAsking();
    this.#found(link.session);
  }

  /** Ends the connection to a leader whose epoch is over; what is open there is lost. */
  #unlink(reason: string): void {
    if (this.#link !== null) {
      this.#past.add(this.#link.epoch);
      this.#disconnect(this.#link, reason);
    }
  }

  #disconnect(link: Link, reason: string): void {
    this.#link = null;
    if (link.session !== null) {
      link.session.isOver = true;
    }
    link.lose(reason);
    link.channel.close();
  }

  /** Leads, with the lock held, until somebody or something ends that. */
  async #run(): Promise<void> {
    this.#unlink('its tab is gone');
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const lead: Lead = {
      epoch: crypto.randomUUID(),
      clients: new Map(),
      release,
      over: new AbortController(),
      session: null,
      terminate: undefined,
      leaving: null,
    };
    this.#lead = lead;
    this.#announceLead(lead);
    this.#open(lead).catch((error: unknown) => {
      if (!lead.over.signal.aborted) {
        this.#fail(error);
      }
    });
    await released;
    this.#past.add(lead.epoch);
  }

  async #open(lead: Lead): Promise<void> {
    const { signal } = lead.over;
    const end = performance.now() + TAKEOVER_MILLIS;
    let opened: Opened | null = null;
    while (opened === null) {
      try {
        opened = await this.#options.open(signal);
      } catch (error) {
        const isLocked = error instanceof WeftError && error.code === 'DATABASE_LOCKED';
        if (!isLocked || signal.aborted || performance.now() >= end) {
          throw error;
        }
      }
    }
    const { backend, terminate } = opened;
    if (signal.aborted) {
      await closed(backend);
      terminate();
      return;
    }
    lead.session = { backend, relaxed: this.#options.relaxed, isOver: false, pending: 0 };
    lead.terminate = terminate;
    this.#announceLead(lead);
    this.#stopAsking();
    this.#found(lead.session);
  }

  #welcome(lead: Lead, client: string): void {
    const { session } = lead;
    if (session === null || session.isOver) {
      return;
    }
    let known = lead.clients.get(client);
    if (known === undefined) {
      const channel = new BroadcastChannel(`${this.#options.name}:${lead.epoch}:${client}`);
      const port = new ServedPort(channel, (code) => {
        if (isFatal(code, session)) {
          this.expire(session);
        }
      });
      const leave = serveBackend(port, session.backend, async () => {
        await leave();
      });
      known = { port, leave, gone: new AbortController() };
      lead.clients.set(client, known);
      this.#locks
        .request(this.#clientLock(client), { signal: known.gone.signal }, () =>
          this.#dismiss(lead, client),
        )
        .catch(() => undefined);
    }
    known.port.welcome();
  }

  #dismiss(lead: Lead, client: string): void {
    const known = lead.clients.get(client);
    if (known !== undefined) {
      lead.clients.delete(client);
      known.gone.abort();
      known.port.close();
      void known.leave();
    }
  }

  /** Gives up the lead after what is under way, or at once when that has no prospect. */
  #resign(lead: Lead, drains: boolean): Promise<void> {
    lead.leaving ??= this.#handOver(lead, drains);
    return lead.leaving;
  }

  async #handOver(lead: Lead, drains: boolean): Promise<void> {
    lead.over.abort();
    const { session } = lead;
    if (session !== null) {
      session.isOver = true;
      for (const { port } of lead.clients.values()) {
        port.refuse();
      }
      if (drains) {
        await this.#drain(lead, session);
      }
      await closed(session.backend);
      lead.terminate?.();
    }
    this.#leave(lead);
  }

  async #drain(lead: Lead, session: OwnSession): Promise<void> {
    const end = performance.now() + DRAIN_MILLIS;
    const isBusy = (): boolean =>
      session.pending > 0 || [...lead.clients.values()].some(({ port }) => port.isBusy);
    while (isBusy() && session.backend.death === null && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #leave(lead: Lead): void {
    for (const { port, gone } of lead.clients.values()) {
      gone.abort();
      port.close();
    }
    lead.clients.clear();
    if (this.#lead === lead) {
      this.#lead = null;
    }
    lead.release();
    if (this.#presence !== null && this.#end === null) {
      this.#ask();
    }
  }

  /** The database of this tab has failed: another opening may do better. */
  #abdicate(): void {
    if (this.#lead !== null) {
      void this.#resign(this.#lead, false);
    }
  }

  /** Nothing can be done in this tab any more. */
  #fail(error: unknown): void {
    this.#end ??= error instanceof WeftError ? error : failure('INTERNAL', String(error), error);
    for (const { reject } of this.#waiting.splice(0)) {
      reject(this.#end);
    }
    this.#depart();
  }

  /** Leaves the queue, the channels and the locks at once; {@link enter} comes back. */
  #depart(): void {
    this.#stopAsking();
    const lead = this.#lead;
    if (lead !== null) {
      lead.leaving ??= Promise.resolve();
      lead.over.abort();
      this.#leave(lead);
    }
    if (this.#link !== null) {
      this.#announce({ kind: 'bye', epoch: this.#link.epoch, client: this.#id });
      // It may still be led from there when this page comes back.
      this.#disconnect(this.#link, 'this page has left');
    }
    this.#presence?.abort();
    this.#presence = null;
    this.#control?.close();
    this.#control = null;
  }

  /**
   * Before the page is frozen, in the turn in which it learns of that: nothing can be waited for, and
   * nobody may have to wait for this page.
   */
  suspend(): void {
    const { session, terminate } = this.#lead ?? {};
    if (session != null) {
      session.isOver = true;
      void closed(session.backend);
      terminate?.();
    }
    this.#depart();
  }

  /** Hands over, and waits until that is done. */
  async close(): Promise<void> {
    const reason = failure('CLOSED', 'the database is closed');
    const lead = this.#lead;
    const link = this.#link;
    if (lead !== null) {
      this.#presence?.abort();
      await this.#resign(lead, true);
    } else if (link?.session != null) {
      link.session.isOver = true;
      // Until what it has open in the other tab is closed there, or that tab is gone.
      await closed(link.session.backend);
    }
    this.#fail(reason);
  }
}

/** Whether, after an error of this code, only opening the database again can help. */
export function isFatal(code: string, { backend }: Session): boolean {
  return code === 'LOG_FAILED' || code === 'INSTANCE_FAILED' || backend.death !== null;
}

/** Closes a backend, and does not wait for ever: what has failed may not answer any more. */
async function closed(backend: Backend): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_MILLIS)));
  await Promise.race([backend.close().catch(() => undefined), late]);
  clearTimeout(timer);
}

/** The leader's end of the channel with a client. */
class ServedPort implements Port {
  readonly #channel: BroadcastChannel;
  readonly #onError: (code: string) => void;
  /** Calls that are not answered. */
  readonly #open = new Set<number>();
  #refuses = false;
  #isClosed = false;

  /** @param onError called behind an answer that is an error */
  constructor(channel: BroadcastChannel, onError: (code: string) => void) {
    this.#channel = channel;
    this.#onError = onError;
  }

  get isBusy(): boolean {
    return this.#open.size > 0;
  }

  welcome(): void {
    this.post(WELCOME);
  }

  /** From now on calls that begin something are answered with `CLOSED`, and are not done. */
  refuse(): void {
    this.#refuses = true;
  }

  post(message: unknown): void {
    if (this.#isClosed) {
      return;
    }
    this.#channel.postMessage(message);
    const { id, error } = message as { id?: number; error?: ReturnType<typeof sent> };
    if (id !== undefined && !('piece' in (message as object))) {
      this.#open.delete(id);
    }
    if (error !== undefined) {
      this.#onError(error.details.code);
    }
  }

  listen(onMessage: (message: unknown) => void, onLost: (reason: unknown) => void): void {
    this.#channel.onmessage = ({ data }) => {
      const { id } = data as { id?: number };
      if (id !== undefined && this.#refuses && begins(data)) {
        this.post({ id, error: sent(failure('CLOSED', 'the tab that runs the database hands it over')) });
        return;
      }
      if (id !== undefined) {
        this.#open.add(id);
      }
      onMessage(data);
    };
    this.#channel.onmessageerror = () => onLost('a message could not be read');
  }

  close(): void {
    this.#isClosed = true;
    this.#channel.close();
  }
}

/** Whether a request is no part of a transaction or result that is open. */
function begins(request: unknown): boolean {
  const { call, query } = request as { call?: string; query?: { transaction: number } };
  return call === 'run'
    ? query?.transaction === 0
    : !['next', 'end', 'savepoint', 'rollbackTo', 'closeResult', 'close'].includes(call ?? '');
}
