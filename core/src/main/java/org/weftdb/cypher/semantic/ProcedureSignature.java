package org.weftdb.cypher.semantic;

import java.util.List;

/**
 * What the analysis knows of a procedure.
 *
 * @param inputs its arguments, all of them needed
 * @param outputs the fields of its rows; empty when it has none
 * @param updates whether it may change the graph
 */
public record ProcedureSignature(List<Field> inputs, List<Field> outputs, boolean updates) {
  public ProcedureSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** An argument or a field of a row. */
  public record Field(String name, CypherType type) {}
}
