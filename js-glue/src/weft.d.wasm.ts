/**
 * What `import wasm from 'weftdb/weft.wasm'` gives: a compiled module in workerd, and the file's URL
 * with a bundler that is told to copy it. Both can be the option `wasm`.
 */
declare const wasm: WebAssembly.Module | string;
export default wasm;
