package org.weftdb.cypher.parser;

import org.weftdb.value.Texts;

/**
 * Cuts a text into {@link Tokens}. Never fails: what is wrong becomes a token of its own, which the
 * parser reports when it comes to it.
 */
final class Lexer {
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final String text;
  private final int length;
  private final Tokens tokens;
  private int at;

  private Lexer(String text) {
    this.text = text;
    this.length = text.length();
    this.tokens = new Tokens(length / CHARACTERS_PER_TOKEN);
  }

  static Tokens tokensOf(String text) {
    Lexer lexer = new Lexer(text);
    lexer.run();
    lexer.tokens.matchBrackets();
    return lexer.tokens;
  }

  private void run() {
    while (true) {
      skipSpace();
      if (at == length) {
        tokens.add(TokenKind.END_OF_TEXT, null, length, length);
        return;
      }
      char c = text.charAt(at);
      if (isNameStart(codePointAt()) || c == '\\' && isNameStart(escapedCodePoint())) {
        name();
      } else if (c >= '0' && c <= '9' || c == '.' && isDigit(peek(1))) {
        number();
      } else if (c == '\'' || c == '"') {
        string(c);
      } else if (c == '`') {
        escapedName();
      } else {
        symbol(c);
      }
    }
  }

  private char peek(int ahead) {
    return at + ahead < length ? text.charAt(at + ahead) : '\0';
  }

