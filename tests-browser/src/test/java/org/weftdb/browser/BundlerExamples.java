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
 */
final class BundlerExamples {
  /** A project: its files by name, and the commands that make it. */
  record Example(String title, Map<String, String> files, List<String> commands) {}

  private static final Path DOCUMENT = Path.of("../docs/javascript.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+) ?(\\S*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private BundlerExamples() {}

  static List<Example> read() throws IOException {
    String document = Files.readString(DOCUMENT);
    String section = document.substring(document.indexOf("\n## Bundlers\n") + 1);
    int end = section.indexOf("\n## ");
    String[] parts = (end < 0 ? section : section.substring(0, end)).split("\n### ");
    Example common = example("", parts[0]);
    List<Example> examples = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      Example own = example(parts[i].substring(0, parts[i].indexOf('\n')), parts[i]);
      Map<String, String> files = new LinkedHashMap<>(common.files());
      files.putAll(own.files());
      examples.add(new Example(own.title(), files, own.commands()));
    }
    return examples;
  }

  private static Example example(String title, String text) {
    Map<String, String> files = new LinkedHashMap<>();
    List<String> commands = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("sh")) {
        commands.addAll(block.group(3).lines().toList());
      } else if (!block.group(2).isEmpty()) {
        files.put(block.group(2), block.group(3));
      }
    }
    return new Example(title, files, commands);
  }
}
