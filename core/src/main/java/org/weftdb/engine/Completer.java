package org.weftdb.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.weftdb.cypher.function.FunctionDescription;
import org.weftdb.cypher.parser.Expectations;
import org.weftdb.cypher.parser.SyntaxCheck;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.cypher.procedure.ProcedureRegistry;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.graph.Catalog;
import org.weftdb.graph.GraphView;
import org.weftdb.value.Texts;
import org.weftdb.value.type.TypeKind;

/** Completes words of a query from the grammar, its variables and the names in a graph. */
final class Completer {
  private static final int MAX_ITEMS = 1000;

  private static final List<String> UPDATES =
      List.of("CREATE", "MERGE", "SET", "REMOVE", "DELETE", "DETACH DELETE", "FOREACH");

  private static final List<String> CLAUSES =
      List.of(
          "MATCH",
          "OPTIONAL MATCH",
          "RETURN",
          "WITH",
          "UNWIND",
          "CALL",
          "LOAD CSV",
          "LET",
          "FILTER",
          "FINISH");

  private static final List<String> CONJUNCTIONS = List.of("AND", "OR", "XOR");

  private static final List<String> PREDICATES =
      List.of("IN", "IS NULL", "IS NOT NULL", "STARTS WITH", "ENDS WITH", "CONTAINS");

  private static final List<String> EXPRESSIONS =
      List.of("CASE", "EXISTS", "COUNT", "COLLECT", "true", "false", "null", "Infinity", "NaN");

  private final GraphView graph;
  private final List<FunctionDescription> functions;
  private final List<UserFunction> userFunctions;
  private final ProcedureRegistry procedures;
  private final List<Completion.Item> items = new ArrayList<>();
  private final Set<String> taken = new LinkedHashSet<>();
  private String prefix = "";

  Completer(
      GraphView graph,
      List<FunctionDescription> functions,
      List<UserFunction> userFunctions,
      ProcedureRegistry procedures) {
    this.graph = graph;
    this.functions = functions;
    this.userFunctions = userFunctions;
    this.procedures = procedures;
  }

  Completion complete(String text, int position) {
    int at = Math.max(0, Math.min(position, text.length()));
    int from = at;
    while (from > 0 && isNamePart(text.charAt(from - 1))) {
      from--;
    }
    int to = at;
    while (to < text.length() && isNamePart(text.charAt(to))) {
      to++;
    }
    prefix = text.substring(from, at).toLowerCase(Locale.ROOT);
    boolean number = from < at && text.charAt(from) >= '0' && text.charAt(from) <= '9';
    Expectations expected = number ? null : SyntaxCheck.expectations(text.substring(0, from));
    if (expected != null) {
      offer(expected, namespace(text, from), text);
    }
    return new Completion(from, to, items);
  }

  private static boolean isNamePart(char c) {
    return c == '_'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c > 0x7F;
  }

  /** The names and dots in front of a place, such as {@code date.}, or nothing. */
  private static String namespace(String text, int end) {
    int from = end;
    while (from > 0 && (isNamePart(text.charAt(from - 1)) || text.charAt(from - 1) == '.')) {
      from--;
    }
    return text.substring(from, end);
  }

  private void offer(Expectations expected, String namespace, String text) {
    for (Expectations.Kind kind : expected.kinds()) {
      switch (kind) {
        case VARIABLE -> variables(expected);
        case EXPRESSION -> {
          variables(expected);
          functions("");
        }
        case PROPERTY_KEY -> {
          names(Completion.Kind.PROPERTY_KEY, keys());
          if (!namespace.isEmpty()) {
            functions(namespace);
          }
        }
        case LABEL -> names(Completion.Kind.LABEL, labels());
        case RELATIONSHIP_TYPE -> names(Completion.Kind.RELATIONSHIP_TYPE, types());
        case PROCEDURE -> procedures(namespace);
        case PARAMETER -> parameters(text);
        case TYPE -> types(TypeKind.values());
        case FIELD -> fields(expected.yielding());
        case CLAUSE, UPDATE, OPERATOR, PREDICATE -> {}
      }
    }
    for (String keyword : expected.keywords()) {
      add(keyword, Completion.Kind.KEYWORD, "");
    }
    for (Expectations.Kind kind : expected.kinds()) {
      switch (kind) {
        case CLAUSE -> {
          keywords(CLAUSES);
          keywords(UPDATES);
        }
        case UPDATE -> keywords(UPDATES);
        case OPERATOR -> {
          keywords(CONJUNCTIONS);
          keywords(PREDICATES);
        }
        case PREDICATE -> keywords(PREDICATES);
        case EXPRESSION -> keywords(EXPRESSIONS);
        default -> {}
      }
    }
  }

