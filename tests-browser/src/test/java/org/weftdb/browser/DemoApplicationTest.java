package org.weftdb.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.demo.DemoServer;

/** The demo application, used with mouse and keyboard; screenshots go to target/screenshots. */
class DemoApplicationTest {
  private static final Path DEMO = Path.of("..", "demo-web", "target");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** Keeps what the progress bar shows, which may be gone before anybody can look. */
  private static final String WATCH_PROGRESS =
      """
      () => {
        window.progressSeen = [];
        const bar = document.getElementById('progress-bar');
        new MutationObserver(() => window.progressSeen.push(bar.value))
          .observe(bar, { attributes: true, attributeFilter: ['value'] });
      }
      """;

  /** The editor ignores keys for words that it offers until they have been there for 75 ms. */
  private static final String ACCEPTING =
      """
      () => {
        const list = document.querySelector('.cm-tooltip-autocomplete');
        if (list === null) {
          return false;
        }
        list.seen ??= performance.now();
        return performance.now() - list.seen > 75;
      }
      """;

  @TempDir Path profile;
  private DemoServer server;
  private Chromium chromium;
  private Page page;

  @BeforeEach
  void start() throws IOException {
    server = DemoServer.start(Map.of("/", DEMO.resolve("web"), "/data/", DEMO.resolve("data")));
    chromium = new Chromium(profile);
    open();
  }

  @AfterEach
  void stop() {
    chromium.close();
    server.close();
  }

  @Test
  void runsAQueryAndShowsItAsTableAndAsGraph() {
    assertThat(page.locator("#node-count")).hasText("0");
    page.locator("#run").click();
    assertThat(page.locator("#summary")).containsText("4 nodes created");
    assertThat(page.locator("#node-count")).hasText("4");
    assertThat(page.locator("#relationship-count")).hasText("5");
    assertThat(page.locator("#table tbody tr")).hasCount(1);
    assertThat(page.locator("#table")).containsText("Analytical Engine");
    query("MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m");
    page.locator("#tab-graph").click();
    assertThat(page.locator("#details")).containsText("4 nodes, 5 relationships");
    page.getByText("Ada", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("#details dl")).containsText("1815");
    screenshot("graph-light-1400");
    noComplaints();
  }

  @Test
  void opensWordNetChangesItAndHasTheChangeAfterAReload() {
    page.evaluate(WATCH_PROGRESS);
    page.locator("#load-wordnet").click();
    write("RETURN 'written meanwhile'");
    assertThat(page.locator("#load-wordnet")).isEnabled();
    assertThat(page.locator("#progress")).isHidden();
    List<?> progress = (List<?>) page.evaluate("() => window.progressSeen");
    assertTrue(progress.size() > 2, "the bar was shown and moved: " + progress);
    assertTrue(((Number) progress.get(progress.size() - 1)).doubleValue() > 0.99, "" + progress);
    assertThat(page.locator("#error")).isHidden();
    assertThat(page.locator(".cm-content")).containsText("written meanwhile");
    String nodes = page.locator("#node-count").textContent();
    String relationships = page.locator("#relationship-count").textContent();
    assertTrue(nodes.replace(",", "").length() >= 6, nodes);
    query(
        """
        MATCH (:Word {lemma: 'dog'})-[:SENSE {number: 1}]->(dog:Synset {pos: 'n'}),
              path = (dog)-[:HYPERNYM*]->(top:Synset)
        WHERE NOT (top)-[:HYPERNYM]->()
        RETURN path, top.gloss AS top\
        """);
    assertThat(page.locator("#table")).containsText("perceived or known or inferred");
    page.locator("#tab-graph").click();
    assertThat(page.locator("#details")).containsText("relationships");
    screenshot("wordnet-hypernyms-1400");
    page.locator("#tab-table").click();
    query(
        "MATCH (w:Word {lemma: 'dog'}) CREATE (me:Reader {name: 'Ada'})-[:LOOKED_UP]->(w) RETURN"
            + " me");
    assertThat(page.locator("#save-state")).hasText("Saved in this browser");
    page.reload();
    ready();
    assertThat(page.locator("#save-state")).hasText("Restored from this browser");
    assertEquals(oneMore(nodes), page.locator("#node-count").textContent());
    assertEquals(oneMore(relationships), page.locator("#relationship-count").textContent());
    query("MATCH (me:Reader)-[:LOOKED_UP]->(w) RETURN me.name AS reader, w.lemma AS word");
    assertThat(page.locator("#table tbody tr")).hasText("Adadog");
    query(
        "MATCH (w:Word)-[:SENSE]->(s) RETURN w.lemma AS word, count(s) AS senses"
            + " ORDER BY senses DESC, word LIMIT 15");
    assertThat(page.locator("#table tbody tr")).hasCount(15);
    screenshot("wordnet-table-1400");
    chromium.restart(400, 800, ColorScheme.DARK);
    open();
    assertEquals(oneMore(nodes), page.locator("#node-count").textContent());
    noComplaints();
  }

