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
import { fileURLToPath } from 'node:url';

const [folder = fileURLToPath(new URL('../dist/', import.meta.url))] = process.argv.slice(2);
const VISITS = 12;
const COLD_VISITS = 5;
const COMMITS = 200;
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync'];
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

const START = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<script type="module">
  const began = performance.now();
  const { createDatabase } = await import('/dist/index.js');
  const imported = performance.now();
  const database = await createDatabase();
  const opened = performance.now();
  await database.execute('RETURN 1 AS one');
  const answered = performance.now();
  const files = performance.getEntriesByType('resource').length;
  globalThis.measured = { began, imported, opened, answered, files };
</script>`;

/** Milliseconds of each commit. */
const COMMIT = `async (options, commits) => {
  const { createDatabase } = await import('/dist/index.js');
  const database = await createDatabase(options);
  const millis = [];
  for (let i = -20; i < commits; i++) {
    const start = performance.now();
    await database.execute('CREATE (:N {i: $i})', { i });
    if (i >= 0) {
      millis.push(performance.now() - start);
    }
  }
  await database.close();
  return millis.sort((a, b) => a - b);
}`;

function print(what, ...values) {
  console.log(`${what.padEnd(50)}${values.map((value) => value.toFixed(2).padStart(10)).join('')}`);
}

/** Serves the page and the package, to be cached by the browser. */
async function serve() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const headers = { 'cache-control': 'max-age=3600', 'content-type': TYPES[extname(path)] ?? '' };
    try {
      const isPage = path === '/start.html';
      const body = isPage ? START : await readFile(join(folder, path.slice('/dist'.length)));
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://localhost:${server.address().port}/start.html` };
}

/** A browser with a new profile, spoken to in the Chrome DevTools Protocol. */
class Browser {
  #profile;
  #process;
  #socket;
  #calls = new Map();
  #lastId = 0;

  static async start() {
    const browser = new Browser();
    browser.#profile = await mkdtemp(join(tmpdir(), 'weft-chromium-'));
    const flags = [...FLAGS, `--user-data-dir=${browser.#profile}`, '--remote-debugging-port=0'];
    browser.#process = spawn(process.env.CHROMIUM ?? 'chromium', [...flags, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const address = await new Promise((resolve, reject) => {
      let text = '';
      browser.#process.once('error', reject);
      browser.#process.once('exit', () => reject(new Error(`the browser ended: ${text}`)));
      browser.#process.stderr.setEncoding('utf8').on('data', (piece) => {
        text += piece;
        const found = /DevTools listening on (\S+)/.exec(text);
        if (found !== null) {
          resolve(found[1]);
        }
      });
    });
    browser.#socket = new WebSocket(address);
    await new Promise((resolve) => (browser.#socket.onopen = resolve));
    browser.#socket.onmessage = ({ data }) => {
      const { id, result, error } = JSON.parse(data);
      const call = browser.#calls.get(id);
      browser.#calls.delete(id);
      if (error !== undefined) {
        call?.reject(new Error(error.message));
      } else {
        call?.resolve(result);
      }
    };
    return browser;
  }

  #call(method, params = {}, sessionId = undefined) {
    const id = ++this.#lastId;
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject }));
  }

  /** What an expression in a new page at an address gives. */
  async evaluate(url, expression) {
    const { targetId } = await this.#call('Target.createTarget', { url });
    const { sessionId } = await this.#call('Target.attachToTarget', { targetId, flatten: true });
    const params = { expression, awaitPromise: true, returnByValue: true };
    for (;;) {
      const answer = await this.#call('Runtime.evaluate', params, sessionId);
      if (answer.exceptionDetails !== undefined) {
        throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
      }
      if (answer.result.value !== undefined) {
        await this.#call('Target.closeTarget', { targetId });
        return answer.result.value;
      }
      // The page is still on its way, and asking takes time from it.
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async close() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    await this.#call('Browser.close').catch(() => undefined);
    await ended;
    this.#socket.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function printStart(what, visits) {
  visits.sort((a, b) => a.answered - b.answered);
  for (const [name, visit] of [['best', visits[0]], ['median', visits[visits.length >> 1]]]) {
    const { began, imported, opened, answered } = visit;
    print(`${what}, ${name}`, began, imported - began, opened - imported, answered - opened, answered);
  }
}

const { server, url } = await serve();
const cold = [];
for (let i = 0; i < COLD_VISITS; i++) {
  const browser = await Browser.start();
  cold.push(await browser.evaluate(url, 'globalThis.measured'));
  await browser.close();
}
console.log('ms to the script of the page, for importing, opening, the first query, and in all');
printStart('nothing cached', cold);
const browser = await Browser.start();
const visits = [];
for (let i = 0; i < VISITS; i++) {
  visits.push(await browser.evaluate(url, 'globalThis.measured'));
}
console.log(`${visits[0].files} files`);
printStart('visits 2 to 4', visits.slice(1, 4));
printStart('later visits', visits.slice(4));
for (const storage of ['memory', 'opfs', 'indexeddb']) {
  for (const durability of storage === 'memory' ? ['strict'] : ['strict', 'relaxed']) {
    const options = JSON.stringify({ storage, durability, name: `${storage}-${durability}` });
    const millis = await browser.evaluate(url, `(${COMMIT})(${options}, ${COMMITS})`);
    print(
      `a commit, ${storage}, ${durability}: best, median, 90 %, ms`,
      millis[0],
      millis[millis.length >> 1],
      millis[Math.floor(millis.length * 0.9)],
    );
  }
}
await browser.close();
server.close();
