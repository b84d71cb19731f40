package org.weftdb.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.weftdb.bytes.Utf8;
import org.weftdb.csv.CsvInput;
import org.weftdb.csv.CsvSource;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Lets LOAD CSV read the regular files of one directory and the directories in it, and nothing
 * else.
 *
 * <p>A query names a file by its path from the directory, with slashes: {@code people.csv}, {@code
 * 2024/people.csv}, or {@code file:///2024/people.csv} with percent-encoding. Refused are other
 * schemes and hosts, {@code ..}, and symbolic links that lead out of the directory; what is refused
 * is not looked at, so that nothing is told about files elsewhere.
 *
 * <p>Not promised: safety from who can write into the directory itself while a query runs.
 */
public final class CsvDirectory implements CsvSource {
  private static final String FILE_SCHEME = "file:";

  private final Path directory;

  /**
   * @param directory which must exist
   * @throws WeftException {@link ErrorCode#NOT_A_DIRECTORY}, {@link ErrorCode#IO_FAILED}
   */
  public CsvDirectory(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new WeftException(
          ErrorCode.NOT_A_DIRECTORY, directory + " is no directory, expected one with CSV files");
    }
    try {
      this.directory = directory.toRealPath();
    } catch (IOException failure) {
      throw new WeftException(
          ErrorCode.IO_FAILED, directory + " cannot be used: " + failure, null, failure);
    }
  }

  @Override
  public CsvInput open(String url) {
    String name = url.regionMatches(true, 0, FILE_SCHEME, 0, 5) ? pathOfUrl(url) : url;
    if (hasScheme(name)) {
      throw unavailable(url, "only files can be loaded, by their name or as file:///name");
    }
    Path real;
    try {
      Path file = directory.resolve(inside(url, name));
      real = file.toRealPath();
      if (!real.startsWith(directory)) {
        throw unavailable(url, "it leads out of the directory of the CSV files");
      }
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw unavailable(url, "it is no file");
      }
      return new FileInput(real, Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException missing) {
      throw unavailable(url, "there is no such file in the directory of the CSV files");
    } catch (InvalidPathException | IOException failure) {
      throw new WeftException(
          ErrorCode.CSV_UNAVAILABLE,
          "'" + url + "' cannot be loaded: it cannot be opened",
          null,
          failure);
    }
  }

  private static WeftException unavailable(String url, String why) {
    return new WeftException(ErrorCode.CSV_UNAVAILABLE, "'" + url + "' cannot be loaded: " + why);
  }

  /**
   * Whether the text begins like {@code http:}; one letter may be a drive, which is refused too.
   */
  private static boolean hasScheme(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == ':') {
        return i > 0;
      }
      boolean inScheme = Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.';
      if (!inScheme) {
        return false;
      }
    }
    return false;
  }

  /** The path of a URL of a file, without the slash that it begins with. */
  private static String pathOfUrl(String url) {
    String rest = url.substring(FILE_SCHEME.length());
    if (rest.startsWith("//") && !rest.startsWith("///")) {
      throw unavailable(url, "it names a host, expected file:/// with three slashes");
    }
    return decoded(url, rest);
  }

  private static String decoded(String url, String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = Utf8.encode(text);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
        if ((high | low) < 0) {
          throw unavailable(url, "a '%' in it is not followed by two hexadecimal digits");
        }
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[length++] = bytes[i];
      }
    }
    try {
      return Utf8.decode(bytes, 0, length);
    } catch (WeftException notText) {
      throw unavailable(url, "its percent-encoding is no UTF-8");
    }
  }

  /** The path from the directory: leading slashes mean the directory itself. */
  private static String inside(String url, String name) {
    int start = 0;
    while (start < name.length() && name.charAt(start) == '/') {
      start++;
    }
    String relative = name.substring(start);
    if (relative.isEmpty()) {
      throw unavailable(url, "it names no file");
    }
    int from = 0;
    while (from <= relative.length()) {
      int slash = relative.indexOf('/', from);
      int end = slash < 0 ? relative.length() : slash;
      String part = relative.substring(from, end);
      if (part.equals("..") || part.indexOf('\\') >= 0 || part.indexOf('\0') >= 0) {
        throw unavailable(url, "its path has a part that is not allowed: '..' or a backslash");
      }
      from = end + 1;
    }
    return relative;
  }

  /** A file that is read. */
  private static final class FileInput implements CsvInput {
    private final Path file;
    private final InputStream bytes;

    FileInput(Path file, InputStream bytes) {
      this.file = file;
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return file.toString();
    }

    @Override
    public int read(byte[] target) {
      try {
        return bytes.read(target);
      } catch (IOException failure) {
        throw failed(failure);
      }
    }

    @Override
    public void close() {
      try {
        bytes.close();
      } catch (IOException failure) {
        throw failed(failure);
      }
    }

    private WeftException failed(IOException failure) {
      return new WeftException(
          ErrorCode.IO_FAILED, "reading " + file + " failed: " + failure, null, failure);
    }
  }
}
