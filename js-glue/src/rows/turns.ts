/** How long rows are worked on before other events of the thread have their turn. */
const TURN_MILLIS = 20;

/** Lets events of the thread through, such as the click that aborts. */
export class EventTurns {
  #last = performance.now();

  /** Waits for other events when the last time is some while ago. */
  async pass(): Promise<void> {
    if (performance.now() - this.#last >= TURN_MILLIS) {
      await new Promise((resolve) => setTimeout(resolve));
      this.#last = performance.now();
    }
  }
}
