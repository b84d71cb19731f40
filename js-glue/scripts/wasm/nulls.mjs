// Drops checks for null of what is never null.
//
// Java asks for a check before each use of an object that TeaVM cannot tell from null within the
// method; two thirds of them cannot fail. Here it is followed through the whole module where null
// comes from: code without such a source needs no check.
//
//   value; block; br_on_non_null 0; call F; throw T; end        value; ref.as_non_null
//
// Each local, field, global and result is a place, and so is, for calls by virtual tables, each
// parameter and result of a slot. To a place flow those that are assigned to it anywhere, whatever
// the order of execution. That a field or global is null until it is set is no source: NullAway
// checks when our code is compiled that they are set before they are used. Were that wrong once,
// the module would trap where it threw an exception.
import { Input, Op } from './code.mjs';
import { nullCheckAt } from './landings.mjs';
import { readMetadata } from './metadata.mjs';
import { countImports, readBodies, readSections, rewriteFunctions, Section } from './module.mjs';
import { Output } from './output.mjs';
import { isNullable, readDeclarations, readTypes, readValueType } from './types.mjs';

const REF_AS_NON_NULL = 0xd4;
const REF_FUNC = 0xd2;

/** What a value on the stack is: never null, perhaps null, or what flows from a place by its name. */
const NEVER = true;
const PERHAPS = false;

/** The module without the checks that cannot fail. */
export function dropNullChecks(module) {
  const needless = findNeedless(module);
  let next = 0;
  return rewriteFunctions(module, (body) => {
    const input = new Input(body);
    input.skipLocals();
    const output = new Output(body.length);
    output.bytes(body, 0, input.at);
    const code = codeFrom(input);
    for (let i = 0; i < code.length; i++) {
      const check = nullCheckAt(code, i);
      if (check !== null && needless[next++]) {
        output.byte(REF_AS_NON_NULL);
        i = check.next - 1;
      } else {
        output.bytes(body, code[i].start, code[i].end);
      }
    }
    return output.taken();
  });
}

function codeFrom(input) {
  const code = [];
  while (input.at < input.bytes.length) {
    code.push(input.instruction());
  }
  return code;
}

/** Of all checks, in the order of the code, whether they are needless. */
function findNeedless(module) {
  const sections = readSections(module);
  const types = readTypes(sections.get(Section.TYPE));
  const declared = readDeclarations(sections);
  const imported = countImports(sections.get(Section.IMPORT)).functions;
  const flow = new Flow();
  const checked = [];
  readBodies(sections.get(Section.CODE)).forEach((body, i) => {
    const reader = new FunctionReader({ types, declared, imported, flow, checked });
    reader.read(body, imported + i);
  });
  flowThroughTables(readMetadata(module).sets, types, declared, flow);
  flowFromOutside(sections, types, declared, flow);
  flow.spread();
  return checked.map((value) => !flow.isPerhapsNull(value));
}

/** What is assigned to what. */
class Flow {
  #targets = new Map();
  #nullable = new Set();
  /** From where each function is referred to: `start`, `code` or both. */
  references = new Map();
  /** The types of functions that are called by a reference that is not known to be of a table. */
  calledByReference = new Set();

  assign(value, place) {
    if (value === PERHAPS) {
      this.#nullable.add(place);
    } else if (value !== NEVER) {
      const targets = this.#targets.get(value);
      if (targets === undefined) {
        this.#targets.set(value, new Set([place]));
      } else {
        targets.add(place);
      }
    }
  }

