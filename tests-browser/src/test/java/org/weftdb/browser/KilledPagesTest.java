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
      int kills = 0;
      for (int round = 0; kills < KILLS; round++) {
        Page page = pages.start(missing);
        assertEquals(List.of(), missing, "after " + kills + " kills");
        pages.waitForCommits(page, 1 + random.nextInt(25), 30_000);
        for (int worker = 0; worker < 3 && storage.equals("opfs"); worker++) {
          page.evaluate("() => window.killWorkers()");
          kills++;
          // The page opens the database again by itself.
          pages.waitForCommits(page, 5 + random.nextInt(10), 30_000);
          assertEquals(List.of(), pages.missing(page), "after " + kills + " kills");
          assertEquals(List.of(), page.evaluate("() => window.problems"));
        }
        kills++;
        if (round % 2 == 1) {
          CommittingPages.crash(page);
        } else {
          page.close();
        }
      }
      pages.start(missing);
      assertEquals(List.of(), missing);
      assertTrue(pages.acknowledgedCount() >= KILLS);
      System.out.printf(
          "%s: %d kills, %d commits acknowledged%n", storage, kills, pages.acknowledgedCount());
    }
  }
}
