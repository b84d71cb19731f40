package org.weftdb.cypher.function;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;

/** Takes the definitions of functions, in the few forms that nearly all have. */
final class Library {
  /** The body of a function of one argument that is not null. */
  @FunctionalInterface
  interface OneArgument {
    @Nullable Object call(Object argument, FunctionContext context);
  }

  /** The body of a function on floats. */
  @FunctionalInterface
  interface FloatFunction {
    double call(double argument);
  }

  private final Map<String, FunctionDefinition> definitions;

  Library(Map<String, FunctionDefinition> definitions) {
    this.definitions = definitions;
  }

  /** A function in full. */
  void add(String name, FunctionSignature signature, ScalarFunction body) {
    FunctionDefinition previous =
        definitions.put(LetterCase.lowerAscii(name), new FunctionDefinition(name, signature, body));
    if (previous != null) {
      throw new IllegalStateException("two functions of the name " + name);
    }
  }

  /** A function that gives null as soon as one argument is null. */
  void addStrict(String name, FunctionSignature signature, ScalarFunction body) {
    add(
        name,
        signature,
        (arguments, context) -> {
          for (Object argument : arguments) {
            if (argument == null) {
              return null;
            }
          }
          return body.call(arguments, context);
        });
  }

  /** A function of one argument, null for null. */
  void addUnary(String name, CypherType argument, CypherType result, OneArgument body) {
    add(
        name,
        FunctionSignature.scalar(1, 1, result, argument),
        (arguments, context) -> arguments[0] == null ? null : body.call(arguments[0], context));
  }

  /** A function of one number that gives a float. */
  void addFloat(String name, FloatFunction body) {
    addUnary(
        name,
        CypherType.NUMBER,
        CypherType.FLOAT,
        (argument, context) -> body.call(Arguments.number(name, 1, argument)));
  }

  /** A function without arguments. */
  void addNullary(String name, CypherType result, boolean deterministic, ScalarFunction body) {
    add(name, new FunctionSignature(0, 0, false, deterministic, List.of(), result), body);
  }
}
