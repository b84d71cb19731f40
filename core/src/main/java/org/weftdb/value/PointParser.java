package org.weftdb.value;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads points from the text that {@link Point#toString} makes: {@code point({x: 1.0, y: 2.0, crs:
 * 'cartesian'})}, with any components of which {@link PointFromMap} makes a point.
 */
public final class PointParser {
  private final String text;
  private int at;

  private PointParser(String text) {
    this.text = text;
  }

  /**
   * The point of a text, or null when the text is not of this form.
   *
   * @throws org.weftdb.error.WeftException as {@link PointFromMap#of}, when it is and there is no
   *     such point
   */
  public static @Nullable Point tryParse(String text) {
    Map<String, Object> components = new PointParser(text).components();
    return components == null ? null : PointFromMap.of(components);
  }

  private @Nullable Map<String, Object> components() {
    if (!word().equalsIgnoreCase("point") || !accept('(') || !accept('{')) {
      return null;
    }
    Map<String, Object> components = new HashMap<>();
    do {
      String key = word();
      Object value = accept(':') ? value() : null;
      if (value == null || components.put(key, value) != null) {
        return null;
      }
    } while (accept(','));
    boolean closed = accept('}') && accept(')');
    skipSpace();
    return closed && at == text.length() ? components : null;
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private boolean accept(char wanted) {
    skipSpace();
    boolean found = at < text.length() && text.charAt(at) == wanted;
    at += found ? 1 : 0;
    return found;
  }

  /** The letters that stand here, maybe none. */
  private String word() {
    skipSpace();
    int start = at;
    while (at < text.length()
        && (text.charAt(at) | 0x20) >= 'a'
        && (text.charAt(at) | 0x20) <= 'z') {
      at++;
    }
    return text.substring(start, at);
  }

  /** A number or a text in quotes, or null. */
  private @Nullable Object value() {
    skipSpace();
    if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
      int end = text.indexOf(text.charAt(at), at + 1);
      String quoted = end < 0 ? null : text.substring(at + 1, end);
      at = end < 0 ? at : end + 1;
      return quoted;
    }
    int start = at;
    while (at < text.length() && ",} ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String number = text.substring(start, at);
    Long whole = Numbers.tryParseLong(number);
    if (whole != null) {
      return whole;
    }
    return Numbers.tryParseDouble(number);
  }
}
