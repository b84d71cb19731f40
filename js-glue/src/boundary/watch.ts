/** How long a query runs before it lets the host do something else. */
const SLICE_MILLIS = 10;

/** What `HostCancellation` of the Java half is answered. */
const GO_ON = 0;
const STOP = 1;
const PAUSE = 2;
const PAUSE_BETWEEN_CALLS = 3;

/**
 * Looks after one query while it runs: tells it to stop when its caller wants that, and to pause when
 * it has run for a while, so that the caller can want it.
 */
export class Watch {
  readonly #signal: AbortSignal | undefined;
  #pauseAt: number;

  #isStopped = false;

  /** Whether the call can be suspended. */
  suspendable = false;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    this.#pauseAt = performance.now() + SLICE_MILLIS;
  }

  /** What the module asks again and again. */
  mayGoOn(): number {
    if (this.#isStopped || this.#signal?.aborted === true) {
      return STOP;
    }
    if (!this.isOver) {
      return GO_ON;
    }
    return this.suspendable ? PAUSE : PAUSE_BETWEEN_CALLS;
  }

  /** Makes the query stop, whoever its caller is. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Whether the slice of time is used up. */
  get isOver(): boolean {
    return performance.now() >= this.#pauseAt;
  }

  /** Resolves when whatever else waited has had its turn. */
  async pause(): Promise<void> {
    await otherTasks();
    this.#pauseAt = performance.now() + SLICE_MILLIS;
  }
}

/** Resolves in a later task, so that events, timers and rendering come first. */
function otherTasks(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    // A timer of zero becomes one of 4 ms when it is set again and again.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
