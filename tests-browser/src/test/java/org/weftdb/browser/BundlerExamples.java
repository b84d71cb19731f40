package org.weftdb.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The projects that {@code docs/javascript.md} describes under "Bundlers": a block of code with a
 * name is a file, and a block of {@code sh} holds the commands. What stands before the first
 * bundler is part of every project, unless the bundler has a file of that name.
 *
 * <p>Blocks with {@code worker} behind that belong to a second project of each bundler, where they
 * take the place of the others: the database runs in a worker there.
 */
final class BundlerExamples {
  /** A project: its files by name, and the commands that make it. */
  record Example(String title, Map<String, String> files, List<String> commands) {}

  /** The two projects of a section of the document. */
  private record Section(Example plain, Example worker) {}

  private static final Path DOCUMENT = Path.of("../docs/javascript.md");
  private static final Pattern BLOCK =
      Pattern.compile(
          "^```(\\w+)((?: (?!worker\\n)\\S+)?)((?: worker)?)\\n(.*?)^```$",
          Pattern.MULTILINE | Pattern.DOTALL);

  private BundlerExamples() {}

  static List<Example> read() throws IOException {
    String document = Files.readString(DOCUMENT);
    String section = document.substring(document.indexOf("\n## Bundlers\n") + 1);
    int end = section.indexOf("\n## ");
    String[] parts = (end < 0 ? section : section.substring(0, end)).split("\n### ");
    Section common = section("", parts[0]);
    List<Example> examples = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      Section own = section(parts[i].substring(0, parts[i].indexOf('\n')), parts[i]);
      Example plain = over(common.plain(), own.plain());
      examples.add(plain);
      examples.add(over(over(plain, common.worker()), own.worker()));
    }
    return examples;
  }

  private static Section section(String title, String text) {
    Example plain = new Example(title, new LinkedHashMap<>(), new ArrayList<>());
    Example worker =
        new Example(title + " with a worker", new LinkedHashMap<>(), new ArrayList<>());
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      Example example = block.group(3).isEmpty() ? plain : worker;
      String name = block.group(2).strip();
      if (block.group(1).equals("sh")) {
        example.commands().addAll(block.group(4).lines().toList());
      } else if (!name.isEmpty()) {
        example.files().put(name, block.group(4));
      }
    }
    return new Section(plain, worker);
  }

  /** One project with the files of another in place of its own, and its commands if it has some. */
  private static Example over(Example base, Example above) {
    Map<String, String> files = new LinkedHashMap<>(base.files());
    files.putAll(above.files());
    List<String> commands = above.commands().isEmpty() ? base.commands() : above.commands();
    return new Example(above.title(), files, commands);
  }
}
