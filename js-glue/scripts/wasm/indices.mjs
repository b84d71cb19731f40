// Moves functions and globals of a module: all that names them gets their new indices.
import { Input, Op } from './code.mjs';
import { countImports, readBodies, readSections, Section, writeSections } from './module.mjs';
import { Output } from './output.mjs';

const RETURN_CALL = 0x12;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;
const REF_FUNC = 0xd2;
const OF_FUNCTION = new Set([Op.CALL, RETURN_CALL, REF_FUNC]);
const OF_GLOBAL = new Set([GLOBAL_GET, GLOBAL_SET]);
const EXPORTED_FUNCTION = 0;
const EXPORTED_GLOBAL = 3;

/**
 * The module with its functions, its globals or both in another order.
 *
 * Each order lists where the one at a place comes from, counted without the imports.
 */
export function reordered(module, { functions, globals }) {
  const sections = readSections(module);
  const imported = countImports(sections.get(Section.IMPORT));
  const moves = {
    functions,
    globals,
    placesOfFunctions: placesOf(functions, imported.functions),
    placesOfGlobals: placesOf(globals, imported.globals),
  };
  const rewritten = (section, write) => {
    const body = sections.get(section);
    if (body !== undefined) {
      const output = new Output(body.length);
      write(new Input(body), output, moves);
      sections.set(section, output.taken());
    }
  };
  rewritten(Section.FUNCTION, moveTypes);
  rewritten(Section.GLOBAL, moveGlobals);
  rewritten(Section.EXPORT, moveInExports);
  rewritten(Section.START, (input, output) => output.number(functionAt(input.number(), moves)));
  rewritten(Section.ELEMENT, moveInElements);
  rewritten(Section.CODE, moveBodies);
  return writeSections(module, sections);
}

/** The new indices by the old ones, with those of imports, or nothing when all stay. */
function placesOf(order, imported) {
  if (order === undefined) {
    return undefined;
  }
  const places = Array.from({ length: imported }, (_, i) => i);
  order.forEach((from, to) => (places[imported + from] = imported + to));
  return places;
}

function functionAt(index, { placesOfFunctions }) {
  return placesOfFunctions === undefined ? index : placesOfFunctions[index];
}

function globalAt(index, { placesOfGlobals }) {
  return placesOfGlobals === undefined ? index : placesOfGlobals[index];
}

/** Calls back for each entry in the order given, or as they are. */
function inOrder(entries, order, write) {
  if (order === undefined) {
    entries.forEach(write);
  } else {
    order.forEach((from) => write(entries[from]));
  }
}

/** Copies code up to the end of an expression or, when that is not `Infinity`, up to `last`. */
function moveInCode(input, output, last, moves) {
  while (input.at < last) {
    const { code, start, end, index } = input.instruction();
    if (OF_FUNCTION.has(code)) {
      output.byte(code);
      output.number(functionAt(index, moves));
    } else if (OF_GLOBAL.has(code)) {
      output.byte(code);
      output.number(globalAt(index, moves));
    } else {
      output.bytes(input.bytes, start, end);
    }
    if (last === Infinity && code === Op.END) {
      return;
    }
  }
}

function moveTypes(input, output, { functions }) {
  const types = Array.from({ length: input.number() }, () => input.number());
  output.number(types.length);
  inOrder(types, functions, (type) => output.number(type));
}

function moveBodies(input, output, moves) {
  const bodies = readBodies(input.bytes);
  output.number(bodies.length);
  inOrder(bodies, moves.functions, (body) => {
    const moved = new Output(body.length);
    const code = new Input(body);
    code.skipLocals();
    moved.bytes(body, 0, code.at);
    moveInCode(code, moved, body.length, moves);
    const bytes = moved.taken();
    output.number(bytes.length);
    output.bytes(bytes, 0, bytes.length);
  });
}

function moveGlobals(input, output, moves) {
  const globals = Array.from({ length: input.number() }, () => {
    const global = new Output(32);
    const start = input.at;
    input.skipValueType();
    input.byte();
    global.bytes(input.bytes, start, input.at);
    moveInCode(input, global, Infinity, moves);
    return global.taken();
  });
  output.number(globals.length);
  inOrder(globals, moves.globals, (global) => output.bytes(global, 0, global.length));
}

function moveInExports(input, output, moves) {
  const count = input.number();
  output.number(count);
  for (let i = 0; i < count; i++) {
    const start = input.at;
    input.skipText();
    const kind = input.byte();
    output.bytes(input.bytes, start, input.at);
    const index = input.number();
    output.number(
      kind === EXPORTED_FUNCTION
        ? functionAt(index, moves)
        : kind === EXPORTED_GLOBAL
          ? globalAt(index, moves)
          : index,
    );
  }
}

/** Only of the form that says which functions code may refer to: there are no tables. */
function moveInElements(input, output, moves) {
  const count = input.number();
  output.number(count);
  for (let i = 0; i < count; i++) {
    const flags = input.number();
    const kind = input.byte();
    if (flags !== 3 || kind !== 0) {
      throw new Error(`elements of the form ${flags} were not expected`);
    }
    output.number(flags);
    output.byte(kind);
    const functions = Array.from({ length: input.number() }, () =>
      functionAt(input.number(), moves),
    );
    output.number(functions.length);
    functions.sort((a, b) => a - b).forEach((index) => output.number(index));
  }
}
