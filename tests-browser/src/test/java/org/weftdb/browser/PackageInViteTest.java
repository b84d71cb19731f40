package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.demo.DemoServer;

/** The npm package as a stranger gets it: the tarball in an empty project, built by Vite. */
class PackageInViteTest {
  private static final Path VITE = Path.of("../demo-web/node_modules/vite/bin/vite.js");
  private static final Path TARBALLS = Path.of("../js-glue/target");

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
    Path project = Files.createDirectory(folder.resolve("project"));
    Files.writeString(project.resolve("package.json"), "{\"private\": true, \"type\": \"module\"}");
    Files.writeString(project.resolve("index.html"), PAGE);
    Files.writeString(project.resolve("main.js"), SCRIPT);
    run(project, "npm", "install", "--offline", "--no-audit", "--no-fund", tarball().toString());
    run(project, "node", VITE.toAbsolutePath().normalize().toString(), "build");
    try (DemoServer server = DemoServer.start(Map.of("/", project.resolve("dist")));
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

  private static Path tarball() throws IOException {
    try (Stream<Path> files = Files.list(TARBALLS)) {
      List<Path> tarballs = files.filter(file -> file.toString().endsWith(".tgz")).toList();
      assertEquals(1, tarballs.size(), "one tarball in " + TARBALLS);
      return tarballs.get(0).toAbsolutePath().normalize();
    }
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("command", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    Files.delete(output);
    assertTrue(ended && process.exitValue() == 0, String.join(" ", command) + "\n" + text);
  }
}
