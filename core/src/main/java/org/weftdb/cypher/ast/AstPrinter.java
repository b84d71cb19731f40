package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.value.Numbers;
import org.weftdb.value.Texts;
import org.weftdb.value.type.TypeExpression;

/**
 * Prints trees as Cypher in one canonical form: one clause per line, keywords in upper case,
 * parentheses only where the tree needs them.
 *
 * <p>Parsing what was printed gives the same tree, apart from the spans and the text of the items
 * of projections. Two expressions that print alike are the same expression, so that the printed
 * form also serves as a key to find equal expressions.
 */
public final class AstPrinter {
  /** Words that are quoted where a variable stands; the parser reads some of them as keywords. */
  private static final String[] WORDS = {
    "all",
    "allshortestpaths",
    "and",
    "any",
    "as",
    "asc",
    "ascending",
    "by",
    "call",
    "case",
    "contains",
    "count",
    "create",
    "delete",
    "desc",
    "descending",
    "detach",
    "distinct",
    "drop",
    "else",
    "end",
    "ends",
    "exists",
    "explain",
    "false",
    "for",
    "if",
    "in",
    "index",
    "inf",
    "infinity",
    "is",
    "limit",
    "match",
    "merge",
    "nan",
    "none",
    "not",
    "null",
    "on",
    "optional",
    "or",
    "order",
    "profile",
    "reduce",
    "remove",
    "return",
    "set",
    "shortestpath",
    "single",
    "skip",
    "starts",
    "then",
    "true",
    "union",
    "unwind",
    "when",
    "where",
    "with",
    "xor",
    "yield"
  };

  private static final int OR = 1;
  private static final int XOR = 2;
  private static final int AND = 3;
  private static final int NOT = 4;
  private static final int COMPARISON = 5;
  private static final int PREDICATE = 6;
  private static final int SUM = 7;
  private static final int PRODUCT = 8;
  private static final int POWER = 9;
  private static final int SIGN = 10;
  private static final int OPERAND = 11;

  private final StringBuilder out = new StringBuilder();

  private AstPrinter() {}

  /** The statement with the prefix that gave its mode. */
  public static String print(ParsedQuery query) {
    String prefix =
        switch (query.mode()) {
          case EXECUTE -> "";
          case EXPLAIN -> "EXPLAIN ";
          case PROFILE -> "PROFILE ";
        };
    return prefix + print(query.statement());
  }

  public static String print(Statement statement) {
    AstPrinter printer = new AstPrinter();
    printer.statement(statement);
    return printer.out.toString();
  }

  public static String print(Clause clause) {
    AstPrinter printer = new AstPrinter();
    printer.clause(clause);
    return printer.out.toString();
  }

  public static String print(Expression expression) {
    AstPrinter printer = new AstPrinter();
    printer.expression(expression, OR);
    return printer.out.toString();
  }

  public static String print(PatternPart part) {
    AstPrinter printer = new AstPrinter();
    printer.part(part);
    return printer.out.toString();
  }

  // Statements and clauses.

  private void statement(Statement statement) {
    switch (statement) {
      case Query query -> query(query, "\n");
      case Statement.CreateIndex create -> createIndex(create);
      case Statement.DropIndex drop -> drop("INDEX ", drop.name(), drop.ifExists());
      case Statement.CreateConstraint create -> createConstraint(create);
      case Statement.DropConstraint drop -> drop("CONSTRAINT ", drop.name(), drop.ifExists());
    }
  }

  private void drop(String what, Expression name, boolean ifExists) {
    out.append("DROP ").append(what);
    schemaName(name);
    out.append(ifExists ? " IF EXISTS" : "");
  }

  private void schemaName(Expression name) {
    if (name instanceof Expression.StringLiteral text) {
      name(text.value());
    } else {
      expression(name, OR);
    }
  }

