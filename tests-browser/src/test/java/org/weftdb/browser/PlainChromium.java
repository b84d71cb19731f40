package org.weftdb.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The system's Chromium as a person runs it.
 *
 * <p>One that Playwright starts takes every page for one in the foreground, which can never be
 * frozen, and has no back/forward cache. This one is started here, and Playwright only joins it.
 */
final class PlainChromium implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          Chromium.WITHOUT_HEAP_PROFILES,
          // Pages in the background are to be as quick as others, so that the tests are.
          "--disable-renderer-backgrounding",
          "--disable-background-timer-throttling",
          "--disable-backgrounding-occluded-windows",
          "--remote-debugging-port=0");

  /** Before the address under which the browser can be joined. */
  private static final String ADDRESS = "DevTools listening on ";

  private final Process process;
  private final Playwright playwright = Playwright.create();
  private final Browser browser;

  PlainChromium(Path profile) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Chromium.executable().toString());
    builder.command().addAll(FLAGS);
    builder.command().add("--user-data-dir=" + profile);
    process = builder.redirectErrorStream(true).start();
    browser =
        playwright
            .chromium()
            .connectOverCDP(address(), new BrowserType.ConnectOverCDPOptions().setNoDefaults(true));
  }

  private String address() throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(ADDRESS)) {
        Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
        return line.substring(ADDRESS.length()).strip();
      }
      said.append(line).append('\n');
    }
    throw new IOException("the browser has ended:\n" + said);
  }

  BrowserContext context() {
    return browser.contexts().get(0);
  }

  @Override
  public void close() {
    try {
      browser.newBrowserCDPSession().send("Browser.close");
      playwright.close();
    } finally {
      end();
    }
  }

  private void end() {
    try {
      if (process.waitFor(30, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
