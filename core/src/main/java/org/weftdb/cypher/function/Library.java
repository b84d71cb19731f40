package org.weftdb.cypher.function;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Texts;
import org.weftdb.value.ValueType;

/**
 * Takes the definitions of functions, in the few forms that nearly all have. Each is given its
 * {@linkplain SignatureText signature} as it is shown, one sentence for the reader, and its body.
 */
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

  /** The body of a function whose arguments are none of them null, and of the declared types. */
  @FunctionalInterface
  interface Checked {
    @Nullable Object call(Object[] arguments);
  }

  /** The same with the context of the query. */
  @FunctionalInterface
  interface CheckedInContext {
    @Nullable Object call(Object[] arguments, FunctionContext context);
  }

  private final Map<String, FunctionDefinition> definitions;
  private final List<FunctionDescription> constructs;
  private FunctionCategory category = FunctionCategory.SCALAR;
  private GraphReading reading = GraphReading.NOTHING;

  Library(Map<String, FunctionDefinition> definitions, List<FunctionDescription> constructs) {
    this.definitions = definitions;
    this.constructs = constructs;
  }

  /** What follows belongs to a category. */
  void category(FunctionCategory next) {
    category = next;
  }

  /** The next function reads something of the graph; the others read nothing. */
  Library reading(GraphReading what) {
    reading = what;
    return this;
  }

  /** A function in full, which looks at its arguments itself. */
  void add(String signature, String description, ScalarFunction body) {
    put(signature, description, true, parsed -> body);
  }

  /** A function that may give another result for the same arguments. */
  void addUnsteady(String signature, String description, ScalarFunction body) {
    put(signature, description, false, parsed -> body);
  }

  /** A function that gives null as soon as one argument is null. */
  void addStrict(String signature, String description, ScalarFunction body) {
    put(signature, description, true, parsed -> strict(body));
  }

  /** A function of one argument, null for null. */
  void addUnary(String signature, String description, OneArgument body) {
    add(
        signature,
        description,
        (arguments, context) -> arguments[0] == null ? null : body.call(arguments[0], context));
  }

  /** A function of one number that gives a float. */
  void addFloat(String name, String description, FloatFunction body) {
    addUnary(
        name + "(input :: INTEGER | FLOAT) :: FLOAT",
        description,
        (argument, context) -> body.call(Arguments.number(name, 1, argument)));
  }

  /**
   * A function that gives null as soon as one argument is null, and whose arguments are held
   * against the types of the signature before it is called.
   */
  void define(String signature, String description, Checked body) {
    define(signature, description, true, (arguments, context) -> body.call(arguments));
  }

  /** The same for a function that asks the query for something. */
  void defineInContext(String signature, String description, CheckedInContext body) {
    define(signature, description, true, body);
  }

  /** The same for a function that may give another result for the same arguments. */
  void defineUnsteady(String signature, String description, CheckedInContext body) {
    define(signature, description, false, body);
  }

  private void define(
      String signature, String description, boolean deterministic, CheckedInContext body) {
    put(signature, description, deterministic, parsed -> strict(checked(parsed, body)));
  }

  /** Holds the arguments against the types of a signature. */
  private static ScalarFunction checked(SignatureText signature, CheckedInContext body) {
    String name = signature.name();
    int size = signature.parameters().size();
    long[] types = new long[size];
    for (int i = 0; i < size; i++) {
      types[i] = TypeText.valueTypes(signature.parameters().get(i).type());
    }
    return (arguments, context) -> {
      for (int i = 0; i < arguments.length; i++) {
        Object argument = arguments[i];
        long admitted = types[Math.min(i, types.length - 1)];
        if (admitted != -1 && (admitted & 1L << ValueType.of(argument).ordinal()) == 0) {
          throw Arguments.wrongType(name, i + 1, argument, TypeText.expected(admitted));
        }
      }
      return body.call(present(arguments), context);
    };
  }

  /** What has been looked through for nulls. */
  @SuppressWarnings("NullAway")
  private static Object[] present(@Nullable Object[] arguments) {
    return arguments;
  }

  private static ScalarFunction strict(ScalarFunction body) {
    return (arguments, context) -> {
      for (Object argument : arguments) {
        if (argument == null) {
          return null;
        }
      }
      return body.call(arguments, context);
    };
  }

  /** Another name of a function; it tells its errors with the first name. */
  void alias(String name, String of) {
    FunctionDefinition definition = definitions.get(Texts.lowerAscii(of));
    if (definition == null) {
      throw new IllegalArgumentException("no function " + of + " for the alias " + name);
    }
    FunctionCategory aliasCategory = category;
    put(
        new FunctionDefinition(
            name,
            definition.reads(),
            () ->
                new FunctionDefinition.Parts(
                    definition.description().alias(name, aliasCategory),
                    definition.signature(),
                    definition.body())));
  }

  /** What is called like a function, but is a part of the grammar. */
  void construct(String signature, String description) {
    constructs.add(new SignatureText(signature).description(category, description, false, true));
  }

  private void put(
      String signature,
      String description,
      boolean deterministic,
      Function<SignatureText, ScalarFunction> body) {
    FunctionCategory ofThis = category;
    GraphReading reads = reading;
    reading = GraphReading.NOTHING;
    put(
        new FunctionDefinition(
            SignatureText.nameIn(signature),
            reads,
            () -> {
              SignatureText parsed = new SignatureText(signature);
              return new FunctionDefinition.Parts(
                  parsed.description(ofThis, description, false, deterministic),
                  parsed.signature(false, deterministic),
                  body.apply(parsed));
            }));
  }

  private void put(FunctionDefinition definition) {
    String name = definition.name();
    if (definitions.put(Texts.lowerAscii(name), definition) != null) {
      throw new IllegalStateException("two functions of the name " + name);
    }
  }
}
