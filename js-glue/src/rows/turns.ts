/** How long rows are worked on before other events of the thread have their turn. */
const TURN_MILLIS = 20;

/** Lets events of the thread through, such as the click that aborts. */
export class EventTurns {
  #last = performance.now();

  /** Waits for other events when the last time is some while ago. */
  async pass(): Promise<void> {
    if (performance.now() - this.#last >= TURN_MILLIS) {
      await otherEvents();
      this.#last = performance.now();
    }
  }
}

/** A message to oneself: unlike a timer, it is not slowed down in a tab that nobody sees. */
async function otherEvents(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
  port1.close();
}
