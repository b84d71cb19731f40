// The sections of a WebAssembly module.
import { Input } from './code.mjs';
import { Output } from './output.mjs';

export const Section = {
  TYPE: 1,
  IMPORT: 2,
  FUNCTION: 3,
  GLOBAL: 6,
  EXPORT: 7,
  START: 8,
  ELEMENT: 9,
  CODE: 10,
  TAG: 13,
};
const HEADER_BYTES = 8;

/** The module with the body of each of its functions put through `rewrite`. */
export function rewriteFunctions(module, rewrite) {
  const sections = readSections(module);
  sections.set(Section.CODE, writeBodies(readBodies(sections.get(Section.CODE)).map(rewrite)));
  return writeSections(module, sections);
}

/** The sections by number, without their lengths; custom ones are read where they stand. */
export function readSections(module) {
  const sections = new Map();
  const input = new Input(module, HEADER_BYTES);
  while (input.at < module.length) {
    const section = input.byte();
    const length = input.number();
    if (section !== 0) {
      sections.set(section, module.subarray(input.at, input.at + length));
    }
    input.at += length;
  }
  return sections;
}

export function writeSections(module, sections) {
  const input = new Input(module, HEADER_BYTES);
  const output = new Output(module.length);
  output.bytes(module, 0, HEADER_BYTES);
  while (input.at < module.length) {
    const start = input.at;
    const section = input.byte();
    const length = input.number();
    input.at += length;
    if (section === 0) {
      output.bytes(module, start, input.at);
    } else {
      const body = sections.get(section);
      output.byte(section);
      output.number(body.length);
      output.bytes(body, 0, body.length);
    }
  }
  return output.taken();
}

export function countImports(section) {
  const input = new Input(section);
  const counted = { functions: 0, globals: 0 };
  for (let count = input.number(); count > 0; count--) {
    input.skipText();
    input.skipText();
    const kind = input.byte();
    if (kind === 0) {
      input.number();
      counted.functions++;
    } else if (kind === 3) {
      input.skipValueType();
      input.byte();
      counted.globals++;
    } else if (kind === 2) {
      input.skipLimits();
    } else {
      throw new Error(`an import of kind ${kind} was not expected`);
    }
  }
  return counted;
}

export function readBodies(section) {
  const input = new Input(section);
  return Array.from({ length: input.number() }, () => {
    const length = input.number();
    input.at += length;
    return section.subarray(input.at - length, input.at);
  });
}

export function writeBodies(bodies) {
  const output = new Output(1 << 20);
  output.number(bodies.length);
  for (const body of bodies) {
    output.number(body.length);
    output.bytes(body, 0, body.length);
  }
  return output.taken();
}
