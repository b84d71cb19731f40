/**
 * Compiles and starts a module made by TeaVM 0.15 for WebAssembly with garbage collection.
 *
 * TeaVM's own loader makes functions from text, which a content security policy without
 * `unsafe-eval` forbids. WeftDB's module takes and gives only numbers and bytes, so it needs little
 * of what that loader offers: what is called while the module starts is here, and every other
 * import is filled with a function that says that it is not.
 */
import type { WasmSource } from '../api.js';
import { failure, WeftError } from '../errors.js';
import type { CsvTables } from './csv.js';
import type { Extensions } from './extensions.js';
import { Reader } from './reader.js';
import { requireSupport } from './support.js';
import { normalizeText } from './text.js';
import type { Watch } from './watch.js';
import { zoneOffset } from './zones.js';

/** A started module. */
export interface StartedModule {
  readonly exports: WebAssembly.Exports;
  readonly memory: WebAssembly.Memory;
}

/** What of the page or process the module may ask. */
export interface Host {
  /** The tables of the query that runs. */
  tables: CsvTables | null;
  /** The functions and procedures of the database's user. */
  readonly extensions: Extensions;
  /** What reads values. */
  readonly readers: typeof Reader;
  /** Who looks after the long call that runs. */
  watch: Watch | null;
}

/** Whether a running call can be suspended here, so that the host does other things meanwhile. */
export function canSuspend(): boolean {
  const { Suspending, promising } = WebAssembly as {
    Suspending?: unknown;
    promising?: unknown;
  };
  return typeof Suspending === 'function' && typeof promising === 'function';
}

/** An import whose promise suspends the module, where that can be. */
function suspending(pause: () => Promise<void>): WebAssembly.ImportValue {
  const { Suspending } = WebAssembly as unknown as {
    Suspending: new (call: () => Promise<void>) => WebAssembly.ImportValue;
  };
  return canSuspend() ? new Suspending(pause) : () => undefined;
}

type ImportedFunction = (...args: never[]) => unknown;

const PAGE_BYTES = 65_536;
/** Linear memory ends where an int turns negative. */
const MAX_MEMORY_BYTES = 0x7fff_0000;

/** What TeaVM writes into the module's custom section about its linear memory. */
interface MemoryRequirements {
  readonly min?: number;
  readonly dataSize?: number;
}

/** The bodies that TeaVM's own JSO library asks to be made into functions. */
const JS_BODIES: Readonly<Record<string, ImportedFunction>> = {
  'str|return str;': (text: string) => text,
};

/** Compiles a module from wherever it comes. */
export async function compileModule(source: WasmSource): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'object' && source instanceof WebAssembly.Module) {
    return source;
  }
  requireSupport();
  try {
    if (typeof source === 'string' || source instanceof URL) {
      return await compileResponse(await fetch(source), String(source));
    }
    // Node makes all of fetch when Response is first named, which takes longer than compiling.
    const isBytes = ArrayBuffer.isView(source) || source instanceof ArrayBuffer;
    if (!isBytes && typeof Response === 'function' && source instanceof Response) {
      return await compileResponse(source, source.url || 'a response');
    }
    return await WebAssembly.compile(source as BufferSource);
  } catch (error) {
    throw error instanceof WeftError ? error : loadFailure(error);
  }
}

async function compileResponse(response: Response, name: string): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw loadFailure(new Error(`${name} answered ${response.status} ${response.statusText}`));
  }
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/wasm')) {
    return WebAssembly.compileStreaming(response);
  }
  if (type.startsWith('text/html')) {
    throw loadFailure(new Error(`${name} is a page of HTML, not the file weft.wasm`));
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

function loadFailure(cause: unknown): WeftError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return failure('MODULE_NOT_LOADED', `the WebAssembly module cannot be loaded: ${reason}`, cause);
}

/** Makes a new instance of the module, with memory of its own. */
export async function startModule(
  module: WebAssembly.Module,
  host: Host,
): Promise<StartedModule> {
  const requirements = memoryRequirements(module);
  const memory = new WebAssembly.Memory({
    initial: Math.max(requirements.min ?? 1, 1) + 1,
    maximum: MAX_MEMORY_BYTES / PAGE_BYTES,
  });
  const heapOffset = ((requirements.dataSize ?? 0) + 7) & ~7;
  try {
    const given = imports(module, memory, heapOffset, host);
    const instance = await WebAssembly.instantiate(module, given);
    return { exports: instance.exports, memory };
  } catch (error) {
    throw loadFailure(error);
  }
}

function memoryRequirements(module: WebAssembly.Module): MemoryRequirements {
  const section = WebAssembly.Module.customSections(module, 'teavm.memoryRequirements')[0];
  return section ? (JSON.parse(new TextDecoder().decode(section)) as MemoryRequirements) : {};
}

