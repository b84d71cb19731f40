// A page: sends what `check` gives back to the server it came from.
import { check } from './check.mjs';

let outcome;
try {
  outcome = await check(await WebAssembly.compileStreaming(fetch('/node_modules/weftdb/dist/weft.wasm')));
} catch (error) {
  outcome = { cases: 0, failures: [String(error)] };
}
await fetch('/outcome', { method: 'POST', body: JSON.stringify(outcome) });
