package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page has a live query of what all pages commit, while the one that runs the database is
 * ended again and again: each commit is told, and none twice.
 *
 * <p>{@code -Dweftdb.liveLeaders=N} ends N of them for each storage.
 */
class LiveQueriesOfTabsTest {
  private static final int LEADERS = Integer.getInteger("weftdb.liveLeaders", 8);
  private static final int PAGES = 3;

  /** So many commits of all pages come between two ends. */
  private static final int COMMITS = 12;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"opfs", "indexeddb"})
  void goOnWhenTheTabThatRunsTheDatabaseIsEnded(String storage) throws IOException {
    List<Integer> missing = new ArrayList<>();
    try (CommittingPages pages = new CommittingPages(folder, storage)) {
      List<Page> open = new ArrayList<>();
      for (int i = 0; i < PAGES; i++) {
        open.add(startWatching(pages, missing));
      }
      for (int turn = 0; turn < LEADERS; turn++) {
        pages.waitForCommits(open.get(0), COMMITS + turn, 30_000);
        Page leader = CommittingPages.leader(open);
        open.remove(leader);
        if (turn % 2 == 0) {
          CommittingPages.crash(leader);
        } else {
          leader.evaluate("() => { window.isOver = true; return database.close(); }");
          leader.close();
        }
        // A third page commits, and a second one is told of that.
        CommittingPages.waitForCommit(open.get(0), "turn " + turn);
        CommittingPages.waitForCommit(open.get(1), "turn " + turn);
        if (turn % 4 == 3) {
          pauseAndCompare(open, "turn " + turn);
        }
        open.add(startWatching(pages, missing));
      }
      pauseAndCompare(open, "at the end");
      assertEquals(List.of(), missing);
    }
  }

  private static Page startWatching(CommittingPages pages, List<Integer> missing) {
    Page page = pages.start(missing);
    page.evaluate("() => window.watch()");
    return page;
  }

  /** When nobody commits any more, every live query has told of everything, once. */
  private static void pauseAndCompare(List<Page> open, String when) {
    for (Page page : open) {
      page.evaluate("() => window.pause()");
    }
    for (Page page : open) {
      page.waitForFunction("async () => (await window.untold()).never.length === 0");
      Map<?, ?> untold = (Map<?, ?>) page.evaluate("() => window.untold()");
      assertEquals(Map.of("twice", List.of(), "never", List.of()), untold, when);
      assertEquals(List.of(), page.evaluate("() => window.problems"), when);
    }
    for (Page page : open) {
      page.evaluate("() => window.goOn()");
    }
  }
}
