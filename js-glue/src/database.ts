import type { Database, DatabaseOptions, WasmSource } from './api.js';
import { WeftError } from './errors.js';

export async function openDatabase(
  options: DatabaseOptions,
  defaultSource: () => WasmSource,
): Promise<Database> {
  const source = (await options.wasm) ?? defaultSource();
  throw new WeftError(`cannot open ${String(source)} yet`, { code: 'INVALID_USE', number: 9002 });
}
