package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Query.SingleQuery;
import org.weftdb.cypher.ast.ReturnItem;
import org.weftdb.cypher.ast.SortItem;
import org.weftdb.cypher.ast.Span;
import org.weftdb.cypher.ast.YieldItem;
import org.weftdb.error.ErrorCode;
import org.weftdb.value.Texts;

/**
 * Parses {@code SHOW INDEXES} and the like into a query that calls a procedure:
 *
 * <pre>
 * SHOW words what [YIELD items [ORDER BY ...] [SKIP n] [LIMIT n]] [WHERE condition] [RETURN ...]
 *
 * CALL show.what(words) YIELD items [WITH items ORDER BY ... WHERE condition] RETURN ...
 * </pre>
 */
final class ShowParser {
  private static final String COMMANDS = "INDEXES, CONSTRAINTS, FUNCTIONS or PROCEDURES";

  /** What can be shown. */
  private enum Command {
    INDEXES(
        "INDEX",
        12,
        "id name state populationPercent type entityType labelsOrTypes properties indexProvider"
            + " owningConstraint lastRead readCount trackedSince options failureMessage"
            + " createStatement"),
    CONSTRAINTS(
        "CONSTRAINT",
        8,
        "id name type entityType labelsOrTypes properties ownedIndex propertyType options"
            + " createStatement"),
    FUNCTIONS(
        "FUNCTION",
        3,
        "name category description signature isBuiltIn argumentDescription returnDescription"
            + " aggregating rolesExecution rolesBoostedExecution isDeprecated deprecatedBy"),
    PROCEDURES(
        "PROCEDURE",
        4,
        "name description mode worksOnSystem signature argumentDescription returnDescription"
            + " admin rolesExecution rolesBoostedExecution isDeprecated deprecatedBy option");

    final String singular;
    final int shown;
    final List<String> columns;

    Command(String singular, int shown, String columns) {
      this.singular = singular;
      this.shown = shown;
      this.columns = Texts.words(columns);
    }

    String procedure() {
      return "show." + name().toLowerCase(Locale.ROOT);
    }
  }

  private final TokenStream in;
  private final ClauseParser clauses;

  ShowParser(TokenStream in, ClauseParser clauses) {
    this.in = in;
    this.clauses = clauses;
  }

  /** Whether a command that shows something starts here. */
  static boolean isNext(TokenStream in) {
    in.note("SHOW", 0);
    return in.isWord("SHOW", 0) && (in.isName(1) || in.kind(1) == TokenKind.END_OF_TEXT);
  }

  Query query() {
    int start = in.start();
    in.skip();
    int what = in.start();
    StringBuilder words = new StringBuilder();
    for (Command each : Command.values()) {
      in.note(each.name(), 0);
    }
    Command command = command();
    while (command == null) {
      Command shown = commandOf(words.toString());
      if (shown != null) {
        in.note(shown.name(), 0);
      }
      if (in.is(TokenKind.END_OF_TEXT) && shown != null) {
        throw in.unexpected(COMMANDS);
      }
      if (!in.isName(0) || words.length() > 60) {
        throw notSupported(what);
      }
      words.append(words.length() == 0 ? "" : " ");
      words.append(in.name("a word").toUpperCase(Locale.ROOT));
      command = command();
    }
    in.skip();
    String wanted = wanted(command, words.toString(), what);
    if (command == Command.FUNCTIONS || command == Command.PROCEDURES) {
      executable();
    }
    return query(command, wanted, start);
  }

  private @Nullable Command command() {
    for (Command command : Command.values()) {
      if (in.isWord(command.name(), 0) || in.isWord(command.singular, 0)) {
        return command;
      }
    }
    return null;
  }

  /** What can be shown with these words before it, or null; none of them is ALL. */
  private static @Nullable Command commandOf(String words) {
    return switch (words) {
      case "RANGE", "TEXT", "POINT", "LOOKUP" -> Command.INDEXES;
      case "BUILT IN", "USER DEFINED" -> Command.FUNCTIONS;
      default -> {
        boolean known = true;
        for (String word : Texts.words(words)) {
          known &= !constraintWord(word).isEmpty();
        }
        yield known ? Command.CONSTRAINTS : null;
      }
    };
  }