  private void create(
      String what, @Nullable Expression name, boolean ifNotExists, Statement.Subject subject) {
    out.append("CREATE ").append(what);
    if (name != null) {
      schemaName(name);
      out.append(' ');
    }
    out.append(ifNotExists ? "IF NOT EXISTS FOR " : "FOR ");
    out.append(subject.onRelationships() ? "()-[r" : "(n");
    if (!subject.labelOrType().isEmpty()) {
      out.append(':');
      name(subject.labelOrType());
    }
    out.append(subject.onRelationships() ? "]-()" : ")");
  }

  private void properties(Statement.Subject subject) {
    for (int i = 0; i < subject.properties().size(); i++) {
      out.append(i == 0 ? "(" : ", ").append(subject.onRelationships() ? "r." : "n.");
      name(subject.properties().get(i));
    }
    out.append(')');
  }

  private void createIndex(Statement.CreateIndex create) {
    String kind = create.kind() == Statement.IndexKind.RANGE ? "INDEX " : create.kind() + " INDEX ";
    create(kind, create.name(), create.ifNotExists(), create.subject());
    if (create.kind() == Statement.IndexKind.LOOKUP) {
      out.append(create.subject().onRelationships() ? " ON EACH type(r)" : " ON EACH labels(n)");
    } else {
      out.append(" ON ");
      properties(create.subject());
    }
  }

  private void createConstraint(Statement.CreateConstraint create) {
    create("CONSTRAINT ", create.name(), create.ifNotExists(), create.subject());
    out.append(" REQUIRE ");
    properties(create.subject());
    out.append(" IS ").append(create.kind().spelling());
    if (create.type() != null) {
      out.append(' ').append(create.type().text());
    }
  }

  private void query(Query query, String separator) {
    switch (query) {
      case Query.SingleQuery single -> clauses(single.clauses(), separator);
      case Query.UnionQuery union -> {
        for (int i = 0; i < union.queries().size(); i++) {
          if (i > 0) {
            out.append(separator).append(union.all() ? "UNION ALL" : "UNION").append(separator);
          }
          clauses(union.queries().get(i).clauses(), separator);
        }
      }
    }
  }

  private void clauses(List<Clause> clauses, String separator) {
    for (int i = 0; i < clauses.size(); i++) {
      out.append(i > 0 ? separator : "");
      clause(clauses.get(i));
    }
  }

  private void hint(Hint hint) {
    out.append(" USING ").append(hint.kind().words());
    for (int i = 0; i < hint.variables().size(); i++) {
      out.append(i > 0 ? ", " : " ");
      variable(hint.variables().get(i));
    }
    if (hint.kind() != Hint.Kind.JOIN) {
      out.append(':');
      name(hint.labelOrType());
    }
    for (int i = 0; i < hint.properties().size(); i++) {
      out.append(i > 0 ? ", " : "(");
      name(hint.properties().get(i));
    }
    out.append(hint.properties().isEmpty() ? "" : ")");
  }

  private void clause(Clause clause) {
    switch (clause) {
      case Clause.Match match -> {
        out.append(match.optional() ? "OPTIONAL MATCH " : "MATCH ");
        pattern(match.pattern());
        for (Hint hint : match.hints()) {
          hint(hint);
        }
        where(match.where());
      }
      case Clause.Unwind unwind -> {
        out.append("UNWIND ");
        expression(unwind.expression(), OR);
        out.append(" AS ");
        variable(unwind.variable());
      }
      case Clause.With with -> {
        out.append("WITH ");
        projection(with.projection());
        where(with.where());
      }
      case Clause.Return result -> {
        out.append("RETURN ");
        projection(result.projection());
      }
      case Clause.Create create -> {
        out.append("CREATE ");
        pattern(create.pattern());
      }
      case Clause.Merge merge -> merge(merge);
      case Clause.SetClause set -> {
        out.append("SET ");
        setItems(set.items());
      }
      case Clause.Remove remove -> remove(remove);
      case Clause.Delete delete -> {
        out.append(delete.detach() ? "DETACH DELETE " : "DELETE ");
        expressions(delete.expressions());
      }
      case Clause.Call call -> call(call);
      case Clause.Subquery subquery -> subquery(subquery);
      case Clause.Foreach foreach -> {
        out.append("FOREACH (");
        variable(foreach.variable());
        out.append(" IN ");
        expression(foreach.list(), OR);
        out.append(" | ");
        clauses(foreach.updates(), " ");
        out.append(')');
      }
      case Clause.LoadCsv load -> loadCsv(load);
      case Clause.Finish finish -> out.append("FINISH");
      case Clause.Let let -> let(let);
      case Clause.Filter filter -> {
        out.append("FILTER ");
        expression(filter.condition(), OR);
      }
      case Clause.OrderBy order -> {
        int start = out.length();
        order(order.items(), order.skip(), order.limit());
        out.deleteCharAt(start);
      }
    }
  }

