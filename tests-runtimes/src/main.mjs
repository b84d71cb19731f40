// Node.js, Deno and Bun: prints what `check` gives as JSON.
import { readFile } from 'node:fs/promises';
import { check } from './check.mjs';

const bytes = await readFile(new URL(import.meta.resolve('weftdb/weft.wasm')));
console.log(JSON.stringify(await check(await WebAssembly.compile(bytes))));
