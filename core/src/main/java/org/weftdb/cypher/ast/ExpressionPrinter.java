package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.value.Numbers;
import org.weftdb.value.type.TypeExpression;

/** Prints expressions with as few parentheses as their operators allow. */
final class ExpressionPrinter {
  private final AstPrinter printer;
  private final StringBuilder out;
  private final NamePrinter names;

  /**
   * @param printer has the printers of what can stand inside an expression
   */
  ExpressionPrinter(AstPrinter printer, StringBuilder out, NamePrinter names) {
    this.printer = printer;
    this.out = out;
    this.names = names;
  }

  void print(Expression expression) {
    expression(expression, Binding.OR);
  }

  /** Prints what an operator that binds tighter than all others stands behind. */
  void operand(Expression expression) {
    expression(expression, Binding.OPERAND);
  }

  /** A query inside an expression, behind the word that says what is made of it. */
  private void subquery(String word, Query query) {
    out.append(word).append(" { ");
    printer.clauses.query(query, " ");
    out.append(" }");
  }

  void where(@Nullable Expression where) {
    if (where != null) {
      out.append(" WHERE ");
      expression(where, Binding.OR);
    }
  }

  void all(List<Expression> expressions) {
    for (int i = 0; i < expressions.size(); i++) {
      out.append(i > 0 ? ", " : "");
      expression(expressions.get(i), Binding.OR);
    }
  }

  /** Prints with parentheses when the expression binds weaker than its place demands. */
  private void expression(Expression expression, int weakest) {
    boolean parentheses = Binding.of(expression) < weakest;
    out.append(parentheses ? "(" : "");
    bare(expression);
    out.append(parentheses ? ")" : "");
  }

  private void type(TypeExpression type) {
    // In brackets, so that a bar is never the end of a list comprehension.
    boolean several = type.alternatives().size() > 1;
    out.append(several ? "ANY<" : "").append(type.text()).append(several ? ">" : "");
  }

  private void bare(Expression expression) {
    switch (expression) {
      case Expression.NullLiteral literal -> out.append("null");
      case Expression.BooleanLiteral literal -> out.append(literal.value());
      case Expression.IntegerLiteral literal -> out.append(literal.value());
      case Expression.FloatLiteral literal -> Numbers.append(out, literal.value());
      case Expression.StringLiteral literal -> names.string(literal.value());
      case Expression.ListLiteral list -> list(list);
      case Expression.MapLiteral map -> map(map);
      case Expression.Parameter parameter -> {
        out.append('$');
        if (NamePrinter.isDigits(parameter.name())) {
          out.append(parameter.name());
        } else {
          names.name(parameter.name());
        }
      }
      case Variable variable -> names.variable(variable);
      case Expression.Property property -> {
        expression(property.subject(), Binding.OPERAND);
        out.append('.');
        names.name(property.key());
      }
      case Expression.Subscript subscript -> {
        expression(subscript.subject(), Binding.OPERAND);
        out.append('[');
        expression(subscript.index(), Binding.OR);
        out.append(']');
      }
      case Expression.Slice slice -> slice(slice);
      case Expression.LabelPredicate predicate -> {
        labelled(predicate.subject());
        printer.patterns.labels(predicate.labels());
      }
      case Expression.LabelTest test -> {
        labelled(test.subject());
        // In parentheses, so that a bar is never the end of a list comprehension.
        out.append(":(");
        printer.patterns.labelExpression(test.labels(), false);
        out.append(')');
      }
      case Expression.Not not -> {
        out.append("NOT ");
        expression(not.operand(), Binding.NOT);
      }
      case Expression.Negate negate -> negate(negate);
      case Expression.UnaryPlus plus -> {
        out.append('+');
        expression(plus.operand(), Binding.SIGN);
      }
      case Expression.IsNull isNull -> {
        expression(isNull.operand(), Binding.PREDICATE);
        out.append(isNull.negated() ? " IS NOT NULL" : " IS NULL");
      }
      case Expression.TypeTest test -> {
        expression(test.operand(), Binding.PREDICATE);
        out.append(test.negated() ? " IS NOT :: " : " IS :: ");
        type(test.type());
      }
      case Expression.Cast cast -> {
        out.append(cast.orNull() ? "TRY_CAST(" : "CAST(");
        expression(cast.operand(), Binding.OR);
        out.append(" AS ");
        type(cast.type());
        out.append(')');
      }
      case Expression.Binary binary -> {
        int binding = Binding.of(binary.operator());
        expression(binary.left(), binding);
        out.append(' ').append(binary.operator().symbol()).append(' ');
        expression(binary.right(), binding + 1);
      }
      case Expression.Chain chain -> chain(chain);
      case Expression.Logical logical -> logical(logical);
      case Expression.Comparison comparison -> comparison(comparison);
      case Expression.FunctionCall call -> {
        names.qualifiedName(call.name());
        out.append(call.distinct() ? "(DISTINCT " : "(");
        all(call.arguments());
        out.append(')');
      }
      case Expression.CountStar count -> out.append("count(*)");
      case Expression.Case conditional -> conditional(conditional);
      case Expression.CaseOperand operand -> {}
      case Expression.ListComprehension comprehension -> listComprehension(comprehension);
      case Expression.PatternComprehension comprehension -> patternComprehension(comprehension);
      case Expression.Quantifier quantifier -> {
        out.append(quantifier.kind().word()).append('(');
        names.variable(quantifier.variable());
        out.append(" IN ");
        expression(quantifier.list(), Binding.OR);
        out.append(" WHERE ");
        expression(quantifier.condition(), Binding.OR);
        out.append(')');
      }
      case Expression.Reduce reduce -> reduce(reduce);
      case Expression.MapProjection projection -> mapProjection(projection);
      case Expression.PatternPredicate predicate -> printer.patterns.path(predicate.pattern());
      case Expression.ShortestPath shortest ->
          printer.patterns.selectedPath(shortest.selection(), shortest.pattern());
      case Expression.ExistsSubquery exists -> subquery("EXISTS", exists.query());
      case Expression.CountSubquery count -> subquery("COUNT", count.query());
      case Expression.CollectSubquery collect -> subquery("COLLECT", collect.query());
    }
  }

