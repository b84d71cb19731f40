package org.weftdb.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The checked-in list of scenarios that do not pass yet, one id per line. */
final class NotPassing {
  private static final Path FILE = Path.of("src/test/resources/tck/not-passing.txt");
  private static final String HEADER =
      """
      # openCypher TCK scenarios that do not pass yet. This list may only shrink: a failure that is not
      # listed fails the build, and so does a listed scenario that passes. To take off what passes now:
      # mvn test -pl core -Dtest=TckTest -Dtck.rewrite
      """;

  private NotPassing() {}

  static Set<String> read() {
    Set<String> ids = new TreeSet<>();
    try {
      for (String line : Files.readAllLines(FILE)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          ids.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ids;
  }

  /**
   * Replaces the list.
   *
   * @param allowGrowth whether scenarios may be added that were not on it
   * @throws IllegalStateException with their names, when some would be and may not
   */
  static void rewrite(Collection<String> ids, boolean allowGrowth) {
    Set<String> added = new TreeSet<>(ids);
    if (!allowGrowth) {
      added.removeAll(read());
      if (!added.isEmpty()) {
        throw new IllegalStateException(
            "the list of scenarios that do not pass may only shrink, but these fail now: " + added);
      }
    }
    List<String> lines = new ArrayList<>(HEADER.lines().toList());
    lines.addAll(new TreeSet<>(ids));
    try {
      Files.createDirectories(FILE.getParent());
      Files.write(FILE, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
