// An origin private file system in memory that can break: each step of it may fail or be the last, and a
// power cut takes away, or tears, what was not flushed.
import { randomNumbers } from './store-model.mjs';

/** The machine has stopped: nothing after it has any effect. */
class Stopped extends Error {}

function named(name) {
  return new DOMException(`the simulated ${name}`, name);
}

export class SimulatedOpfs {
  /** Directories by name; each has files by name, each the bytes in use and those that were flushed. */
  directories = new Map();
  steps = 0;
  /** The step at which something happens, and what: 'stop', 'quota', 'lost' or 'partial'. */
  fault = null;
  #generation = 0;

  /** Counts a step; throws when it is the one that fails. */
  step() {
    this.steps++;
    if (this.fault !== null && this.steps > this.fault.step) {
      if (this.fault.kind === 'stop' || this.fault.kind === 'partial') {
        throw new Stopped('the machine has stopped');
      }
      throw named(this.fault.kind === 'quota' ? 'QuotaExceededError' : 'InvalidStateError');
    }
  }

  /** How many bytes of a write are done at the step that comes. */
  partOf(length) {
    const isNext = this.fault?.kind === 'partial' && this.steps === this.fault.step;
    return isNext ? length >> 1 : length;
  }

  /** After a crash: nothing is open. A power cut lets go, by seed, of what was not flushed. */
  restart(powerCutSeed) {
    this.fault = null;
    this.steps = 0;
    this.#generation++;
    for (const files of this.directories.values()) {
      for (const file of files.values()) {
        file.open = false;
        if (powerCutSeed !== undefined) {
          file.bytes = afterPowerCut(file, randomNumbers(powerCutSeed++));
          file.flushed = file.bytes.slice();
        }
      }
    }
  }

  get generation() {
    return this.#generation;
  }

  async getDirectoryHandle(name) {
    if (!this.directories.has(name)) {
      this.directories.set(name, new Map());
    }
    return new SimulatedDirectory(this, this.directories.get(name));
  }

  async removeEntry(name) {
    const files = this.directories.get(name);
    if (files === undefined) {
      throw named('NotFoundError');
    }
    if ([...files.values()].some((file) => file.open)) {
      throw named('NoModificationAllowedError');
    }
    this.directories.delete(name);
  }
}

/** Bytes up to a place of what is new, the old ones behind it. */
function afterPowerCut({ bytes, flushed }, next) {
  const choice = next(3);
  if (choice === 0) {
    return flushed.slice();
  }
  if (choice === 1) {
    return bytes.slice();
  }
  const torn = bytes.slice(0, Math.max(flushed.length, next(bytes.length + 1)));
  for (let at = next(512); at < torn.length; at += 512) {
    if (next(2) === 0 && at + 512 <= flushed.length) {
      torn.set(flushed.subarray(at, at + 512), at);
    }
  }
  return torn;
}

class SimulatedDirectory {
  constructor(system, files) {
    this.system = system;
    this.files = files;
  }

  async getFileHandle(name, { create = false } = {}) {
    if (!this.files.has(name)) {
      if (!create) {
        throw named('NotFoundError');
      }
      this.system.step();
      this.files.set(name, { bytes: new Uint8Array(0), flushed: new Uint8Array(0), open: false });
    }
    const file = this.files.get(name);
    const { system } = this;
    return {
      kind: 'file',
      async createSyncAccessHandle() {
        if (file.open) {
          throw named('NoModificationAllowedError');
        }
        file.open = true;
        return new SimulatedAccess(system, file);
      },
    };
  }

  async removeEntry(name) {
    if (!this.files.has(name)) {
      throw named('NotFoundError');
    }
    if (this.files.get(name).open) {
      throw named('NoModificationAllowedError');
    }
    this.system.step();
    this.files.delete(name);
  }

  async *keys() {
    yield* [...this.files.keys()];
  }
}

class SimulatedAccess {
  #generation;

  constructor(system, file) {
    this.system = system;
    this.file = file;
    this.#generation = system.generation;
  }

  read(target, { at }) {
    // A medium may give less than was asked for.
    const part = this.file.bytes.subarray(at, at + Math.min(target.length, 100_000));
    target.set(part);
    return part.length;
  }

  write(source, { at }) {
    const part = source.subarray(0, this.system.partOf(source.length));
    if (part.length === source.length) {
      this.system.step();
    } else {
      this.system.steps++;
    }
    const { file } = this;
    const bytes = new Uint8Array(Math.max(file.bytes.length, at + part.length));
    bytes.set(file.bytes);
    bytes.set(part, at);
    file.bytes = bytes;
    return part.length;
  }

  truncate(size) {
    this.system.step();
    const bytes = new Uint8Array(size);
    bytes.set(this.file.bytes.subarray(0, size));
    this.file.bytes = bytes;
  }

  getSize() {
    return this.file.bytes.length;
  }

  flush() {
    this.system.step();
    this.file.flushed = this.file.bytes.slice();
  }

  close() {
    if (this.#generation === this.system.generation) {
      this.file.open = false;
    }
  }
}
