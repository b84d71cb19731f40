import { Input } from './code.mjs';
import { Output } from './output.mjs';

const HEADER_BYTES = 8;
const CODE_SECTION = 10;

/** The module with the body of each of its functions put through `rewrite`. */
export function rewriteFunctions(module, rewrite) {
  const input = new Input(module, HEADER_BYTES);
  const output = new Output(module.length);
  output.bytes(module, 0, HEADER_BYTES);
  while (input.at < module.length) {
    const start = input.at;
    const section = input.byte();
    const length = input.number();
    const end = input.at + length;
    if (section === CODE_SECTION) {
      const code = rewriteBodies(module, input.at, end, rewrite);
      output.byte(section);
      output.number(code.length);
      output.bytes(code, 0, code.length);
    } else {
      output.bytes(module, start, end);
    }
    input.at = end;
  }
  return output.taken();
}

function rewriteBodies(module, start, end, rewrite) {
  const input = new Input(module, start);
  const output = new Output(end - start);
  const count = input.number();
  output.number(count);
  for (let i = 0; i < count; i++) {
    const length = input.number();
    const body = rewrite(module.subarray(input.at, input.at + length));
    output.number(body.length);
    output.bytes(body, 0, body.length);
    input.at += length;
  }
  return output.taken();
}
