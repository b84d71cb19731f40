package org.weftdb.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/errors.md} is made of {@link ErrorCode}; with {@code -Drewrite=true} it is written
 * anew.
 */
class ErrorDocumentationTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "errors.md");

  @Test
  void theDocumentIsThatOfTheTable() throws IOException {
    if (Boolean.getBoolean("rewrite")) {
      Files.writeString(DOCUMENT, document());
    }
    assertEquals(document(), Files.readString(DOCUMENT));
  }

  @Test
  void noNumberIsGivenTwiceAndEachIsOfItsCategory() {
    Set<Integer> numbers = new HashSet<>();
    for (ErrorCode code : ErrorCode.values()) {
      assertTrue(numbers.add(code.number()), code + " has the number of another code");
      assertEquals(code.category().ordinal() + 1, code.number() / 1000, code.name());
    }
  }

  private static String document() {
    List<String> lines = new ArrayList<>();
    lines.add("# Errors");
    lines.add("");
    lines.add(
        "Every error has one of these codes, in Java (`WeftException.code()`) as in JavaScript");
    lines.add("(`WeftError.code`). A number is never used for another error. Type and detail are");
    lines.add("those of openCypher's compatibility kit; the status is the one under which Neo4j's");
    lines.add("drivers know such an error, where one fits.");
    for (ErrorCategory category : ErrorCategory.values()) {
      lines.add("");
      lines.add("## " + category);
      lines.add("");
      lines.add("| number | code | type / detail | found | Neo4j's status |");
      lines.add("|---|---|---|---|---|");
      Arrays.stream(ErrorCode.values())
          .filter(code -> code.category() == category)
          .sorted(Comparator.comparingInt(ErrorCode::number))
          .forEach(code -> lines.add(row(code)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String row(ErrorCode code) {
    return String.join(
        " | ",
        "| " + code.number(),
        "`" + code + "`",
        code.type() + " / " + code.detail(),
        code.compileTime() ? "before the query runs" : "while it runs",
        code.neo4jStatus().isEmpty() ? "|" : "`" + code.neo4jStatus() + "` |");
  }
}
