package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Four pages share one database and commit to it all the time, while the one that runs it is ended
 * again and again.
 *
 * <p>{@code -Dweftdb.leaders=N} ends N of them for each storage.
 */
class SeveralTabsTest {
  private static final int LEADERS = Integer.getInteger("weftdb.leaders", 10);
  private static final int PAGES = 4;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"opfs", "indexeddb"})
  void anotherPageTakesOverAndNothingAcknowledgedIsLost(String storage) throws IOException {
    endLeaders(storage, started -> "strict");
  }

  /** What a page was told counts by its own durability, whatever that of the leader is. */
  @ParameterizedTest
  @ValueSource(strings = {"opfs", "indexeddb"})
  void pagesOfWhichSomeAreRelaxedAreKeptTheirPromises(String storage) throws IOException {
    endLeaders(storage, started -> started % 2 == 0 ? "relaxed" : "strict");
  }

  private void endLeaders(String storage, IntFunction<String> durability) throws IOException {
    int started = 0;
    List<Integer> missing = new ArrayList<>();
    double slowest = 0;
    int lost = 0;
    try (CommittingPages pages = new CommittingPages(folder, storage)) {
      List<Page> open = new ArrayList<>();
      for (int i = 0; i < PAGES; i++) {
        open.add(pages.start(durability.apply(started++), missing));
      }
      for (int turn = 0; turn < LEADERS; turn++) {
        pages.waitForCommits(open.get(0), PAGES + turn % 7, 30_000);
        Page leader = CommittingPages.leader(open);
        open.remove(leader);
        end(pages, leader, turn);
        for (Page other : open) {
          CommittingPages.waitForCommit(other, "turn " + turn);
          assertEquals(List.of(), other.evaluate("() => window.problems"), "turn " + turn);
        }
        assertEquals(List.of(), pages.missing(open.get(turn % open.size())), "turn " + turn);
        open.add(pages.start(durability.apply(started++), missing));
        assertEquals(List.of(), missing, "turn " + turn);
      }
      for (Page page : open) {
        slowest = Math.max(slowest, CommittingPages.number(page, "slowestMillis"));
        lost += (int) CommittingPages.number(page, "lost");
        assertEquals(List.of(), pages.missing(page));
      }
      System.out.printf(
          "%s: %d leaders ended, %d commits acknowledged, %d uncertain in the last pages,"
              + " the slowest call took %.0f ms%n",
          storage, LEADERS, pages.acknowledgedCount(), lost, slowest);
    }
  }

  private static void end(CommittingPages pages, Page leader, int turn) {
    switch (turn % 4) {
      case 0 -> CommittingPages.crash(leader);
      case 1 -> leader.close();
      case 2 -> {
        // In order, from a page that goes on with other things.
        leader.evaluate("() => { window.isOver = true; return database.close(); }");
        leader.close();
      }
      default -> {
        leader.evaluate("() => window.killWorkers()");
        CommittingPages.crash(leader);
      }
    }
  }
}
