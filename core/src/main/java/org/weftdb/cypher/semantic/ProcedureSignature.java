package org.weftdb.cypher.semantic;

import java.util.List;

/**
 * What the analysis knows of a procedure.
 *
 * @param inputs its arguments, those that may be left out behind the others
 * @param outputs the fields of its rows; empty when it has none
 * @param updates whether it may change the graph
 */
public record ProcedureSignature(List<Field> inputs, List<Field> outputs, boolean updates) {
  public ProcedureSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** How many arguments a call must have. */
  int neededInputs() {
    int needed = 0;
    for (Field input : inputs) {
      needed += input.optional() ? 0 : 1;
    }
    return needed;
  }

  /** An argument, which a call may leave out when it is optional, or a field of a row. */
  public record Field(String name, CypherType type, boolean optional) {
    public Field(String name, CypherType type) {
      this(name, type, false);
    }
  }
}
