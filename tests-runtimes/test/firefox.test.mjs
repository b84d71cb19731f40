// The package in Firefox, on a page with a strict content security policy.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { LEAST_CASES, makeProject } from './project.mjs';

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
const MAP = '{"imports": {"weftdb": "/node_modules/weftdb/dist/index.js"}}';
const PAGE = `<!doctype html><meta charset="utf-8"><title>test</title>
<script type="importmap" nonce="map">${MAP}</script>
<script type="module" src="/page.mjs"></script>
`;
const POLICY = "default-src 'self'; script-src 'self' 'nonce-map' 'wasm-unsafe-eval'";

/** Serves a folder and a page; `outcome` is what the page posts. */
function serve(folder) {
  let answer;
  const outcome = new Promise((resolve) => {
    answer = resolve;
  });
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    if (path === '/outcome') {
      answer(JSON.parse(Buffer.concat(await request.toArray()).toString()));
      response.end();
    } else if (path === '/') {
      response.setHeader('content-security-policy', POLICY);
      response.setHeader('content-type', 'text/html');
      response.end(PAGE);
    } else {
      try {
        const bytes = readFileSync(join(folder, path));
        response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
        response.end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    }
  });
  server.listen(0, '127.0.0.1');
  return { server, outcome };
}

const firefox = ['firefox-esr', 'firefox'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
const skip = firefox === undefined && 'there is no Firefox on this machine';

test('the package runs in Firefox', { skip, timeout: 240_000 }, async (t) => {
  const project = makeProject();
  t.after(() => project.close());
  const { server, outcome } = serve(project.folder);
  t.after(() => server.closeAllConnections());
  t.after(() => server.close());
  await once(server, 'listening');
  const profile = mkdtempSync(join(tmpdir(), 'firefox-'));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const browser = spawn(firefox, ['--headless', '--no-remote', '--profile', profile, url], {
    stdio: 'ignore',
    // A group of its own, so that what it starts ends with it.
    detached: true,
  });
  t.after(async () => {
    process.kill(-browser.pid, 'SIGKILL');
    await once(browser, 'exit');
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  });
  const { cases, failures } = await outcome;
  assert.deepEqual(failures, []);
  assert.ok(cases >= LEAST_CASES, `${cases} cases`);
});
