// A WebAssembly module in place of weft.wasm, whose functions answer 0 until they are told to break.

/** Instructions of the body of `run`. */
export const UNREACHABLE = [0x00];
/** Calls itself (function 1) with its own arguments until the stack is full. */
export const ENDLESS_RECURSION = [0, 1, 2, 3, 4].flatMap((local) => [0x20, local]).concat(0x10, 0x01);

const I32 = 0x7f;
const F64 = 0x7c;
const FUNCTION_TYPE = 0x60;

/** Types 0 to 4: parameters of functions that give an int. */
const PARAMETERS = [[], [I32, F64, F64, I32, I32], [I32], [I32, I32]];
/** Name and type of each exported function, in order. */
const FUNCTIONS = [
  ['boundaryVersion', 0],
  ['run', 1],
  ['reserveWindow', 2],
  ['windowAddress', 0],
  ['open', 3],
];

/** The module's bytes; every number in it is below 128 and so one byte. */
export function trappingModule(runBody, boundaryVersion = 14) {
  const types = PARAMETERS.map((list) => [FUNCTION_TYPE, list.length, ...list, 1, I32]);
  const bodies = FUNCTIONS.map(([name]) => {
    const constant = name === 'boundaryVersion' ? boundaryVersion : 0;
    const instructions = name === 'run' ? runBody : [0x41, constant];
    return [instructions.length + 2, 0, ...instructions, 0x0b];
  });
  const names = FUNCTIONS.map(([name], index) => {
    const text = new TextEncoder().encode(name);
    return [text.length, ...text, 0, index];
  });
  const text = (string) => [string.length, ...new TextEncoder().encode(string)];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, [[...text('env'), ...text('memory'), 2, 0, 1]]),
    ...section(3, FUNCTIONS.map(([, type]) => [type])),
    ...section(7, names),
    ...section(10, bodies),
  ]);
}

function section(id, entries) {
  const content = [entries.length, ...entries.flat()];
  return [id, content.length, ...content];
}