  private void subquery(Clause.Subquery subquery) {
    out.append(subquery.optional() ? "OPTIONAL CALL " : "CALL ");
    Clause.Imports imports = subquery.imports();
    if (imports != null) {
      out.append(imports.all() ? "(*" : "(");
      for (int i = 0; i < imports.variables().size(); i++) {
        out.append(i > 0 ? ", " : "");
        variable(imports.variables().get(i));
      }
      out.append(") ");
    }
    out.append("{ ");
    query(subquery.query(), " ");
    out.append(" }");
    Clause.InTransactions transactions = subquery.transactions();
    if (transactions == null) {
      return;
    }
    out.append(" IN TRANSACTIONS");
    if (transactions.batchSize() != null) {
      out.append(" OF ");
      expression(transactions.batchSize(), OR);
      out.append(" ROWS");
    }
    if (transactions.onError() != Clause.OnError.FAIL) {
      out.append(" ON ERROR ").append(transactions.onError().name());
    }
    if (transactions.status() != null) {
      out.append(" REPORT STATUS AS ");
      variable(transactions.status());
    }
  }

  private void loadCsv(Clause.LoadCsv load) {
    out.append(load.withHeaders() ? "LOAD CSV WITH HEADERS FROM " : "LOAD CSV FROM ");
    expression(load.source(), OR);
    out.append(" AS ");
    variable(load.variable());
    if (load.fieldTerminator() != null) {
      out.append(" FIELDTERMINATOR ");
      string(load.fieldTerminator());
    }
  }

  private void let(Clause.Let let) {
    for (int i = 0; i < let.items().size(); i++) {
      out.append(i == 0 ? "LET " : ", ");
      variable(let.items().get(i).variable());
      out.append(" = ");
      expression(let.items().get(i).expression(), OR);
    }
  }

  /** A query inside an expression, behind the word that says what is made of it. */
  private void subquery(String word, Query query) {
    out.append(word).append(" { ");
    query(query, " ");
    out.append(" }");
  }

  private void where(@Nullable Expression where) {
    if (where != null) {
      out.append(" WHERE ");
      expression(where, OR);
    }
  }

  private void projection(Projection projection) {
    out.append(projection.distinct() ? "DISTINCT " : "").append(projection.star() ? "*" : "");
    for (int i = 0; i < projection.items().size(); i++) {
      ReturnItem item = projection.items().get(i);
      out.append(i > 0 || projection.star() ? ", " : "");
      expression(item.expression(), OR);
      if (item.alias() != null) {
        out.append(" AS ");
        variable(item.alias());
      }
    }
    order(projection.orderBy(), projection.skip(), projection.limit());
  }

  private void order(List<SortItem> items, @Nullable Expression skip, @Nullable Expression limit) {
    for (int i = 0; i < items.size(); i++) {
      SortItem item = items.get(i);
      out.append(i == 0 ? " ORDER BY " : ", ");
      expression(item.expression(), OR);
      out.append(item.descending() ? " DESC" : "");
    }
    if (skip != null) {
      out.append(" SKIP ");
      expression(skip, OR);
    }
    if (limit != null) {
      out.append(" LIMIT ");
      expression(limit, OR);
    }
  }

  private void merge(Clause.Merge merge) {
    out.append("MERGE ");
    part(merge.part());
    for (MergeAction action : merge.actions()) {
      out.append(action.onCreate() ? " ON CREATE SET " : " ON MATCH SET ");
      setItems(action.items());
    }
  }