  @Test
  void showsAnErrorAtItsPlaceInTheQuery() {
    query("MATCH (n)\nRETURN n.name AS name,\n       unknown.name");
    Locator error = page.locator("#error");
    assertThat(error).isVisible();
    assertThat(error).containsText("unknown");
    assertThat(error).containsText("line 3");
    assertThat(wrong()).hasText("unknown");
    screenshot("error-light-1400");
    query("RETURN 1 AS one");
    assertThat(error).isHidden();
    assertThat(wrong()).hasCount(0);
    noComplaints();
  }

  @Test
  void offersWordsOfTheGraphAndPutsThemIn() {
    page.locator("#run").click();
    assertThat(page.locator("#node-count")).hasText("4");
    Locator offered = page.locator(".cm-tooltip-autocomplete li");
    write("MATCH (m:M");
    assertThat(offered).hasText(new String[] {"Machine"});
    assertThat(page.locator(".cm-content")).hasAttribute("aria-haspopup", "listbox");
    awaitAccepting();
    page.keyboard().press("Enter");
    assertThat(offered).hasCount(0);
    page.keyboard().type(") RETURN toUpper(m.na");
    assertThat(offered).hasText(new String[] {"name"});
    screenshot("completion-light-1400");
    awaitAccepting();
    page.keyboard().press("Tab");
    page.keyboard().type(") AS machine");
    page.keyboard().press("Control+Enter");
    assertThat(page.locator("#table tbody tr")).hasText("ANALYTICAL ENGINE");
    write("RETURN toUpp");
    assertThat(offered).hasText(new String[] {"toUpper"});
    assertThat(page.locator(".cm-completionInfo")).containsText("STRING");
    awaitAccepting();
    page.keyboard().press("Enter");
    page.keyboard().insertText("'x'");
    assertThat(page.locator(".cm-line")).hasText("RETURN toUpper('x')");
    noComplaints();
  }

  @Test
  void escapeClosesWhatIsOfferedAndLetsTabLeaveTheEditor() {
    Locator editor = page.locator(".cm-content");
    Locator offered = page.locator(".cm-tooltip-autocomplete li");
    write("RET");
    assertThat(offered).hasText(new String[] {"RETURN"});
    page.keyboard().press("Escape");
    assertThat(offered).hasCount(0);
    assertThat(editor).isFocused();
    page.keyboard().press("Control+Space");
    assertThat(offered).hasText(new String[] {"RETURN"});
    page.keyboard().press("Escape");
    assertThat(offered).hasCount(0);
    page.keyboard().press("Escape");
    page.keyboard().press("Tab");
    assertThat(editor).not().isFocused();
    write("RETURN 1 AS x");
    page.keyboard().press("Home");
    page.keyboard().press("Tab");
    assertThat(editor).isFocused();
    assertEquals("  RETURN 1 AS x", page.locator(".cm-line").textContent());
    noComplaints();
  }

  @Test
  void underlinesWhatIsWrongBeforeItRuns() {
    write("MATCH (n RETURN n;\nRETURN missing;\nRETURN 1 AS one");
    assertThat(wrong()).hasText(new String[] {"RETURN", "missing"});
    wrong().nth(1).hover();
    assertThat(page.locator(".cm-tooltip-lint")).containsText("missing");
    screenshot("underlined-light-1400");
    assertThat(page.locator("#error")).isHidden();
    write("MATCH (n) RETURN n");
    assertThat(wrong()).hasCount(0);
    query("WITH 0 AS zero\nRETURN 1 / zero");
    assertThat(page.locator("#error")).containsText("zero");
    chromium.restart(400, 900, ColorScheme.DARK);
    open();
    write("MATCH (n:Person)\nRETURN missing, toU");
    assertThat(wrong()).hasText(new String[] {"missing"});
    assertThat(page.locator(".cm-tooltip-autocomplete li")).hasText(new String[] {"toUpper"});
    screenshot("underlined-dark-400");
    noComplaints();
  }

  @Test
  void runsStatementsWithSemicolonsBetweenThem() {
    query("CREATE (:A); CREATE (:B);\nMATCH (n) RETURN labels(n)[0] AS label ORDER BY label;");
    assertThat(page.locator("#table tbody tr")).hasText(new String[] {"A", "B"});
    assertThat(page.locator("#summary")).containsText("3 statements");
    assertThat(page.locator("#summary")).containsText("2 nodes created");
    assertThat(page.locator("#node-count")).hasText("2");
    query("CREATE (:C); RETURN missing; CREATE (:D)");
    assertThat(page.locator("#error")).containsText("statement 2");
    assertThat(wrong()).hasText("missing");
    assertThat(page.locator("#node-count")).hasText("3");
    assertThat(page.locator("#save-state")).hasText("Saved in this browser");
    page.reload();
    ready();
    assertThat(page.locator("#node-count")).hasText("3");
    noComplaints();
  }

