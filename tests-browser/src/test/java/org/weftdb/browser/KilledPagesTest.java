package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages and workers that end in the middle of commits lose nothing that was acknowledged.
 *
 * <p>{@code -Dweftdb.kills=N} kills N times for each storage.
 */
class KilledPagesTest {
  private static final int KILLS = Integer.getInteger("weftdb.kills", 26);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"opfs", "indexeddb"})
  void whatWasAcknowledgedIsThereAfterEveryKill(String storage) throws IOException {
    Random random = new Random(storage.hashCode());
    List<Integer> missing = new ArrayList<>();
    try (CommittingPages pages = new CommittingPages(folder, storage)) {
      for (int kill = 0; kill < KILLS; kill++) {
        Page page = pages.start(missing);
        assertEquals(List.of(), missing, "after " + kill + " kills");
        pages.waitForCommits(page, 1 + random.nextInt(25), 30_000);
        if (kill % 3 == 1 && storage.equals("opfs")) {
          page.evaluate("() => window.killWorkers()");
          // The page opens the database again by itself.
          pages.waitForCommits(page, 5, 30_000);
          assertEquals(List.of(), pages.missing(page), "after " + kill + " kills");
          assertEquals(List.of(), page.evaluate("() => window.problems"));
        }
        if (kill % 3 == 2) {
          pages.crash(page);
        } else {
          page.close();
        }
      }
      pages.start(missing);
      assertEquals(List.of(), missing);
      assertTrue(pages.acknowledgedCount() >= KILLS);
      System.out.printf(
          "%s: %d kills, %d commits acknowledged%n", storage, KILLS, pages.acknowledgedCount());
    }
  }
}
