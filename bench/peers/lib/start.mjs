// Cold starts: from the start of a process to the first answers of a database in it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { javaCommand, jvmPeers } from './jvm.mjs';
import { median, root } from './spec.mjs';

const STARTS = 9;
const STARTS_OF_NEO4J = 3;
const HEAP = '1g';

/** Starts a process; how long it took to print its line, and what that says. */
function start(command, args) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let ms = null;
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (ms === null && /^\{.*\}$/m.test(output)) {
        ms = performance.now() - begin;
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    child.on('error', reject);
    child.on('close', () => {
      if (ms === null) {
        reject(new Error(errors.slice(-300)));
      } else {
        resolve({ ms, ...JSON.parse(output.match(/^\{.*\}$/m)[0]) });
      }
    });
  });
}

/** Medians over several starts of a peer, and `bareMs`, those of Node.js or Java alone in turn with it. */
export async function measureStarts(peer) {
  const starts = [];
  const bare = [];
  const isJava = peer in jvmPeers;
  for (let i = 0; i < (peer === 'neo4j' ? STARTS_OF_NEO4J : STARTS); i++) {
    if (isJava) {
      const directory = mkdtempSync(join(tmpdir(), 'bench-peers-'));
      bare.push((await start(...javaCommand('ColdStart', [], HEAP))).ms);
      starts.push(await start(...javaCommand('ColdStart', [jvmPeers[peer], directory], HEAP)));
      rmSync(directory, { recursive: true, force: true });
    } else {
      const script = `${root}lib/start-process.mjs`;
      bare.push((await start(process.execPath, [script])).ms);
      starts.push(await start(process.execPath, [script, peer]));
    }
  }
  const medians = {};
  for (const key of Object.keys(starts[0])) {
    medians[key] = median(starts.map((one) => one[key]));
  }
  return { ...medians, bareMs: median(bare) };
}