  private void setItems(List<SetItem> items) {
    for (int i = 0; i < items.size(); i++) {
      out.append(i > 0 ? ", " : "");
      switch (items.get(i)) {
        case SetItem.SetProperty set -> {
          expression(set.property(), OPERAND);
          out.append(" = ");
          expression(set.value(), OR);
        }
        case SetItem.ReplaceProperties set -> {
          variable(set.variable());
          out.append(" = ");
          expression(set.value(), OR);
        }
        case SetItem.AddProperties set -> {
          variable(set.variable());
          out.append(" += ");
          expression(set.value(), OR);
        }
        case SetItem.SetDynamicProperty set -> {
          expression(set.property(), OPERAND);
          out.append(" = ");
          expression(set.value(), OR);
        }
        case SetItem.SetLabels set -> {
          variable(set.variable());
          setLabels(set.labels());
        }
      }
    }
  }

  private void setLabels(LabelExpression labels) {
    for (LabelExpression label : labels.conjuncts()) {
      out.append(':');
      labelExpression(label, false);
    }
  }

  private void remove(Clause.Remove remove) {
    out.append("REMOVE ");
    for (int i = 0; i < remove.items().size(); i++) {
      out.append(i > 0 ? ", " : "");
      switch (remove.items().get(i)) {
        case RemoveItem.RemoveProperty item -> expression(item.property(), OPERAND);
        case RemoveItem.RemoveDynamicProperty item -> expression(item.property(), OPERAND);
        case RemoveItem.RemoveLabels item -> {
          variable(item.variable());
          setLabels(item.labels());
        }
      }
    }
  }

  private void call(Clause.Call call) {
    out.append("CALL ");
    qualifiedName(call.name());
    if (call.arguments() != null) {
      out.append('(');
      expressions(call.arguments());
      out.append(')');
    }
    Clause.Yield yield = call.yield();
    if (yield != null) {
      out.append(" YIELD ").append(yield.all() ? "*" : yield.items().isEmpty() ? "-" : "");
      for (int i = 0; i < yield.items().size(); i++) {
        YieldItem item = yield.items().get(i);
        out.append(i > 0 ? ", " : "");
        if (!item.field().equals(item.variable().name())) {
          name(item.field());
          out.append(" AS ");
        }
        variable(item.variable());
      }
      where(call.where());
    }
  }

  // Patterns.

  private void pattern(Pattern pattern) {
    for (int i = 0; i < pattern.parts().size(); i++) {
      out.append(i > 0 ? ", " : "");
      part(pattern.parts().get(i));
    }
  }

  private void part(PatternPart part) {
    if (part.variable() != null) {
      variable(part.variable());
      out.append(" = ");
    }
    if (part.selection().isFunction()) {
      selectedPath(part.selection(), part.path());
      return;
    }
    out.append(
        switch (part.selection()) {
          case ANY -> "ANY ";
          case SHORTEST -> part.count() == null ? "ANY SHORTEST " : "SHORTEST ";
          case ALL_SHORTEST -> "ALL SHORTEST ";
          case SHORTEST_GROUPS -> "SHORTEST ";
          case ALL, SHORTEST_PATH, ALL_SHORTEST_PATHS -> "";
        });
    if (part.count() != null) {
      expression(part.count(), OR);
      out.append(' ');
    }
    out.append(part.selection() == PathSelection.SHORTEST_GROUPS ? "GROUPS " : "");
    if (part.where() == null) {
      path(part.path());
    } else {
      out.append('(');
      path(part.path());
      out.append(" WHERE ");
      expression(part.where(), OR);
      out.append(')');
    }
  }

  private void selectedPath(PathSelection selection, PathPattern path) {
    out.append(selection == PathSelection.SHORTEST_PATH ? "shortestPath(" : "allShortestPaths(");
    path(path);
    out.append(')');
  }

