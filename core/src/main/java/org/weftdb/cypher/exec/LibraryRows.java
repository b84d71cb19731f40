package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.function.FunctionDescription;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.value.Texts;

/** The rows of SHOW FUNCTIONS and SHOW PROCEDURES. */
final class LibraryRows {
  private LibraryRows() {}

  private static Map<String, @Nullable Object> field(
      String name, String type, @Nullable String defaultValue) {
    Map<String, @Nullable Object> field = new LinkedHashMap<>();
    field.put("name", name);
    field.put("type", type);
    field.put("description", name + " :: " + type);
    field.put("isDeprecated", false);
    if (defaultValue != null) {
      field.put("default", defaultValue);
    }
    return field;
  }

  private static List<Map<String, @Nullable Object>> fields(List<Procedure.Field> fields) {
    List<Map<String, @Nullable Object>> described = new ArrayList<>();
    for (Procedure.Field field : fields) {
      Procedure.Default defaultValue = field.defaultValue();
      String text = defaultValue == null ? null : defaultValue.text();
      described.add(field(field.name(), field.type().toString(), text));
    }
    return described;
  }

  /**
   * @param which {@code ALL}, {@code BUILT IN} or {@code USER DEFINED}
   */
  static List<List<@Nullable Object>> functions(QueryState state, String which) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    if (!which.equals("USER DEFINED")) {
      for (FunctionDescription function : FunctionRegistry.standard().descriptions()) {
        rows.add(row(function));
      }
    }
    if (!which.equals("BUILT IN")) {
      for (UserFunction function : state.userFunctions()) {
        rows.add(row(function));
      }
    }
    sort(rows);
    return rows;
  }

  private static void sort(List<List<@Nullable Object>> rows) {
    rows.sort((a, b) -> Texts.compare(String.valueOf(a.get(0)), String.valueOf(b.get(0))));
  }

  private static List<@Nullable Object> row(FunctionDescription function) {
    List<Map<String, @Nullable Object>> parameters = new ArrayList<>();
    for (FunctionDescription.Parameter parameter : function.parameters()) {
      String defaultValue = parameter.isOptional() ? parameter.defaultValue() : null;
      parameters.add(field(parameter.name(), parameter.type(), defaultValue));
    }
    return Arrays.asList(
        function.name(),
        function.category().displayName(),
        function.description(),
        function.signature(),
        true,
        parameters,
        function.result(),
        function.aggregating(),
        null,
        null,
        false,
        null);
  }

  private static List<@Nullable Object> row(UserFunction function) {
    return Arrays.asList(
        function.name(),
        "User defined",
        function.description(),
        function.toString(),
        false,
        fields(function.parameters()),
        function.result().toString(),
        false,
        null,
        null,
        false,
        null);
  }

  static List<List<@Nullable Object>> procedures(QueryState state) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Procedure procedure : state.procedures()) {
      // What SHOW is made of is not meant to be called.
      if (!procedure.name().startsWith("show.")) {
        rows.add(
            Arrays.asList(
                procedure.name(),
                procedure.description(),
                "READ",
                false,
                procedure.toString(),
                fields(procedure.parameters()),
                fields(procedure.columns()),
                false,
                null,
                null,
                false,
                null,
                Map.of("deprecated", false)));
      }
    }
    sort(rows);
    return rows;
  }
}
