package org.weftdb.cypher.parser;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.NullLiteral;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.ReturnItem;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;

/**
 * The tokens still to be parsed, and the two bounds that keep recursion shallow: the depth of the
 * parser's own recursion, and the height of the tree that it builds.
 *
 * <p>Height is measured as parts are built: {@link #begin} before the first part of a node, {@link
 * #grow} when the node is made of them, {@link #end} after it. The height of a node is one more
 * than that of its highest part.
 */
final class TokenStream {
  private final SourceText source;
  private final Tokens tokens;
  private int at;
  private int depth;
  private int height;

  /** Where the clause in work begins. */
  private int clause;

  /** What keeps errors behind which parsing goes on, or null when the first one ends it. */
  private @Nullable Recovery recovery;

  /** What is told of the end of the text, or null when nobody wants to know. */
  private @Nullable Expectations expectations;

  /**
   * @param first the token to begin at
   */
  TokenStream(SourceText source, Tokens tokens, int first) {
    this.source = source;
    this.tokens = tokens;
    this.at = first;
    this.clause = first;
  }

  // Looking.

  int position() {
    return at;
  }

  Tokens tokens() {
    return tokens;
  }

  TokenKind kind() {
    return tokens.kind(at);
  }

  TokenKind kind(int ahead) {
    return tokens.kind(at + ahead);
  }

  @Nullable Keyword keyword() {
    return tokens.keyword(at);
  }

  @Nullable Keyword keyword(int ahead) {
    return tokens.keyword(at + ahead);
  }

  boolean is(TokenKind kind) {
    return tokens.kind(at) == kind;
  }

  /** What is told from now on where it is expected at the end of the text; answers who was told. */
  @Nullable Expectations gather(@Nullable Expectations wanted) {
    Expectations before = expectations;
    expectations = wanted;
    return before;
  }

  /** If this is the end of the text, nothing further may stand here. */
  void gatherNoMore() {
    if (atEnd() != null) {
      expectations = null;
    }
  }

  /** Tells of something that may stand here, if this is the end of the text. */
  void note(Expectations.Kind kind) {
    Expectations wanted = atEnd();
    if (wanted != null) {
      wanted.kind(kind);
    }
  }

  /** Tells of a word that may stand here, or so many tokens ahead, if that is the text's end. */
  void note(String word, int ahead) {
    Expectations wanted = expectations;
    if (wanted != null && at + ahead == tokens.count() - 1) {
      wanted.word(word);
    }
  }

  /** Tells that a column of a procedure may be named here, if this is the end of the text. */
  void noteFieldOf(String procedure) {
    Expectations wanted = atEnd();
    if (wanted != null) {
      wanted.fieldOf(procedure);
    }
  }

  private @Nullable Expectations atEnd() {
    return expectations != null && at == tokens.count() - 1 ? expectations : null;
  }

  /** Tells which variables can be seen behind a WITH. */
  void onlyVariables(Projection projection) {
    Expectations wanted = expectations;
    if (wanted == null || projection.star()) {
      return;
    }
    Set<String> names = new LinkedHashSet<>();
    for (ReturnItem item : projection.items()) {
      if (item.alias() != null) {
        names.add(item.alias().name());
      } else if (item.expression() instanceof Variable variable) {
        names.add(variable.name());
      }
    }
    wanted.onlyVariables(names);
  }

  boolean is(Keyword keyword) {
    Expectations wanted = atEnd();
    if (wanted != null) {
      wanted.keyword(keyword);
    }
    return tokens.keyword(at) == keyword;
  }

  /** Whether a token can be a name; where only a variable can stand, reserved words cannot. */
  boolean isName(int ahead) {
    TokenKind kind = kind(ahead);
    return kind == TokenKind.NAME || kind == TokenKind.ESCAPED_NAME;
  }

  boolean isVariable(int ahead) {
    Keyword keyword = keyword(ahead);
    return isName(ahead) && (keyword == null || !keyword.reserved);
  }

  /** Whether a token is a certain word, which need not be a keyword, in any case. */
  boolean isWord(String word, int ahead) {
    int index = at + ahead;
    if (tokens.kind(index) != TokenKind.NAME) {
      return false;
    }
    int start = tokens.start(index);
    return tokens.end(index) - start == word.length()
        && source.text().regionMatches(true, start, word, 0, word.length());
  }

  // Moving.

