package org.weftdb.cypher.semantic;

import java.util.List;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.YieldItem;
import org.weftdb.cypher.semantic.ProcedureSignature.Field;
import org.weftdb.error.ErrorCode;

/** Checks CALL of a procedure. */
final class ProcedureAnalyzer {
  private final AnalysisContext context;
  private final ExpressionAnalyzer expressions;

  ProcedureAnalyzer(AnalysisContext context, ExpressionAnalyzer expressions) {
    this.context = context;
    this.expressions = expressions;
  }

  /** The signature of the procedure that is called. */
  ProcedureSignature signature(Clause.Call call) {
    ProcedureSignature signature = context.procedures().find(call.name());
    if (signature == null) {
      throw context.error(
          ErrorCode.PROCEDURE_NOT_FOUND,
          "There is no procedure '" + call.name() + "', expected a known one",
          call.span());
    }
    return signature;
  }

  /** Checks a call and answers the scope after it. */
  Scope call(Clause.Call call, ProcedureSignature signature, Scope scope) {
    arguments(call, signature, scope);
    Scope after = scope;
    Clause.Yield yield = call.yield();
    if (yield != null && !yield.all()) {
      for (YieldItem item : yield.items()) {
        expressions.patterns().mustBeNew(item.variable(), after);
        after = after.with(item.variable().name(), field(item, signature));
      }
    } else if (call.standalone()) {
      for (Field output : signature.outputs()) {
        after = after.with(output.name(), output.type());
      }
    }
    if (call.where() != null) {
      expressions.filter(call.where(), after);
    }
    return after;
  }

  private void arguments(Clause.Call call, ProcedureSignature signature, Scope scope) {
    List<Field> inputs = signature.inputs();
    List<Expression> arguments = call.arguments();
    if (arguments == null) {
      if (!call.standalone() && signature.neededInputs() > 0) {
        throw context.error(
            ErrorCode.INVALID_ARGUMENT_PASSING_MODE,
            "'" + call.name() + "' has no arguments here, expected them in parentheses",
            call.span());
      }
      for (Field input : inputs.subList(0, signature.neededInputs())) {
        context.result().recordParameter(input.name(), call.span());
      }
      return;
    }
    for (int i = 0; i < arguments.size(); i++) {
      CypherType type = expressions.row(arguments.get(i), scope, "CALL");
      if (i < inputs.size()) {
        expressions.expect(inputs.get(i).type(), type, arguments.get(i).span());
      }
    }
    context.checkArgumentCount(
        call.name(), arguments.size(), signature.neededInputs(), inputs.size(), call.span());
  }

  private CypherType field(YieldItem item, ProcedureSignature signature) {
    StringBuilder names = new StringBuilder();
    for (Field output : signature.outputs()) {
      if (output.name().equals(item.field())) {
        return output.type();
      }
      names.append(names.length() == 0 ? "" : ", ").append(output.name());
    }
    throw context.error(
        ErrorCode.UNDEFINED_VARIABLE,
        "The procedure has no field '" + item.field() + "', expected one of: " + names,
        item.span());
  }
}