  spread() {
    const left = [...this.#nullable];
    while (left.length > 0) {
      for (const target of this.#targets.get(left.pop()) ?? []) {
        if (!this.#nullable.has(target)) {
          this.#nullable.add(target);
          left.push(target);
        }
      }
    }
  }

  isPerhapsNull(value) {
    return value === PERHAPS || (value !== NEVER && this.#nullable.has(value));
  }
}

const localOf = (index, local) => `local ${index} ${local}`;
const resultOf = (index) => `result ${index}`;
const slotArgument = (slot, parameter) => `argument ${slot} ${parameter}`;
const slotResult = (slot) => `result ${slot}`;

/** A field by the uppermost type that has it. */
function fieldOf(types, type, index) {
  let owner = type;
  for (;;) {
    const { supertype } = types[owner];
    if (supertype < 0 || !types[supertype].isStruct || types[supertype].fields.length <= index) {
      return `field ${owner} ${index}`;
    }
    owner = supertype;
  }
}

/** Functions in virtual tables get what is given to calls of their slots, and give their results. */
function flowThroughTables(sets, types, declared, flow) {
  const inTables = new Set();
  for (const { field, value } of sets) {
    if (value[0] === REF_FUNC) {
      const index = new Input(value, 1).number();
      const slot = fieldOf(types, field.type, field.index);
      const { parameters, results } = types[declared.functions[index]];
      inTables.add(index);
      parameters.forEach((_, i) => flow.assign(slotArgument(slot, i), localOf(index, i)));
      if (results.length > 0) {
        flow.assign(resultOf(index), slotResult(slot));
      }
    }
  }
  for (const [index, places] of flow.references) {
    const type = declared.functions[index];
    if (!inTables.has(index) || places.has('code') || flow.calledByReference.has(type)) {
      givePerhapsNull(index, types[type], flow);
    }
  }
}

/** Who calls an exported function, or one that a global knows, may give it anything. */
function flowFromOutside(sections, types, declared, flow) {
  const give = (index) => givePerhapsNull(index, types[declared.functions[index]], flow);
  const exports_ = new Input(sections.get(Section.EXPORT));
  for (let count = exports_.number(); count > 0; count--) {
    exports_.skipText();
    const kind = exports_.byte();
    const index = exports_.number();
    if (kind === 0) {
      give(index);
    }
  }
  const globals = new Input(sections.get(Section.GLOBAL));
  for (let count = globals.number(); count > 0; count--) {
    globals.skipValueType();
    globals.byte();
    for (let code = globals.instruction(); code.code !== Op.END; code = globals.instruction()) {
      if (code.code === REF_FUNC) {
        give(code.index);
      }
    }
  }
}

function givePerhapsNull(index, { parameters }, flow) {
  parameters.forEach((_, i) => flow.assign(PERHAPS, localOf(index, i)));
}

/** Follows the values on the stack through the body of a function. */
class FunctionReader {
  #types;
  #declared;
  #imported;
  #flow;
  #checked;
  #index = -1;
  #own = null;
  #locals = [];
  #stack = [];
  #open = [];

  constructor({ types, declared, imported, flow, checked }) {
    this.#types = types;
    this.#declared = declared;
    this.#imported = imported;
    this.#flow = flow;
    this.#checked = checked;
  }

  read(body, index) {
    this.#index = index;
    this.#own = this.#types[this.#declared.functions[index]];
    this.#locals = [...this.#own.parameters];
    const input = new Input(body);
    for (let count = input.number(); count > 0; count--) {
      const same = input.number();
      const type = readValueType(body, input);
      this.#locals.push(...new Array(same).fill(type));
    }
    this.#open = [{ height: 0, results: this.#own.results, parameters: [], isDead: false }];
    const code = codeFrom(input);
    for (let i = 0; i < code.length; i++) {
      const check = nullCheckAt(code, i);
      if (check !== null) {
        this.#checked.push(this.#pop());
        this.#push(NEVER);
        i = check.next - 1;
      } else {
        this.#step(body, code[i]);
      }
    }
  }

  #pop() {
    const { height, isDead } = this.#open.at(-1);
    if (this.#stack.length > height) {
      return this.#stack.pop();
    }
    if (!isDead) {
      throw new Error(`function ${this.#index} takes a value that is not there`);
    }
    return NEVER;
  }

  /** The values that were pushed first come first. */
  #popAll(count) {
    const values = new Array(count);
    for (let i = count - 1; i >= 0; i--) {
      values[i] = this.#pop();
    }
    return values;
  }

