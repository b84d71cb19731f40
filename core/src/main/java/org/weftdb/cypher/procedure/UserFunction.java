package org.weftdb.cypher.procedure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * A function of the embedder that queries can call in expressions.
 *
 * <pre>
 * UserFunction initials =
 *     UserFunction.of(
 *         "text.initials(name :: STRING?) :: STRING?",
 *         arguments -&gt; arguments.get(0) == null ? null : initials((String) arguments.get(0)));
 * </pre>
 *
 * <p>Its name has a namespace, so that it is told from the built-in functions, and is found in any
 * case. It must give the same value for the same arguments as long as a query runs: the query may
 * call it less or more often than it has rows.
 */
public final class UserFunction {
  /** What a function does. */
  @FunctionalInterface
  public interface Body {
    /**
     * The value for some arguments.
     *
     * @param arguments a value for each parameter, of the types that procedures get; not to be
     *     changed
     * @return a value of the declared type, as procedures give them
     */
    @Nullable Object call(List<@Nullable Object> arguments);
  }

  private final String name;
  private final List<Procedure.Field> parameters;
  private final ProcedureType result;
  private final Body body;
  private final String description;

  private UserFunction(
      String name,
      List<Procedure.Field> parameters,
      ProcedureType result,
      Body body,
      String description) {
    this.description = description;
    this.name = name;
    this.parameters = List.copyOf(parameters);
    this.result = result;
    this.body = body;
  }

  /**
   * A function by the text of its signature, {@code namespace.name(parameter :: TYPE, ...) ::
   * TYPE}. {@link ProcedureType} tells the types; parameters may have values for calls that leave
   * them out, as those of a {@link Procedure#of procedure}.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} when the text is not a signature, or has a
   *     name without a namespace
   */
  public static UserFunction of(String signature, Body body) {
    SignatureParser parser = new SignatureParser(signature);
    String name = parser.name();
    if (name.indexOf('.') < 0) {
      throw new WeftException(
          ErrorCode.INVALID_USE,
          "the function " + name + " has no namespace, expected a name such as my." + name);
    }
    List<Procedure.Field> parameters = parser.parameters();
    return new UserFunction(name, parameters, parser.result(), body, "");
  }

  /** The same function with a sentence for {@code SHOW FUNCTIONS}. */
  public UserFunction describedAs(String sentence) {
    return new UserFunction(name, parameters, result, body, sentence);
  }

  /** The name with its namespaces. */
  public String name() {
    return name;
  }

  public List<Procedure.Field> parameters() {
    return parameters;
  }

  public ProcedureType result() {
    return result;
  }

  /** What {@code SHOW FUNCTIONS} says of it; empty when nothing was given. */
  public String description() {
    return description;
  }

  public Body body() {
    return body;
  }

  /** What the analysis of a query knows of it. */
  FunctionSignature signature() {
    CypherType[] types = new CypherType[parameters.size()];
    int needed = 0;
    for (int i = 0; i < types.length; i++) {
      types[i] = parameters.get(i).type().analyzed();
      needed += parameters.get(i).defaultValue() == null ? 1 : 0;
    }
    return FunctionSignature.scalar(needed, types.length, result.analyzed(), types);
  }

  /** The signature as text, which {@link #of} reads back. */
  @Override
  public String toString() {
    return name + Procedure.text(parameters) + " :: " + result;
  }
}
