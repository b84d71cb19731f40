package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.demo.DemoServer;

/** The stores of a browser on the real thing, under the contract that all stores have. */
class StoresTest {
  private static final String PAGE =
      """
      <!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">
      <script type="module" src="/page/main.js"></script>
      """;

  private static final String SCRIPT =
      """
      import { names, kinds } from '/page/stores.js';

      const newWorker = () => new Worker('/page/worker.js', { type: 'module' });
      const call = (worker, message) => new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.result));
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage(message);
      });
      const worker = newWorker();

      window.names = names;
      window.run = (kind, name) => call(worker, { run: [kind, name] });
      window.fill = (kind) => call(worker, { fill: kind });
      window.measure = (kind) => call(worker, { measure: kind });
      window.inPage = async () => {
        const store = kinds.opfs('in-page');
        return store.open().then(() => 'open', (error) => error.code);
      };
      // A worker that is killed in the middle of its commits, time and again.
      window.kill = async (kind, rounds) => {
        let acknowledged = 0;
        for (let round = 0; round < rounds; round++) {
          const victim = newWorker();
          const until = acknowledged + 3 + round;
          await new Promise((resolve, reject) => {
            victim.onmessage = ({ data }) => {
              if (data.error) reject(new Error(data.error));
              acknowledged = Math.max(acknowledged, data.acknowledged);
              if (data.acknowledged >= until) resolve();
            };
            victim.postMessage({ commit: kind });
          });
          victim.terminate();
        }
        const found = await call(newWorker(), { count: kind });
        return { acknowledged, ...found };
      };
      window.ready = true;
      """;

  private static final String STORES =
      """
      import { indexedDbStore, opfsStore } from '/package/dist/index.js';
      import { storeCases } from '/package/test/shared/store-contract.mjs';
      import { pattern } from '/package/test/shared/store-model.mjs';

      export const kinds = { indexeddb: indexedDbStore, opfs: opfsStore };
      const cases = storeCases({ largeBytes: 20 << 20, smallAppends: 200 });
      export const names = cases.map(({ name }) => name);
      let places = 0;

      export async function run(kind, name) {
        const place = `${kind} ${++places} ä/`;
        const store = () => kinds[kind](place, { waitMillis: 50 });
        await cases.find((each) => each.name === name).run({ store });
        await store().destroy();
      }

      const sync = (name) => ({ kind: 'sync', name });
      const append = (name, bytes) => ({ kind: 'append', name, bytes });

      export async function measure(kind) {
        const store = kinds[kind]('measured');
        await store.open();
        await store.apply([{ kind: 'create', name: 'log' }]);
        const millis = [];
        for (let i = 0; i < 300; i++) {
          const start = performance.now();
          await store.apply([append('log', pattern(60, i)), sync('log')]);
          millis.push(performance.now() - start);
        }
        const megabytes = 64;
        let start = performance.now();
        await store.apply([{ kind: 'create', name: 'large' }]);
        for (let i = 0; i < megabytes; i += 4) {
          await store.apply([append('large', new Uint8Array(4 << 20).fill(i))]);
        }
        await store.apply([sync('large'), { kind: 'close', name: 'large' }]);
        const writing = performance.now() - start;
        await store.close();
        const again = kinds[kind]('measured');
        start = performance.now();
        await again.open();
        const reading = performance.now() - start;
        await again.close();
        await again.destroy();
        millis.sort((a, b) => a - b);
        const rate = (time) => Math.round((megabytes * 1000) / time);
        return `${kind}: commit ${millis[150].toFixed(2)} ms (99%: ${millis[297].toFixed(2)}), `
          + `64 MB written at ${rate(writing)}, opened at ${rate(reading)} MB/s`;
      }

      // Commits until the quota is used up; what was acknowledged must be there afterwards.
      export async function fill(kind) {
        const store = kinds[kind]('full');
        await store.open();
        await store.apply([{ kind: 'create', name: 'log' }]);
        let acknowledged = 0;
        let code = null;
        // Chromium goes on for a while by what it knew of the quota before.
        while (code === null && acknowledged < 8000) {
          const bytes = crypto.getRandomValues(new Uint8Array(65536));
          const commit = [append('log', bytes), append('log', bytes.slice()), sync('log')];
          await store.apply(commit).then(() => acknowledged++, (error) => (code = error.code));
        }
        const refused = await store.apply([sync('log')]).then(() => null, (error) => error.code);
        await store.close();
        const again = kinds[kind]('full');
        const found = (await again.open())[0].bytes.length / 131072;
        await again.close();
        await again.destroy();
        return { code, refused, acknowledged, whole: found >= acknowledged && found < acknowledged + 1 };
      }

      export async function commit(kind, tell) {
        const store = kinds[kind]('killed');
        const count = (await store.open()).reduce((sum, { bytes }) => sum + bytes.length / 60, 0);
        const name = `log-${Math.floor(count)}-${Date.now()}`;
        await store.apply([{ kind: 'create', name }]);
        for (let i = count; ; i++) {
          await store.apply([append(name, new Uint8Array(60).fill(7)), sync(name)]);
          tell(Math.floor(i) + 1);
        }
      }

      export async function count(kind) {
        const store = kinds[kind]('killed');
        const files = await store.open();
        await store.close();
        await store.destroy();
        const whole = files.every(({ bytes }) => bytes.every((byte) => byte === 7));
        return { commits: files.reduce((sum, { bytes }) => sum + bytes.length / 60, 0), whole };
      }
      """;

