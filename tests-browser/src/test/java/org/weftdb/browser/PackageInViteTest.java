package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.demo.DemoServer;

/** The npm package as a stranger gets it: the tarball in an empty project, built by Vite. */
class PackageInViteTest {
  private static final String PAGE =
      """
      <!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">
      <script type="module" src="./main.js"></script>
      """;

  private static final String SCRIPT =
      """
      import { createDatabase, indexedDbStore, WeftError } from 'weftdb';

      window.use = async (storage) => {
        const db = await createDatabase({ name: 'package-test', storage });
        await db.execute('CREATE (:Visit {number: $number})', { number: 9007199254740993n });
        const { rows } = await db.execute('MATCH (v:Visit) RETURN count(v) AS visits, max(v.number) AS number');
        let error = null;
        try {
          await db.execute('RETURN\\n  missing');
        } catch (e) {
          error = { ours: e instanceof WeftError, code: e.code, line: e.line, column: e.column };
        }
        const { storage: usage } = await db.status();
        await db.close();
        const kind = typeof rows[0].number;
        return { visits: rows[0].visits, number: String(rows[0].number), kind, error, bytes: usage.bytes };
      };
      window.forget = async () => {
        await indexedDbStore('package-test').destroy();
        return window.use('indexeddb');
      };
      """;

  @TempDir Path folder;

  @Test
  void worksInChromiumUnderAStrictPolicyAndKeepsWhatWasCommitted() throws Exception {
    Map<String, String> files = Map.of("index.html", PAGE, "main.js", SCRIPT);
    EmptyProject project = new EmptyProject(folder.resolve("project"), files);
    project.run("vite build");
    try (DemoServer server = DemoServer.start(Map.of("/", project.folder().resolve("dist")));
        Chromium chromium = new Chromium(folder.resolve("profile"))) {
      Page page = chromium.page();
      page.navigate(server.url());
      for (String storage : List.of("indexeddb", "opfs")) {
        Map<?, ?> first = use(page, storage);
        assertEquals(1, ((Number) first.get("visits")).intValue());
        assertEquals("9007199254740993", first.get("number"));
        assertEquals("bigint", first.get("kind"));
        assertTrue(((Number) first.get("bytes")).longValue() > 100);
        assertEquals(
            Map.of("ours", true, "code", "UNDEFINED_VARIABLE", "line", 2, "column", 3),
            first.get("error"));
        page.reload();
        assertEquals(2, ((Number) use(page, storage).get("visits")).intValue());
      }
      Map<?, ?> forgotten = (Map<?, ?>) page.evaluate("() => window.forget()");
      assertEquals(1, ((Number) forgotten.get("visits")).intValue());
      assertEquals(List.of(), chromium.complaints());
    }
  }

  /** Opens the database in a storage; in OPFS that is in a worker of the package. */
  private static Map<?, ?> use(Page page, String storage) {
    page.waitForFunction("() => window.use !== undefined");
    return (Map<?, ?>) page.evaluate("storage => window.use(storage)", storage);
  }
}
