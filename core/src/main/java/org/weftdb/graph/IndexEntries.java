package org.weftdb.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.weftdb.value.Point;

/**
 * The entries that an index has for an entity.
 *
 * <pre>
 * RANGE   one key       its value
 *         several keys  a list of their values when it has all of them
 * TEXT    of a string   "" and every part of three chars, and at its end those of two and of one;
 *                       each once, as a number: 17 bits for each char, which are one more than
 *                       the char, or 0 where there is none
 * POINT   of a point    its place on the {@link PointCurve}
 * </pre>
 *
 * <p>So the entries of the strings with a part of up to three chars lie between two numbers.
 */
final class IndexEntries {
  /** The chars of a part. */
  static final int GRAM = 3;

  private static final int CHAR_BITS = 17;

  private IndexEntries() {}

  /** The entries of an entity that the index is on. */
  static List<Object> of(IndexDefinition definition, PropertyColumn[] columns, int id) {
    List<Integer> keys = definition.keys();
    return switch (definition.kind()) {
      case RANGE -> {
        if (keys.size() == 1) {
          Object value = columns[keys.get(0)].get(id);
          yield value == null ? List.of() : List.of(value);
        }
        List<Object> tuple = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
          Object value = columns[keys.get(i)].get(id);
          if (value == null) {
            yield List.of();
          }
          tuple.add(value);
        }
        yield List.of(tuple);
      }
      case TEXT -> columns[keys.get(0)].get(id) instanceof String text ? gramsOf(text) : List.of();
      case POINT ->
          columns[keys.get(0)].get(id) instanceof Point point
              ? List.of(PointCurve.of(point))
              : List.of();
      case LOOKUP -> List.of();
    };
  }

  private static List<Object> gramsOf(String text) {
    TreeSet<Long> grams = new TreeSet<>();
    grams.add(0L);
    for (int at = 0; at < text.length(); at++) {
      grams.add(gram(text, at));
    }
    return new ArrayList<>(grams);
  }

  /** The number of the part that begins at a place, or of what is left there. */
  static long gram(String text, int at) {
    long gram = 0;
    for (int i = at; i < at + GRAM; i++) {
      gram = gram << CHAR_BITS | (i < text.length() ? text.charAt(i) + 1 : 0);
    }
    return gram;
  }

  /** Before the entries of the strings that have a part of at most three chars. */
  static Edge beforeGrams(String part) {
    return Edge.beforeValue(gram(part, 0));
  }

  /** Behind the entries of the strings that have a part; with none of the empty part alone. */
  static Edge behindGrams(String part) {
    int free = part.isEmpty() ? 0 : (GRAM - part.length()) * CHAR_BITS;
    return Edge.behindValue(gram(part, 0) | (1L << free) - 1);
  }
}
