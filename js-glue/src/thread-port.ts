import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from './port.js';

/** The port of a worker thread of Node.js, or in it. */
export function threadPort(target: Worker | MessagePort): Port {
  return {
    post: (message, transfer) => target.postMessage(message, transfer),
    listen: (onMessage, onLost) => {
      target.on('message', onMessage);
      target.on('messageerror', onLost);
      target.on('error', onLost);
      target.on('exit', () => onLost('the worker has ended'));
      target.on('close', () => onLost('the other side is gone'));
    },
    tellsOfEnd: true,
    busy: (isBusy) => (isBusy ? target.ref() : target.unref()),
    close: () => void ('terminate' in target ? target.terminate() : target.close()),
  };
}
