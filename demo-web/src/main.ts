import { WeftError, type Database, type QueryResult } from 'weftdb';
import { download } from './download.js';
import { QueryEditor } from './editor.js';
import { GraphStore, type SaveState } from './graph-store.js';
import { GraphView } from './graph-view.js';
import { ownGraphSamples, wordNetSamples, type Sample } from './samples.js';
import { hasWasmGc, NEEDED_BROWSERS } from './support.js';
import { showTable } from './table.js';

const WORDNET = './data/wordnet.weft';

function element<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`no element #${id}`);
  }
  return found as T;
}

const number = new Intl.NumberFormat('en');
const page = {
  nodeCount: element('node-count'),
  relationshipCount: element('relationship-count'),
  saveState: element('save-state'),
  loadWordNet: element<HTMLButtonElement>('load-wordnet'),
  newGraph: element<HTMLButtonElement>('new-graph'),
  progress: element('progress'),
  progressLabel: element('progress-label'),
  progressBar: element<HTMLProgressElement>('progress-bar'),
  samples: element<HTMLSelectElement>('samples'),
  run: element<HTMLButtonElement>('run'),
  error: element('error'),
  summary: element('summary'),
  table: element('table'),
  graph: element('graph'),
  tabTable: element<HTMLButtonElement>('tab-table'),
  tabGraph: element<HTMLButtonElement>('tab-graph'),
};

const editor = new QueryEditor(
  element('editor'),
  'editor-keys',
  () => void run(),
  () => store?.database,
);
const graphView = new GraphView(element('canvas'), element('details'));
let store: GraphStore | undefined;
let last: QueryResult | undefined;
let drawn: QueryResult | undefined;
let busy = true;

/** How much the graph has, as it is shown. */
let counts = { nodeCount: 0, relationshipCount: 0 };

/** The example that was put into the editor; a text of the visitor's own is never replaced. */
let offered = '';

function setBusy(value: boolean): void {
  busy = value;
  const disabled = value || store === undefined;
  page.run.disabled = disabled;
  page.loadWordNet.disabled = disabled;
  page.newGraph.disabled = disabled;
}

async function showCounts(): Promise<void> {
  if (store !== undefined) {
    counts = await store.database.stats();
  }
  page.nodeCount.textContent = number.format(counts.nodeCount);
  page.relationshipCount.textContent = number.format(counts.relationshipCount);
}

function showSaveState(state: SaveState): void {
  const texts = {
    unsaved: '',
    saving: 'Saving…',
    restored: 'Restored from this browser',
    saved: 'Saved in this browser',
    failed: 'Not saved',
  };
  page.saveState.textContent = texts[state.kind];
  page.saveState.dataset['state'] = state.kind;
  page.saveState.title =
    state.kind === 'failed'
      ? state.reason
      : state.kind === 'saved'
        ? `${number.format(state.bytes)} bytes in IndexedDB`
        : '';
}

function showError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  page.error.textContent = message;
  page.error.hidden = false;
  if (error instanceof WeftError && error.offset !== undefined) {
    editor.showError(message.split('\n')[0] ?? message, error.offset);
  }
}

function clearError(): void {
  page.error.hidden = true;
  editor.clearError();
}

/** What statements changed, in words; empty when they changed nothing. */
function changesOf(results: readonly QueryResult[]): string {
  const names: Record<string, string> = {
    nodesCreated: 'nodes created',
    nodesDeleted: 'nodes deleted',
    relationshipsCreated: 'relationships created',
    relationshipsDeleted: 'relationships deleted',
    propertiesSet: 'properties set',
    labelsAdded: 'labels added',
    labelsRemoved: 'labels removed',
    indexesAdded: 'indexes added',
    indexesRemoved: 'indexes removed',
    constraintsAdded: 'constraints added',
    constraintsRemoved: 'constraints removed',
  };
  const counts: Record<string, number> = {};
  for (const [name, count] of results.flatMap(({ summary }) => Object.entries(summary))) {
    counts[name] = (counts[name] ?? 0) + Number(count);
  }
  return Object.entries(counts)
    .filter(([name, count]) => name in names && count > 0)
    .map(([name, count]) => `${number.format(count)} ${names[name]}`)
    .join(', ');
}

/** The last result that has rows to look at, or else the last one. */
function shownOf(results: readonly QueryResult[]): QueryResult | undefined {
  return results.filter(({ columns }) => columns.length > 0).at(-1) ?? results.at(-1);
}

async function run(): Promise<void> {
  if (busy || store === undefined || editor.query.trim() === '') {
    return;
  }
  setBusy(true);
  clearError();
  const text = editor.query;
  try {
    const start = performance.now();
    const results = await runStatements(store.database, text);
    const millis = performance.now() - start;
    last = shownOf(results);
    showResult();
    const changes = changesOf(results);
    const parts = [
      ...(results.length > 1 ? [`${number.format(results.length)} statements`] : []),
      `${rowsOf(last)} in ${millis < 10 ? millis.toFixed(1) : millis.toFixed(0)} ms`,
      ...(changes === '' ? [] : [changes]),
    ];
    page.summary.textContent = parts.join(' · ');
    if (changes !== '') {
      await showCounts();
      void store.changed();
    }
  } catch (error) {
    showError(error);
    // Statements before the one that failed stay.
    if (hasSeveral(text)) {
      await showCounts();
      void store.changed();
    }
  } finally {
    setBusy(false);
  }
}