  private void path(PathPattern path) {
    node(path.nodes().get(0));
    for (int i = 0; i < path.connections().size(); i++) {
      switch (path.connections().get(i)) {
        case RelationshipPattern relationship -> relationship(relationship);
        case QuantifiedPath quantified -> quantified(quantified);
      }
      node(path.nodes().get(i + 1));
    }
  }

  private void quantified(QuantifiedPath quantified) {
    out.append(" (");
    path(quantified.path());
    if (quantified.where() != null) {
      out.append(" WHERE ");
      expression(quantified.where(), OR);
    }
    out.append("){").append(quantified.minimum()).append(',');
    if (quantified.maximum() != QuantifiedPath.UNBOUNDED) {
      out.append(quantified.maximum());
    }
    out.append("} ");
  }

  private void node(NodePattern node) {
    out.append('(');
    if (node.variable() != null) {
      variable(node.variable());
    }
    if (node.labelExpression() == null) {
      labels(node.labels());
    } else {
      for (int i = 0; i < node.labels().size(); i++) {
        out.append(i == 0 ? ':' : '&');
        name(node.labels().get(i));
      }
      labelExpression(node.labels().isEmpty() ? ':' : '&', node.labelExpression());
    }
    if (node.properties() != null) {
      blankAfter('(');
      expression(node.properties(), OPERAND);
    }
    if (node.where() != null) {
      blankAfter('(');
      out.append("WHERE ");
      expression(node.where(), OR);
    }
    out.append(')');
  }

  private void relationship(RelationshipPattern relationship) {
    RelationshipPattern.Direction direction = relationship.direction();
    out.append(direction == RelationshipPattern.Direction.RIGHT_TO_LEFT ? "<-[" : "-[");
    if (relationship.variable() != null) {
      variable(relationship.variable());
    }
    for (int i = 0; i < relationship.types().size(); i++) {
      out.append(i > 0 ? '|' : ':');
      name(relationship.types().get(i));
    }
    labelExpression(':', relationship.typeExpression());
    if (relationship.length() != null) {
      length(relationship.length());
    }
    if (relationship.properties() != null) {
      blankAfter('[');
      expression(relationship.properties(), OPERAND);
    }
    if (relationship.where() != null) {
      blankAfter('[');
      out.append("WHERE ");
      expression(relationship.where(), OR);
    }
    out.append(direction == RelationshipPattern.Direction.LEFT_TO_RIGHT ? "]->" : "]-");
  }

  private void blankAfter(char open) {
    out.append(out.charAt(out.length() - 1) == open ? "" : " ");
  }

  private void labelExpression(char before, @Nullable LabelExpression labels) {
    if (labels != null) {
      out.append(before);
      labelExpression(labels, before == '&');
    }
  }

  /** In parentheses where it is an operand and has operands itself. */
  private void labelExpression(LabelExpression labels, boolean operand) {
    switch (labels) {
      case LabelExpression.Name name -> name(name.name());
      case LabelExpression.Wildcard wildcard -> out.append('%');
      case LabelExpression.Dynamic dynamic -> {
        out.append(dynamic.all() ? "$(" : "$any(");
        expression(dynamic.names(), OR);
        out.append(')');
      }
      case LabelExpression.Not not -> {
        out.append('!');
        labelExpression(not.operand(), true);
      }
      case LabelExpression.And and -> labelOperands(and.operands(), '&', operand);
      case LabelExpression.Or or -> labelOperands(or.operands(), '|', operand);
    }
  }

  private void labelOperands(List<LabelExpression> operands, char operator, boolean parentheses) {
    out.append(parentheses ? "(" : "");
    for (int i = 0; i < operands.size(); i++) {
      out.append(i > 0 ? String.valueOf(operator) : "");
      labelExpression(operands.get(i), true);
    }
    out.append(parentheses ? ")" : "");
  }

  private void length(RelationshipPattern.VariableLength length) {
    out.append('*');
    boolean bounded = length.maximum() != RelationshipPattern.VariableLength.UNBOUNDED;
    if (bounded && length.minimum() == length.maximum()) {
      out.append(length.minimum());
    } else if (bounded || length.minimum() != 1) {
      out.append(length.minimum()).append("..");
      if (bounded) {
        out.append(length.maximum());
      }
    }
  }

