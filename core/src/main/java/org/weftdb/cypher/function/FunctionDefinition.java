package org.weftdb.cypher.function;

import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;

/**
 * A scalar function and how it may be called.
 *
 * @param description what a reader is told of it, with its name
 * @param signature the numbers and types of its arguments; a call that breaks it does not reach the
 *     body
 * @param body what it computes
 */
public record FunctionDefinition(
    FunctionDescription description, FunctionSignature signature, ScalarFunction body) {

  /** The name as it is usually written, such as {@code toUpper}. */
  public String name() {
    return description.name();
  }

  /** Whether it gives lists, which may be as long as those it is given. */
  public boolean makesLists() {
    CypherType result = signature.result();
    return result.canBe(CypherType.LIST) && !result.canBe(CypherType.MAP);
  }
}
