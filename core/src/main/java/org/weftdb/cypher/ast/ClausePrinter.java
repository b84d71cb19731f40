package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints statements and clauses. */
final class ClausePrinter {
  private final StringBuilder out;
  private final NamePrinter names;
  private final ExpressionPrinter expressions;
  private final PatternPrinter patterns;
  private final SchemaPrinter schema;

  ClausePrinter(
      StringBuilder out,
      NamePrinter names,
      ExpressionPrinter expressions,
      PatternPrinter patterns) {
    this.out = out;
    this.names = names;
    this.expressions = expressions;
    this.patterns = patterns;
    this.schema = new SchemaPrinter(out, names, expressions);
  }

  void statement(Statement statement) {
    switch (statement) {
      case Query query -> query(query, "\n");
      case Statement.CreateIndex create -> schema.createIndex(create);
      case Statement.DropIndex drop -> schema.drop("INDEX ", drop.name(), drop.ifExists());
      case Statement.CreateConstraint create -> schema.createConstraint(create);
      case Statement.DropConstraint drop ->
          schema.drop("CONSTRAINT ", drop.name(), drop.ifExists());
    }
  }

  void query(Query query, String separator) {
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
      names.variable(hint.variables().get(i));
    }
    if (hint.kind() != Hint.Kind.JOIN) {
      out.append(':');
      names.name(hint.labelOrType());
    }
    for (int i = 0; i < hint.properties().size(); i++) {
      out.append(i > 0 ? ", " : "(");
      names.name(hint.properties().get(i));
    }
    out.append(hint.properties().isEmpty() ? "" : ")");
  }

  void clause(Clause clause) {
    switch (clause) {
      case Clause.Match match -> {
        out.append(match.optional() ? "OPTIONAL MATCH " : "MATCH ");
        patterns.pattern(match.pattern());
        for (Hint hint : match.hints()) {
          hint(hint);
        }
        expressions.where(match.where());
      }
      case Clause.Unwind unwind -> {
        out.append("UNWIND ");
        expressions.print(unwind.expression());
        out.append(" AS ");
        names.variable(unwind.variable());
      }
      case Clause.With with -> {
        out.append("WITH ");
        projection(with.projection());
        expressions.where(with.where());
      }
      case Clause.Return result -> {
        out.append("RETURN ");
        projection(result.projection());
      }
      case Clause.Create create -> {
        out.append("CREATE ");
        patterns.pattern(create.pattern());
      }
      case Clause.Merge merge -> merge(merge);
      case Clause.SetClause set -> {
        out.append("SET ");
        setItems(set.items());
      }
      case Clause.Remove remove -> remove(remove);
      case Clause.Delete delete -> {
        out.append(delete.detach() ? "DETACH DELETE " : "DELETE ");
        expressions.all(delete.expressions());
      }
      case Clause.Call call -> call(call);
      case Clause.Subquery subquery -> subquery(subquery);
      case Clause.Foreach foreach -> {
        out.append("FOREACH (");
        names.variable(foreach.variable());
        out.append(" IN ");
        expressions.print(foreach.list());
        out.append(" | ");
        clauses(foreach.updates(), " ");
        out.append(')');
      }
      case Clause.LoadCsv load -> loadCsv(load);
      case Clause.Finish finish -> out.append("FINISH");
      case Clause.Let let -> let(let);
      case Clause.Filter filter -> {
        out.append("FILTER ");
        expressions.print(filter.condition());
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
        names.variable(imports.variables().get(i));
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
      expressions.print(transactions.batchSize());
      out.append(" ROWS");
    }
    if (transactions.onError() != Clause.OnError.FAIL) {
      out.append(" ON ERROR ").append(transactions.onError().name());
    }
    if (transactions.status() != null) {
      out.append(" REPORT STATUS AS ");
      names.variable(transactions.status());
    }
  }

  private void loadCsv(Clause.LoadCsv load) {
    out.append(load.withHeaders() ? "LOAD CSV WITH HEADERS FROM " : "LOAD CSV FROM ");
    expressions.print(load.source());
    out.append(" AS ");
    names.variable(load.variable());
    if (load.fieldTerminator() != null) {
      out.append(" FIELDTERMINATOR ");
      names.string(load.fieldTerminator());
    }
  }

  private void let(Clause.Let let) {
    for (int i = 0; i < let.items().size(); i++) {
      out.append(i == 0 ? "LET " : ", ");
      names.variable(let.items().get(i).variable());
      out.append(" = ");
      expressions.print(let.items().get(i).expression());
    }
  }

  private void projection(Projection projection) {
    out.append(projection.distinct() ? "DISTINCT " : "").append(projection.star() ? "*" : "");
    for (int i = 0; i < projection.items().size(); i++) {
      ReturnItem item = projection.items().get(i);
      out.append(i > 0 || projection.star() ? ", " : "");
      expressions.print(item.expression());
      if (item.alias() != null) {
        out.append(" AS ");
        names.variable(item.alias());
      }
    }
    order(projection.orderBy(), projection.skip(), projection.limit());
  }

  private void order(List<SortItem> items, @Nullable Expression skip, @Nullable Expression limit) {
    for (int i = 0; i < items.size(); i++) {
      SortItem item = items.get(i);
      out.append(i == 0 ? " ORDER BY " : ", ");
      expressions.print(item.expression());
      out.append(item.descending() ? " DESC" : "");
    }
    if (skip != null) {
      out.append(" SKIP ");
      expressions.print(skip);
    }
    if (limit != null) {
      out.append(" LIMIT ");
      expressions.print(limit);
    }
  }

  private void merge(Clause.Merge merge) {
    out.append("MERGE ");
    patterns.part(merge.part());
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
          expressions.operand(set.property());
          out.append(" = ");
          expressions.print(set.value());
        }
        case SetItem.ReplaceProperties set -> {
          names.variable(set.variable());
          out.append(" = ");
          expressions.print(set.value());
        }
        case SetItem.AddProperties set -> {
          names.variable(set.variable());
          out.append(" += ");
          expressions.print(set.value());
        }
        case SetItem.SetDynamicProperty set -> {
          expressions.operand(set.property());
          out.append(" = ");
          expressions.print(set.value());
        }
        case SetItem.SetLabels set -> {
          names.variable(set.variable());
          setLabels(set.labels());
        }
      }
    }
  }

  private void setLabels(LabelExpression labels) {
    for (LabelExpression label : labels.conjuncts()) {
      out.append(':');
      patterns.labelExpression(label, false);
    }
  }

  private void remove(Clause.Remove remove) {
    out.append("REMOVE ");
    for (int i = 0; i < remove.items().size(); i++) {
      out.append(i > 0 ? ", " : "");
      switch (remove.items().get(i)) {
        case RemoveItem.RemoveProperty item -> expressions.operand(item.property());
        case RemoveItem.RemoveDynamicProperty item -> expressions.operand(item.property());
        case RemoveItem.RemoveLabels item -> {
          names.variable(item.variable());
          setLabels(item.labels());
        }
      }
    }
  }

  private void call(Clause.Call call) {
    out.append("CALL ");
    names.qualifiedName(call.name());
    if (call.arguments() != null) {
      out.append('(');
      expressions.all(call.arguments());
      out.append(')');
    }
    Clause.Yield yield = call.yield();
    if (yield != null) {
      out.append(" YIELD ").append(yield.all() ? "*" : yield.items().isEmpty() ? "-" : "");
      for (int i = 0; i < yield.items().size(); i++) {
        YieldItem item = yield.items().get(i);
        out.append(i > 0 ? ", " : "");
        if (!item.field().equals(item.variable().name())) {
          names.name(item.field());
          out.append(" AS ");
        }
        names.variable(item.variable());
      }
      expressions.where(call.where());
    }
  }
}
