package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/**
 * What every platform must answer alike, in Chromium: the openCypher technology compatibility kit
 * and the Cypher cases of the core. The runners are those of the npm package's tests.
 */
class SharedCasesTest {
  private static final int SCENARIOS = 3897;
  private static final Path CASES = Path.of("../core/src/test/resources/cases/cypher");

  private static final String PAGE =
      """
      <!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">
      <script type="module" src="/page/main.js"></script>
      """;

  private static final String SCRIPT =
      """
      import { parseCases, runCases } from '/package/test/shared/cases.mjs';
      import { runScenario } from '/package/test/shared/kit.mjs';
      import { openTypedDatabase } from '/package/test/shared/typed.mjs';

      const module = await WebAssembly.compileStreaming(fetch('/package/dist/weft.wasm'));
      const open = (more) => openTypedDatabase(module, more);

      window.runKit = async () => {
        const scenarios = await (await fetch('/kit/tck.json')).json();
        const failures = [];
        for (const scenario of scenarios) {
          try {
            await runScenario(scenario, open);
          } catch (error) {
            failures.push(`${scenario.id}: ${error.message}`);
          }
        }
        return { count: scenarios.length, failures };
      };
      window.runFile = async (name) => {
        const cases = parseCases(await (await fetch(`/cases/${name}`)).text());
        await runCases(name, cases, open);
        return cases.length;
      };
      window.ready = true;
      """;

  @TempDir static Path folder;
  private static DemoServer server;
  private static Chromium chromium;
  private static Page page;

  @BeforeAll
  static void openThePage() throws IOException {
    Files.writeString(folder.resolve("index.html"), PAGE);
    Files.writeString(folder.resolve("main.js"), SCRIPT);
    server =
        DemoServer.start(
            Map.of(
                "/page/", folder,
                "/package/dist/", Path.of("../js-glue/dist"),
                "/package/test/", Path.of("../js-glue/test"),
                "/kit/", Path.of("../core/target/tck"),
                "/cases/", CASES));
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

  @Test
  void everyScenarioOfTheCompatibilityKitPasses() {
    Map<?, ?> outcome = (Map<?, ?>) page.evaluate("() => window.runKit()");
    assertEquals(List.of(), outcome.get("failures"));
    assertEquals(SCENARIOS, ((Number) outcome.get("count")).intValue());
  }

  @TestFactory
  Stream<DynamicTest> everyFileOfCasesGivesWhatItSays() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(CASES)) {
      files.map(file -> file.getFileName().toString()).sorted().forEach(names::add);
    }
    return names.stream()
        .filter(name -> name.endsWith(".test"))
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name, () -> page.evaluate("name => window.runFile(name)", name)));
  }
}
