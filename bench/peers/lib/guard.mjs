// Runs a program and ends it, and it alone, when it takes more time or memory than it may.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const LOOK_MILLIS = 100;
const PAGE_BYTES = 4096;
const KEPT_ERROR_CHARS = 4000;

/** The memory of a process in MB; 0 where Linux does not tell. */
function residentMb(pid) {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES) / 1e6;
  } catch {
    return 0;
  }
}

/**
 * Resolves when the program has ended: `code`, `signal`, `ended` (which limit, or null), `peakMb` and the last
 * of what it wrote to standard error. `deadline` gives the time of `performance.now()` to end it at, or null.
 */
export function runGuarded(command, args, { mostMb, deadline, onLine, cwd }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd });
    try {
      // Linux ends this process first when the machine runs out of memory.
      writeFileSync(`/proc/${child.pid}/oom_score_adj`, '1000');
    } catch {
      // Elsewhere there is no such file.
    }
    let ended = null;
    let peakMb = 0;
    const timer = setInterval(() => {
      const mb = residentMb(child.pid);
      peakMb = Math.max(peakMb, mb);
      const end = deadline();
      if (mb > mostMb) {
        ended = `more than ${mostMb} MB of memory`;
      } else if (end !== null && performance.now() > end) {
        ended = 'timeout';
      }
      if (ended !== null) {
        child.kill('SIGKILL');
      }
    }, LOOK_MILLIS);
    let line = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (line + text).split('\n');
      line = lines.pop();
      lines.forEach(onLine);
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors = (errors + text).slice(-KEPT_ERROR_CHARS);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(timer);
      resolve({ code, signal, ended, peakMb: Math.round(peakMb), errors });
    });
  });
}
