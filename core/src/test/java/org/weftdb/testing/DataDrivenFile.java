package org.weftdb.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests that are written as data: a file of cases, each a directive, an input and the output that
 * is expected.
 *
 * <pre>
 * # A comment, which belongs to the next case.
 * directive argument argument
 * input, any number of lines
 * ----
 * output, up to an empty line
 * </pre>
 *
 * An output that has empty lines itself is put between two lines {@code ----}, after a first one:
 *
 * <pre>
 * directive
 * input
 * ----
 * ----
 * output
 *
 * more output
 * ----
 * ----
 * </pre>
 *
 * The files lie in {@code src/test/resources/cases}. With the system property {@code rewrite} they
 * are written anew from what the handler answers, and the difference is what there is to review.
 */
public final class DataDrivenFile {
  private static final String SEPARATOR = "----";
  private static final Path CASES = Path.of("src/test/resources/cases");

  private DataDrivenFile() {}

  /** Answers what a case's input gives, without a line end at the end. */
  @FunctionalInterface
  public interface Handler {
    String run(Case test) throws Exception;
  }

  /**
   * One case.
   *
   * @param file the file's name
   * @param line the line of the directive, from 1
   * @param directive the first word of the directive's line
   * @param arguments the other words
   * @param input the lines of the input, joined by LF
   * @param expected the output expected, lines joined by LF
   */
  public record Case(
      String file,
      int line,
      String directive,
      List<String> arguments,
      String input,
      String expected) {
    public Case {
      arguments = List.copyOf(arguments);
    }
  }

  private record Block(String comment, String directiveLine, Case test) {}

  /**
   * One test per case of a file.
   *
   * @param path below {@code cases}, such as {@code parser/literals.test}
   */
  public static Stream<DynamicTest> run(String path, Handler handler) {
    Path file = CASES.resolve(path);
    List<Block> blocks = read(file);
    if (System.getProperty("rewrite") != null) {
      rewrite(file, blocks, handler);
      return Stream.of(DynamicTest.dynamicTest(path + " is rewritten", () -> {}));
    }
    return blocks.stream().map(block -> test(path, block.test, handler));
  }

  /** One test per case of every file in a directory below {@code cases}. */
  public static Stream<DynamicTest> runAll(String directory, Handler handler) {
    try (Stream<Path> files = Files.list(CASES.resolve(directory))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".test"))
              .sorted()
              .toList();
      return names.stream().flatMap(name -> run(directory + "/" + name, handler));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DynamicTest test(String path, Case test, Handler handler) {
    String firstLine = test.input.lines().findFirst().orElse("");
    String shown = firstLine.length() > 80 ? firstLine.substring(0, 80) + "..." : firstLine;
    return DynamicTest.dynamicTest(
        path + ":" + test.line + " " + test.directive + " " + shown,
        () -> assertEquals(test.expected, handler.run(test), path + ":" + test.line));
  }

  private static void rewrite(Path file, List<Block> blocks, Handler handler) {
    StringBuilder text = new StringBuilder();
    for (Block block : blocks) {
      text.append(text.isEmpty() ? "" : "\n").append(block.comment);
      text.append(block.directiveLine).append('\n');
      text.append(block.test.input).append(block.test.input.isEmpty() ? "" : "\n");
      String output = output(block.test, handler);
      boolean fenced = output.isEmpty() || ("\n" + output + "\n").contains("\n\n");
      String fence = fenced && !output.isEmpty() ? SEPARATOR + "\n" : "";
      text.append(SEPARATOR).append('\n').append(fence);
      text.append(output).append(output.isEmpty() ? "" : "\n");
      text.append(fence).append(fence);
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String output(Case test, Handler handler) {
    try {
      return handler.run(test);
    } catch (Exception e) {
      throw new IllegalStateException(test.file + ":" + test.line, e);
    }
  }

  private static List<Block> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder comment = new StringBuilder();
      while (at < lines.size() && (lines.get(at).isEmpty() || lines.get(at).startsWith("#"))) {
        if (!lines.get(at).isEmpty()) {
          comment.append(lines.get(at)).append('\n');
        }
        at++;
      }
      if (at == lines.size()) {
        return blocks;
      }
      int line = at + 1;
      String directiveLine = lines.get(at++);
      List<String> input = new ArrayList<>();
      while (at < lines.size() && !lines.get(at).equals(SEPARATOR)) {
        input.add(lines.get(at++));
      }
      if (at == lines.size()) {
        throw new IllegalArgumentException(file + ":" + line + ": no " + SEPARATOR);
      }
      at++;
      List<String> output = new ArrayList<>();
      boolean fenced = at < lines.size() && lines.get(at).equals(SEPARATOR);
      at += fenced ? 1 : 0;
      while (at < lines.size() && !isEnd(lines, at, fenced)) {
        output.add(lines.get(at++));
      }
      at += fenced ? 2 : 0;
      List<String> words = List.of(directiveLine.trim().split("\\s+"));
      Case test =
          new Case(
              file.getFileName().toString(),
              line,
              words.get(0),
              words.subList(1, words.size()),
              String.join("\n", input),
              String.join("\n", output));
      blocks.add(new Block(comment.toString(), directiveLine, test));
    }
  }

  private static boolean isEnd(List<String> lines, int at, boolean fenced) {
    if (!fenced) {
      return lines.get(at).isEmpty();
    }
    return lines.get(at).equals(SEPARATOR)
        && at + 1 < lines.size()
        && lines.get(at + 1).equals(SEPARATOR);
  }
}