  private void list(Expression.ListLiteral list) {
    out.append('[');
    boolean parentheses = !list.elements().isEmpty() && beginsWithIn(list.elements().get(0));
    if (parentheses) {
      out.append('(');
      print(list.elements().get(0));
      out.append(list.elements().size() > 1 ? "), " : ")");
    }
    all(parentheses ? list.elements().subList(1, list.elements().size()) : list.elements());
    out.append(']');
  }

  /** Whether an expression in brackets is read as the beginning of a list comprehension. */
  private static boolean beginsWithIn(Expression expression) {
    for (Expression at = expression; at != null; at = Binding.leftOperand(at)) {
      if (at instanceof Expression.Binary binary
          && binary.operator() == Expression.BinaryOperator.IN
          && binary.left() instanceof Variable) {
        return true;
      }
    }
    return false;
  }

  /** What is asked for labels; a second colon would go on with the first labels. */
  private void labelled(Expression subject) {
    boolean labels =
        subject instanceof Expression.LabelPredicate || subject instanceof Expression.LabelTest;
    out.append(labels ? "(" : "");
    expression(subject, Binding.OPERAND);
    out.append(labels ? ")" : "");
  }

  private void map(Expression.MapLiteral map) {
    out.append('{');
    for (int i = 0; i < map.entries().size(); i++) {
      MapEntry entry = map.entries().get(i);
      out.append(i > 0 ? ", " : "");
      names.name(entry.key());
      out.append(": ");
      expression(entry.value(), Binding.OR);
    }
    out.append('}');
  }

  private void slice(Expression.Slice slice) {
    expression(slice.subject(), Binding.OPERAND);
    out.append('[');
    if (slice.from() != null) {
      expression(slice.from(), Binding.OR);
    }
    out.append("..");
    if (slice.to() != null) {
      expression(slice.to(), Binding.OR);
    }
    out.append(']');
  }