  void skip() {
    at++;
  }

  boolean accept(TokenKind kind) {
    if (tokens.kind(at) != kind) {
      return false;
    }
    at++;
    return true;
  }

  boolean accept(Keyword keyword) {
    if (!is(keyword)) {
      return false;
    }
    at++;
    return true;
  }

  boolean acceptWord(String word) {
    if (!isWord(word, 0)) {
      return false;
    }
    at++;
    return true;
  }

  void expect(TokenKind kind) {
    if (!accept(kind)) {
      throw unexpected(kind.description);
    }
  }

  /** A comma or what closes the brackets; neither is taken. */
  void expectEnd(TokenKind close, String expected) {
    if (!is(TokenKind.COMMA) && !is(close)) {
      throw unexpected(expected);
    }
  }

  void expect(Keyword keyword) {
    if (!accept(keyword)) {
      throw unexpected(keyword.name());
    }
  }

  /** A label, type, property key or the like: any word. */
  String name(String expected) {
    if (!isName(0)) {
      throw unexpected(expected);
    }
    String name = nameAt(at);
    at++;
    return name;
  }

  Variable variable() {
    if (!isVariable(0)) {
      throw unexpected("a variable");
    }
    Variable variable = new Variable(nameAt(at), new Span(tokens.start(at), tokens.end(at)));
    if (expectations != null) {
      expectations.variable(variable.name());
    }
    at++;
    return variable;
  }

  private String nameAt(int index) {
    return Literals.name(source.text(), tokens.start(index), tokens.end(index));
  }

  // Places.

  /** Where the next token starts. */
  int start() {
    return tokens.start(at);
  }

  /** Where the last token that was taken ends. */
  int end() {
    return tokens.end(at - 1);
  }

  Span spanFrom(int start) {
    // Behind an error nothing may be left between the two.
    return new Span(recovery == null ? start : Math.min(start, end()), end());
  }

  String text(Span span) {
    return source.text().substring(span.start(), span.end());
  }

  // Failing.

  /** The next token is not what the grammar wants here. */
  WeftException unexpected(String expected) {
    Expectations wanted = atEnd();
    if (wanted != null) {
      wanted.missing(expected);
    }
    int start = start();
    String text = source.text();
    int escape = is(TokenKind.NAME) ? tokens.end(at) : start;
    if (text.regionMatches(true, escape, "\\u", 0, 2)) {
      return source.error(
          ErrorCode.INVALID_UNICODE_LITERAL,
          "Not an escape of a letter, expected one such as \\u0041 in a string, a name or a keyword",
          escape);
    }
    return switch (kind()) {
      case END_OF_TEXT ->
          source.error(
              ErrorCode.UNEXPECTED_SYNTAX,
              "Unexpected end of the query, expected " + expected,
              start);
      case UNTERMINATED ->
          source.error(
              ErrorCode.UNEXPECTED_SYNTAX,
              switch (text.charAt(start)) {
                case '`' -> "Quoted name without an end, expected '`'";
                case '/' -> "Comment without an end, expected '*/'";
                default -> "String without an end, expected " + text.charAt(start);
              },
              start);
      case BAD_CHARACTER -> badCharacter(expected);
      default ->
          source.error(
              ErrorCode.UNEXPECTED_SYNTAX,
              "Unexpected '"
                  + Texts.shortened(text.substring(start, tokens.end(at)))
                  + "', expected "
                  + expected,
              start);
    };
  }

  private WeftException badCharacter(String expected) {
    int start = start();
    char c = source.text().charAt(start);
    if (c < 0x80) {
      String shown = c < ' ' || c == 0x7F ? "control character " + hex(c) : "'" + c + "'";
      return source.error(
          ErrorCode.UNEXPECTED_SYNTAX, "Unexpected " + shown + ", expected " + expected, start);
    }
    return source.error(
        ErrorCode.INVALID_UNICODE_CHARACTER,
        "Character U+"
            + hex(source.text().codePointAt(start))
            + " has no meaning, expected "
            + expected,
        start);
  }

  private static String hex(int value) {
    String digits = Integer.toHexString(value).toUpperCase();
    return "0000".substring(Math.min(4, digits.length())) + digits;
  }

  /** What stands for an expression that has an error. */
  Expression hole() {
    return new NullLiteral(new Span(end(), end()));
  }

