/** A module whose only content is a struct type: it is valid where garbage collection is there. */
const STRUCT_TYPE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 95, 1, 120, 0]);

/** Whether this browser can run WebAssembly with garbage collection. */
export function hasWasmGc(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(STRUCT_TYPE);
}

export const NEEDED_BROWSERS =
  'WeftDB needs WebAssembly with garbage collection (WasmGC), which this browser does not have. ' +
  'It is there in current versions of Chrome, Edge, Firefox and Safari.';
