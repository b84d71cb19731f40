package org.weftdb.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.NodeReference;
import org.weftdb.value.Numbers;
import org.weftdb.value.PathReference;
import org.weftdb.value.RelationshipReference;

/**
 * Values as text in test cases: Cypher's literals, with {@code \\uXXXX} in strings, {@code NaN},
 * {@code Infinity}, {@code #3} for the node 3, {@code @7} for the relationship 7 and {@code
 * <1,7,2>} for the path from node 1 over relationship 7 to node 2.
 */
public final class ValueText {
  private final String text;
  private int at;

  private ValueText(String text) {
    this.text = text;
  }

  public static @Nullable Object parse(String text) {
    ValueText reader = new ValueText(text);
    Object value = reader.value();
    reader.skipBlanks();
    if (reader.at != text.length()) {
      throw new IllegalArgumentException(text + " at " + reader.at);
    }
    return value;
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private boolean take(String token) {
    skipBlanks();
    if (text.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    return false;
  }

  private @Nullable Object value() {
    skipBlanks();
    if (take("[")) {
      List<Object> list = new ArrayList<>();
      while (!take("]")) {
        list.add(value());
        take(",");
      }
      return list;
    } else if (take("{")) {
      Map<String, Object> map = new LinkedHashMap<>();
      while (!take("}")) {
        skipBlanks();
        int colon = text.indexOf(':', at);
        String key = text.substring(at, colon);
        at = colon + 1;
        map.put(key, value());
        take(",");
      }
      return map;
    } else if (take("'")) {
      return string();
    } else if (take("#")) {
      return new NodeReference(integer());
    } else if (take("@")) {
      return new RelationshipReference(integer());
    } else if (take("<")) {
      List<Integer> ids = new ArrayList<>();
      while (!take(">")) {
        ids.add(integer());
        take(",");
      }
      int[] nodes = new int[ids.size() / 2 + 1];
      int[] relationships = new int[ids.size() / 2];
      for (int i = 0; i < ids.size(); i++) {
        (i % 2 == 0 ? nodes : relationships)[i / 2] = ids.get(i);
      }
      return new PathReference(nodes, relationships);
    }
    return word();
  }

  private int integer() {
    return ((Long) word()).intValue();
  }

  private @Nullable Object word() {
    int start = at;
    while (at < text.length() && ",]}> ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "null" -> null;
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> {
        boolean whole = word.matches("-?\\d+");
        Object number = whole ? (Object) Long.valueOf(word) : (Object) Numbers.tryParseDouble(word);
        if (number == null) {
          throw new IllegalArgumentException(word);
        }
        yield number;
      }
    };
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    while (text.charAt(at) != '\'') {
      char c = text.charAt(at++);
      if (c != '\\') {
        value.append(c);
        continue;
      }
      char escaped = text.charAt(at++);
      switch (escaped) {
        case 'n' -> value.append('\n');
        case 't' -> value.append('\t');
        case 'r' -> value.append('\r');
        case 'u' -> {
          value.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
          at += 4;
        }
        default -> value.append(escaped);
      }
    }
    at++;
    return value.toString();
  }

  public static String print(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    print(value, out);
    return out.toString();
  }

  private static void print(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case Number number -> out.append(Numbers.toText(number));
      case String string -> printString(string, out);
      case NodeReference node -> out.append('#').append(node.id());
      case RelationshipReference relationship -> out.append('@').append(relationship.id());
      case PathReference path -> {
        out.append('<').append(path.nodes()[0]);
        for (int i = 0; i < path.length(); i++) {
          out.append(',').append(path.relationships()[i]).append(',').append(path.nodes()[i + 1]);
        }
        out.append('>');
      }
      case List<?> list -> {
        String separator = "[";
        for (Object element : list) {
          out.append(separator);
          print(element, out);
          separator = ", ";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(separator).append(entry.getKey()).append(": ");
          print(entry.getValue(), out);
          separator = ", ";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      default -> out.append(value);
    }
  }

  private static void printString(String string, StringBuilder out) {
    out.append('\'');
    for (char c : string.toCharArray()) {
      if (c == '\'' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append("\\u%04X".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('\'');
  }
}