  private void add(String text, Completion.Kind kind, String detail) {
    boolean fits = text.toLowerCase(Locale.ROOT).startsWith(prefix);
    if (fits && items.size() < MAX_ITEMS && taken.add(text)) {
      items.add(new Completion.Item(text, kind, detail));
    }
  }

  private void keywords(List<String> words) {
    for (String word : words) {
      add(word, Completion.Kind.KEYWORD, "");
    }
  }

  private void types(TypeKind[] kinds) {
    for (TypeKind kind : kinds) {
      add(kind.text(), Completion.Kind.KEYWORD, "");
    }
  }

  private void fields(String procedure) {
    Procedure called = procedures.procedure(procedure);
    if (called != null) {
      for (Procedure.Field field : called.columns()) {
        add(written(field.name()), Completion.Kind.VARIABLE, field.type().toString());
      }
    }
  }

  private void variables(Expectations expected) {
    for (String name : expected.variables()) {
      add(written(name), Completion.Kind.VARIABLE, "");
    }
  }

  private void names(Completion.Kind kind, List<String> names) {
    Collections.sort(names);
    for (String name : names) {
      add(written(name), kind, "");
    }
  }

  /** A name as a query must write it. */
  private static String written(String name) {
    boolean plain = !name.isEmpty() && !(name.charAt(0) >= '0' && name.charAt(0) <= '9');
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      plain &= isNamePart(c) && c <= 0x7F;
    }
    return plain ? name : Texts.quotedName(name);
  }

  private void functions(String namespace) {
    String start = namespace.toLowerCase(Locale.ROOT);
    for (FunctionDescription function : functions) {
      offerCall(
          function.name(),
          start,
          Completion.Kind.FUNCTION,
          described(function.signature(), function.description()));
    }
    for (UserFunction function : userFunctions) {
      offerCall(
          function.name(),
          start,
          Completion.Kind.FUNCTION,
          described(function.toString(), function.description()));
    }
  }

  private void procedures(String namespace) {
    for (Procedure procedure : procedures.all()) {
      offerCall(
          procedure.name(),
          namespace.toLowerCase(Locale.ROOT),
          Completion.Kind.PROCEDURE,
          described(procedure.toString(), procedure.description()));
    }
  }

  private static String described(String signature, String description) {
    return description.isEmpty() ? signature : signature + "\n" + description;
  }

  private void offerCall(String name, String namespace, Completion.Kind kind, String detail) {
    if (name.toLowerCase(Locale.ROOT).startsWith(namespace)) {
      add(name.substring(namespace.length()), kind, detail);
    }
  }

  /** The parameters that the text has elsewhere. */
  private void parameters(String text) {
    int at = text.indexOf('$');
    while (at >= 0) {
      int end = at + 1;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      if (end - at - 1 > prefix.length() && isParameter(text, at + 1, end)) {
        add(text.substring(at + 1, end), Completion.Kind.PARAMETER, "");
      }
      at = text.indexOf('$', end);
    }
  }

  /** Whether it is a name, or a number. */
  private static boolean isParameter(String text, int from, int to) {
    boolean digits = true;
    boolean letters = true;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      digits &= digit;
      letters &= c == '_' || Character.isLetter(c) || digit && i > from;
    }
    return digits || letters;
  }

  private List<String> labels() {
    Catalog catalog = graph.catalog();
    List<String> names = new ArrayList<>();
    for (int label = 0; label < catalog.labelCount(); label++) {
      if (graph.nodeCount(label) > 0) {
        names.add(catalog.labelName(label));
      }
    }
    return names;
  }

  private List<String> types() {
    Catalog catalog = graph.catalog();
    List<String> names = new ArrayList<>();
    for (int type = 0; type < catalog.typeCount(); type++) {
      if (graph.relationshipCount(type) > 0) {
        names.add(catalog.typeName(type));
      }
    }
    return names;
  }

  private List<String> keys() {
    Catalog catalog = graph.catalog();
    List<String> names = new ArrayList<>();
    for (int key = 0; key < catalog.keyCount(); key++) {
      names.add(catalog.keyName(key));
    }
    return names;
  }
}
