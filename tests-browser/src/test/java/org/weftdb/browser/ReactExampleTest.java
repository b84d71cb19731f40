package org.weftdb.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.demo.DemoServer;

/** The component of {@code docs/javascript.md} in several tabs, of which one is ended. */
class ReactExampleTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("^```jsx people.jsx\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final String PAGE =
      """
      <!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">
      <div id="people"></div>
      <script type="module" src="./main.js"></script>
      """;

  /** What a program around the example would do: it writes to the same database. */
  private static final String MAIN =
      """
      import './people.jsx';
      import { createDatabase } from 'weftdb';

      const database = await createDatabase({ name: 'people', storage: 'opfs' });
      const query = 'MERGE (:Person {name: $name, city: $city})';
      window.add = async (name, city) => {
        for (;;) {
          try {
            await database.execute(query, { name, city });
            return;
          } catch (error) {
            if (error.code !== 'CONNECTION_LOST') throw error;
          }
        }
      };
      """;

  @TempDir Path folder;

  @Test
  void showsWhatAnotherTabHasCommittedAfterTheOneThatRanTheDatabaseIsGone() throws Exception {
    EmptyProject project =
        new EmptyProject(
            folder.resolve("project"),
            Map.of(
                "index.html",
                PAGE,
                "main.js",
                MAIN,
                "people.jsx",
                example(),
                "vite.config.js",
                "export default { esbuild: { jsx: 'automatic' } };"));
    for (String name : List.of("react", "react-dom", "scheduler")) {
      project.install(name);
    }
    project.run("vite build");
    try (DemoServer server = DemoServer.start(Map.of("/", project.folder().resolve("dist")));
        Chromium chromium = new Chromium(folder.resolve("profile"))) {
      List<Page> tabs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        // The first one runs the database.
        tabs.add(chromium.context().newPage());
        tabs.get(i).setDefaultTimeout(60_000);
        tabs.get(i).navigate(server.url());
        tabs.get(i).waitForFunction("() => window.add !== undefined");
      }
      add(tabs.get(0), "Mary", "London");
      add(tabs.get(1), "Ada", "London");
      add(tabs.get(1), "Alan", "Manchester");
      for (Page tab : tabs) {
        assertThat(tab.locator("li")).hasText(new String[] {"Ada", "Mary"});
      }
      CommittingPages.crash(tabs.remove(0));
      add(tabs.get(1), "Charles", "London");
      for (Page tab : tabs) {
        assertThat(tab.locator("li")).hasText(new String[] {"Ada", "Charles", "Mary"});
      }
      assertEquals(List.of(), chromium.complaints());
    }
  }

  private static void add(Page tab, String name, String city) {
    tab.evaluate("([name, city]) => window.add(name, city)", List.of(name, city));
  }

  private static String example() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/javascript.md")));
    assertTrue(example.find(), "the example of React is in the document");
    return example.group(1);
  }
}
