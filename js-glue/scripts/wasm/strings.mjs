// Puts the constant strings of the module into one array.
//
// TeaVM has a global for each of its 4,000 strings, and the start of the module names them all once
// more to fill them: 12 KB that hardly compress. Here they are elements of an array, except those
// that other globals are made of:
//
//   global $s1 … = struct.new_default S         global $strings = array.new A
//
//   global.get $s1 …; array.new_fixed A;        fill $strings with new strings; those left …;
//   call read                                   global.get $strings; call read
//
//   global.get $s1                              global.get $strings; i32.const 1; array.get A
import { Input, Op } from './code.mjs';
import { readMetadata } from './metadata.mjs';
import { Section, writeBodies, writeSections } from './module.mjs';
import { Output } from './output.mjs';

const GLOBAL_GET = 0x23;
const I32_CONST = 0x41;
const I32_LT_U = 0x49;
const I32_ADD = 0x6a;
const I32 = 0x7f;
const REF = 0x64;
const VOID = 0x40;
const STRUCT_NEW_DEFAULT = 0xfb01;
const ARRAY_NEW = 0xfb06;
const ARRAY_NEW_FIXED = 0xfb08;
const ARRAY_GET = 0xfb0b;
const ARRAY_SET = 0xfb0e;
/** No other list of globals is as long. */
const LEAST_STRINGS = 100;

/** The module with its strings in an array. */
export function poolStrings(module) {
  const { sections, imports, globals, bodies, start, sets } = readMetadata(module);
  const list = findList(bodies[start]);
  const left = new Set(sets.map(({ value }) => globalOf(value)));
  globals.forEach((global) => global?.expression && eachGlobal(global.expression, left));
  const functions = readFunctions(sections);
  const pool = {
    array: list.array,
    strings: list.strings,
    struct: globals[list.strings[0]].struct,
    global: globals.length,
    fill: imports.functions + bodies.length,
    left,
    places: new Map(),
  };
  list.strings.forEach((global, place) => {
    if (!left.has(global)) {
      pool.places.set(global, place);
    }
  });
  const rewritten = bodies.map((body, i) =>
    i === start ? writeStart(body, list, pool) : writeUses(body, pool),
  );
  sections.set(Section.CODE, writeBodies([...rewritten, writeFill(pool)]));
  // Of the type of what reads the strings: it takes the array.
  functions.push(functions[list.reader - imports.functions]);
  sections.set(Section.FUNCTION, writeFunctions(functions));
  sections.set(Section.GLOBAL, withPool(sections.get(Section.GLOBAL), pool));
  return writeSections(module, sections);
}

/** The strings in the order in which they are read, and where the code is that lists them. */
function findList(body) {
  const input = new Input(body);
  input.skipLocals();
  let strings = [];
  let at = input.at;
  while (input.at < body.length) {
    const instruction = input.instruction();
    if (instruction.code === GLOBAL_GET) {
      strings.push(instruction.index);
      continue;
    }
    if (instruction.code === ARRAY_NEW_FIXED && strings.length >= LEAST_STRINGS) {
      const immediates = new Input(body, instruction.start + 2);
      const array = immediates.number();
      const count = immediates.number();
      const { code, index } = input.instruction();
      if (count === strings.length && code === Op.CALL) {
        return { strings, array, reader: index, at, end: instruction.end };
      }
    }
    strings = [];
    at = instruction.end;
  }
  throw new Error('the start of the module lists no strings');
}

function globalOf(value) {
  return value[0] === GLOBAL_GET ? new Input(value, 1).number() : -1;
}

function eachGlobal(expression, found) {
  const input = new Input(expression);
  while (input.at < expression.length) {
    const { code, index } = input.instruction();
    if (code === GLOBAL_GET) {
      found.add(index);
    }
  }
}

function readFunctions(sections) {
  const input = new Input(sections.get(Section.FUNCTION));
  return Array.from({ length: input.number() }, () => input.number());
}

function writeFunctions(functions) {
  const output = new Output(4 * functions.length);
  output.number(functions.length);
  functions.forEach((type) => output.number(type));
  return output.taken();
}

/** The array is born with one string in every place, because its elements are never null. */
function withPool(section, { array, struct, strings }) {
  const input = new Input(section);
  const output = new Output(section.length + 32);
  output.number(input.number() + 1);
  output.bytes(section, input.at, section.length);
  output.byte(REF);
  output.number(array);
  output.byte(0);
  output.opcode(STRUCT_NEW_DEFAULT);
  output.number(struct);
  writeConstant(strings.length, output);
  writeArray(ARRAY_NEW, array, output);
  output.byte(Op.END);
  return output.taken();
}

function writeConstant(value, output) {
  output.byte(I32_CONST);
  output.signedNumber(value);
}

function writeGlobal(global, output) {
  output.byte(GLOBAL_GET);
  output.number(global);
}

function writeArray(code, array, output) {
  output.opcode(code);
  output.number(array);
}

/** A function that makes each element of the array a string that is still to be read. */
function writeFill({ array, struct, strings }) {
  const output = new Output(64);
  output.number(1);
  output.number(1);
  output.byte(I32);
  output.byte(Op.LOOP);
  output.byte(VOID);
  for (const local of [0, 1]) {
    output.byte(Op.LOCAL_GET);
    output.number(local);
  }
  output.opcode(STRUCT_NEW_DEFAULT);
  output.number(struct);
  writeArray(ARRAY_SET, array, output);
  output.byte(Op.LOCAL_GET);
  output.number(1);
  writeConstant(1, output);
  output.byte(I32_ADD);
  output.byte(Op.LOCAL_TEE);
  output.number(1);
  writeConstant(strings.length, output);
  output.byte(I32_LT_U);
  output.byte(Op.BR_IF);
  output.number(0);
  output.byte(Op.END);
  output.byte(Op.END);
  return output.taken();
}

function writeStart(body, list, pool) {
  const output = new Output(body.length);
  output.bytes(body, 0, list.at);
  writeGlobal(pool.global, output);
  output.byte(Op.CALL);
  output.number(pool.fill);
  list.strings.forEach((string, place) => {
    if (pool.left.has(string)) {
      writeGlobal(pool.global, output);
      writeConstant(place, output);
      writeGlobal(string, output);
      writeArray(ARRAY_SET, pool.array, output);
    }
  });
  writeGlobal(pool.global, output);
  const input = new Input(body, list.end);
  writeUsesFrom(input, pool, output);
  return output.taken();
}

function writeUses(body, pool) {
  const input = new Input(body);
  input.skipLocals();
  const output = new Output(body.length + 64);
  output.bytes(body, 0, input.at);
  writeUsesFrom(input, pool, output);
  return output.taken();
}

function writeUsesFrom(input, pool, output) {
  while (input.at < input.bytes.length) {
    const { code, start, end, index } = input.instruction();
    if (code === GLOBAL_GET && pool.places.has(index)) {
      writeGlobal(pool.global, output);
      writeConstant(pool.places.get(index), output);
      writeArray(ARRAY_GET, pool.array, output);
    } else {
      output.bytes(input.bytes, start, end);
    }
  }
}
