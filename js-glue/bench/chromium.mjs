// What a page waits for in Chromium:  node bench/chromium.mjs [dist folder]
// (a Node from 22 on, after  npm run build ; CHROMIUM names the browser when it is not on the PATH).
//
// Start: from the navigation to the first result, for a page that was never there before, whose browser
// has an empty cache; and for later visits, when the files come from the cache and, from about the third
// visit on, the module's compiled code too. Commits: of one node each, one after another.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const [folder = fileURLToPath(new URL('../dist/', import.meta.url))] = process.argv.slice(2);
const VISITS = 12;
const COLD_VISITS = 5;
const COMMITS = 200;
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync'];
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** What every page runs; it sends what it has measured. */
const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<script type="module">
  const began = performance.now();
  const { createDatabase } = await import('/dist/index.js');

  async function start() {
    const imported = performance.now();
    const database = await createDatabase();
    const opened = performance.now();
    await database.execute('RETURN 1 AS one');
    const answered = performance.now();
    const files = performance.getEntriesByType('resource').length;
    return { began, imported, opened, answered, files };
  }

  async function commits({ count, ...options }) {
    const database = await createDatabase(options);
    const millis = [];
    for (let i = -20; i < count; i++) {
      const start = performance.now();
      await database.execute('CREATE (:N {i: $i})', { i });
      if (i >= 0) {
        millis.push(performance.now() - start);
      }
    }
    await database.close();
    return millis.sort((a, b) => a - b);
  }

  const options = new URL(location).searchParams.get('commits');
  const measured = options === null ? start() : commits(JSON.parse(options));
  const body = JSON.stringify(await measured.catch((error) => ({ error: String(error.stack) })));
  await fetch('/measured', { method: 'POST', body });
</script>`;

function print(what, ...values) {
  console.log(`${what.padEnd(50)}${values.map((value) => value.toFixed(2).padStart(10)).join('')}`);
}

/** Serves the page and the package, to be cached by the browser, and takes what a page sends. */
class Server {
  #server = createServer((request, response) => this.#answer(request, response));
  #measured = () => undefined;

  async start() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async #answer(request, response) {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    if (path === '/measured') {
      this.#measured(await new Response(Readable.toWeb(request)).json());
      response.end();
      return;
    }
    const type = TYPES[extname(path)] ?? 'text/html';
    const headers = { 'cache-control': 'max-age=3600', 'content-type': type };
    try {
      const body = path === '/' ? PAGE : await readFile(join(folder, path.slice('/dist'.length)));
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  /** What a new page of the browser measures. */
  async visit(browser, query = '') {
    const coming = new Promise((resolve) => (this.#measured = resolve));
    const close = await browser.open(`http://localhost:${this.#server.address().port}/${query}`);
    const measured = await coming;
    await close();
    if (measured.error !== undefined) {
      throw new Error(measured.error);
    }
    return measured;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** A browser with a new profile, told what to do in the Chrome DevTools Protocol. */
class Browser {
  #profile;
  #process;
  #socket;
  #calls = new Map();
  #lastId = 0;

  async start() {
    this.#profile = await mkdtemp(join(tmpdir(), 'weft-chromium-'));
    const flags = [...FLAGS, `--user-data-dir=${this.#profile}`, '--remote-debugging-port=0'];
    this.#process = spawn(process.env.CHROMIUM ?? 'chromium', [...flags, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const address = await new Promise((resolve, reject) => {
      let text = '';
      this.#process.once('error', reject);
      this.#process.once('exit', () => reject(new Error(`the browser ended: ${text}`)));
      this.#process.stderr.setEncoding('utf8').on('data', (piece) => {
        text += piece;
        const found = /DevTools listening on (\S+)/.exec(text);
        if (found !== null) {
          resolve(found[1]);
        }
      });
    });
    this.#socket = new WebSocket(address);
    await new Promise((resolve) => (this.#socket.onopen = resolve));
    this.#socket.onmessage = ({ data }) => {
      const { id, result } = JSON.parse(data);
      this.#calls.get(id)?.(result);
      this.#calls.delete(id);
    };
    return this;
  }

  #call(method, params) {
    const id = ++this.#lastId;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => this.#calls.set(id, resolve));
  }

  /** Opens a page and gives what closes it. */
  async open(url) {
    const { targetId } = await this.#call('Target.createTarget', { url });
    return () => this.#call('Target.closeTarget', { targetId });
  }

  async close() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function printStart(what, visits) {
  visits.sort((a, b) => a.answered - b.answered);
  for (const [name, visit] of [['best', visits[0]], ['median', visits[visits.length >> 1]]]) {
    const { began, imported, opened, answered } = visit;
    print(`${what}, ${name}`, began, imported - began, opened - imported, answered - opened, answered);
  }
}

const server = new Server();
await server.start();
console.log('ms to the script of the page, for importing, opening, the first query, and in all');
const cold = [];
for (let i = 0; i < COLD_VISITS; i++) {
  const browser = await new Browser().start();
  cold.push(await server.visit(browser));
  await browser.close();
}
printStart('nothing cached', cold);
const browser = await new Browser().start();
const visits = [];
for (let i = 0; i < VISITS; i++) {
  visits.push(await server.visit(browser));
}
printStart('visits 2 to 4', visits.slice(1, 4));
printStart('later visits', visits.slice(4));
console.log(`${visits[0].files} files\nms of a commit: the best, the median, that of 90 %`);
for (const storage of ['opfs', 'indexeddb']) {
  for (const durability of ['strict', 'relaxed']) {
    const name = `${storage}-${durability}`;
    const options = JSON.stringify({ storage, durability, name, count: COMMITS });
    const millis = await server.visit(browser, `?commits=${encodeURIComponent(options)}`);
    const at = (share) => millis[Math.floor(share * millis.length)];
    print(`${storage}, ${durability}`, at(0), at(0.5), at(0.9));
  }
}
await browser.close();
server.close();
