package org.weftdb.cypher.ast;

/**
 * Prints trees as Cypher in one canonical form: one clause per line, keywords in upper case,
 * parentheses only where the tree needs them.
 *
 * <p>Parsing what was printed gives the same tree, apart from the spans and the text of the items
 * of projections. Two expressions that print alike are the same expression, so that the printed
 * form also serves as a key to find equal expressions.
 */
public final class AstPrinter {
  private final StringBuilder out = new StringBuilder();
  private final ExpressionPrinter expressions;
  final PatternPrinter patterns;
  final ClausePrinter clauses;

  private AstPrinter() {
    NamePrinter names = new NamePrinter(out);
    expressions = new ExpressionPrinter(this, out, names);
    patterns = new PatternPrinter(out, names, expressions);
    clauses = new ClausePrinter(out, names, expressions, patterns);
  }

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
    printer.clauses.statement(statement);
    return printer.out.toString();
  }

  public static String print(Clause clause) {
    AstPrinter printer = new AstPrinter();
    printer.clauses.clause(clause);
    return printer.out.toString();
  }

  public static String print(Expression expression) {
    AstPrinter printer = new AstPrinter();
    printer.expressions.print(expression);
    return printer.out.toString();
  }

  public static String print(PatternPart part) {
    AstPrinter printer = new AstPrinter();
    printer.patterns.part(part);
    return printer.out.toString();
  }
}
