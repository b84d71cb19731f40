// Measures the peers side by side; scripts/bench-peers.sh installs and builds what this needs. See README.md.
//   node bench/peers/run.mjs [--peers a,b] [--sizes start,S,M,L,wordnet] [--rows a,b] [--runs n] [--bulk]
//     [--patience n] [--most-mb n] [--out file]
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, release, tmpdir, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { javaCommand, jvmPeers, newestJava } from './lib/jvm.mjs';
import { runGuarded } from './lib/guard.mjs';
import { dataOf, readJson, root, specOf } from './lib/spec.mjs';
import { measureStarts } from './lib/start.mjs';

const PEERS = ['raw-js', 'weftdb-wasm', 'weftdb-jvm', 'lora-node', 'ladybug', 'kuzu-wasm', 'neo4j'];
const START = 'start';
const SNAPSHOTS = ['snapshot_plain', 'snapshot_gzip'];
const MOST_ATTEMPTS = 12;

const { values: options } = parseArgs({
  options: {
    peers: { type: 'string', default: PEERS.join() },
    sizes: { type: 'string', default: 'M' },
    rows: { type: 'string' },
    runs: { type: 'string', default: '1' },
    bulk: { type: 'boolean', default: false },
    patience: { type: 'string', default: '1' },
    'most-mb': { type: 'string', default: '7000' },
    out: { type: 'string', default: join(root, 'results/results.jsonl') },
  },
});
const peers = options.peers.split(',');
const sizes = options.sizes.split(',');
const only = options.rows?.split(',');
const runs = Number(options.runs);
const expected = readJson(`${root}answers.json`);

checkNames('peer', peers, PEERS);
checkNames('size', sizes, [START, 'S', 'M', 'L', 'wordnet']);
const graphs = sizes.filter((size) => size !== START);
for (const size of graphs.filter((name) => !existsSync(`${dataOf(name)}manifest.json`))) {
  throw new Error(`the data of ${size} have not been made: see README.md`);
}
const rowsOf = (size) => specOf(size).workloads.map(({ id }) => id);
checkNames('row', only ?? [], [...SNAPSHOTS, ...graphs.flatMap(rowsOf)]);

/** By peer and size the rows that a limit has ended; they are not tried again. */
const hopeless = {};

mkdirSync(dirname(options.out), { recursive: true });
record({
  row: 'machine',
  date: new Date().toISOString().slice(0, 10),
  cpu: cpus()[0].model,
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release()}`,
  node: process.versions.node,
  java: newestJava().version,
});
for (let run = 0; run < runs; run++) {
  for (const size of sizes) {
    // Whoever runs first may find the machine in another state, so the first place goes round.
    for (let place = 0; place < peers.length; place++) {
      const peer = peers[(place + run) % peers.length];
      await (size === START ? measureStart(peer, run) : measure(peer, size, run));
    }
  }
}

function checkNames(kind, names, known) {
  for (const name of names.filter((each) => !known.includes(each))) {
    throw new Error(`there is no ${kind} ${name}; there are ${known.join(', ')}`);
  }
}

function record(result) {
  appendFileSync(options.out, `${JSON.stringify(result)}\n`);
}

/** Plain loops have nothing that could be opened. */
async function measureStart(peer, run) {
  if (peer !== 'raw-js') {
    const figures = await measureStarts(peer).catch(({ message }) => ({ error: message }));
    tell({ peer, size: START, run, row: 'cold_start', ...figures });
  }
}

/** Runs a peer's process, and others after it when a limit ends one before its last row. */
async function measure(peer, size, run) {
  const done = new Set((hopeless[`${peer} ${size}`] ??= new Set()));
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const isReload = attempt > 0;
    const end = await attemptOnce({ peer, size, run, isReload }, done);
    if (end.ok) {
      return;
    }
    const { row, reason, peakMb } = end;
    console.log(`${peer} ${size} ${row}: ended, ${reason}`);
    record({ peer, size, run, row, error: reason, peakMb });
    done.add(row);
    hopeless[`${peer} ${size}`].add(row);
    if (/^(open|load_|reload|close)/.test(row)) {
      return;
    }
  }
}

/** Runs a peer's process on the rows that are not done; how it ended, and at which row. */
async function attemptOnce({ peer, size, run, isReload }, done) {
  let current = 'open';
  let deadline = null;
  let openError = '';
  const directory = mkdtempSync(join(tmpdir(), 'bench-peers-'));
  const text = JSON.stringify({ skip: [...done], only, isReload, bulk: options.bulk });
  const [command, args] =
    peer in jvmPeers
      ? javaCommand('PeerProcess', [jvmPeers[peer], size, text, directory, root])
      : [process.execPath, ['--expose-gc', `${root}lib/process.mjs`, peer, size, text]];
  const { code, signal, ended, peakMb, errors } = await runGuarded(command, args, {
    mostMb: Number(options['most-mb']),
    deadline: () => deadline,
    onLine: (line) => {
      if (!line.startsWith('@')) {
        return;
      }
      const event = JSON.parse(line.slice(1));
      if (event.started !== undefined) {
        current = event.started;
        deadline = performance.now() + event.limitSeconds * 1000 * Number(options.patience);
        return;
      }
      deadline = null;
      done.add(event.row);
      // Why a peer cannot be opened is told with the end of its process.
      if (event.error !== undefined && event.row === 'open') {
        openError = event.error;
      } else if (!isReload || event.row !== 'open') {
        tell({ peer, size, run, ...event });
      }
    },
  });
  rmSync(directory, { recursive: true, force: true });
  if (code === 0) {
    return { ok: true };
  }
  const lastWords =
    openError || (errors.split('\n').find((line) => /abort|error|out of|fatal/i.test(line)) ?? '');
  const reason = ended ?? `the process ended with ${signal ?? code} ${lastWords}`.trim().slice(0, 200);
  return { ok: false, row: current, reason, peakMb };
}

/** Writes a result, with what is wrong about its answers, and says it. */
function tell(result) {
  const answers = expected[result.size]?.[result.row];
  if (result.checksums !== undefined) {
    // A peer that ran out of time has fewer samples.
    result.isRight = result.checksums.every((sum, i) => sum === answers?.[i]);
  }
  record(result);
  if (result.ms !== undefined || result.error !== undefined) {
    const figure = result.error ?? `${result.ms.toPrecision(4)} ms`;
    const verdict = result.isRight === false ? '  WRONG ANSWER' : '';
    console.log(`${result.peer} ${result.size} ${result.row}: ${figure}${verdict}`);
  }
}
