package org.weftdb.cypher.function.regex;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The regular expressions that a query used last, by their patterns. For one thread. */
public final class RegexCache {
  private static final int CAPACITY = 32;

  private final Recent<Regex> regexes = new Recent<>(Regex::compile);
  private final Recent<RegexSearch> searches = new Recent<>(RegexSearch::compile);

  /** The compiled form that whole strings are matched with; errors of {@link Regex#compile}. */
  public Regex regex(String pattern) {
    return regexes.get(pattern);
  }

  /** The compiled form that is looked for in strings; errors of {@link RegexSearch#compile}. */
  public RegexSearch search(String pattern) {
    return searches.get(pattern);
  }

  private static final class Recent<T> {
    private final Function<String, T> compiler;

    /** In the order of the last use. */
    private final LinkedHashMap<String, T> compiled = new LinkedHashMap<>(64, 0.75f, true);

    Recent(Function<String, T> compiler) {
      this.compiler = compiler;
    }

    T get(String pattern) {
      T known = compiled.get(pattern);
      if (known != null) {
        return known;
      }
      T made = compiler.apply(pattern);
      if (compiled.size() == CAPACITY) {
        for (Map.Entry<String, T> eldest : compiled.entrySet()) {
          compiled.remove(eldest.getKey());
          break;
        }
      }
      compiled.put(pattern, made);
      return made;
    }
  }
}
