package org.weftdb.cypher.procedure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.FunctionSignature;
import org.weftdb.cypher.semantic.FunctionSignatures;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;

/** The functions of the embedder beside those that every database has; immutable. */
public final class UserFunctions implements FunctionSignatures {
  /** No function. */
  public static final UserFunctions NONE = new UserFunctions(Map.of());

  private final Map<String, UserFunction> functions;

  private UserFunctions(Map<String, UserFunction> functions) {
    this.functions = functions;
  }

  /**
   * Functions by their names.
   *
   * @param builtIn the functions whose names they must not have
   * @throws WeftException {@link ErrorCode#INVALID_USE} when two have one name
   */
  public static UserFunctions of(List<UserFunction> functions, FunctionSignatures builtIn) {
    Map<String, UserFunction> all = new LinkedHashMap<>();
    for (UserFunction function : functions) {
      String name = Texts.lowerAscii(function.name());
      if (all.put(name, function) != null || builtIn.find(name) != null) {
        throw new WeftException(
            ErrorCode.INVALID_USE, "there are two functions of the name " + function.name());
      }
    }
    return new UserFunctions(all);
  }

  /** The function of a name in lower case, or null. */
  public @Nullable UserFunction function(String lowerCaseName) {
    return functions.get(lowerCaseName);
  }

  /** All of them in the order in which they were given. */
  public List<UserFunction> all() {
    return List.copyOf(functions.values());
  }

  @Override
  public @Nullable FunctionSignature find(String lowerCaseName) {
    UserFunction function = functions.get(lowerCaseName);
    return function == null ? null : function.signature();
  }
}
