package org.weftdb.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.WaitUntilState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.weftdb.demo.DemoServer;

/**
 * Pages that commit without a pause to one database, and ways to end them in the middle of that.
 *
 * <p>Every commit is a node with a number of its own. A page tells here which ones the database has
 * acknowledged; nothing may ever be missing of these.
 */
final class CommittingPages implements AutoCloseable {
  private static final String PAGE =
      """
      <!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">
      <script type="module" src="/page/main.js"></script>
      """;

  private static final String AWAY =
      """
      <!doctype html><meta charset="utf-8"><title>away</title><link rel="icon" href="data:,">
      """;

  private static final String SCRIPT =
      """
      import { createDatabase } from '/package/dist/index.js';
      import { live } from '/package/dist/live.js';

      const workers = [];
      const OwnWorker = window.Worker;
      window.Worker = class extends OwnWorker {
        constructor(...arguments_) {
          super(...arguments_);
          workers.push(this);
        }
      };
      window.killWorkers = () => workers.splice(0).forEach((worker) => worker.terminate());

      const me = crypto.randomUUID();
      navigator.locks.request(`me:${me}`, () => new Promise(() => undefined));

      // Whether this page runs the database.
      window.leads = async () => {
        const { held } = await navigator.locks.query();
        const own = held.find(({ name }) => name === `me:${me}`)?.clientId;
        const leader = held.find(({ name }) => /^weftdb:/.test(name) && !/:client:/.test(name));
        return leader?.clientId === own;
      };

      // When this page has opened the database in IndexedDB, and when it has written to it.
      window.uses = [];
      const now = () => performance.timeOrigin + performance.now();
      const transaction = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (stores, mode, options) {
        window.uses.push({ writes: mode === 'readwrite', millis: now() });
        return transaction.call(this, stores, mode, options);
      };

      window.comebacks = 0;
      window.addEventListener('pageshow', ({ persisted }) => (window.comebacks += persisted ? 1 : 0));

      // For the message of a test that fails.
      window.state = async () => {
        const { held, pending } = await navigator.locks.query();
        const names = (locks) => locks.map(({ name, clientId }) => `${name} ${clientId}`).join(', ');
        const { commits, lost, problems } = window;
        const all = { me, commits, lost, problems, held: names(held), pending: names(pending) };
        return JSON.stringify(all);
      };

      window.slowestMillis = 0;
      window.lost = 0;
      window.commits = 0;
      window.problems = [];

      window.start = async (storage, durability, first) => {
        const options = { name: 'killed', storage, durability, checkpointBytes: 40000 };
        window.database = await createDatabase(options);
        window.ids = async () => {
          const { rows } = await database.execute('MATCH (n:Id) RETURN n.id AS id, n.half AS half');
          const halves = rows.filter(({ half }) => half !== 2);
          if (halves.length > 0) {
            window.problems.push(`${halves.length} commits are there in part`);
          }
          return rows.map(({ id }) => id);
        };
        // Under relaxed a commit counts as acknowledged when it has been flushed.
        let unflushed = [];
        const acknowledge = (ids) => ids.forEach((id) => console.log(`acknowledged ${id}`));
        window.flush = async () => {
          const ids = unflushed;
          unflushed = [];
          try {
            await database.flush();
            acknowledge(ids);
          } catch (error) {
            // Of all that was told before, it is not known.
            unflushed = [];
            throw error;
          }
        };
        const found = await window.ids();
        let next = first;
        let committing = [];
        window.goOn = () => {
          window.isOver = false;
          committing = [1, 2, 3].map(commit);
        };
        window.pause = () => {
          window.isOver = true;
          return Promise.all(committing);
        };
        window.goOn();
        async function commit() {
          while (!window.isOver) {
            const id = next++;
            const start = performance.now();
            try {
              if (id % 5 === 0) {
                await database.transaction(async (transaction) => {
                  await transaction.execute('CREATE (:Id {id: $id, half: 1})', { id });
                  await transaction.execute('MATCH (n:Id {id: $id}) SET n.half = 2', { id });
                });
              } else {
                await database.execute('CREATE (:Id {id: $id, half: 2})', { id });
              }
              window.commits++;
              if (durability === 'strict') {
                acknowledge([id]);
              } else {
                unflushed.push(id);
                if (id % 4 === 0) {
                  await flush();
                }
              }
            } catch (error) {
              if (error.code === 'CONNECTION_LOST') {
                window.lost++;
              } else if (!window.isOver) {
                window.problems.push(`${error.code}: ${error.message}`);
              }
            }
            window.slowestMillis = Math.max(window.slowestMillis, performance.now() - start);
          }
        }
        return found;
      };

      // A live query: what its listener was told of each number, and what follows from that now.
      window.watch = async () => {
        const { told, now } = (window.watched = { told: new Map(), now: new Map() });
        const query = 'MATCH (n:Id) RETURN n.id AS id, n.half AS half';
        await live(database, query, {}, {
          key: 'id',
          onChanges({ rows, added, removed, changed }) {
            added.forEach(({ row }) => {
              told.set(row.id, (told.get(row.id) ?? 0) + 1);
              now.set(row.id, row.half);
            });
            if (removed.length + changed.length > 0) {
              window.problems.push(`${removed.length} removed, ${changed.length} changed`);
            }
            if (rows.length !== now.size || rows.some(({ id, half }) => now.get(id) !== half)) {
              window.problems.push(`${rows.length} rows are not the ${now.size} that were told`);
            }
          },
          onError: (error) => window.problems.push(`live: ${error.code}: ${error.message}`),
        });
      };
      // Numbers that were told twice, and those that are in the database and were not told.
      window.untold = async () => {
        const twice = [...window.watched.told].filter(([, times]) => times > 1).map(([id]) => id);
        const never = (await window.ids()).filter((id) => !window.watched.now.has(id));
        return { twice, never };
      };
      window.ready = true;
      """;

