package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
      import { createDatabase, IndexedDbSnapshots, WeftError } from 'weftdb';

      const snapshots = new IndexedDbSnapshots('package-test');

      window.use = async () => {
        const db = await createDatabase();
        const saved = await snapshots.load('graph');
        if (saved !== null) await db.loadSnapshotFromBytes(saved);
        await db.execute('CREATE (:Visit {number: $number})', { number: 9007199254740993n });
        await snapshots.save('graph', await db.saveSnapshotToBytes());
        const { rows } = await db.execute('MATCH (v:Visit) RETURN count(v) AS visits, max(v.number) AS number');
        let error = null;
        try {
          await db.execute('RETURN\\n  missing');
        } catch (e) {
          error = { ours: e instanceof WeftError, code: e.code, line: e.line, column: e.column };
        }
        const names = (await snapshots.list()).map((entry) => entry.name);
        await db.close();
        return { visits: rows[0].visits, number: String(rows[0].number), kind: typeof rows[0].number, error, names };
      };
      window.forget = async () => {
        await snapshots.delete('graph');
        return (await snapshots.load('graph')) === null;
      };
      """;

  @TempDir Path folder;

  @Test
  void worksInChromiumUnderAStrictPolicyAndKeepsSnapshots() throws Exception {
    Map<String, String> files = Map.of("index.html", PAGE, "main.js", SCRIPT);
    EmptyProject project = new EmptyProject(folder.resolve("project"), files);
    project.run("vite build");
    try (DemoServer server = DemoServer.start(Map.of("/", project.folder().resolve("dist")));
        Chromium chromium = new Chromium(folder.resolve("profile"))) {
      Page page = chromium.page();
      page.navigate(server.url());
      page.waitForFunction("() => window.use !== undefined");
      Map<?, ?> first = (Map<?, ?>) page.evaluate("() => window.use()");
      assertEquals(1, ((Number) first.get("visits")).intValue());
      assertEquals("9007199254740993", first.get("number"));
      assertEquals("bigint", first.get("kind"));
      assertEquals(List.of("graph"), first.get("names"));
      assertEquals(
          Map.of("ours", true, "code", "UNDEFINED_VARIABLE", "line", 2, "column", 3),
          first.get("error"));
      page.reload();
      page.waitForFunction("() => window.use !== undefined");
      Map<?, ?> second = (Map<?, ?>) page.evaluate("() => window.use()");
      assertEquals(2, ((Number) second.get("visits")).intValue());
      assertEquals(true, page.evaluate("() => window.forget()"));
      assertEquals(List.of(), chromium.complaints());
    }
  }
}