  private RuntimeException notSupported(int start) {
    return in.error(
        ErrorCode.NOT_SUPPORTED, "This cannot be shown, expected SHOW " + COMMANDS, start);
  }

  /** The words before what is shown, as the procedure takes them. */
  private String wanted(Command command, String words, int start) {
    if (words.isEmpty() || words.equals("ALL")) {
      return "ALL";
    }
    boolean known =
        switch (command) {
          case INDEXES ->
              switch (words) {
                case "RANGE", "TEXT", "POINT", "LOOKUP", "FULLTEXT", "VECTOR" -> true;
                default -> false;
              };
          case FUNCTIONS -> words.equals("BUILT IN") || words.equals("USER DEFINED");
          case PROCEDURES -> false;
          case CONSTRAINTS -> true;
        };
    if (!known) {
      throw notSupported(start);
    }
    return command == Command.CONSTRAINTS ? constraintWords(words, start) : words;
  }

  private String constraintWords(String words, int start) {
    StringBuilder text = new StringBuilder();
    for (String word : Texts.words(words)) {
      String known = constraintWord(word);
      if (known.isEmpty()) {
        throw notSupported(start);
      }
      text.append(text.length() == 0 ? "" : " ").append(known);
    }
    return text.toString();
  }

  private static String constraintWord(String word) {
    return switch (word) {
      case "UNIQUE", "UNIQUENESS" -> "UNIQUENESS";
      case "EXIST", "EXISTENCE" -> "EXISTENCE";
      case "REL", "RELATIONSHIP" -> "RELATIONSHIP";
      case "NODE", "KEY", "PROPERTY", "TYPE" -> word;
      default -> "";
    };
  }

  /** {@code EXECUTABLE [BY CURRENT USER]}: everybody may call everything. */
  private void executable() {
    if (!in.acceptWord("EXECUTABLE") || !in.accept(Keyword.BY)) {
      return;
    }
    int place = in.start();
    if (!in.acceptWord("CURRENT") || !in.acceptWord("USER")) {
      throw in.error(ErrorCode.NOT_SUPPORTED, "There are no users, expected CURRENT USER", place);
    }
  }

  private Query query(Command command, String wanted, int start) {
    Span span = in.spanFrom(start);
    List<YieldItem> items = new ArrayList<>();
    boolean yields = in.accept(Keyword.YIELD);
    if (yields && !in.accept(TokenKind.STAR)) {
      do {
        items.add(item(command));
      } while (in.accept(TokenKind.COMMA));
    } else {
      int shown = yields ? command.columns.size() : command.shown;
      for (String column : command.columns.subList(0, shown)) {
        items.add(new YieldItem(column, new Variable(column, span), span));
      }
    }
    List<SortItem> orderBy = yields ? clauses.orderBy() : List.of();
    Expression skip = yields ? clauses.skipCount() : null;
    Expression limit = yields ? clauses.limitCount() : null;
    Expression where = clauses.where();
    Clause.Call call =
        new Clause.Call(
            command.procedure(),
            List.of(new Expression.StringLiteral(wanted, span)),
            new Clause.Yield(false, items),
            null,
            false,
            span);
    List<Clause> parts = new ArrayList<>();
    parts.add(call);
    List<ReturnItem> all = new ArrayList<>();
    for (YieldItem item : items) {
      all.add(new ReturnItem(item.variable(), null, item.variable().name(), item.span()));
    }
    if (!orderBy.isEmpty() || skip != null || limit != null || where != null) {
      Projection projection = new Projection(false, false, all, orderBy, skip, limit, span);
      parts.add(new Clause.With(projection, where, span));
    }
    int returnStart = in.start();
    if (yields && in.accept(Keyword.RETURN)) {
      parts.add(new Clause.Return(clauses.projection(), in.spanFrom(returnStart)));
    } else {
      Projection projection = new Projection(false, false, all, List.of(), null, null, span);
      parts.add(new Clause.Return(projection, span));
    }
    return new SingleQuery(parts, in.spanFrom(start));
  }

  private YieldItem item(Command command) {
    int start = in.start();
    in.noteFieldOf(command.procedure());
    Variable field = in.variable();
    Variable variable = in.accept(Keyword.AS) ? in.variable() : field;
    return new YieldItem(field.name(), variable, in.spanFrom(start));
  }
}
