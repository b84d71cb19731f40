// Lets the module be born with the metadata of its classes.
//
// TeaVM makes every virtual table and class description empty and fills them all by one function of
// 70 KB, which hardly compresses and takes half of the start to compile. Here what that function
// begins with, sets of constants to fields of globals, directly or through functions that do
// nothing else, becomes part of the globals' own initial values:
//
//   global $vt = struct.new_default T        global $vt = struct.new T … (ref.func $f) …
//   global.get $vt; ref.func $f; struct.set T field
//
// For that the globals come into an order in which each stands behind those in its fields. A class
// and its virtual table know each other; but the table is only ever asked of classes of arrays, so
// that the others can do without it. What remains to be set are a few fields of those.
import { Input, Op } from './code.mjs';
import { reordered } from './indices.mjs';
import {
  countImports,
  readBodies,
  readSections,
  Section,
  writeBodies,
  writeSections,
} from './module.mjs';
import { Output } from './output.mjs';
import { readTypes } from './types.mjs';

const GLOBAL_GET = 0x23;
const I32_CONST = 0x41;
const REF_NULL = 0xd0;
const REF_FUNC = 0xd2;
const STRUCT_NEW = 0xfb00;
const STRUCT_NEW_DEFAULT = 0xfb01;
const STRUCT_GET = 0xfb02;
const STRUCT_SET = 0xfb05;
/** Fields of a class description: the virtual table, and of a class of arrays that of its elements. */
const ClassField = { TABLE: 0, ELEMENT: 6 };
const VALUES = new Set([GLOBAL_GET, I32_CONST, REF_NULL, REF_FUNC, Op.LOCAL_GET]);

/** The module with the fields of its metadata set from the beginning. */
export function bearMetadata(original) {
  const module = withGlobalsInOrder(original);
  const { sections, imports, globals, bodies, start, sets, end } = readMetadata(module);
  const types = readTypes(sections.get(Section.TYPE));
  bodies[start] = writeStart(bodies[start], end, settle(sets, globals));
  sections.set(Section.GLOBAL, writeGlobals(globals, types));
  sections.set(Section.CODE, writeBodies(bodies));
  return writeSections(module, sections);
}

/** What `bearMetadata` works on; `sets` has one set, the last, for every field. */
export function readMetadata(module) {
  const sections = readSections(module);
  const imports = countImports(sections.get(Section.IMPORT));
  const globals = readGlobals(sections.get(Section.GLOBAL), imports.globals);
  const bodies = readBodies(sections.get(Section.CODE));
  const start = new Input(sections.get(Section.START)).number() - imports.functions;
  const bodyOf = (index) => bodies[index - imports.functions];
  const { sets: all, end } = readSets(bodies[start], bodyOf);
  const last = new Map();
  for (const set of all) {
    last.set(`${set.global} ${set.field.index}`, set);
  }
  const sets = withoutUnread([...last.values()], globals, bodies);
  return { sections, imports, globals, bodies, start, sets, end };
}

/** The module with each global behind those that its fields are set to, where there is such an order. */
function withGlobalsInOrder(module) {
  const { imports, globals, sets } = readMetadata(module);
  const needs = globals.map((global) => (global === null ? [] : globalsIn(global.expression)));
  for (const { global, value } of sets) {
    if (globals[global].struct >= 0 && value[0] === GLOBAL_GET) {
      needs[global].push(new Input(value, 1).number());
    }
  }
  const order = [];
  const visited = new Set();
  const visit = (index) => {
    if (index >= imports.globals && !visited.has(index)) {
      visited.add(index);
      needs[index].forEach(visit);
      order.push(index - imports.globals);
    }
  };
  globals.forEach((_, index) => visit(index));
  return reordered(module, { globals: order });
}

function globalsIn(expression) {
  const input = new Input(expression);
  const found = [];
  while (input.at < expression.length) {
    const { code, index } = input.instruction();
    if (code === GLOBAL_GET) {
      found.push(index);
    }
  }
  return found;
}

