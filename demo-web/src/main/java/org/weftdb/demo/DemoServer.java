package org.weftdb.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves folders over HTTP on the loopback address, with the content security policy under which
 * the application must work: no {@code eval}, WebAssembly allowed.
 *
 * <p>Not for the open network: it knows no encryption, no caching and no limits.
 */
public final class DemoServer implements AutoCloseable {
  private static final String POLICY =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'";
  private static final Map<String, String> TYPES = types();

  private final HttpServer server;
  private final ExecutorService threads;

  private DemoServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a server on a free port.
   *
   * @param folders URL prefix (with a slash at both ends, or just a slash) to the folder it shows
   */
  public static DemoServer start(Map<String, Path> folders) throws IOException {
    return start(folders, 0);
  }

  /** As {@link #start(Map)}, on a given port; 0 takes a free one. */
  public static DemoServer start(Map<String, Path> folders, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    for (Map.Entry<String, Path> folder : folders.entrySet()) {
      String prefix = folder.getKey();
      Path root = folder.getValue().toAbsolutePath().normalize();
      server.createContext(prefix, exchange -> answer(exchange, prefix, root));
    }
    server.start();
    return new DemoServer(server, threads);
  }

  /** The address of the first page, such as {@code http://127.0.0.1:40123/}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, String prefix, Path root) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(prefix.length());
      Path file = root.resolve(path.isEmpty() ? "index.html" : path).normalize();
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.sendResponseHeaders(405, -1);
      } else if (!file.startsWith(root) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        send(exchange, file, method.equals("HEAD"));
      }
    }
  }

  private static void send(HttpExchange exchange, Path file, boolean headOnly) throws IOException {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1);
    exchange
        .getResponseHeaders()
        .set("Content-Type", TYPES.getOrDefault(ending, "application/octet-stream"));
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    long size = Files.size(file);
    if (headOnly) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, size == 0 ? -1 : size);
    if (size > 0) {
      try (OutputStream body = exchange.getResponseBody()) {
        Files.copy(file, body);
      }
    }
  }

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("html", "text/html; charset=utf-8");
    types.put("js", "text/javascript; charset=utf-8");
    types.put("mjs", "text/javascript; charset=utf-8");
    types.put("css", "text/css; charset=utf-8");
    types.put("json", "application/json");
    types.put("svg", "image/svg+xml");
    types.put("png", "image/png");
    types.put("ico", "image/x-icon");
    types.put("wasm", "application/wasm");
    return types;
  }

  /** {@code DemoServer <folder> [/prefix/=<folder> ...]}: serves until interrupted. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 0) {
      System.err.println("usage: DemoServer <folder> [/prefix/=<folder> ...]");
      System.exit(2);
    }
    Map<String, Path> folders = new LinkedHashMap<>();
    folders.put("/", Path.of(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      folders.put(arguments[i].substring(0, equals), Path.of(arguments[i].substring(equals + 1)));
    }
    try (DemoServer server = start(folders)) {
      System.out.println("WeftDB demo: " + server.url() + " (Ctrl-C ends it)");
      new CountDownLatch(1).await();
    }
  }
}
