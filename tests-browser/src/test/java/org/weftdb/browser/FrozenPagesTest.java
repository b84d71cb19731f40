package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page that runs the database is frozen, or goes into the back/forward cache, while all pages
 * commit: another takes over, and the page goes on when it comes back.
 *
 * <p>{@code -Dweftdb.freezes=N} does each N times for each storage.
 */
class FrozenPagesTest {
  private static final int FREEZES = Integer.getInteger("weftdb.freezes", 6);
  private static final int PAGES = 3;

  @TempDir Path folder;
  private final List<Page> open = new ArrayList<>();
  private CommittingPages pages;

  private void openPages(String storage) throws IOException {
    PlainChromium chromium = new PlainChromium(folder.resolve("profile"));
    pages = new CommittingPages(folder, storage, chromium, chromium.context());
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < PAGES; i++) {
      open.add(pages.start(missing));
    }
    assertEquals(List.of(), missing);
  }

  @AfterEach
  void close() throws IOException {
    pages.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"opfs", "indexeddb"})
  void anotherPageTakesOverFromOneThatIsFrozen(String storage) throws IOException {
    openPages(storage);
    for (int turn = 0; turn < FREEZES; turn++) {
      pages.waitForCommits(open.get(0), PAGES + turn, 30_000);
      Page leader = CommittingPages.leader(open);
      pages.freeze(leader, true);
      othersGoOn(leader, "turn " + turn);
      if (turn % 3 == 2) {
        // The one that has taken over, too.
        Page second = CommittingPages.leader(others(leader));
        pages.freeze(second, true);
        Page last = others(leader).stream().filter(page -> page != second).findAny().orElseThrow();
        CommittingPages.waitForCommit(last, "turn " + turn);
        pages.freeze(second, false);
        goesOn(second, "turn " + turn);
      }
      pages.freeze(leader, false);
      goesOn(leader, "turn " + turn);
    }
    onlyOneHasWrittenAtATime(storage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opfs", "indexeddb"})
  void anotherPageTakesOverFromOneInTheBackForwardCache(String storage) throws IOException {
    openPages(storage);
    for (int turn = 0; turn < FREEZES; turn++) {
      pages.waitForCommits(open.get(0), PAGES + turn, 30_000);
      Page leader = CommittingPages.leader(open);
      pages.leave(leader);
      othersGoOn(leader, "turn " + turn);
      pages.comeBack(leader);
      goesOn(leader, "turn " + turn);
    }
    onlyOneHasWrittenAtATime(storage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opfs", "indexeddb"})
  void aPageThatDoesNotRunTheDatabaseIsFrozenAndGoesOn(String storage) throws IOException {
    openPages(storage);
    for (int turn = 0; turn < FREEZES; turn++) {
      Page leader = CommittingPages.leader(open);
      Page frozen = others(leader).get(turn % 2);
      pages.freeze(frozen, true);
      othersGoOn(frozen, "turn " + turn);
      assertTrue(CommittingPages.leads(leader), "it still runs the database");
      pages.freeze(frozen, false);
      goesOn(frozen, "turn " + turn);
    }
    onlyOneHasWrittenAtATime(storage);
  }

  private List<Page> others(Page page) {
    return open.stream().filter(other -> other != page).toList();
  }

  private void othersGoOn(Page away, String when) {
    for (Page other : others(away)) {
      goesOn(other, when);
    }
  }

  /** Waits until a page commits, and checks that nothing is missing of what all have committed. */
  private void goesOn(Page page, String when) {
    CommittingPages.waitForCommit(page, when);
    assertEquals(List.of(), page.evaluate("() => window.problems"), when);
    assertEquals(List.of(), pages.missing(page), when);
  }

  /** In OPFS the browser sees to that: a file has one access handle at a time. */
  private void onlyOneHasWrittenAtATime(String storage) {
    record Use(int page, boolean writes, double millis) {}
    List<Use> uses = new ArrayList<>();
    for (int page = 0; page < open.size(); page++) {
      for (Object each : (List<?>) open.get(page).evaluate("() => window.uses")) {
        Map<?, ?> use = (Map<?, ?>) each;
        double millis = ((Number) use.get("millis")).doubleValue();
        uses.add(new Use(page, (Boolean) use.get("writes"), millis));
      }
    }
    uses.sort(Comparator.comparingDouble(Use::millis));
    assertEquals(storage.equals("opfs"), uses.isEmpty());
    int owner = -1;
    for (Use use : uses) {
      // Who opens the database only reads.
      owner = use.writes() ? owner : use.page();
      assertEquals(owner, use.page(), "a page has written after another had opened the database");
    }
  }
}
