// Makes the tables of docs/benchmarks.md of what run.mjs has measured, and the same as JSON beside it:
//   node bench/peers/report.mjs [--cpu] [results.jsonl ...]
// With --cpu the times are processor time: on a machine that has other work to do it tells more, but in Node.js
// it counts what several threads do at once as often, and on the JVM only what the thread does that asks.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, readJson, root, specOf } from './lib/spec.mjs';

const DOCUMENT = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));
const BEGIN = '<!-- Written by bench/peers/report.mjs: begin -->';
const END = '<!-- Written by bench/peers/report.mjs: end -->';

const NAMES = {
  'lora-node': 'LoraDB native',
  ladybug: 'LadybugDB native',
  'kuzu-wasm': 'kuzu-wasm',
  'weftdb-wasm': 'WeftDB WebAssembly',
  neo4j: 'Neo4j embedded',
  'weftdb-jvm': 'WeftDB JVM',
  'raw-js': 'plain loops',
};
const OTHERS = ['lora-node', 'ladybug', 'kuzu-wasm'];
const SIZES = ['S', 'M', 'L'];
const aims = readJson(`${root}aims.json`);

const { values: options, positionals } = parseArgs({
  options: { cpu: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const files = positionals.length > 0 ? positionals : [`${root}results/results.jsonl`];
const lines = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
const results = lines.map((line) => JSON.parse(line));
const machines = results.filter(({ row }) => row === 'machine');
const versions = Object.fromEntries(
  results.filter(({ version }) => version !== undefined).map(({ peer, version }) => [peer, version]),
);
const cells = cellsOf(results.flatMap(figuresOf));

// ---- Figures ------------------------------------------------------------------------------------

/** A result as rows with one figure each. Cold starts belong to every size. */
function figuresOf(result) {
  const { peer, size, row, error, isRight } = result;
  if (row === 'memory' && error === undefined) {
    return [{ peer, size, row, figure: result.rssMb }];
  }
  if (row === 'snapshot_plain' && result.ms !== undefined) {
    return [
      { peer, size, row: 'snapshot_save', figure: result.saveMs },
      { peer, size, row: 'snapshot_load', figure: result.loadMs },
    ];
  }
  if (row === 'cold_start') {
    return SIZES.map((each) => ({ peer, size: each, row, figure: result.ms }));
  }
  const figure = options.cpu ? result.cpuMs : result.ms;
  if (figure === undefined && error === undefined) {
    return [];
  }
  return [{ peer, size, row, figure, error, isRight }];
}

/** By size, row and peer: the median over the runs, or why there is none. */
function cellsOf(figures) {
  const cells = {};
  for (const { peer, size, row, figure, error, isRight } of figures) {
    const cell = (((cells[size] ??= {})[row] ??= {})[peer] ??= { figures: [] });
    if (figure === undefined) {
      cell.error = error;
    } else {
      cell.figures.push(figure);
      cell.isWrong = cell.isWrong || isRight === false;
      cell.figure = median(cell.figures);
    }
  }
  return cells;
}

/** A figure that counts: all answers were right. */
function valid(size, row, peer) {
  const cell = cells[size]?.[row]?.[peer];
  return cell?.isWrong ? undefined : cell?.figure;
}

function ratio(a, b) {
  return a === undefined || b === undefined ? undefined : a / b;
}

/** The quickest of those that WeftDB's WebAssembly is measured against; snapshots have LoraDB alone. */
function best(size, row) {
  const figures = OTHERS.map((peer) => valid(size, row, peer)).filter((x) => x !== undefined);
  return figures.length === 0 ? undefined : Math.min(...figures);
}

/** WeftDB's figures for a row over those of the others, with the aims. */
function comparison(size, row, aim) {
  const isSnapshot = row.startsWith('snapshot_');
  const wasm = valid(size, row, 'weftdb-wasm');
  const jvm = valid(size, row, 'weftdb-jvm');
  return {
    size,
    row,
    wasm: ratio(wasm, best(size, row)),
    wasmAim: aim.wasm,
    jvm: ratio(jvm, isSnapshot ? valid(size, row, 'lora-node') : valid(size, row, 'neo4j')),
    jvmAim: aim.jvm,
    loops: ratio(wasm, valid(size, row, 'raw-js')),
  };
}

// ---- Text ---------------------------------------------------------------------------------------

function format(number) {
  if (number === undefined) {
    return '';
  }
  if (number >= 100) {
    return Math.round(number).toLocaleString('en');
  }
  const digits = number >= 1 ? 3 : 2;
  return number < 1e-4 ? number.toExponential(1) : String(Number(number.toPrecision(digits)));
}

function figureText(size, row, peer) {
  const cell = cells[size]?.[row]?.[peer];
  if (cell === undefined) {
    return '';
  }
  if (cell.figure === undefined) {
    const reasons = { 'more than': 'out of memory', timeout: 'timeout' };
    return Object.entries(reasons).find(([word]) => cell.error.startsWith(word))?.[1] ?? 'error';
  }
  return cell.isWrong ? `wrong (${format(cell.figure)})` : format(cell.figure);
}

/** In bold when the aim is missed. */
function ratioText(value, aim) {
  const text = format(value);
  return value !== undefined && value > aim ? `**${text}**` : text;
}

function table(header, rows) {
  const align = header.map((name) => (['row', 'side'].includes(name) ? '---' : '---:'));
  return [header, align, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function sideBySide(size) {
  const order = [...OTHERS, 'weftdb-wasm'];
  const header = [
    'row',
    ...order.map((peer) => NAMES[peer]),
    '÷ best',
    'aim',
    NAMES.neo4j,
    NAMES['weftdb-jvm'],
    '÷ Neo4j',
    'aim',
    NAMES['raw-js'],
    'WebAssembly ÷ loops',
  ];
  const rows = [];
  for (const aim of aims) {
    rows.push([`*${aim.title}*`, ...header.slice(1).map(() => '')]);
    for (const row of aim.rows) {
      const { wasm, jvm, loops } = comparison(size, row, aim);
      rows.push([
        `\`${row}\``,
        ...order.map((peer) => figureText(size, row, peer)),
        ratioText(wasm, aim.wasm),
        aim.wasm,
        figureText(size, row, 'neo4j'),
        figureText(size, row, 'weftdb-jvm'),
        ratioText(jvm, aim.jvm),
        aim.jvm,
        figureText(size, row, 'raw-js'),
        format(loops),
      ]);
    }
  }
  return table(header, rows);
}

/** Every ratio that misses its aim, the farthest from it first. */
function misses(size) {
  const found = [];
  for (const aim of aims) {
    for (const row of aim.rows) {
      const { wasm, jvm, loops } = comparison(size, row, aim);
      found.push({ row, side: 'WebAssembly', value: wasm, aim: aim.wasm, loops });
      found.push({ row, side: 'JVM', value: jvm, aim: aim.jvm });
    }
  }
  return found
    .filter(({ value, aim }) => value > aim)
    .sort((a, b) => b.value / b.aim - a.value / a.aim);
}

function missTable(size) {
  const rows = misses(size).map(({ row, side, value, aim, loops }) => [
    `\`${row}\``,
    side,
    format(value),
    aim,
    format(value / aim),
    format(loops),
  ]);
  return table(['row', 'side', 'ratio', 'aim', 'times the aim', 'WebAssembly ÷ loops'], rows);
}

function growth() {
  const sides = ['weftdb-wasm', 'weftdb-jvm', 'raw-js'];
  const rows = aims
    .flatMap((aim) => aim.rows)
    .filter((row) => row !== 'cold_start')
    .map((row) => [
      `\`${row}\``,
      ...sides.map((peer) => format(ratio(valid('L', row, peer), valid('M', row, peer)))),
    ]);
  return table(['row', ...sides.map((peer) => NAMES[peer])], rows);
}

function wordNet() {
  const { load, workloads } = specOf('wordnet');
  const ids = [...load, ...workloads].map(({ id }) => id);
  ids.splice(load.length, 0, 'load_total', 'memory', 'snapshot_save', 'snapshot_load');
  const peers = Object.keys(NAMES).filter((peer) =>
    ids.some((row) => cells.wordnet?.[row]?.[peer] !== undefined),
  );
  const rows = ids.map((row) => [
    `\`${row}\``,
    ...peers.map((peer) => figureText('wordnet', row, peer)),
    format(ratio(valid('wordnet', row, 'weftdb-wasm'), valid('wordnet', row, 'raw-js'))),
  ]);
  return table(['row', ...peers.map((peer) => NAMES[peer]), 'WebAssembly ÷ loops'], rows);
}

function machineText() {
  const { cpu, cores, memoryGb, system, node, java, date } = machines.at(-1) ?? {};
  const versionText = Object.keys(NAMES)
    .filter((peer) => versions[peer] !== undefined && peer !== 'raw-js')
    .map((peer) => `${NAMES[peer]} ${versions[peer]}`)
    .join(', ');
  const kind = options.cpu ? ' Times are processor time, but for starts and snapshots.' : '';
  return [
    `Measured ${date} on ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node.js ${node}, Java ${java}.`,
    `${versionText}.${kind}`,
  ].join('\n');
}

function document() {
  const parts = [machineText()];
  for (const size of SIZES.filter((each) => cells[each]?.load_total !== undefined)) {
    parts.push(`### Size ${size}`, sideBySide(size));
    if (misses(size).length > 0) {
      parts.push(`#### Size ${size}: what misses its aim`, missTable(size));
    }
  }
  if (cells.M?.load_total !== undefined && cells.L?.load_total !== undefined) {
    parts.push('### Growth: L ÷ M', growth());
  }
  if (cells.wordnet !== undefined) {
    parts.push('### WordNet', wordNet());
  }
  return parts.join('\n\n');
}

const json = { machine: machines.at(-1), versions, cells, comparisons: [] };
for (const size of SIZES.filter((each) => cells[each]?.load_total !== undefined)) {
  for (const aim of aims) {
    json.comparisons.push(...aim.rows.map((row) => comparison(size, row, aim)));
  }
}
writeFileSync(files[0].replace(/\.jsonl$/, '.json'), `${JSON.stringify(json, null, 1)}\n`);
const [before, after] = readFileSync(DOCUMENT, 'utf8').split(new RegExp(`${BEGIN}[^]*${END}`));
writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${document()}\n\n${END}${after}`);
console.log(`the tables are in ${DOCUMENT}`);