  /** A minus before a digit would be read as the sign of a literal. */
  private void negate(Expression.Negate negate) {
    out.append('-');
    int start = out.length();
    expression(negate.operand(), Binding.SIGN);
    char first = out.charAt(start);
    if (first >= '0' && first <= '9') {
      out.insert(start, '(').append(')');
    }
  }

  private void logical(Expression.Logical logical) {
    int binding = Binding.of(logical);
    for (int i = 0; i < logical.operands().size(); i++) {
      if (i > 0) {
        out.append(' ').append(logical.operator().name()).append(' ');
      }
      expression(logical.operands().get(i), binding + 1);
    }
  }

  private void chain(Expression.Chain chain) {
    int binding = Binding.of(chain);
    expression(chain.operands().get(0), binding + 1);
    for (int i = 0; i < chain.operators().size(); i++) {
      out.append(' ').append(chain.operators().get(i).symbol()).append(' ');
      expression(chain.operands().get(i + 1), binding + 1);
    }
  }

  private void comparison(Expression.Comparison comparison) {
    expression(comparison.operands().get(0), Binding.PREDICATE);
    for (int i = 0; i < comparison.operators().size(); i++) {
      out.append(' ').append(comparison.operators().get(i).symbol()).append(' ');
      expression(comparison.operands().get(i + 1), Binding.PREDICATE);
    }
  }

  private void conditional(Expression.Case conditional) {
    out.append("CASE");
    if (conditional.operand() != null) {
      out.append(' ');
      expression(conditional.operand(), Binding.OR);
    }
    for (CaseBranch branch : conditional.branches()) {
      String separator = " WHEN";
      for (Expression condition : branch.conditions()) {
        out.append(separator).append(CaseBranch.isAboutOperand(condition) ? "" : " ");
        expression(condition, Binding.OR);
        separator = ",";
      }
      out.append(" THEN ");
      expression(branch.result(), Binding.OR);
    }
    if (conditional.otherwise() != null) {
      out.append(" ELSE ");
      expression(conditional.otherwise(), Binding.OR);
    }
    out.append(" END");
  }

  private void listComprehension(Expression.ListComprehension comprehension) {
    out.append('[');
    names.variable(comprehension.variable());
    out.append(" IN ");
    expression(comprehension.list(), Binding.OR);
    where(comprehension.where());
    if (comprehension.projection() != null) {
      out.append(" | ");
      expression(comprehension.projection(), Binding.OR);
    }
    out.append(']');
  }

  private void patternComprehension(Expression.PatternComprehension comprehension) {
    out.append('[');
    if (comprehension.path() != null) {
      names.variable(comprehension.path());
      out.append(" = ");
    }
    printer.patterns.path(comprehension.pattern());
    where(comprehension.where());
    out.append(" | ");
    expression(comprehension.projection(), Binding.OR);
    out.append(']');
  }

  private void reduce(Expression.Reduce reduce) {
    out.append("reduce(");
    names.variable(reduce.accumulator());
    out.append(" = ");
    expression(reduce.initial(), Binding.OR);
    out.append(", ");
    names.variable(reduce.variable());
    out.append(" IN ");
    expression(reduce.list(), Binding.OR);
    out.append(" | ");
    expression(reduce.step(), Binding.OR);
    out.append(')');
  }

  private void mapProjection(Expression.MapProjection projection) {
    String subject = projection.subject().name();
    // COLLECT is a word only in front of a brace.
    boolean quote = NamePrinter.isWord(subject) || subject.equalsIgnoreCase("collect");
    names.quoted(subject, quote || !NamePrinter.isPlain(subject));
    out.append(" {");
    for (int i = 0; i < projection.items().size(); i++) {
      out.append(i > 0 ? ", " : "");
      switch (projection.items().get(i)) {
        case MapProjectionItem.AllProperties item -> out.append(".*");
        case MapProjectionItem.OneProperty item -> {
          out.append('.');
          names.name(item.key());
        }
        case MapProjectionItem.VariableEntry item -> names.variable(item.variable());
        case MapProjectionItem.LiteralEntry item -> {
          names.name(item.key());
          out.append(": ");
          expression(item.value(), Binding.OR);
        }
      }
    }
    out.append('}');
  }
}
