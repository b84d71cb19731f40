/** The script of the worker that `createDatabase({ worker: true })` makes. */
import { serve } from './worker.js';

serve();
