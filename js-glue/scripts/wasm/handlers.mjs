// Lets no try_table give its value by reaching its end.
//
// Binaryen ends a block that waits for an exception with the try_table in it. Node.js 22 (V8 12.4)
// then takes what the try_table gives for all that the block can give and forgets the exception: it
// drops the cast that tells the two apart, and traps where an exception is caught. So the value is
// handed on by a branch:
//
//   block T; try_table U; …; end; end        block T; try_table; …; br 1; end; unreachable; end
import { Input, Op } from './code.mjs';
import { Output } from './output.mjs';

const VOID = 0x40;
const UNREACHABLE = 0x00;
const OPENING = new Set([Op.BLOCK, Op.LOOP, Op.IF, Op.TRY_TABLE]);

/** The body of a function, without its length, rewritten. */
export function branchFromHandlers(body) {
  const input = new Input(body);
  input.skipLocals();
  const output = new Output(body.length + 64);
  output.bytes(body, 0, input.at);
  const open = [];
  while (input.at < body.length) {
    const instruction = input.instruction();
    const { code, start, end } = instruction;
    if (code === Op.TRY_TABLE && body[start + 1] !== VOID) {
      output.byte(code);
      output.byte(VOID);
      output.bytes(body, typeEnd(body, start + 1), end);
      open.push(true);
      continue;
    }
    if (OPENING.has(code)) {
      open.push(false);
    } else if (code === Op.END && open.pop() === true) {
      if (body[end] !== Op.END) {
        throw new Error(`code follows the try_table that ends at ${start}`);
      }
      output.byte(Op.BR);
      output.number(1);
      output.byte(Op.END);
      output.byte(UNREACHABLE);
      continue;
    }
    if (open.some((isTry, i) => isTry && branchesTo(instruction, open.length - 1 - i))) {
      throw new Error(`the code at ${start} branches to the end of a try_table`);
    }
    output.bytes(body, start, end);
  }
  return output.taken();
}

function typeEnd(body, at) {
  const input = new Input(body, at);
  input.skipBlockType();
  return input.at;
}

function branchesTo({ code, index, labels }, label) {
  return labels !== null
    ? labels.includes(label)
    : BRANCHES.has(code) && index === label;
}

const BRANCHES = new Set([
  Op.BR,
  Op.BR_IF,
  Op.BR_ON_NULL,
  Op.BR_ON_NON_NULL,
  Op.BR_ON_CAST,
  Op.BR_ON_CAST_FAIL,
]);
