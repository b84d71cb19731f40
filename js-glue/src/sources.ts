import type { ImportSource } from './api.js';
import { failure, WeftError } from './errors.js';

/** All bytes of a source; fails with `IO_FAILED` when it cannot be read. */
export async function allBytes(source: ImportSource): Promise<Uint8Array> {
  try {
    return await read(source);
  } catch (error) {
    if (error instanceof WeftError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw failure('IO_FAILED', `the file cannot be read: ${reason}`, error);
  }
}

async function read(source: ImportSource): Promise<Uint8Array> {
  if (typeof Response === 'function' && source instanceof Response) {
    if (!source.ok) {
      const name = source.url || 'the response';
      throw failure('IO_FAILED', `${name} answered ${source.status} ${source.statusText}`);
    }
    return new Uint8Array(await source.arrayBuffer());
  }
  if (typeof ReadableStream === 'function' && source instanceof ReadableStream) {
    return new Uint8Array(await new Response(source as ReadableStream<never>).arrayBuffer());
  }
  if (typeof Blob === 'function' && source instanceof Blob) {
    return new Uint8Array(await source.arrayBuffer());
  }
  return bytesOf(source as Uint8Array | ArrayBuffer);
}

/** The bytes of an array or a buffer, not copied. */
export function bytesOf(source: Uint8Array | ArrayBuffer): Uint8Array {
  if (source instanceof ArrayBuffer) {
    return new Uint8Array(source);
  }
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  }
  throw failure('INVALID_ARGUMENT', 'a snapshot is a Uint8Array or an ArrayBuffer');
}
