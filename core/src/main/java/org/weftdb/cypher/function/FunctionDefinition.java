package org.weftdb.cypher.function;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;

/**
 * A scalar function and how it may be called.
 *
 * <p>Only its name is known at once. The rest is made when it is first asked for, because reading
 * the signatures of all functions was a third of the time to open a database in WebAssembly.
 *
 * <p>Safe for any number of threads: two that ask first at the same time make equal parts.
 */
public final class FunctionDefinition {
  /** What is made when it is first asked for. */
  record Parts(FunctionDescription description, FunctionSignature signature, ScalarFunction body) {}

  private final String name;
  private final GraphReading reads;
  private final Supplier<Parts> maker;
  private @Nullable Parts parts;

  FunctionDefinition(String name, GraphReading reads, Supplier<Parts> maker) {
    this.name = name;
    this.reads = reads;
    this.maker = maker;
  }

  private Parts parts() {
    Parts made = parts;
    if (made == null) {
      made = maker.get();
      parts = made;
    }
    return made;
  }

  /** The name as it is usually written, such as {@code toUpper}. */
  public String name() {
    return name;
  }

  /** What it reads of the graph. */
  public GraphReading reads() {
    return reads;
  }

  /** What a reader is told of it, with its name. */
  public FunctionDescription description() {
    return parts().description();
  }

  /** The numbers and types of its arguments; a call that breaks it does not reach the body. */
  public FunctionSignature signature() {
    return parts().signature();
  }

  /** Whether equal arguments give equal results within a statement. */
  public boolean deterministic() {
    return signature().deterministic();
  }

  /** What it computes. */
  public ScalarFunction body() {
    return parts().body();
  }

  /** Whether it gives lists, which may be as long as those it is given. */
  public boolean makesLists() {
    CypherType result = signature().result();
    return result.canBe(CypherType.LIST) && !result.canBe(CypherType.MAP);
  }
}
