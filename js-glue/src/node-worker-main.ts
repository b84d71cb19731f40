/** The script of the worker thread that `createDatabase({ worker: true })` makes in Node.js. */
import { serve } from './node-worker.js';

serve();
