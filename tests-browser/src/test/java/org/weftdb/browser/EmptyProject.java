package org.weftdb.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A project that was empty until the tarball of the npm package was installed into it. */
final class EmptyProject {
  private static final Path TARBALLS = Path.of("../js-glue/target");

  /** Where the packages are that a person would install: bundlers, and React. */
  private static final List<Path> INSTALLED =
      Stream.of(
              "../tests-runtimes/node_modules",
              "../demo-web/node_modules",
              "../js-glue/node_modules")
          .map(name -> Path.of(name).toAbsolutePath().normalize())
          .toList();

  private final Path folder;

  EmptyProject(Path folder, Map<String, String> files) throws IOException, InterruptedException {
    this.folder = Files.createDirectory(folder);
    Files.writeString(folder.resolve("package.json"), "{\"private\": true, \"type\": \"module\"}");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    run("npm install --offline --no-audit --no-fund " + tarball());
  }

  Path folder() {
    return folder;
  }

  /** Makes one of these packages one of the project's, as {@code npm install} would. */
  void install(String name) throws IOException {
    for (Path modules : INSTALLED) {
      if (Files.isDirectory(modules.resolve(name))) {
        Path link = folder.resolve("node_modules").resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, modules.resolve(name));
        return;
      }
    }
    throw new IllegalStateException(name + " is not installed in " + INSTALLED);
  }

  /** Runs a command to its end, which must be a good one. */
  void run(String command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("command", ".txt");
    Process process = start(command, output);
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    Files.delete(output);
    assertTrue(ended && process.exitValue() == 0, command + "\n" + text);
  }

  /** Starts a command of a shell, without the shell staying. */
  Process start(String command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "exec " + command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    StringBuilder path = new StringBuilder();
    for (Path modules : INSTALLED) {
      path.append(File.pathSeparator).append(modules.resolve(".bin"));
    }
    // Behind the machine's own, since there is a Node.js of every version among them.
    builder.environment().merge("PATH", path.toString(), String::concat);
    return builder.start();
  }

  private static Path tarball() throws IOException {
    try (Stream<Path> files = Files.list(TARBALLS)) {
      List<Path> tarballs = files.filter(file -> file.toString().endsWith(".tgz")).toList();
      assertEquals(1, tarballs.size(), "one tarball in " + TARBALLS);
      return tarballs.get(0).toAbsolutePath().normalize();
    }
  }
}
