package org.weftdb.cypher.function.regex;

import java.util.LinkedHashMap;
import java.util.Map;

/** The regular expressions used last, for patterns that are not constant. For one thread. */
public final class RegexCache {
  private static final int CAPACITY = 32;

  /** In the order of the last use. */
  private final LinkedHashMap<String, Regex> compiled = new LinkedHashMap<>(64, 0.75f, true);

  /** The compiled form of a pattern; errors as those of {@link Regex#compile}. */
  public Regex get(String pattern) {
    Regex known = compiled.get(pattern);
    if (known != null) {
      return known;
    }
    Regex regex = Regex.compile(pattern);
    if (compiled.size() == CAPACITY) {
      for (Map.Entry<String, Regex> eldest : compiled.entrySet()) {
        compiled.remove(eldest.getKey());
        break;
      }
    }
    compiled.put(pattern, regex);
    return regex;
  }
}