function imports(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  heapOffset: number,
  host: Host,
): WebAssembly.Imports {
  const offered = new Map<string, WebAssembly.ImportValue>([
    ['env.memory', memory],
    ['teavmMemory.heapOffset', new WebAssembly.Global({ value: 'i32' }, heapOffset)],
    ['teavmMemory.maxSize', new WebAssembly.Global({ value: 'i32' }, MAX_MEMORY_BYTES)],
    [
      'weft.zoneOffset',
      (address: number, length: number, epochSecond: number) => {
        const zone = new Reader(new Uint8Array(memory.buffer, address, length)).readString();
        return zoneOffset(zone, epochSecond);
      },
    ],
    [
      'weft.normalizeText',
      (address: number, length: number, form: number) =>
        normalizeText(memory, address, length, form),
    ],
    ['weft.stopwatchMillis', () => performance.now()],
    ['weft.mayGoOn', () => host.watch?.mayGoOn() ?? 0],
    ['weft.pause', suspending(async () => host.watch?.pause())],
    [
      'weft.callFunction',
      (index: number, address: number, length: number) =>
        host.extensions.callFunction(index, new host.readers(new Uint8Array(memory.buffer, address, length))),
    ],
    [
      'weft.callProcedure',
      (index: number, address: number, length: number) =>
        host.extensions.callProcedure(index, new host.readers(new Uint8Array(memory.buffer, address, length))),
    ],
    ['weft.nextRows', (handle: number) => host.extensions.nextRows(handle)],
    [
      'weft.takeAnswer',
      (address: number) => {
        const length = host.extensions.answerLength;
        host.extensions.takeAnswer(new Uint8Array(memory.buffer, address, length));
      },
    ],
    ['weft.endProcedures', () => host.extensions.end()],
    [
      'weft.csvOpen',
      (address: number, length: number) => {
        const url = new Reader(new Uint8Array(memory.buffer, address, length)).readString();
        return host.tables?.open(url) ?? -1;
      },
    ],
    [
      'weft.csvRead',
      (handle: number, address: number, capacity: number) =>
        host.tables?.read(handle, new Uint8Array(memory.buffer, address, capacity)) ?? 0,
    ],
    ['weft.csvClose', (handle: number) => host.tables?.close(handle)],
  ]);
  for (const [name, implementation] of Object.entries(FUNCTIONS)) {
    offered.set(name, implementation as WebAssembly.ImportValue);
  }
  const result: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const key = `${from}.${name}`;
    (result[from] ??= {})[name] = offered.get(key) ?? mathFunction(from, name) ?? unsupported(key);
  }
  return result;
}

/** `java.lang.Math`, as far as WebAssembly has no instruction for it. */
function mathFunction(from: string, name: string): WebAssembly.ImportValue | undefined {
  return from === 'teavmMath'
    ? (Math as unknown as Record<string, WebAssembly.ImportValue | undefined>)[name]
    : undefined;
}

function unsupported(name: string): WebAssembly.ImportValue {
  return () => {
    throw new Error(`${name}: the module must not work on JavaScript objects`);
  };
}

/** Text made by JavaScript functions: no string ever crosses but in messages of TeaVM itself. */
const FUNCTIONS: Readonly<Record<string, ImportedFunction>> = {
  // Stack traces cost 12 microseconds an exception and would show addresses only.
  'teavm.takeStackTrace': () => ({ getStack: () => [] }),
  'teavm.decorateException': () => undefined,
  'teavmMemory.notifyHeapResized': () => undefined,
  'teavmJso.stringBuiltinsSupported': () => 0,
  'teavmJso.isUndefined': (value: unknown) => (value === undefined ? 1 : 0),
  'teavmJso.isPrimitive': (value: unknown, type: string) => (typeof value === type ? 1 : 0),
  'teavmJso.createFunction1': (parameter: string, body: string) => {
    const known = JS_BODIES[`${parameter}|${body}`];
    if (known === undefined) {
      throw new Error(`the module asks for a function that is not there: ${body}`);
    }
    return known;
  },
  'teavmJso.callFunction1': (call: (argument: unknown) => unknown, argument: unknown) =>
    call(argument),
  'teavmJso.getProperty': (object: Record<string, unknown> | null, name: string) =>
    object === null ? (globalThis as Record<string, unknown>)[name] : object[name],
  'teavmJso.global': (name: string) => (globalThis as Record<string, unknown>)[name],
  // The module offers `main` to JavaScript as a class with one method; nobody calls it.
  'teavmJso.createClass': () => ({}),
  'teavmJso.defineStaticMethod': () => undefined,
  'teavmJso.defineFunction': () => () => undefined,
  'wasm:js-string.fromCharCode': (unit: number) => String.fromCharCode(unit),
  'wasm:js-string.concat': (first: string, second: string) => first + second,
  'wasm:js-string.charCodeAt': (text: string, index: number) => text.charCodeAt(index),
  'wasm:js-string.length': (text: string) => text.length,
  'wasm:js-string.substring': (text: string, start: number, end: number) =>
    text.substring(start, end),
};
