package org.weftdb.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.browser.BundlerExamples.Example;
import org.weftdb.demo.DemoServer;

/** What {@code docs/javascript.md} says of each bundler, done as it says, and used in Chromium. */
class PackageInBundlersTest {
  private static final List<String> TITLES =
      List.of("Vite", "webpack", "esbuild", "Rollup", "No bundler");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyBundlerMakesAPageThatWorks() throws IOException {
    List<Example> examples = BundlerExamples.read();
    List<String> titles =
        TITLES.stream().flatMap(title -> Stream.of(title, title + " with a worker")).toList();
    assertEquals(titles, examples.stream().map(Example::title).toList());
    return examples.stream()
        .map(example -> DynamicTest.dynamicTest(example.title(), () -> buildAndOpen(example)));
  }

  private void buildAndOpen(Example example) throws Exception {
    Path place = Files.createDirectory(folder.resolve(example.title()));
    EmptyProject project = new EmptyProject(place.resolve("project"), example.files());
    for (String command : example.commands()) {
      if (command.startsWith("npm install --save-dev ")) {
        for (String name : command.substring("npm install --save-dev ".length()).split(" ")) {
          project.install(name);
        }
      } else {
        project.run(command.startsWith("npx ") ? command.substring("npx ".length()) : command);
      }
    }
    Path made = project.folder().resolve("dist");
    if (example.files().get("index.html").contains("importmap")) {
      // The strict policy forbids what stands in a page itself, and browsers take no map from a
      // file.
      InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      Path root = made.toAbsolutePath().normalize();
      HttpServer server =
          SimpleFileServer.createFileServer(free, root, SimpleFileServer.OutputLevel.NONE);
      server.start();
      try {
        open("http://127.0.0.1:" + server.getAddress().getPort() + "/", place);
      } finally {
        server.stop(0);
      }
    } else {
      try (DemoServer server = DemoServer.start(Map.of("/", made))) {
        open(server.url(), place);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void vitesDevelopmentServerServesAPageThatWorks(int example) throws Exception {
    Example vite = BundlerExamples.read().get(example);
    EmptyProject project = new EmptyProject(folder.resolve("project"), vite.files());
    project.install("vite");
    int port = freePort();
    Process server =
        project.start(
            "vite --host 127.0.0.1 --strictPort --port " + port, folder.resolve("vite.txt"));
    try {
      for (int attempt = 0; !listens(port); attempt++) {
        if (attempt == 300 || !server.isAlive()) {
          throw new AssertionError(Files.readString(folder.resolve("vite.txt")));
        }
        Thread.sleep(100);
      }
      open("http://127.0.0.1:" + port + "/", folder);
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static void open(String url, Path place) {
    try (Chromium chromium = new Chromium(place.resolve("profile"))) {
      Page page = chromium.page();
      page.navigate(url);
      assertThat(page.locator("body")).hasText("Ada");
      assertEquals(List.of(), chromium.complaints());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException nobodyYet) {
      return false;
    }
  }
}
