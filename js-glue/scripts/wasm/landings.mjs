// Gives a function of the module one place where it throws for all its checks of one kind.
//
// TeaVM writes every check that Java asks for as a block of its own that makes the exception and
// throws it: a fifth of the module. Here the checks branch to the end of the function instead:
//
//   value; block; br_on_non_null 0; call F; throw T; end          value; br_on_null L
//   value; block; br_on_cast 0 …; call F; throw T; end            value; br_on_cast_fail L …
//   block; block; i; 0; lt_s; br_if 0; i; a; array.len; lt_s;     i; a; array.len; ge_u; br_if L
//     br_if 1; end; call F; throw T; end
//   block; condition; br_if 0; call F; throw T; end               condition; eqz; br_if L
//
//   function body                                                 block L; body; return; end
//                                                                 call F; throw T
//
// What is thrown, and when, stays as it was. Code under a try_table keeps its own throws, because a
// handler may wait for them.
import { Input, Op } from './code.mjs';
import { Output } from './output.mjs';

const VOID = 0x40;
const ANY_REFERENCE = 0x6e;
const I32_EQZ = 0x45;
const I32_LT_S = 0x48;
const I32_GE_S = 0x4e;
const I32_GE_U = 0x4f;
const I32_CONST = 0x41;
const ARRAY_LEN = 0xfb0f;

const CONTROL = new Set([Op.BLOCK, Op.LOOP, Op.IF, Op.ELSE, Op.TRY_TABLE, Op.END]);
const BRANCH = new Set([Op.BR, Op.BR_IF, Op.BR_ON_NULL, Op.BR_ON_NON_NULL, Op.BR_ON_CAST]);
BRANCH.add(Op.BR_ON_CAST_FAIL);

/** The body of a function, without its length, rewritten. */
export function shareLandings(body) {
  const input = new Input(body);
  input.skipLocals();
  const locals = input.at;
  const code = [];
  while (input.at < body.length) {
    code.push(input.instruction());
  }
  const checks = findChecks(body, code);
  const landings = chooseLandings(checks);
  const output = new Output(body.length);
  output.bytes(body, 0, locals);
  for (const landing of landings) {
    output.byte(Op.BLOCK);
    output.byte(landing.cast ? ANY_REFERENCE : VOID);
  }
  rewrite(body, code, checks, landings, output);
  return output.taken();
}

/** The checks by the index of their first instruction. */
function findChecks(body, code) {
  const checks = new Map();
  const inTry = [];
  let tries = 0;
  for (let i = 0; i < code.length; i++) {
    const { code: op } = code[i];
    if (op === Op.BLOCK || op === Op.LOOP || op === Op.IF || op === Op.TRY_TABLE) {
      const check = op === Op.BLOCK ? checkAt(body, code, i) : null;
      if (check !== null) {
        check.inTry = tries > 0;
        checks.set(i, check);
        i = check.next - 1;
        continue;
      }
      inTry.push(op === Op.TRY_TABLE);
      tries += op === Op.TRY_TABLE ? 1 : 0;
    } else if (op === Op.END && inTry.length > 0) {
      tries -= inTry.pop() ? 1 : 0;
    }
  }
  return checks;
}

/** The check for null that begins there, or null. */
export function nullCheckAt(code, at) {
  return code[at].code === Op.BLOCK &&
    code[at + 1]?.code === Op.BR_ON_NON_NULL &&
    code[at + 1].index === 0 &&
    throwsAt(code, at + 2)
    ? check('null', code, at, at + 2, at + 1)
    : null;
}

function checkAt(body, code, at) {
  const op = (offset) => code[at + offset]?.code;
  const ofNull = nullCheckAt(code, at);
  if (ofNull !== null) {
    return ofNull;
  }
  if (op(1) === Op.BR_ON_CAST && code[at + 1].index === 0 && throwsAt(code, at + 2)) {
    return check('cast', code, at, at + 2, at + 1);
  }
  if (body[code[at].start + 1] !== VOID) {
    return null;
  }
  const low = [Op.BLOCK, Op.LOCAL_GET, I32_CONST, I32_LT_S, Op.BR_IF, Op.LOCAL_GET, Op.LOCAL_GET];
  const high = [ARRAY_LEN, I32_LT_S, Op.BR_IF, Op.END];
  if (
    [...low, ...high].every((wanted, offset) => op(offset + 1) === wanted) &&
    code[at + 2].index === code[at + 6].index &&
    body[code[at + 3].start + 1] === 0 &&
    body[code[at + 1].start + 1] === VOID &&
    code[at + 5].index === 0 &&
    code[at + 10].index === 1 &&
    throwsAt(code, at + 12)
  ) {
    return check('index', code, at, at + 12, at + 6);
  }
  // A condition in a straight line, to which nothing else branches.
  for (let i = at + 1; i < at + 12 && i < code.length; i++) {
    const instruction = code[i];
    if (instruction.code === Op.BR_IF && instruction.index === 0 && throwsAt(code, i + 1)) {
      return check('condition', code, at, i + 1, at + 1);
    }
    if (CONTROL.has(instruction.code) || BRANCH.has(instruction.code)) {
      return null;
    }
    if (instruction.code === Op.BR_TABLE || instruction.code === Op.RETURN) {
      return null;
    }
  }
  return null;
}

