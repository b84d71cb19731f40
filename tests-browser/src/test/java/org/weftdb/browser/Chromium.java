package org.weftdb.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system's Chromium with a profile of its own on disk, so that IndexedDB is the real one.
 *
 * <p>Every message that a page writes to its console as an error, and every exception that it does
 * not catch, is kept in {@link #complaints()}.
 */
final class Chromium implements AutoCloseable {
  /**
   * Never to profile its heap, which it does in some processes by chance: it looks for callers on
   * the stack of a suspendable call beyond its end, which crashes the page. Also enabled is what
   * Playwright enables, since the last of such flags is the one that counts.
   */
  static final String WITHOUT_HEAP_PROFILES =
      "--enable-features=CDPScreenshotNewSurface,"
          + "HeapProfilerReporting:nonstable-probability/0/stable-probability/0";

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          WITHOUT_HEAP_PROFILES,
          "--enable-unsafe-swiftshader");

  private final Playwright playwright = Playwright.create();
  private final List<String> complaints = new ArrayList<>();
  private final Path profile;
  private BrowserContext context;

  Chromium(Path profile) {
    this.profile = profile;
    this.context = launch(1400, 900, ColorScheme.LIGHT);
  }

  /** Closes the browser and starts it again on the same profile, with another window. */
  void restart(int width, int height, ColorScheme colours) {
    context.close();
    context = launch(width, height, colours);
  }

  BrowserContext context() {
    return context;
  }

  Page page() {
    Page page = context.pages().isEmpty() ? context.newPage() : context.pages().get(0);
    page.setDefaultTimeout(60_000);
    return page;
  }

  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    context.close();
    playwright.close();
  }

  private BrowserContext launch(int width, int height, ColorScheme colours) {
    BrowserContext started =
        playwright
            .chromium()
            .launchPersistentContext(
                profile,
                new BrowserType.LaunchPersistentContextOptions()
                    .setExecutablePath(executable())
                    .setHeadless(true)
                    .setArgs(FLAGS)
                    .setViewportSize(width, height)
                    .setColorScheme(colours));
    started.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    started.onWebError(error -> complaints.add(error.error()));
    return started;
  }

  /** Where the system has it. */
  static Path executable() {
    @Nullable String chosen = System.getenv("CHROMIUM");
    List<String> names = new ArrayList<>();
    if (chosen != null && !chosen.isEmpty()) {
      names.add(chosen);
    }
    names.addAll(List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"));
    for (String name : names) {
      if (name.contains(File.separator) && Files.isExecutable(Path.of(name))) {
        return Path.of(name);
      }
      for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file)) {
          return file;
        }
      }
    }
    throw new IllegalStateException(
        "No Chromium or Chrome on the PATH; install one or name it in CHROMIUM.");
  }
}