  private void labels(List<String> labels) {
    for (String label : labels) {
      out.append(':');
      name(label);
    }
  }

  // Expressions.

  private void expressions(List<Expression> expressions) {
    for (int i = 0; i < expressions.size(); i++) {
      out.append(i > 0 ? ", " : "");
      expression(expressions.get(i), OR);
    }
  }

  /** Prints with parentheses when the expression binds weaker than its place demands. */
  private void expression(Expression expression, int weakest) {
    boolean parentheses = binding(expression) < weakest;
    out.append(parentheses ? "(" : "");
    bare(expression);
    out.append(parentheses ? ")" : "");
  }

  private static int binding(Expression expression) {
    return switch (expression) {
      case Expression.Logical logical ->
          switch (logical.operator()) {
            case OR -> OR;
            case XOR -> XOR;
            case AND -> AND;
          };
      case Expression.Not not -> NOT;
      case Expression.Comparison comparison -> COMPARISON;
      case Expression.IsNull isNull -> PREDICATE;
      case Expression.TypeTest test -> PREDICATE;
      case Expression.Binary binary -> binding(binary.operator());
      case Expression.Chain chain -> binding(chain.operators().get(0));
      case Expression.Negate negate -> SIGN;
      case Expression.UnaryPlus plus -> SIGN;
      default -> OPERAND;
    };
  }

  private void type(TypeExpression type) {
    // In brackets, so that a bar is never the end of a list comprehension.
    boolean several = type.alternatives().size() > 1;
    out.append(several ? "ANY<" : "").append(type.text()).append(several ? ">" : "");
  }

  private static int binding(Expression.BinaryOperator operator) {
    return switch (operator) {
      case ADD, SUBTRACT, CONCATENATE -> SUM;
      case MULTIPLY, DIVIDE, MODULO -> PRODUCT;
      case POWER -> POWER;
      case IN, STARTS_WITH, ENDS_WITH, CONTAINS, REGEX_MATCH -> PREDICATE;
    };
  }

