// The types of a WebAssembly module, and those of its functions, globals and tags.
import { Input } from './code.mjs';
import { Section } from './module.mjs';

const REC = 0x4e;
const SUB_FINAL = 0x4f;
const SUB = 0x50;
const ARRAY = 0x5e;
const FUNCTION = 0x60;
const REF_NULL = 0x63;
const REF = 0x64;
/** Above the forms of references stand packed integers and numbers. */
const FIRST_NUMBER = 0x77;

/** Whether values of this type, given as bytes, are references. */
export function isReference(type) {
  return type[0] >= REF_NULL && type[0] < FIRST_NUMBER;
}

/** Whether values of this type are references, of which one may be null. */
export function isNullable(type) {
  return isReference(type) && type[0] !== REF;
}

/**
 * The types by index: of structs and arrays the types of the `fields`, of functions those of the
 * `parameters` and `results`; `supertype` is an index or -1.
 */
export function readTypes(section) {
  const input = new Input(section);
  const types = [];
  for (let count = input.number(); count > 0; count--) {
    let members = 1;
    if (section[input.at] === REC) {
      input.byte();
      members = input.number();
    }
    for (; members > 0; members--) {
      types.push(readType(section, input));
    }
  }
  return types;
}

function readType(section, input) {
  let supertype = -1;
  if (section[input.at] === SUB || section[input.at] === SUB_FINAL) {
    input.byte();
    for (let count = input.number(); count > 0; count--) {
      supertype = input.number();
    }
  }
  const read = { supertype, isStruct: false, fields: [], parameters: [], results: [] };
  const kind = input.byte();
  if (kind === FUNCTION) {
    read.parameters = readValueTypes(section, input);
    read.results = readValueTypes(section, input);
    return read;
  }
  read.isStruct = kind !== ARRAY;
  for (let count = kind === ARRAY ? 1 : input.number(); count > 0; count--) {
    read.fields.push(readValueType(section, input));
    input.byte();
  }
  return read;
}

function readValueTypes(section, input) {
  return Array.from({ length: input.number() }, () => readValueType(section, input));
}

/** The bytes of the type that stands there. */
export function readValueType(bytes, input) {
  const start = input.at;
  input.skipValueType();
  return bytes.subarray(start, input.at);
}

/**
 * The type indices of functions and tags and the value types of globals, imported ones first, and
 * the index of the function that starts the module.
 */
export function readDeclarations(sections) {
  const start = new Input(sections.get(Section.START)).number();
  const declared = { functions: [], globals: [], tags: [], start };
  readImports(sections.get(Section.IMPORT), declared);
  const functions = new Input(sections.get(Section.FUNCTION));
  for (let count = functions.number(); count > 0; count--) {
    declared.functions.push(functions.number());
  }
  const globals = new Input(sections.get(Section.GLOBAL));
  for (let count = globals.number(); count > 0; count--) {
    declared.globals.push(readValueType(globals.bytes, globals));
    globals.byte();
    globals.skipExpression();
  }
  const tags = new Input(sections.get(Section.TAG));
  for (let count = tags.number(); count > 0; count--) {
    tags.byte();
    declared.tags.push(tags.number());
  }
  return declared;
}

function readImports(section, declared) {
  const input = new Input(section);
  for (let count = input.number(); count > 0; count--) {
    input.skipText();
    input.skipText();
    const kind = input.byte();
    if (kind === 0) {
      declared.functions.push(input.number());
    } else if (kind === 3) {
      declared.globals.push(readValueType(section, input));
      input.byte();
    } else {
      input.skipLimits();
    }
  }
}
