package org.weftdb.cypher.parser;

/** What a token is. */
enum TokenKind {
  END_OF_TEXT("the end of the query"),
  NAME("a name"),
  ESCAPED_NAME("a name"),
  INTEGER("an integer"),
  FLOAT("a number"),
  STRING("a string"),
  OPEN_PARENTHESIS("'('"),
  CLOSE_PARENTHESIS("')'"),
  OPEN_BRACKET("'['"),
  CLOSE_BRACKET("']'"),
  OPEN_BRACE("'{'"),
  CLOSE_BRACE("'}'"),
  COMMA("','"),
  DOT("'.'"),
  DOTS("'..'"),
  SEMICOLON("';'"),
  COLON("':'"),
  BAR("'|'"),
  CONCATENATE("'||'"),
  AMPERSAND("'&'"),
  EXCLAMATION_MARK("'!'"),
  DOLLAR("'$'"),
  EQUAL("'='"),
  NOT_EQUAL("'<>'"),
  LESS("'<'"),
  LESS_OR_EQUAL("'<='"),
  GREATER("'>'"),
  GREATER_OR_EQUAL("'>='"),
  REGEX_MATCH("'=~'"),
  ADD_ASSIGN("'+='"),
  PLUS("'+'"),
  MINUS("'-'"),
  STAR("'*'"),
  SLASH("'/'"),
  PERCENT("'%'"),
  CARET("'^'"),
  /** Digits that run into letters, or a prefix without digits. */
  BAD_NUMBER("a number"),
  /** A string, quoted name or comment that the text ends in. */
  UNTERMINATED("an end"),
  /** A character that starts no token. */
  BAD_CHARACTER("a character");

  /** How a message calls it. */
  final String description;

  TokenKind(String description) {
    this.description = description;
  }
}
