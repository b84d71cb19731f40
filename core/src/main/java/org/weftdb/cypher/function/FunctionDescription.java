package org.weftdb.cypher.function;

import java.util.List;

/**
 * What a reader is told of a function: an entry of the table from which {@code SHOW FUNCTIONS}, the
 * documentation and the completion of an editor are made.
 *
 * @param name the name as it is usually written, such as {@code toUpper}
 * @param category the group in which it is listed
 * @param parameters in their order; the last one may stand for any number
 * @param result the type of the result, such as {@code LIST<STRING>}
 * @param description one sentence
 * @param aggregating whether it makes one value of many rows
 * @param deterministic whether equal arguments give equal results within a query
 * @param aliasOf the name of the function that this is another name of; empty when it is none
 */
public record FunctionDescription(
    String name,
    FunctionCategory category,
    List<Parameter> parameters,
    String result,
    String description,
    boolean aggregating,
    boolean deterministic,
    String aliasOf) {

  /**
   * A parameter.
   *
   * @param name the name, for readers only
   * @param type the type, such as {@code INTEGER | FLOAT}
   * @param defaultValue what is taken when the argument is left out, in words of Cypher; empty when
   *     it must be given
   * @param repeated whether any number of arguments may stand here
   */
  public record Parameter(String name, String type, String defaultValue, boolean repeated) {
    /** Whether the argument may be left out. */
    public boolean isOptional() {
      return !defaultValue.isEmpty();
    }
  }

  public FunctionDescription {
    parameters = List.copyOf(parameters);
  }

  /** The same function by another name, in a category of its own. */
  FunctionDescription alias(String otherName, FunctionCategory otherCategory) {
    return new FunctionDescription(
        otherName, otherCategory, parameters, result, description, false, deterministic, name);
  }

  /** The call in full: {@code left(original :: STRING, length :: INTEGER) :: STRING}. */
  public String signature() {
    StringBuilder text = new StringBuilder(name).append('(');
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      text.append(i == 0 ? "" : ", ").append(parameter.name());
      if (parameter.isOptional()) {
        text.append(" = ").append(parameter.defaultValue());
      }
      text.append(" :: ").append(parameter.type()).append(parameter.repeated() ? "..." : "");
    }
    return text.append(") :: ").append(result).toString();
  }
}