  private void skipSpace() {
    while (at < length) {
      char c = text.charAt(at);
      if (c == '/' && peek(1) == '/') {
        while (at < length && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (c == '/' && peek(1) == '*') {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          tokens.add(TokenKind.UNTERMINATED, null, at, length);
          at = length;
          return;
        }
        at = end + 2;
      } else if (isSpace(c)) {
        at++;
      } else {
        return;
      }
    }
  }

  /** The white space of openCypher: ASCII's, and the separators of Unicode. */
  private static boolean isSpace(char c) {
    if (c < 0x80) {
      return c == ' ' || c >= '\t' && c <= '\r' || c >= 0x1C && c <= 0x1F;
    }
    return c == 0x00A0
        || c == 0x1680
        || c == 0x180E
        || c >= 0x2000 && c <= 0x200A
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000
        || c == 0xFEFF;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(int c) {
    if (c < 0x80) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
    return Character.isLetter(c) || isConnector(c) || isLetterNumber(c);
  }

  private static boolean isNamePart(int c) {
    if (c < 0x80) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '0' && c <= '9';
    }
    if (Character.isLetterOrDigit(c) || isConnector(c)) {
      return true;
    }
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.LETTER_NUMBER
        || c == 0x00B7;
  }

  private static boolean isLetterNumber(int codePoint) {
    return Character.getType(codePoint) == Character.LETTER_NUMBER;
  }

  /** The connector punctuation of Unicode beside the underscore. */
  private static boolean isConnector(int c) {
    return c == 0x203F
        || c == 0x2040
        || c == 0x2054
        || c == 0xFE33
        || c == 0xFE34
        || c >= 0xFE4D && c <= 0xFE4F
        || c == 0xFF3F;
  }

  private int codePointAt() {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c) && Character.isLowSurrogate(peek(1))) {
      return Character.toCodePoint(c, text.charAt(at + 1));
    }
    return c;
  }

  private void advance() {
    at += codePointAt() > 0xFFFF ? 2 : 1;
  }

  /** What an escape here stands for, two of them for a pair of surrogates; -1 for no escape. */
  private int escapedCodePoint() {
    int unit = Texts.escapedUnit(text, at);
    if (unit >= 0 && Character.isHighSurrogate((char) unit)) {
      int low = Texts.escapedUnit(text, at + 6);
      return low >= 0 && Character.isLowSurrogate((char) low)
          ? Character.toCodePoint((char) unit, (char) low)
          : unit;
    }
    return unit;
  }

  private void name() {
    int start = at;
    boolean escapes = skipNameParts();
    String word = escapes ? Literals.name(text, start, at) : text;
    Keyword keyword =
        escapes ? Keyword.find(word, 0, word.length()) : Keyword.find(text, start, at);
    tokens.add(TokenKind.NAME, keyword, start, at);
  }

  /** Goes on behind a word; answers whether there are escapes in it. */
  private boolean skipNameParts() {
    boolean escapes = false;
    while (at < length) {
      if (isNamePart(codePointAt())) {
        advance();
      } else if (text.charAt(at) == '\\' && isNamePart(escapedCodePoint())) {
        at += escapedCodePoint() > 0xFFFF ? 12 : 6;
        escapes = true;
      } else {
        break;
      }
    }
    return escapes;
  }

  private void escapedName() {
    int start = at++;
    while (at < length) {
      if (text.charAt(at++) == '`') {
        if (peek(0) != '`') {
          tokens.add(TokenKind.ESCAPED_NAME, null, start, at);
          return;
        }
        at++;
      }
    }
    tokens.add(TokenKind.UNTERMINATED, null, start, length);
  }

  private void string(char quote) {
    int start = at++;
    while (at < length) {
      char c = text.charAt(at++);
      if (c == quote) {
        tokens.add(TokenKind.STRING, null, start, at);
        return;
      }
      if (c == '\\' && at < length) {
        at++;
      }
    }
    tokens.add(TokenKind.UNTERMINATED, null, start, length);
  }

  private void number() {
    int start = at;
    TokenKind kind = TokenKind.INTEGER;
    char second = peek(1);
    if (text.charAt(at) == '0' && (second == 'x' || second == 'X' || second == 'o')) {
      at += 2;
      int digits = at;
      while (isDigitOf(second, peek(0)) || peek(0) == '_' && isDigitOf(second, peek(1))) {
        at++;
      }
      kind = at == digits ? TokenKind.BAD_NUMBER : kind;
    } else {
      skipDigits();
      if (peek(0) == '.' && isDigit(peek(1))) {
        kind = TokenKind.FLOAT;
        at++;
        skipDigits();
      }
      if ((peek(0) == 'e' || peek(0) == 'E') && hasExponent()) {
        kind = TokenKind.FLOAT;
        at += isDigit(peek(1)) ? 1 : 2;
        skipDigits();
      }
    }
    if (at < length && isNamePart(codePointAt())) {
      kind = TokenKind.BAD_NUMBER;
      skipNameParts();
    }
    tokens.add(kind, null, start, at);
  }

  private boolean hasExponent() {
    char sign = peek(1);
    return isDigit(sign) || (sign == '-' || sign == '+') && isDigit(peek(2));
  }

  private static boolean isDigitOf(char base, char c) {
    if (base == 'o') {
      return c >= '0' && c <= '7';
    }
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  /** Digits, with underscores between them. */
  private void skipDigits() {
    while (isDigit(peek(0)) || peek(0) == '_' && isDigit(peek(1))) {
      at++;
    }
  }

  private void symbol(char c) {
    char next = peek(1);
    TokenKind kind =
        switch (c) {
          case '(' -> TokenKind.OPEN_PARENTHESIS;
          case ')' -> TokenKind.CLOSE_PARENTHESIS;
          case '[' -> TokenKind.OPEN_BRACKET;
          case ']' -> TokenKind.CLOSE_BRACKET;
          case '{' -> TokenKind.OPEN_BRACE;
          case '}' -> TokenKind.CLOSE_BRACE;
          case ',' -> TokenKind.COMMA;
          case '.' -> next == '.' ? TokenKind.DOTS : TokenKind.DOT;
          case ';' -> TokenKind.SEMICOLON;
          case ':' -> TokenKind.COLON;
          case '|' -> next == '|' ? TokenKind.CONCATENATE : TokenKind.BAR;
          case '&' -> TokenKind.AMPERSAND;
          case '!' -> next == '=' ? TokenKind.NOT_EQUAL : TokenKind.EXCLAMATION_MARK;
          case '$' -> TokenKind.DOLLAR;
          case '=' -> next == '~' ? TokenKind.REGEX_MATCH : TokenKind.EQUAL;
          case '<' ->
              next == '>'
                  ? TokenKind.NOT_EQUAL
                  : next == '=' ? TokenKind.LESS_OR_EQUAL : TokenKind.LESS;
          case '>' -> next == '=' ? TokenKind.GREATER_OR_EQUAL : TokenKind.GREATER;
          case '+' -> next == '=' ? TokenKind.ADD_ASSIGN : TokenKind.PLUS;
          case '-' -> TokenKind.MINUS;
          case '*' -> TokenKind.STAR;
          case '/' -> TokenKind.SLASH;
          case '%' -> TokenKind.PERCENT;
          case '^' -> TokenKind.CARET;
          default -> TokenKind.BAD_CHARACTER;
        };
    int start = at;
    switch (kind) {
      case DOTS, CONCATENATE, REGEX_MATCH, NOT_EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL, ADD_ASSIGN ->
          at += 2;
      default -> advance();
    }
    tokens.add(kind, null, start, at);
  }
}