  #push(value) {
    this.#stack.push(value);
  }

  #replace(count) {
    this.#popAll(count);
    this.#push(NEVER);
  }

  #pushOf(type, place) {
    this.#push(isNullable(type) ? place : NEVER);
  }

  /** What follows is not reached. */
  #leave() {
    const block = this.#open.at(-1);
    this.#stack.length = block.height;
    block.isDead = true;
  }

  #assign(type, value, place) {
    if (isNullable(type)) {
      this.#flow.assign(value, place);
    }
  }

  #step(body, instruction) {
    const { code, index } = instruction;
    if (code >= 0xfb00) {
      this.#stepOfHeap(body, instruction);
    } else if (code === 0xfc) {
      this.#stepOfMemory(body[instruction.start + 1]);
    } else if (!this.#stepOfControl(body, instruction) && !this.#stepOfVariable(code, index)) {
      this.#stepOfNumbers(code);
    }
  }

  #stepOfControl(body, { code, index, start }) {
    switch (code) {
      case 0x00:
      case Op.BR:
        this.#leave();
        return true;
      case Op.BLOCK:
      case Op.LOOP:
      case Op.IF:
      case Op.TRY_TABLE:
        this.#enter(body, code, start);
        return true;
      case Op.ELSE: {
        const block = this.#open.at(-1);
        this.#stack.length = block.height;
        block.isDead = block.wasDead;
        block.parameters.forEach((type) => this.#pushOf(type, PERHAPS));
        return true;
      }
      case Op.END:
        this.#end();
        return true;
      case Op.BR_IF:
      case Op.BR_ON_NON_NULL:
      case Op.DROP:
        this.#pop();
        return true;
      case Op.BR_TABLE:
      case 0x0a:
        this.#pop();
        this.#leave();
        return true;
      case Op.BR_ON_NULL:
        this.#pop();
        this.#push(NEVER);
        return true;
      case Op.RETURN:
        this.#returns();
        this.#leave();
        return true;
      case Op.THROW:
        this.#popAll(this.#types[this.#declared.tags[index]].parameters.length);
        this.#leave();
        return true;
      case Op.CALL:
        this.#call(index);
        return true;
      case 0x14:
        this.#callByReference(new Input(body, start + 1).number());
        return true;
      default:
        return false;
    }
  }

  #enter(body, code, start) {
    if (code === Op.IF) {
      this.#pop();
    }
    const { parameters, results } = this.#blockType(body, start + 1);
    const given = this.#popAll(parameters.length);
    const { isDead } = this.#open.at(-1);
    const height = this.#stack.length;
    this.#open.push({ height, results, parameters, isDead, wasDead: isDead });
    // A loop also gets what branches to it give.
    given.forEach((value, i) =>
      code === Op.LOOP ? this.#pushOf(parameters[i], PERHAPS) : this.#push(value),
    );
  }

  #blockType(body, at) {
    const kind = body[at];
    if (kind === 0x40) {
      return { parameters: [], results: [] };
    }
    if (kind > 0x40 && kind < 0x80) {
      return { parameters: [], results: [readValueType(body, new Input(body, at))] };
    }
    return this.#types[new Input(body, at).number()];
  }

  #end() {
    if (this.#open.length === 1) {
      this.#returns();
      return;
    }
    const { height, results, wasDead } = this.#open.pop();
    this.#stack.length = height;
    results.forEach((type) => this.#pushOf(type, PERHAPS));
    this.#open.at(-1).isDead = wasDead;
  }

  #returns() {
    if (this.#own.results.length === 1) {
      this.#assign(this.#own.results[0], this.#pop(), resultOf(this.#index));
    } else {
      this.#popAll(this.#own.results.length);
    }
  }

  #call(index) {
    const { parameters, results } = this.#types[this.#declared.functions[index]];
    const given = this.#popAll(parameters.length);
    given.forEach((value, i) => this.#assign(parameters[i], value, localOf(index, i)));
    const place = index < this.#imported ? PERHAPS : resultOf(index);
    results.forEach((type) => this.#pushOf(type, results.length === 1 ? place : PERHAPS));
  }

  #callByReference(type) {
    const { parameters, results } = this.#types[type];
    const slot = this.#pop();
    const isKnown = typeof slot === 'string' && slot.startsWith('field');
    const given = this.#popAll(parameters.length);
    if (isKnown) {
      given.forEach((value, i) => this.#assign(parameters[i], value, slotArgument(slot, i)));
    } else {
      this.#flow.calledByReference.add(type);
    }
    results.forEach((each) => this.#pushOf(each, isKnown ? slotResult(slot) : PERHAPS));
  }

  #stepOfVariable(code, index) {
    switch (code) {
      case Op.LOCAL_GET:
        this.#pushOf(this.#locals[index], localOf(this.#index, index));
        return true;
      case 0x21:
        this.#assign(this.#locals[index], this.#pop(), localOf(this.#index, index));
        return true;
      case Op.LOCAL_TEE: {
        const value = this.#pop();
        this.#assign(this.#locals[index], value, localOf(this.#index, index));
        this.#push(value);
        return true;
      }
      case 0x23:
        this.#pushOf(this.#declared.globals[index], `global ${index}`);
        return true;
      case 0x24:
        this.#assign(this.#declared.globals[index], this.#pop(), `global ${index}`);
        return true;
      case 0xd0:
        this.#push(PERHAPS);
        return true;
      case REF_FUNC:
        this.#refer(index);
        this.#push(NEVER);
        return true;
      case REF_AS_NON_NULL:
        this.#replace(1);
        return true;
      default:
        return false;
    }
  }

  /** The start of the module fills the virtual tables, of which `flowThroughTables` knows. */
  #refer(index) {
    const places = this.#flow.references.get(index) ?? new Set();
    this.#flow.references.set(index, places.add(this.#isStart() ? 'start' : 'code'));
  }

  #isStart() {
    return this.#index === this.#declared.start;
  }

  #stepOfHeap(body, { code, flags, start }) {
    const input = new Input(body, start + 2);
    const sub = code & 0xff;
    const type = sub < 20 && sub !== 15 ? input.number() : -1;
    const fields = type < 0 ? [] : this.#types[type].fields;
    if (sub === 0) {
      this.#popAll(fields.length).forEach((value, i) => {
        this.#assign(fields[i], value, fieldOf(this.#types, type, i));
      });
      this.#push(NEVER);
    } else if (sub >= 2 && sub <= 4) {
      const field = input.number();
      this.#pop();
      this.#pushOf(fields[field], fieldOf(this.#types, type, field));
    } else if (sub === 5) {
      const field = input.number();
      const value = this.#pop();
      this.#pop();
      this.#assign(fields[field], value, fieldOf(this.#types, type, field));
    } else if (sub >= 11 && sub <= 13) {
      this.#popAll(2);
      this.#pushOf(fields[0], PERHAPS);
    } else if (sub === 8) {
      this.#replace(input.number());
    } else if (sub === 25) {
      // Where the cast fails, what it was made of is handed on; otherwise null only where it may be.
      const value = this.#pop();
      this.#push((flags & 2) === 0 ? NEVER : value);
    } else if (sub === 14) {
      this.#popAll(3);
    } else if (sub === 16 || sub === 17) {
      this.#popAll(sub === 16 ? 4 : 5);
    } else if (PASSING.has(sub)) {
      // A value stays what it is.
    } else if (HEAP_INPUTS[sub] >= 0) {
      this.#replace(HEAP_INPUTS[sub]);
    } else {
      throw new Error(`unknown instruction ${code.toString(16)} at ${start}`);
    }
  }

  #stepOfMemory(sub) {
    if (sub < 8) {
      this.#replace(1);
    } else if (sub <= 14) {
      this.#popAll(3);
    } else {
      throw new Error(`unknown instruction fc ${sub}`);
    }
  }

  #stepOfNumbers(code) {
    if (code === 0x01) {
      return;
    }
    if (code === 0x1b || code === 0x1c) {
      this.#pop();
      const [one, other] = this.#popAll(2);
      this.#push(one === NEVER ? other : other === NEVER ? one : PERHAPS);
    } else if (code >= 0x36 && code <= 0x3e) {
      this.#popAll(2);
    } else if (code === 0x3f || (code >= 0x41 && code <= 0x44)) {
      this.#push(NEVER);
    } else if (code === 0xd3 || isBinary(code)) {
      this.#replace(2);
    } else {
      this.#replace(1);
    }
  }
}

/** Of the GC prefix: casts that let null through, `br_on_cast`, and changes between kinds. */
const PASSING = new Set([0x17, 0x18, 0x1a, 0x1b]);
/** How many values the others of the GC prefix take for their one of a kind that is not null. */
const HEAP_INPUTS = [];
HEAP_INPUTS[1] = 0;
HEAP_INPUTS[6] = 2;
HEAP_INPUTS[7] = 1;
HEAP_INPUTS[9] = 2;
HEAP_INPUTS[10] = 2;
for (const sub of [0x0f, 0x14, 0x15, 0x16, 0x1c, 0x1d, 0x1e]) {
  HEAP_INPUTS[sub] = 1;
}

function isBinary(code) {
  return (
    (code >= 0x46 && code <= 0x4f) ||
    (code >= 0x51 && code <= 0x66) ||
    (code >= 0x6a && code <= 0x78) ||
    (code >= 0x7c && code <= 0x8a) ||
    (code >= 0x92 && code <= 0x98) ||
    (code >= 0xa0 && code <= 0xa6)
  );
}