  private static final String WORKER =
      """
      import { commit, count, fill, measure, run } from '/page/stores.js';

      onmessage = async ({ data }) => {
        try {
          const tell = (acknowledged) => postMessage({ acknowledged });
          const result = data.run ? await run(...data.run)
            : data.fill ? await fill(data.fill)
            : data.measure ? await measure(data.measure)
            : data.commit ? await commit(data.commit, tell)
            : await count(data.count);
          postMessage({ result });
        } catch (error) {
          postMessage({ error: `${error.code}: ${error.stack}` });
        }
      };
      """;

  @TempDir static Path folder;
  private static DemoServer server;
  private static Chromium chromium;
  private static Page page;

  @BeforeAll
  static void openThePage() throws IOException {
    Files.writeString(folder.resolve("index.html"), PAGE);
    Files.writeString(folder.resolve("main.js"), SCRIPT);
    Files.writeString(folder.resolve("stores.js"), STORES);
    Files.writeString(folder.resolve("worker.js"), WORKER);
    server =
        DemoServer.start(
            Map.of(
                "/page/", folder,
                "/package/dist/", Path.of("../js-glue/dist"),
                "/package/test/", Path.of("../js-glue/test")));
    chromium = new Chromium(folder.resolve("profile"));
    page = chromium.page();
    page.setDefaultTimeout(300_000);
    page.navigate(server.url() + "page/index.html");
    page.waitForFunction("() => window.ready");
  }

  @AfterAll
  static void close() {
    chromium.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> everyStoreKeepsTheContract() {
    List<?> names = (List<?>) page.evaluate("() => window.names");
    return Stream.of("indexeddb", "opfs")
        .flatMap(
            kind ->
                names.stream()
                    .map(
                        name ->
                            DynamicTest.dynamicTest(
                                kind + ": " + name,
                                () ->
                                    page.evaluate(
                                        "given => window.run(...given)", List.of(kind, name)))));
  }

  @Test
  void whatIsMeasuredIsThere() {
    for (String kind : List.of("indexeddb", "opfs")) {
      String figures = (String) page.evaluate("kind => window.measure(kind)", kind);
      System.out.println(figures);
      assertTrue(figures.startsWith(kind), figures);
    }
  }

  @Test
  void aQuotaThatIsUsedUpIsToldAndLosesNothing() {
    CDPSession session = chromium.context().newCDPSession(page);
    JsonObject quota = new JsonObject();
    quota.addProperty("origin", server.url());
    quota.addProperty("quotaSize", 8_000_000);
    for (String kind : List.of("indexeddb", "opfs")) {
      session.send("Storage.overrideQuotaForOrigin", quota);
      try {
        Map<?, ?> outcome = (Map<?, ?>) page.evaluate("kind => window.fill(kind)", kind);
        assertEquals("STORAGE_FULL", outcome.get("code"), kind + ": " + outcome);
        assertEquals("IO_FAILED", outcome.get("refused"));
        assertEquals(true, outcome.get("whole"), kind + ": " + outcome);
        assertTrue(((Number) outcome.get("acknowledged")).intValue() > 3, kind + ": " + outcome);
      } finally {
        JsonObject none = new JsonObject();
        none.addProperty("origin", server.url());
        session.send("Storage.overrideQuotaForOrigin", none);
      }
    }
  }

  @Test
  void aPageIsToldThatOpfsIsForWorkers() {
    assertEquals("STORAGE_UNAVAILABLE", page.evaluate("() => window.inPage()"));
  }

  @Test
  void nothingAcknowledgedIsLostWhenWorkersAreKilled() {
    for (String kind : List.of("indexeddb", "opfs")) {
      Map<?, ?> outcome = (Map<?, ?>) page.evaluate("kind => window.kill(kind, 12)", kind);
      double acknowledged = ((Number) outcome.get("acknowledged")).doubleValue();
      double commits = ((Number) outcome.get("commits")).doubleValue();
      assertTrue(acknowledged >= 12 && commits >= acknowledged, kind + ": " + outcome);
      assertEquals(true, outcome.get("whole"));
    }
  }
}
