package org.weftdb.cypher.semantic;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;

/** What every part of one analysis needs: the text, what can be called, and the result. */
record AnalysisContext(
    SourceText source,
    FunctionSignatures functions,
    ProcedureSignatures procedures,
    SemanticResult result) {

  WeftException error(ErrorCode code, String what, Span place) {
    return source.error(code, what, place.start());
  }

  Notices notices() {
    return result.collected();
  }

  @Nullable FunctionSignature function(String name) {
    return functions.find(Texts.lowerAscii(name));
  }

  /** Why a function that is not known cannot be called, or null when there is nothing to say. */
  @Nullable String whyNotSupported(String functionName) {
    return functions.whyNotSupported(Texts.lowerAscii(functionName));
  }

  /** What a function that is not known may have been meant to be, or null. */
  @Nullable String nearestFunction(String functionName) {
    return functions.nearest(Texts.lowerAscii(functionName));
  }

  /** Checks how many arguments a call has. */
  void checkArgumentCount(String name, int count, int least, int most, Span place) {
    if (count < least || count > most) {
      String expected =
          least == most
              ? String.valueOf(least)
              : count < least ? "at least " + least : "at most " + most;
      throw error(
          ErrorCode.INVALID_NUMBER_OF_ARGUMENTS,
          "'" + name + "' has " + count + " arguments, expected " + expected,
          place);
    }
  }
}