/**
 * The sets without those that give a class its virtual table where nobody asks for it.
 *
 * All code asks what one function returns, which gives the class of arrays of a class.
 */
function withoutUnread(sets, globals, bodies) {
  const description = descriptionOf(sets, globals);
  let asked = -1;
  for (const body of bodies) {
    const { code } = codeOf(body);
    code.forEach((instruction, i) => {
      if (instruction.code === STRUCT_GET) {
        const { type, index } = fieldOf(instruction);
        if (type === description && index === ClassField.TABLE) {
          const before = code[i - 1];
          if (before.code !== Op.CALL || (asked >= 0 && asked !== before.index)) {
            throw new Error('a virtual table is asked of a class that may be none of arrays');
          }
          asked = before.index;
        }
      }
    });
  }
  const arrays = new Set();
  for (const { global, field, value } of sets) {
    if (field.type === description && field.index === ClassField.ELEMENT && value[0] !== REF_NULL) {
      arrays.add(global);
    }
  }
  return sets.filter(
    ({ global, field }) =>
      field.type !== description || field.index !== ClassField.TABLE || arrays.has(global),
  );
}

/** The struct type of class descriptions: what the first field of virtual tables is set to. */
function descriptionOf(sets, globals) {
  const types = new Map();
  for (const { field, value } of sets) {
    if (field.index === 0 && value[0] === GLOBAL_GET) {
      const { struct } = globals[new Input(value, 1).number()];
      types.set(struct, (types.get(struct) ?? 0) + 1);
    }
  }
  return [...types].sort((a, b) => b[1] - a[1])[0][0];
}

/** The globals by index: `struct` is the type that an empty one is made of, or -1. */
function readGlobals(section, imported) {
  const input = new Input(section);
  const globals = new Array(imported).fill(null);
  for (let count = input.number(); count > 0; count--) {
    const start = input.at;
    input.skipValueType();
    const mutable = input.byte() === 1;
    const type = section.subarray(start, input.at);
    const value = input.at;
    const first = input.instruction();
    let last = first;
    while (last.code !== Op.END) {
      last = input.instruction();
    }
    const isEmpty = !mutable && first.code === STRUCT_NEW_DEFAULT && first.end + 1 === last.end;
    const struct = isEmpty ? new Input(section, value + 2).number() : -1;
    const expression = section.subarray(value, last.end);
    globals.push({ type, mutable, expression, struct, fields: new Map() });
  }
  globals.imported = imported;
  return globals;
}

function codeOf(body) {
  const input = new Input(body);
  input.skipLocals();
  const locals = input.at;
  const code = [];
  while (input.at < body.length) {
    const instruction = input.instruction();
    instruction.bytes = body.subarray(instruction.start, instruction.end);
    code.push(instruction);
  }
  return { locals, code };
}

/** The sets with which the function begins, in their order, and where its other code begins. */
function readSets(body, bodyOf) {
  const { locals, code } = codeOf(body);
  const sets = [];
  const helpers = new Map();
  let at = 0;
  let end = locals;
  while (code[at].code === GLOBAL_GET) {
    let next = at + 1;
    while (VALUES.has(code[next].code)) {
      next++;
    }
    const given = code.slice(at, next);
    if (code[next].code === STRUCT_SET && given.length === 2) {
      sets.push({ global: given[0].index, field: fieldOf(code[next]), value: given[1].bytes });
    } else if (code[next].code === Op.CALL) {
      const { index } = code[next];
      if (!helpers.has(index)) {
        helpers.set(index, readHelper(bodyOf(index)));
      }
      if (helpers.get(index) === null) {
        break;
      }
      for (const { target, field, value } of helpers.get(index)) {
        const bytes = value.code === Op.LOCAL_GET ? given[value.index].bytes : value.bytes;
        sets.push({ global: given[target].index, field, value: bytes });
      }
    } else {
      break;
    }
    at = next + 1;
    end = code[next].end;
  }
  return { sets, end };
}

