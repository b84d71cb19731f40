package org.weftdb.cypher.procedure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.ProcedureSignature;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * A procedure that queries can call. It reads; there are no procedures that write.
 *
 * <pre>
 * Procedure cities =
 *     Procedure.of(
 *         "geo.cities(country :: STRING, atLeast :: INTEGER?) :: (city :: STRING, people :: INTEGER)",
 *         (arguments, context) -&gt; List.of(List.of("Reykjavík", 139_875L)));
 * </pre>
 *
 * <p>and in a query {@code CALL geo.cities('IS', null) YIELD city AS name}.
 */
public final class Procedure {
  /**
   * A parameter or a column.
   *
   * @param defaultValue of a parameter that a call may leave out; null when it must be there, and
   *     for columns
   */
  public record Field(String name, ProcedureType type, @Nullable Default defaultValue) {
    Field(String name, ProcedureType type) {
      this(name, type, null);
    }
  }

  /**
   * What a parameter is when a call leaves it out.
   *
   * @param text as the signature has it
   */
  public record Default(@Nullable Object value, String text) {}

  /** What a procedure does. */
  @FunctionalInterface
  public interface Body {
    /**
     * The rows for one call, each with a value for every column in their order. They are asked for
     * while the query runs, and not to the end when it needs no more; those of a void procedure are
     * not looked at beyond the end.
     *
     * @param arguments a value for each parameter, as rows of results have them: null, Boolean,
     *     Long, Double, String, List, Map, {@link org.weftdb.value.Node}, {@link
     *     org.weftdb.value.Relationship}, {@link org.weftdb.value.Path} and the other classes of
     *     {@code org.weftdb.value}. Not to be changed
     * @return values of the same types, and those that a query takes as parameters, such as int and
     *     arrays; entities must be of the graph that is queried
     */
    Iterable<? extends List<? extends @Nullable Object>> call(
        List<@Nullable Object> arguments, ProcedureContext context);
  }

  private final String name;
  private final List<Field> parameters;
  private final List<Field> columns;
  private final Body body;
  private final String description;

  private Procedure(
      String name, List<Field> parameters, List<Field> columns, Body body, String description) {
    this.description = description;
    this.name = name;
    this.parameters = List.copyOf(parameters);
    this.columns = List.copyOf(columns);
    this.body = body;
    checkDistinct(parameters, "parameter");
    checkDistinct(columns, "column");
  }

  /**
   * A procedure by the text of its signature, {@code namespace.name(parameter :: TYPE, ...) ::
   * (column :: TYPE, ...)}, with {@code ()} or {@code VOID} when there are no columns. {@link
   * ProcedureType} tells the types. {@code parameter = 10 :: TYPE} is a parameter that calls may
   * leave out: null, a boolean, a number or a string; those behind it have such values too.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} when the text is not a signature
   */
  public static Procedure of(String signature, Body body) {
    SignatureParser parser = new SignatureParser(signature);
    String name = parser.name();
    List<Field> parameters = parser.parameters();
    List<Field> columns = parser.columns();
    return new Procedure(name, parameters, columns, body, "");
  }

  /** The same procedure with a sentence for {@code SHOW PROCEDURES}. */
  public Procedure describedAs(String sentence) {
    return new Procedure(name, parameters, columns, body, sentence);
  }

  private void checkDistinct(List<Field> fields, String what) {
    for (int i = 0; i < fields.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (fields.get(i).name().equals(fields.get(j).name())) {
          throw new WeftException(
              ErrorCode.INVALID_USE,
              "the procedure " + name + " has two of the " + what + " " + fields.get(i).name());
        }
      }
    }
  }

  /** The name with its namespaces, as queries must write it. */
  public String name() {
    return name;
  }

  public List<Field> parameters() {
    return parameters;
  }

  /** None for a void procedure. */
  public List<Field> columns() {
    return columns;
  }

  /** What {@code SHOW PROCEDURES} says of it; empty when nothing was given. */
  public String description() {
    return description;
  }

  public Body body() {
    return body;
  }

  /** What the analysis of a query knows of it. */
  ProcedureSignature signature() {
    return new ProcedureSignature(analyzed(parameters), analyzed(columns), false);
  }

  private static List<ProcedureSignature.Field> analyzed(List<Field> fields) {
    List<ProcedureSignature.Field> analyzed = new ArrayList<>();
    for (Field field : fields) {
      analyzed.add(
          new ProcedureSignature.Field(
              field.name(), field.type().analyzed(), field.defaultValue() != null));
    }
    return analyzed;
  }

  /** The signature as text, which {@link #of} reads back. */
  @Override
  public String toString() {
    return name + text(parameters) + " :: " + text(columns);
  }

  static String text(List<Field> fields) {
    StringBuilder text = new StringBuilder("(");
    for (Field field : fields) {
      text.append(text.length() == 1 ? "" : ", ").append(field.name());
      Default defaultValue = field.defaultValue();
      text.append(defaultValue == null ? "" : " = " + defaultValue.text());
      text.append(" :: ").append(field.type());
    }
    return text.append(')').toString();
  }
}