/** Whether a text may have several statements: one that has not can have such a text in it. */
function hasSeveral(text: string): boolean {
  return /;\s*\S/.test(text);
}

/** Runs what is in the editor; an error of a text of one statement does not number it. */
async function runStatements(database: Database, text: string): Promise<QueryResult[]> {
  return hasSeveral(text) ? database.script(text) : [await database.execute(text)];
}

function rowsOf(result: QueryResult | undefined): string {
  const count = result?.rows.length ?? 0;
  return `${number.format(count)} ${count === 1 ? 'row' : 'rows'}`;
}

function showResult(): void {
  if (last === undefined) {
    return;
  }
  showTable(page.table, last);
  if (!page.graph.hidden) {
    drawn = last;
    graphView.show(last);
  }
}

function selectTab(graph: boolean): void {
  page.table.hidden = graph;
  page.graph.hidden = !graph;
  for (const [tab, selected] of [
    [page.tabTable, !graph],
    [page.tabGraph, graph],
  ] as const) {
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
  }
  if (graph && last !== undefined && drawn !== last) {
    drawn = last;
    graphView.show(last);
  } else if (graph) {
    graphView.fit();
  }
}

function clearResult(): void {
  last = undefined;
  drawn = undefined;
  page.summary.textContent = '';
  const hint = document.createElement('p');
  hint.className = 'note muted';
  hint.textContent = 'Run a query to see its rows here.';
  page.table.replaceChildren(hint);
  graphView.clear();
}

async function loadWordNet(): Promise<void> {
  if (store === undefined || !confirmReplacing('Replace the graph by WordNet?')) {
    return;
  }
  setBusy(true);
  clearError();
  page.progress.hidden = false;
  page.progressBar.value = 0;
  try {
    const bytes = await download(WORDNET, (received, total) => {
      page.progressLabel.textContent =
        `Fetching WordNet: ${(received / 1e6).toFixed(1)} MB` +
        (total === undefined ? '' : ` of ${(total / 1e6).toFixed(1)} MB`);
      if (total === undefined) {
        page.progressBar.removeAttribute('value');
      } else {
        page.progressBar.value = received / total;
      }
    });
    page.progressLabel.textContent = 'Opening WordNet…';
    await painted();
    await store.replace(bytes);
    await showCounts();
    clearResult();
    offerSamples();
  } catch (error) {
    showError(error);
  } finally {
    page.progress.hidden = true;
    setBusy(false);
  }
}

async function newGraph(): Promise<void> {
  if (store === undefined || !confirmReplacing('Delete this graph and start an empty one?')) {
    return;
  }
  setBusy(true);
  clearError();
  try {
    await store.clear();
    await showCounts();
    clearResult();
    offerSamples();
  } catch (error) {
    showError(error);
  } finally {
    setBusy(false);
  }
}

function confirmReplacing(question: string): boolean {
  return counts.nodeCount === 0 || window.confirm(question);
}

function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
}

/** WordNet's examples first when WordNet is there. */
function offerSamples(): void {
  const wordNet = counts.nodeCount > 100_000;
  const groups: [string, readonly Sample[]][] = [
    ['WordNet', wordNetSamples],
    ['Any graph', ownGraphSamples],
  ];
  if (!wordNet) {
    groups.reverse();
  }
  page.samples.replaceChildren();
  for (const [title, samples] of groups) {
    const group = document.createElement('optgroup');
    group.label = title;
    for (const sample of samples) {
      group.append(new Option(sample.title, sample.query));
    }
    page.samples.append(group);
  }
  if (editor.query.trim() === '' || editor.query === offered) {
    showSample();
  } else {
    page.samples.selectedIndex = -1;
  }
}

function showSample(): void {
  offered = page.samples.value;
  editor.query = offered;
}

async function start(): Promise<void> {
  if (/Mac|iPhone|iPad/.test(navigator.userAgent)) {
    element('run-key').textContent = '⌘ ⏎';
  }
  if (!hasWasmGc()) {
    showUnsupported(NEEDED_BROWSERS);
    return;
  }
  try {
    store = await GraphStore.open(showSaveState);
  } catch (error) {
    showUnsupported(
      `WeftDB could not start: ${error instanceof Error ? error.message : String(error)}`,
    );
    return;
  }
  await showCounts();
  clearResult();
  offerSamples();
  setBusy(false);
  document.documentElement.dataset['ready'] = 'true';
}

function showUnsupported(message: string): void {
  const place = element('unsupported');
  place.textContent = message;
  place.hidden = false;
}

page.run.addEventListener('click', () => void run());
page.loadWordNet.addEventListener('click', () => void loadWordNet());
page.newGraph.addEventListener('click', () => void newGraph());
page.samples.addEventListener('change', () => {
  showSample();
  editor.focus();
});
page.tabTable.addEventListener('click', () => selectTab(false));
page.tabGraph.addEventListener('click', () => selectTab(true));
for (const tab of [page.tabTable, page.tabGraph]) {
  tab.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const graph = tab === page.tabTable;
      selectTab(graph);
      (graph ? page.tabGraph : page.tabTable).focus();
    }
  });
}
void start();