/** The sets of a function to what it is given, or null when it does something else too. */
function readHelper(body) {
  const { code } = codeOf(body);
  const sets = [];
  let at = 0;
  for (; code[at].code === Op.LOCAL_GET; at += 3) {
    const [target, value, set] = code.slice(at, at + 3);
    if (!VALUES.has(value.code) || set.code !== STRUCT_SET) {
      return null;
    }
    sets.push({ target: target.index, field: fieldOf(set), value });
  }
  return code[at].code === Op.END && at === code.length - 1 ? sets : null;
}

function fieldOf({ bytes }) {
  const input = new Input(bytes, 2);
  return { type: input.number(), index: input.number() };
}

/** Gives the globals the value of every field and returns what has to be set later. */
function settle(sets, globals) {
  const remaining = [];
  for (const set of sets) {
    const { global, field, value } = set;
    const isEarly =
      globals[global].struct >= 0 &&
      (value[0] !== GLOBAL_GET || isBefore(new Input(value, 1).number(), global, globals));
    if (isEarly) {
      globals[global].fields.set(field.index, value);
    } else {
      remaining.push(set);
    }
  }
  return remaining;
}

function isBefore(value, global, globals) {
  return value < global && (value < globals.imported ? false : !globals[value].mutable);
}

/** Which functions of the module, not counting imports, its start calls that have a loop. */
export function loopsOfStart(module) {
  const sections = readSections(module);
  const imported = countImports(sections.get(Section.IMPORT)).functions;
  const bodies = readBodies(sections.get(Section.CODE));
  const start = new Input(sections.get(Section.START)).number() - imported;
  const called = codeOf(bodies[start]).code.filter(({ code }) => code === Op.CALL);
  const own = new Set(called.map(({ index }) => index - imported).filter((index) => index >= 0));
  return [...own].filter((index) =>
    codeOf(bodies[index]).code.some(({ code }) => code === Op.LOOP),
  );
}

function writeStart(body, end, remaining) {
  const { locals } = codeOf(body);
  const output = new Output(body.length);
  output.bytes(body, 0, locals);
  for (const { global, field, value } of remaining) {
    output.byte(GLOBAL_GET);
    output.number(global);
    output.bytes(value, 0, value.length);
    output.opcode(STRUCT_SET);
    output.number(field.type);
    output.number(field.index);
  }
  output.bytes(body, end, body.length);
  return output.taken();
}

function writeGlobals(globals, types) {
  const output = new Output(1 << 16);
  output.number(globals.length - globals.imported);
  for (const { type, expression, struct, fields } of globals.slice(globals.imported)) {
    output.bytes(type, 0, type.length);
    if (fields.size === 0) {
      output.bytes(expression, 0, expression.length);
      continue;
    }
    types[struct].fields.forEach((fieldType, index) => {
      const value = fields.get(index) ?? zeroOf(fieldType);
      output.bytes(value, 0, value.length);
    });
    output.opcode(STRUCT_NEW);
    output.number(struct);
    output.byte(Op.END);
  }
  return output.taken();
}

/** The instruction that makes what a field of a type is without a value. */
function zeroOf(type) {
  switch (type[0]) {
    case 0x7f:
    case 0x78:
    case 0x77:
      return Uint8Array.of(I32_CONST, 0);
    case 0x7e:
      return Uint8Array.of(0x42, 0);
    case 0x7d:
      return Uint8Array.of(0x43, 0, 0, 0, 0);
    case 0x7c:
      return Uint8Array.of(0x44, 0, 0, 0, 0, 0, 0, 0, 0);
    case 0x63:
      return Uint8Array.of(REF_NULL, ...type.subarray(1));
    default:
      // The short form of a reference that may be null is the heap type itself.
      return Uint8Array.of(REF_NULL, type[0]);
  }
}