/** Whether an exception is made and thrown there and a block ends. */
function throwsAt(code, at) {
  return (
    code[at]?.code === Op.CALL && code[at + 1]?.code === Op.THROW && code[at + 2]?.code === Op.END
  );
}

function check(kind, code, at, call, body) {
  const key = `${kind === 'cast'} ${code[call].index} ${code[call + 1].index}`;
  return { kind, key, at, call, body, next: call + 3, inTry: false };
}

/** One landing a kind of exception, the outermost first, where it makes the function smaller. */
function chooseLandings(checks) {
  const landings = new Map();
  for (const found of checks.values()) {
    if (!found.inTry) {
      const landing = landings.get(found.key) ?? { found, uses: 0, cast: found.kind === 'cast' };
      landing.uses++;
      landings.set(found.key, landing);
    }
  }
  return [...landings.values()].filter(({ uses }) => uses > 1);
}

function rewrite(body, code, checks, landings, output) {
  let depth = 0;
  const shift = landings.length;
  const labelOf = (found) => {
    const at = found.inTry ? -1 : landings.findIndex((landing) => landing.found.key === found.key);
    return at < 0 ? -1 : depth + landings.length - 1 - at;
  };
  for (let i = 0; i < code.length; i++) {
    const instruction = code[i];
    const found = checks.get(i);
    if (found !== undefined) {
      const label = labelOf(found);
      if (label >= 0 || found.kind === 'index') {
        writeCheck(body, code, found, label, output);
        i = found.next - 1;
        continue;
      }
      // Its branches stay within it.
      output.bytes(body, instruction.start, code[found.next - 1].end);
      i = found.next - 1;
      continue;
    }
    if (i === code.length - 1) {
      writeLandings(body, code, landings, output);
    } else if (shift > 0 && leaves(instruction, depth)) {
      writeBranch(body, instruction, (label) => (label >= depth ? label + shift : label), output);
    } else {
      output.bytes(body, instruction.start, instruction.end);
    }
    if (instruction.code === Op.END) {
      depth--;
    } else if (instruction.code !== Op.ELSE && CONTROL.has(instruction.code)) {
      depth++;
    }
  }
}

/** Whether a branch goes to the end of the function. */
function leaves(instruction, depth) {
  if (BRANCH.has(instruction.code)) {
    return instruction.index >= depth;
  }
  const labels = instruction.labels ?? instruction.catches?.map(({ label }) => label) ?? [];
  return labels.some((label) => label >= depth);
}

function writeCheck(body, code, found, label, output) {
  if (found.kind === 'null') {
    output.byte(Op.BR_ON_NULL);
    output.number(label);
  } else if (found.kind === 'cast') {
    const cast = code[found.body];
    output.opcode(Op.BR_ON_CAST_FAIL);
    output.byte(cast.flags);
    output.number(label);
    output.bytes(body, cast.rest, cast.end);
  } else if (found.kind === 'index') {
    output.bytes(body, code[found.body].start, code[found.body + 2].end);
    output.byte(I32_GE_U);
    if (label >= 0) {
      output.byte(Op.BR_IF);
      output.number(label);
    } else {
      output.byte(Op.IF);
      output.byte(VOID);
      output.bytes(body, code[found.call].start, code[found.call + 2].end);
    }
  } else {
    const last = code[found.call - 2];
    const inverse = last.code === I32_LT_S ? I32_GE_S : last.code === I32_GE_S ? I32_LT_S : -1;
    output.bytes(body, code[found.body].start, inverse < 0 ? last.end : last.start);
    output.byte(inverse < 0 ? I32_EQZ : inverse);
    output.byte(Op.BR_IF);
    output.number(label);
  }
}

function writeBranch(body, instruction, label, output) {
  if (instruction.labels !== null) {
    output.byte(Op.BR_TABLE);
    output.number(instruction.labels.length - 1);
    instruction.labels.forEach((each) => output.number(label(each)));
  } else if (instruction.catches !== undefined) {
    output.bytes(body, instruction.start, instruction.catchesAt);
    output.number(instruction.catches.length);
    for (const { kind, tag, label: to } of instruction.catches) {
      output.byte(kind);
      if (kind < 2) {
        output.number(tag);
      }
      output.number(label(to));
    }
  } else {
    output.opcode(instruction.code);
    if (instruction.flags === undefined) {
      output.number(label(instruction.index));
    } else {
      output.byte(instruction.flags);
      output.number(label(instruction.index));
      output.bytes(body, instruction.rest, instruction.end);
    }
  }
}

function writeLandings(body, code, landings, output) {
  if (landings.length > 0) {
    output.byte(Op.RETURN);
  }
  for (const { found, cast } of [...landings].reverse()) {
    output.byte(Op.END);
    if (cast) {
      output.byte(Op.DROP);
    }
    output.bytes(body, code[found.call].start, code[found.call + 1].end);
  }
  output.byte(Op.END);
}
