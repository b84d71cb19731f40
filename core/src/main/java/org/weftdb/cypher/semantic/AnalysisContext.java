package org.weftdb.cypher.semantic;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** What every part of one analysis needs: the text, what can be called, and the result. */
record AnalysisContext(
    SourceText source,
    FunctionSignatures functions,
    ProcedureSignatures procedures,
    SemanticResult result) {

  WeftException error(ErrorCode code, String what, Span place) {
    return source.error(code, what, place.start());
  }

  @Nullable FunctionSignature function(String name) {
    return functions.find(lowerCase(name));
  }

  /** Why a function that is not known cannot be called, or null when there is nothing to say. */
  @Nullable String whyNotSupported(String functionName) {
    return functions.whyNotSupported(lowerCase(functionName));
  }

  /** What a function that is not known may have been meant to be, or null. */
  @Nullable String nearestFunction(String functionName) {
    return functions.nearest(lowerCase(functionName));
  }

  /** Function names are compared in ASCII, the same for every language of the machine. */
  private static String lowerCase(String name) {
    StringBuilder lower = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
    }
    return lower.toString();
  }
}