  private void bare(Expression expression) {
    switch (expression) {
      case Expression.NullLiteral literal -> out.append("null");
      case Expression.BooleanLiteral literal -> out.append(literal.value());
      case Expression.IntegerLiteral literal -> out.append(literal.value());
      case Expression.FloatLiteral literal -> Numbers.append(out, literal.value());
      case Expression.StringLiteral literal -> string(literal.value());
      case Expression.ListLiteral list -> {
        out.append('[');
        expressions(list.elements());
        out.append(']');
      }
      case Expression.MapLiteral map -> map(map);
      case Expression.Parameter parameter -> {
        out.append('$');
        if (isDigits(parameter.name())) {
          out.append(parameter.name());
        } else {
          name(parameter.name());
        }
      }
      case Variable variable -> variable(variable);
      case Expression.Property property -> {
        expression(property.subject(), OPERAND);
        out.append('.');
        name(property.key());
      }
      case Expression.Subscript subscript -> {
        expression(subscript.subject(), OPERAND);
        out.append('[');
        expression(subscript.index(), OR);
        out.append(']');
      }
      case Expression.Slice slice -> slice(slice);
      case Expression.LabelPredicate predicate -> {
        expression(predicate.subject(), OPERAND);
        labels(predicate.labels());
      }
      case Expression.LabelTest test -> {
        expression(test.subject(), OPERAND);
        // In parentheses, so that a bar is never the end of a list comprehension.
        out.append(":(");
        labelExpression(test.labels(), false);
        out.append(')');
      }
      case Expression.Not not -> {
        out.append("NOT ");
        expression(not.operand(), NOT);
      }
      case Expression.Negate negate -> negate(negate);
      case Expression.UnaryPlus plus -> {
        out.append('+');
        expression(plus.operand(), SIGN);
      }
      case Expression.IsNull isNull -> {
        expression(isNull.operand(), PREDICATE);
        out.append(isNull.negated() ? " IS NOT NULL" : " IS NULL");
      }
      case Expression.TypeTest test -> {
        expression(test.operand(), PREDICATE);
        out.append(test.negated() ? " IS NOT :: " : " IS :: ");
        type(test.type());
      }
      case Expression.Cast cast -> {
        out.append(cast.orNull() ? "TRY_CAST(" : "CAST(");
        expression(cast.operand(), OR);
        out.append(" AS ");
        type(cast.type());
        out.append(')');
      }
      case Expression.Binary binary -> {
        int binding = binding(binary.operator());
        expression(binary.left(), binding);
        out.append(' ').append(binary.operator().symbol()).append(' ');
        expression(binary.right(), binding + 1);
      }
      case Expression.Chain chain -> chain(chain);
      case Expression.Logical logical -> logical(logical);
      case Expression.Comparison comparison -> comparison(comparison);
      case Expression.FunctionCall call -> {
        qualifiedName(call.name());
        out.append(call.distinct() ? "(DISTINCT " : "(");
        expressions(call.arguments());
        out.append(')');
      }
      case Expression.CountStar count -> out.append("count(*)");
      case Expression.Case conditional -> conditional(conditional);
      case Expression.CaseOperand operand -> {}
      case Expression.ListComprehension comprehension -> listComprehension(comprehension);
      case Expression.PatternComprehension comprehension -> patternComprehension(comprehension);
      case Expression.Quantifier quantifier -> {
        out.append(quantifier.kind().word()).append('(');
        variable(quantifier.variable());
        out.append(" IN ");
        expression(quantifier.list(), OR);
        out.append(" WHERE ");
        expression(quantifier.condition(), OR);
        out.append(')');
      }
      case Expression.Reduce reduce -> reduce(reduce);
      case Expression.MapProjection projection -> mapProjection(projection);
      case Expression.PatternPredicate predicate -> path(predicate.pattern());
      case Expression.ShortestPath shortest ->
          selectedPath(shortest.selection(), shortest.pattern());
      case Expression.ExistsSubquery exists -> subquery("EXISTS", exists.query());
      case Expression.CountSubquery count -> subquery("COUNT", count.query());
      case Expression.CollectSubquery collect -> subquery("COLLECT", collect.query());
    }
  }

  private void map(Expression.MapLiteral map) {
    out.append('{');
    for (int i = 0; i < map.entries().size(); i++) {
      MapEntry entry = map.entries().get(i);
      out.append(i > 0 ? ", " : "");
      name(entry.key());
      out.append(": ");
      expression(entry.value(), OR);
    }
    out.append('}');
  }

  private void slice(Expression.Slice slice) {
    expression(slice.subject(), OPERAND);
    out.append('[');
    if (slice.from() != null) {
      expression(slice.from(), OR);
    }
    out.append("..");
    if (slice.to() != null) {
      expression(slice.to(), OR);
    }
    out.append(']');
  }

  /** A minus before a digit would be read as the sign of a literal. */
  private void negate(Expression.Negate negate) {
    out.append('-');
    int start = out.length();
    expression(negate.operand(), SIGN);
    char first = out.charAt(start);
    if (first >= '0' && first <= '9') {
      out.insert(start, '(').append(')');
    }
  }

  private void logical(Expression.Logical logical) {
    int binding = binding(logical);
    for (int i = 0; i < logical.operands().size(); i++) {
      if (i > 0) {
        out.append(' ').append(logical.operator().name()).append(' ');
      }
      expression(logical.operands().get(i), binding + 1);
    }
  }

  private void chain(Expression.Chain chain) {
    int binding = binding(chain);
    expression(chain.operands().get(0), binding + 1);
    for (int i = 0; i < chain.operators().size(); i++) {
      out.append(' ').append(chain.operators().get(i).symbol()).append(' ');
      expression(chain.operands().get(i + 1), binding + 1);
    }
  }