  WeftException error(ErrorCode code, String what, int offset) {
    return source.error(code, what, offset);
  }

  // Going on behind an error. Each of these is called with an error of what began at a mark; it
  // throws the error again when it is not safe to go on.

  /** What is as it was at a place when parsing goes on behind an error. */
  record Mark(int at, int depth, int height, int clause) {}

  void recover(Recovery wanted) {
    recovery = wanted;
  }

  /** The present state; null when the first error ends parsing. */
  @Nullable Mark mark() {
    return recovery == null ? null : new Mark(at, depth, height, clause);
  }

  /** A clause begins here; answers what to hand to {@link #endClause}. */
  int beginClause() {
    int outer = clause;
    clause = at;
    return outer;
  }

  void endClause(int outer) {
    clause = outer;
  }

  /** Goes on behind brackets. */
  void skipBrackets(WeftException failure, int open, @Nullable Mark mark) {
    if (recovery == null || mark == null) {
      throw failure;
    }
    goOn(failure, mark, recovery.behindBrackets(open, mark.clause, at));
  }

  /** Goes on at the comma behind an element of a list in brackets, or at their end. */
  void skipElement(WeftException failure, int open, @Nullable Mark mark) {
    if (recovery == null || mark == null) {
      throw failure;
    }
    goOn(failure, mark, recovery.behindElement(open, mark.at, mark.clause, at));
  }

  /** Goes on at the comma behind an item of a clause. */
  void skipItem(WeftException failure, @Nullable Mark mark) {
    if (recovery == null || mark == null) {
      throw failure;
    }
    goOn(failure, mark, recovery.behindItem(mark.at, mark.clause, at));
  }

  /** Goes on at WHEN, ELSE or END. */
  void skipBranch(WeftException failure, @Nullable Mark mark) {
    if (recovery == null || mark == null) {
      throw failure;
    }
    goOn(failure, mark, recovery.behindBranch(mark.at, mark.clause, at));
  }

  /** Goes on at the next clause, or where the query ends. */
  void skipClause(WeftException failure, @Nullable Mark mark) {
    if (recovery == null || mark == null) {
      throw failure;
    }
    goOn(failure, mark, recovery.behindClause(mark.at, Math.max(at, mark.at + 1)));
  }

  /** Goes on at the next clause behind a token that belongs to nothing. */
  void skipStray(WeftException failure) {
    if (recovery == null) {
      throw failure;
    }
    goOn(failure, new Mark(at, depth, height, clause), recovery.behindStray(at + 1));
  }

  /** Whether a bracket has its match, so that what it encloses is known. */
  boolean isEnclosing(int bracket) {
    return tokens.match(bracket) > bracket;
  }

  /** How many errors there have been behind which parsing has gone on. */
  int errorCount() {
    return recovery == null ? 0 : recovery.errors().size();
  }

  /** When of a list nothing is left but errors: throws the last of them for what is around it. */
  void expectSome(List<?> parsed) {
    if (parsed.isEmpty() && recovery != null && !recovery.errors().isEmpty()) {
      throw recovery.errors().get(recovery.errors().size() - 1);
    }
  }

  private void goOn(WeftException failure, Mark mark, int target) {
    if (recovery == null || target == Recovery.NONE || !recovery.isPossible(failure, at)) {
      throw failure;
    }
    recovery.add(failure);
    at = target;
    depth = mark.depth;
    height = mark.height;
    clause = mark.clause;
  }

  // Bounds.

  /** One level deeper in the parser's recursion; {@link #ascend} undoes it. */
  void descend() {
    depth++;
    if (depth > CypherParser.MAX_NESTING) {
      throw tooDeep();
    }
  }

  void ascend() {
    depth--;
  }

  /** Starts to measure the parts of a node; answers what to hand to {@link #end}. */
  int begin() {
    int outer = height;
    height = 0;
    return outer;
  }

  /** A node has been made of the parts measured so far. */
  void grow() {
    height++;
    if (height > CypherParser.MAX_NESTING) {
      throw tooDeep();
    }
  }

  /** The node is finished, and a part of what encloses it. */
  void end(int outer) {
    height = Math.max(outer, height);
  }

  private WeftException tooDeep() {
    return source.error(
        ErrorCode.NESTING_TOO_DEEP,
        "The query nests too deep, expected at most " + CypherParser.MAX_NESTING + " levels",
        start());
  }
}