  private static final String ACKNOWLEDGED = "acknowledged ";

  /** A page has its own range of numbers. */
  private static final int NUMBERS = 1_000_000;

  private static final long WAIT_NANOS = 20_000_000_000L;

  private final DemoServer server;
  private final AutoCloseable browser;
  private final BrowserContext context;
  private final String storage;
  private final Set<Integer> acknowledged = new TreeSet<>();
  private final Map<Page, CDPSession> sessions = new HashMap<>();
  private int started;

  CommittingPages(Path folder, String storage) throws IOException {
    this(folder, storage, new Chromium(folder.resolve("profile")));
  }

  private CommittingPages(Path folder, String storage, Chromium chromium) throws IOException {
    this(folder, storage, chromium, chromium.context());
  }

  /** Pages of a browser, which is closed with this. */
  CommittingPages(Path folder, String storage, AutoCloseable browser, BrowserContext context)
      throws IOException {
    this.storage = storage;
    this.browser = browser;
    this.context = context;
    Files.writeString(folder.resolve("index.html"), PAGE);
    Files.writeString(folder.resolve("main.js"), SCRIPT);
    Files.writeString(folder.resolve("away.html"), AWAY);
    server =
        DemoServer.start(Map.of("/page/", folder, "/package/dist/", Path.of("../js-glue/dist")));
    context.onConsoleMessage(
        message -> {
          if (message.text().startsWith(ACKNOWLEDGED)) {
            acknowledged.add(Integer.valueOf(message.text().substring(ACKNOWLEDGED.length())));
          }
        });
  }

  /**
   * Opens a page that commits from now on.
   *
   * @param missing gets acknowledged numbers that the database does not have
   */
  Page start(List<Integer> missing) {
    return start("strict", missing);
  }