  private void comparison(Expression.Comparison comparison) {
    expression(comparison.operands().get(0), PREDICATE);
    for (int i = 0; i < comparison.operators().size(); i++) {
      out.append(' ').append(comparison.operators().get(i).symbol()).append(' ');
      expression(comparison.operands().get(i + 1), PREDICATE);
    }
  }

  private void conditional(Expression.Case conditional) {
    out.append("CASE");
    if (conditional.operand() != null) {
      out.append(' ');
      expression(conditional.operand(), OR);
    }
    for (CaseBranch branch : conditional.branches()) {
      String separator = " WHEN";
      for (Expression condition : branch.conditions()) {
        out.append(separator).append(CaseBranch.isAboutOperand(condition) ? "" : " ");
        expression(condition, OR);
        separator = ",";
      }
      out.append(" THEN ");
      expression(branch.result(), OR);
    }
    if (conditional.otherwise() != null) {
      out.append(" ELSE ");
      expression(conditional.otherwise(), OR);
    }
    out.append(" END");
  }

  private void listComprehension(Expression.ListComprehension comprehension) {
    out.append('[');
    variable(comprehension.variable());
    out.append(" IN ");
    expression(comprehension.list(), OR);
    where(comprehension.where());
    if (comprehension.projection() != null) {
      out.append(" | ");
      expression(comprehension.projection(), OR);
    }
    out.append(']');
  }

  private void patternComprehension(Expression.PatternComprehension comprehension) {
    out.append('[');
    if (comprehension.path() != null) {
      variable(comprehension.path());
      out.append(" = ");
    }
    path(comprehension.pattern());
    where(comprehension.where());
    out.append(" | ");
    expression(comprehension.projection(), OR);
    out.append(']');
  }

  private void reduce(Expression.Reduce reduce) {
    out.append("reduce(");
    variable(reduce.accumulator());
    out.append(" = ");
    expression(reduce.initial(), OR);
    out.append(", ");
    variable(reduce.variable());
    out.append(" IN ");
    expression(reduce.list(), OR);
    out.append(" | ");
    expression(reduce.step(), OR);
    out.append(')');
  }

  private void mapProjection(Expression.MapProjection projection) {
    String subject = projection.subject().name();
    // COLLECT is a word only in front of a brace.
    boolean quote = isWord(subject) || subject.equalsIgnoreCase("collect");
    quoted(subject, quote || !isPlain(subject));
    out.append(" {");
    for (int i = 0; i < projection.items().size(); i++) {
      out.append(i > 0 ? ", " : "");
      switch (projection.items().get(i)) {
        case MapProjectionItem.AllProperties item -> out.append(".*");
        case MapProjectionItem.OneProperty item -> {
          out.append('.');
          name(item.key());
        }
        case MapProjectionItem.VariableEntry item -> variable(item.variable());
        case MapProjectionItem.LiteralEntry item -> {
          name(item.key());
          out.append(": ");
          expression(item.value(), OR);
        }
      }
    }
    out.append('}');
  }

  // Names and strings.

  private void variable(Variable variable) {
    quoted(variable.name(), !isPlain(variable.name()) || isWord(variable.name()));
  }

  private void name(String name) {
    quoted(name, !isPlain(name));
  }

  private void qualifiedName(String name) {
    if (name.indexOf('.') < 0) {
      boolean call = name.equalsIgnoreCase("count") || name.equalsIgnoreCase("exists");
      quoted(name, !isPlain(name) || isWord(name) && !call);
      return;
    }
    int start = 0;
    while (start <= name.length()) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      name(name.substring(start, end));
      out.append(dot < 0 ? "" : ".");
      start = end + 1;
    }
  }

  private void quoted(String name, boolean quote) {
    if (quote) {
      out.append(Texts.quotedName(name));
    } else {
      out.append(name);
    }
  }

  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isWord(String name) {
    for (String word : WORDS) {
      if (word.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigits(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private void string(String value) {
    out.append('\'');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\'' -> out.append("\\'");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7F) {
            out.append("\\u00").append((char) ('0' + (c >> 4)));
            out.append("0123456789ABCDEF".charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('\'');
  }
}
