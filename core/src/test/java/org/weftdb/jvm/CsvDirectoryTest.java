package org.weftdb.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.Database;
import org.weftdb.DatabaseBuilder;
import org.weftdb.csv.CsvInput;
import org.weftdb.engine.Result;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** What LOAD CSV can read of the files of a machine. */
final class CsvDirectoryTest {
  @TempDir Path temporary;
  private Path directory;
  private CsvDirectory source;

  @BeforeEach
  void makeFiles() throws IOException {
    directory = Files.createDirectories(temporary.resolve("import"));
    Files.createDirectories(directory.resolve("sub"));
    Files.writeString(directory.resolve("a.csv"), "inside");
    Files.writeString(directory.resolve("sub/b c.csv"), "below");
    Files.writeString(temporary.resolve("secret.csv"), "secret");
    source = new CsvDirectory(directory);
  }

  private String read(String url) {
    try (CsvInput input = source.open(url)) {
      byte[] bytes = new byte[100];
      int length = input.read(bytes);
      return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
  }

  private String refused(String url) {
    WeftException error = assertThrows(WeftException.class, () -> source.open(url), url);
    assertEquals(ErrorCode.CSV_UNAVAILABLE, error.code(), error.getMessage());
    String why = error.getMessage().replace(url, "");
    assertFalse(why.contains(temporary.toString()), why);
    return why;
  }

  @Test
  void opensFilesByNamesAndUrls() {
    assertEquals("inside", read("a.csv"));
    assertEquals("inside", read("/a.csv"));
    assertEquals("inside", read("file:///a.csv"));
    assertEquals("inside", read("file:/a.csv"));
    assertEquals("inside", read("FILE:///%61.csv"));
    assertEquals("below", read("sub/b c.csv"));
    assertEquals("below", read("./sub/b c.csv"));
    assertEquals("below", read("file:///sub/b%20c.csv"));
  }

  @Test
  void refusesWhatLeadsOutOfTheDirectory() {
    for (String url :
        List.of(
            "../secret.csv",
            "sub/../../secret.csv",
            "sub/../a.csv",
            "file:///../secret.csv",
            "file:///%2e%2e/secret.csv",
            "file:///%2E%2E%2Fsecret.csv",
            "..\\secret.csv",
            "..",
            temporary.resolve("secret.csv").toString(),
            "file://" + temporary.resolve("secret.csv"))) {
      refused(url);
    }
  }

  @Test
  void refusesSymbolicLinksThatLeadOutAndFollowsThoseThatDoNot() throws IOException {
    Files.createSymbolicLink(directory.resolve("out.csv"), temporary.resolve("secret.csv"));
    Files.createSymbolicLink(directory.resolve("up"), temporary);
    Files.createSymbolicLink(directory.resolve("in.csv"), directory.resolve("a.csv"));
    assertTrue(refused("out.csv").contains("out of the directory"));
    assertTrue(refused("up/secret.csv").contains("out of the directory"));
    assertEquals("inside", read("in.csv"));
    // The directory itself may be reached by a link.
    Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);
    source = new CsvDirectory(link);
    assertEquals("inside", read("a.csv"));
  }

  @Test
  void refusesEverythingButFiles() {
    assertTrue(refused("sub").contains("is no file"));
    refused("");
    refused("/");
    refused("file:///");
    refused("a.csv\0");
    assertTrue(refused("missing.csv").contains("no such file"));
    for (String url :
        List.of(
            "http://example.org/a.csv",
            "https://example.org/a.csv",
            "ftp://example.org/a.csv",
            "jar:file:/a.jar!/a.csv",
            "data:text/csv,a",
            "C:a.csv")) {
      assertTrue(refused(url).contains("only files"), url);
    }
    assertTrue(refused("file://host/a.csv").contains("host"));
    refused("file:///%zz.csv");
    refused("file:///%ff.csv");
    refused("file:///a.cs%7");
  }

  @Test
  void needsADirectory() {
    Path file = directory.resolve("a.csv");
    WeftException error = assertThrows(WeftException.class, () -> new CsvDirectory(file));
    assertEquals(ErrorCode.NOT_A_DIRECTORY, error.code());
  }

  @Test
  void aDatabaseLoadsWhatItMay() throws IOException {
    StringBuilder text = new StringBuilder("id,name\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(i).append(",\"name, ").append(i).append("\"\n");
    }
    Files.writeString(directory.resolve("big.csv"), text);
    try (Database database = Database.builder().csvDirectory(directory).inMemory()) {
      database.execute(
          "LOAD CSV WITH HEADERS FROM 'file:///big.csv' AS row"
              + " CALL (row) { CREATE (:N {id: toInteger(row.id), name: row.name}) }"
              + " IN TRANSACTIONS OF 1000 ROWS");
      assertEquals(20_000, database.nodeCount());
      Result result = database.execute("MATCH (n:N {id: 19999}) RETURN n.name AS name");
      assertEquals(List.of(Map.of("name", "name, 19999")), result.toList());
      Result first =
          database.execute("LOAD CSV FROM 'big.csv' AS row RETURN row[1] AS name, file() AS f");
      assertEquals("name", first.next().get("name"));
      assertEquals(directory.toRealPath().resolve("big.csv").toString(), first.next().get("f"));
      first.close();
      WeftException error =
          assertThrows(
              WeftException.class,
              () -> database.execute("LOAD CSV FROM '../secret.csv' AS r RETURN r").hasNext());
      assertEquals(ErrorCode.CSV_UNAVAILABLE, error.code());
    }
    try (Database database = Database.inMemory()) {
      WeftException error =
          assertThrows(
              WeftException.class,
              () -> database.execute("LOAD CSV FROM 'a.csv' AS r RETURN r").hasNext());
      assertEquals(ErrorCode.CSV_UNAVAILABLE, error.code());
      assertTrue(error.getMessage().contains("not allowed"), error.getMessage());
    }
  }

  @Test
  void whatIsOpenedIsClosedAtTheEndOfTheRowsAtAFailureAndWithTheResult() {
    int[] open = {0};
    DatabaseBuilder builder =
        Database.builder()
            .csvSource(
                url -> {
                  open[0]++;
                  CsvInput input = source.open(url);
                  return new CsvInput() {
                    @Override
                    public String name() {
                      return url;
                    }

                    @Override
                    public int read(byte[] target) {
                      return input.read(target);
                    }

                    @Override
                    public void close() {
                      open[0]--;
                      input.close();
                    }
                  };
                });
    try (Database database = builder.inMemory()) {
      String load = "UNWIND range(1, 50) AS i LOAD CSV FROM 'a.csv' AS row RETURN 10 / (i - $x)";
      assertEquals(50, database.execute(load, Map.of("x", 100)).toList().size());
      assertEquals(0, open[0]);
      assertThrows(WeftException.class, () -> database.execute(load, Map.of("x", 40)).toList());
      assertEquals(0, open[0]);
      String two = "LOAD CSV FROM 'a.csv' AS a UNWIND range(1, 5000) AS i RETURN i";
      Result result = database.execute(two);
      result.next();
      result.close();
      assertEquals(0, open[0]);
      database.execute("LOAD CSV FROM 'a.csv' AS a RETURN a LIMIT 1").toList();
      assertEquals(0, open[0]);
    }
  }
}