  /** Opens a page with a durability; one that is relaxed acknowledges what it has flushed. */
  Page start(String durability, List<Integer> missing) {
    Page page = context.newPage();
    page.setDefaultTimeout(60_000);
    page.navigate(server.url() + "page/index.html");
    page.waitForFunction("() => window.ready");
    Set<Integer> expected = new TreeSet<>(acknowledged);
    int first = ++started * NUMBERS;
    Object found =
        page.evaluate(
            "([storage, durability, first]) => window.start(storage, durability, first)",
            List.of(storage, durability, first));
    missing.addAll(without(expected, found));
    return page;
  }

  /** What of all that was acknowledged a page does not find. */
  List<Integer> missing(Page page) {
    Set<Integer> expected = new TreeSet<>(acknowledged);
    return without(expected, page.evaluate("() => window.ids()"));
  }

  private static List<Integer> without(Set<Integer> expected, Object found) {
    for (Object id : (List<?>) found) {
      expected.remove(((Number) id).intValue());
    }
    return new ArrayList<>(expected);
  }

  int acknowledgedCount() {
    return acknowledged.size();
  }

  /** Waits until so many more commits are acknowledged. */
  void waitForCommits(Page page, int more, int mostMillis) {
    int wanted = acknowledged.size() + more;
    long end = System.nanoTime() + mostMillis * 1_000_000L;
    while (acknowledged.size() < wanted) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no " + more + " commits within " + mostMillis + " ms");
      }
      page.waitForTimeout(5);
    }
  }

  /** Whether a page runs the database. */
  static boolean leads(Page page) {
    return (Boolean) page.evaluate("() => window.leads()");
  }

  /** The one of these pages that runs the database. */
  static Page leader(List<Page> pages) {
    for (int round = 0; round < 1000; round++) {
      for (Page page : pages) {
        if (leads(page)) {
          return page;
        }
      }
    }
    throw new AssertionError("no page leads");
  }

  /** Waits until one more commit of this very page is acknowledged. */
  static void waitForCommit(Page page, String when) {
    double before = number(page, "commits");
    long end = System.nanoTime() + WAIT_NANOS;
    while (number(page, "commits") <= before) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            when + ": a page commits no more; " + page.evaluate("() => window.state()"));
      }
      page.waitForTimeout(5);
    }
  }

  /** A number that a page keeps of itself. */
  static double number(Page page, String name) {
    return ((Number) page.evaluate("name => window[name]", name)).doubleValue();
  }

  /** Freezes a page as a browser does to save power, or lets it go on. */
  void freeze(Page page, boolean isFrozen) {
    CDPSession session = sessions.computeIfAbsent(page, context::newCDPSession);
    JsonObject state = new JsonObject();
    state.addProperty("state", isFrozen ? "frozen" : "active");
    session.send("Page.setWebLifecycleState", state);
  }

  /** Shows another document in place of a page, which goes into the back/forward cache. */
  void leave(Page page) {
    page.evaluate("() => void (location.href = '/page/away.html')");
    page.waitForURL("**/away.html");
  }

  /** Shows a page again that was {@link #leave left}, as it was. */
  void comeBack(Page page) {
    page.evaluate("() => history.back()");
    // A page that comes back is not loaded again.
    page.waitForURL(
        "**/index.html", new Page.WaitForURLOptions().setWaitUntil(WaitUntilState.COMMIT));
    if (!page.evaluate("() => window.comebacks > 0").equals(true)) {
      throw new AssertionError("the page was not in the back/forward cache");
    }
  }

  /** Ends the process of a page as a fault would. */
  static void crash(Page page) {
    try {
      // Chromium's own address for that; its process has no chance to answer.
      page.navigate("chrome://crash", new Page.NavigateOptions().setTimeout(1000));
    } catch (PlaywrightException expected) {
      // The page is gone.
    }
    page.close();
  }

  @Override
  public void close() throws IOException {
    try (server) {
      browser.close();
    } catch (IOException | RuntimeException error) {
      throw error;
    } catch (Exception error) {
      throw new IOException(error);
    }
  }
}