  @Test
  void showsThePlanOfAQuery() {
    page.locator("#run").click();
    query("EXPLAIN MATCH (n) RETURN n.name AS name");
    assertThat(page.locator("#table pre")).containsText("AllNodesScan");
    assertThat(page.locator("#table table")).hasCount(0);
    query("PROFILE MATCH (n) RETURN n.name AS name");
    assertThat(page.locator("#table pre")).containsText("AllNodesScan");
    assertThat(page.locator("#table tbody tr")).hasCount(4);
    screenshot("plan-1400");
    noComplaints();
  }

  @Test
  void aWideTableScrollsInItsPanel() {
    query("SHOW FUNCTIONS YIELD * RETURN * LIMIT 3");
    assertThat(page.locator("#table tbody tr")).hasCount(3);
    assertEquals(
        true, page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"));
    assertEquals(
        true,
        page.evaluate(
            "() => { const p = document.querySelector('#table'); return p.scrollWidth >"
                + " p.clientWidth; }"));
    noComplaints();
  }

  @Test
  void worksByKeyboardAlone() {
    page.locator(".cm-content").click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText("UNWIND range(1, 3) AS i RETURN i, i * i AS square");
    page.keyboard().press("Control+Enter");
    assertThat(page.locator("#table tbody tr")).hasCount(3);
    page.locator("#tab-table").focus();
    page.keyboard().press("ArrowRight");
    assertThat(page.locator("#graph")).isVisible();
    assertThat(page.locator("#tab-graph")).isFocused();
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator("#table")).isVisible();
    noComplaints();
  }

  @Test
  void startsANewGraphAfterAsking() {
    page.locator("#run").click();
    assertThat(page.locator("#node-count")).hasText("4");
    page.onceDialog(dialog -> dialog.dismiss());
    page.locator("#new-graph").click();
    assertThat(page.locator("#node-count")).hasText("4");
    page.onceDialog(dialog -> dialog.accept());
    page.locator("#new-graph").click();
    assertThat(page.locator("#node-count")).hasText("0");
    assertThat(page.locator("#save-state")).hasText("Saved in this browser");
    page.reload();
    ready();
    assertThat(page.locator("#node-count")).hasText("0");
    noComplaints();
  }

  @Test
  void aGraphThatWasHiddenWhileTheWindowChangedFitsAgain() {
    query("CREATE (a:A)-[:TO]->(b:B) RETURN a, b");
    page.locator("#tab-graph").click();
    assertThat(page.locator("#details")).containsText("2 nodes");
    page.locator("#tab-table").click();
    page.setViewportSize(700, 800);
    afterTheNextFrame();
    page.locator("#tab-graph").click();
    afterTheNextFrame();
    Object gap =
        page.evaluate(
            "() => document.querySelector('#canvas').clientWidth"
                + " - document.querySelector('#canvas canvas').clientWidth");
    assertEquals(0, ((Number) gap).intValue());
    noComplaints();
  }

  private void afterTheNextFrame() {
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))");
  }

  @Test
  void fitsNarrowAndWideWindowsInLightAndDark() {
    page.locator("#run").click();
    assertThat(page.locator("#save-state")).hasText("Saved in this browser");
    for (int width : new int[] {400, 1400}) {
      for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        chromium.restart(width, 900, colours);
        open();
        query("MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m");
        assertThat(page.locator("#table tbody tr")).not().hasCount(0);
        String name = colours.name().toLowerCase(java.util.Locale.ROOT) + "-" + width;
        screenshot("table-" + name);
        page.locator("#tab-graph").click();
        assertThat(page.locator("#details")).containsText("4 nodes");
        screenshot("graph-" + name);
        Object overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assertTrue(
            ((Number) overflow).intValue() <= 0, width + " px: " + overflow + " px too wide");
      }
    }
    noComplaints();
  }

  @Test
  void saysSoWhenTheBrowserLacksGarbageCollectedWebAssembly() {
    Page other = chromium.context().newPage();
    other.addInitScript("WebAssembly.validate = () => false");
    other.navigate(server.url());
    assertThat(other.locator("#unsupported")).containsText("WasmGC");
    assertThat(other.locator("#run")).isDisabled();
  }

  private void open() {
    page = chromium.page();
    page.navigate(server.url());
    ready();
  }

  private void ready() {
    page.waitForSelector("html[data-ready=true]");
  }

  /** Types a query over the one that is there. */
  private void write(String text) {
    page.locator(".cm-content").click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(text);
  }

  /** What is underlined. */
  private Locator wrong() {
    return page.locator(".cm-lintRange-error");
  }

  /** Waits until what is offered is there long enough that a key cannot take it by accident. */
  private void awaitAccepting() {
    page.waitForFunction(ACCEPTING);
  }

  /** Types a query over the one that is there and runs it. */
  private void query(String text) {
    write(text);
    page.locator("#run").click();
    assertThat(page.locator("#run")).isEnabled();
  }

  private void screenshot(String name) {
    // The layout's camera moves for a quarter of a second; two frames without change end it.
    page.waitForFunction("() => document.getAnimations().length === 0");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  private void noComplaints() {
    assertEquals(List.of(), chromium.complaints());
  }

  private static String oneMore(String number) {
    return "%,d".formatted(Long.parseLong(number.replace(",", "")) + 1);
  }
}
