package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.parser.TypeText;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.NodeReference;
import org.weftdb.value.PathReference;
import org.weftdb.value.Texts;
import org.weftdb.value.ValueType;
import org.weftdb.value.type.Casts;
import org.weftdb.value.type.TypeExpression;
import org.weftdb.value.type.TypeKind;

/**
 * The functions of the namespaces {@code node}, {@code edge}, {@code path}, {@code value}, {@code
 * type}, {@code cast} and {@code uuid}, most of which are other names.
 */
final class EntityNamespaces {
  private EntityNamespaces() {}

  static void addTo(Library library) {
    addGraph(library);
    addValues(library);
    addCasts(library);
    addUuid(library);
  }

  private static void addGraph(Library library) {
    library.category(FunctionCategory.GRAPH);
    library.alias("node.id", "id");
    library.alias("node.labels", "labels");
    library.alias("node.keys", "keys");
    library.alias("node.properties", "properties");
    library
        .reading(GraphReading.LABELS)
        .defineInContext(
            "node.has_label(node :: NODE, label :: STRING) :: BOOLEAN",
            "Whether a node has a label.",
            (a, context) -> context.labels((NodeReference) a[0]).contains(a[1]));
    library.alias("edge.id", "id");
    library.alias("edge.type", "type");
    library.alias("edge.keys", "keys");
    library.alias("edge.properties", "properties");
    library.alias("edge.start", "startNode");
    library.alias("edge.end", "endNode");
    library.alias("path.nodes", "nodes");
    library.alias("path.edges", "relationships");
    library.alias("path.length", "length");
    library.define(
        "path.first(path :: PATH) :: NODE",
        "The first node of a path.",
        a -> new NodeReference(((PathReference) a[0]).nodes()[0]));
    library.define(
        "path.last(path :: PATH) :: NODE",
        "The last node of a path.",
        a -> {
          int[] nodes = ((PathReference) a[0]).nodes();
          return new NodeReference(nodes[nodes.length - 1]);
        });
  }

  private static void addValues(Library library) {
    library.category(FunctionCategory.SCALAR);
    library.alias("value.size", "size");
    library.alias("value.keys", "keys");
    library.alias("value.properties", "properties");
    library.alias("value.reverse", "reverse");
    library.alias("value.coalesce", "coalesce");
    library.alias("value.id", "id");
    library.add(
        "value.is_null(input :: ANY) :: BOOLEAN",
        "Whether a value is null.",
        (a, context) -> a[0] == null);
    library.add(
        "value.is_not_null(input :: ANY) :: BOOLEAN",
        "Whether a value is not null.",
        (a, context) -> a[0] != null);
    library.add(
        "type.of(input :: ANY) :: STRING",
        "The type of a value, such as INTEGER; NULL of null.",
        (a, context) -> ValueType.of(a[0]).typeName());
    library.add(
        "type.is(input :: ANY, type :: STRING) :: BOOLEAN",
        "Whether a value is of a type, such as 'INTEGER' or 'LIST<STRING NOT NULL> | DATE';"
            + " null is of 'NULL' only.",
        (a, context) -> {
          if (a[1] == null) {
            return null;
          }
          String name = Arguments.string("type.is", 2, a[1]);
          boolean isNull = name.equalsIgnoreCase("NULL");
          return a[0] == null || isNull
              ? a[0] == null && isNull
              : type("type.is", name).matches(a[0]);
        });
  }

  private static void addCasts(Library library) {
    library.add(
        "cast.to(input :: ANY, type :: STRING) :: ANY",
        "A value as a type such as 'INTEGER' or 'LIST<FLOAT>', as CAST; an error when it cannot be"
            + " converted.",
        (a, context) ->
            a[1] == null
                ? null
                : Casts.cast(
                    a[0],
                    type("cast.to", Arguments.string("cast.to", 2, a[1])),
                    context.zoneRules()));
    library.defineInContext(
        "cast.try(input :: ANY, type :: STRING) :: ANY",
        "A value as a type such as 'INTEGER' or 'LIST<FLOAT>', as TRY_CAST; null when it cannot be"
            + " converted.",
        (a, context) -> Casts.tryCast(a[0], type("cast.try", (String) a[1]), context.zoneRules()));
    library.defineInContext(
        "cast.can(input :: ANY, type :: STRING) :: BOOLEAN",
        "Whether a value can be converted to a type such as 'INTEGER' or 'LIST<FLOAT>'.",
        (a, context) ->
            Casts.tryCast(a[0], type("cast.can", (String) a[1]), context.zoneRules()) != null);
  }

  /** A type as it may stand behind {@code IS ::}. */
  private static TypeExpression type(String function, String text) {
    // Most types are a single word, and reading them anew for each row would take long.
    String upper = LetterCase.upperAscii(text);
    for (TypeKind kind : TypeKind.values()) {
      if (kind.text().equals(upper) && kind != TypeKind.LIST) {
        return TypeExpression.of(kind);
      }
    }
    // What type.of() says of a list; the grammar of types wants to know its elements.
    if (upper.equals("LIST")) {
      return TypeExpression.listOf(TypeExpression.ANY);
    }
    try {
      return TypeText.parse(text);
    } catch (WeftException e) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT,
          function
              + "() does not know the type '"
              + text
              + "', expected one such as 'INTEGER' or 'LIST<STRING NOT NULL> | DATE'");
    }
  }

  private static void addUuid(Library library) {
    library.category(FunctionCategory.SCALAR);
    library.alias("uuid.new", "randomUUID");
    library.define(
        "uuid.from_string(text :: STRING) :: STRING",
        "A UUID in its canonical form: small digits with hyphens; null when it is none.",
        a -> uuid((String) a[0]));
    library.define(
        "uuid.is_valid(text :: STRING) :: BOOLEAN",
        "Whether a string is a UUID: 32 hexadecimal digits with hyphens behind 8, 12, 16 and 20.",
        a -> uuid((String) a[0]) != null);
  }

  private static @Nullable String uuid(String text) {
    if (text.length() != 36) {
      return null;
    }
    String lower = Texts.lowerAscii(text);
    for (int i = 0; i < 36; i++) {
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      char c = lower.charAt(i);
      if (hyphen ? c != '-' : "0123456789abcdef".indexOf(c) < 0) {
        return null;
      }
    }
    return lower;
  }
}
