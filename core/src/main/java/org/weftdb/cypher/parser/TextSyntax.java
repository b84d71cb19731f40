package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.FunctionCall;
import org.weftdb.cypher.ast.Expression.Not;
import org.weftdb.cypher.ast.Expression.StringLiteral;

/**
 * Parses what functions on strings have in words: {@code trim(BOTH 'x' FROM text)}, {@code
 * normalize(text, NFC)} and {@code text IS [NOT] [NFC] NORMALIZED}. Each becomes a call with the
 * words as arguments.
 */
final class TextSyntax {
  private static final List<String> FORMS = List.of("NFC", "NFD", "NFKC", "NFKD");

  private final TokenStream in;
  private final ExpressionParser expressions;

  TextSyntax(TokenStream in, ExpressionParser expressions) {
    this.in = in;
    this.expressions = expressions;
  }

  /** Whether a function has words of its own behind the parenthesis. */
  boolean isFor(String name) {
    return name.equalsIgnoreCase("trim") || name.equalsIgnoreCase("normalize");
  }

  /** The call of a function with words, behind its parenthesis. */
  FunctionCall call(String name, int start) {
    return name.equalsIgnoreCase("trim") ? trim(name, start) : normalize(name, start);
  }

  private FunctionCall trim(String name, int start) {
    String function = name;
    boolean words = true;
    if (wordBeforeExpression("LEADING")) {
      function = "lTrim";
    } else if (wordBeforeExpression("TRAILING")) {
      function = "rTrim";
    } else if (wordBeforeExpression("BOTH")) {
      function = "bTrim";
    } else {
      words = false;
    }
    List<Expression> arguments = new ArrayList<>();
    if (words && in.accept(Keyword.FROM)) {
      arguments.add(expressions.expression());
    } else if (!words && in.is(TokenKind.CLOSE_PARENTHESIS)) {
      in.skip();
      return new FunctionCall(name, false, arguments, in.spanFrom(start));
    } else {
      Expression first = expressions.expression();
      if (in.accept(Keyword.FROM)) {
        arguments.add(expressions.expression());
      } else if (words) {
        throw in.unexpected("an operator or FROM");
      }
      arguments.add(first);
    }
    return rest(function, arguments, start);
  }

  /** The words may be variables: then something follows that cannot begin an expression. */
  private boolean wordBeforeExpression(String word) {
    boolean begins =
        in.isWord(word, 0)
            && switch (in.kind(1)) {
              case NAME -> !isOperator(in.keyword(1));
              case ESCAPED_NAME, STRING, INTEGER, FLOAT, DOLLAR -> true;
              default -> false;
            };
    if (begins) {
      in.skip();
    }
    return begins;
  }

  private static boolean isOperator(@Nullable Keyword keyword) {
    return switch (keyword) {
      case OR, XOR, AND, IN, IS, STARTS, ENDS, CONTAINS -> true;
      case null, default -> false;
    };
  }

  private FunctionCall normalize(String name, int start) {
    List<Expression> arguments = new ArrayList<>();
    if (!in.is(TokenKind.CLOSE_PARENTHESIS)) {
      arguments.add(expressions.expression());
      if (in.is(TokenKind.COMMA) && in.kind(2) == TokenKind.CLOSE_PARENTHESIS) {
        for (String form : FORMS) {
          if (in.isWord(form, 1)) {
            in.skip();
            arguments.add(form(form));
            break;
          }
        }
      }
    }
    return rest(name, arguments, start);
  }

  private StringLiteral form(String form) {
    int start = in.start();
    in.skip();
    return new StringLiteral(form, in.spanFrom(start));
  }

  private FunctionCall rest(String name, List<Expression> first, int start) {
    List<Expression> arguments = new ArrayList<>(first);
    while (!arguments.isEmpty() && in.accept(TokenKind.COMMA)) {
      arguments.add(expressions.expression());
    }
    if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      throw in.unexpected("an operator, ',' or ')'");
    }
    return new FunctionCall(name, false, arguments, in.spanFrom(start));
  }

  /** Whether {@code [NOT] [form] NORMALIZED} follows. */
  boolean normalizedIsNext() {
    int ahead = in.is(Keyword.NOT) ? 1 : 0;
    for (String form : FORMS) {
      if (in.isWord(form, ahead)) {
        return in.isWord("NORMALIZED", ahead + 1);
      }
    }
    return in.isWord("NORMALIZED", ahead);
  }

  /** What is behind IS. */
  Expression normalized(Expression operand, int start) {
    boolean negated = in.accept(Keyword.NOT);
    List<Expression> arguments = new ArrayList<>();
    arguments.add(operand);
    for (String form : FORMS) {
      if (in.isWord(form, 0)) {
        arguments.add(form(form));
      }
    }
    in.skip();
    Expression test =
        new FunctionCall("string.is_normalized", false, arguments, in.spanFrom(start));
    return negated ? new Not(test, in.spanFrom(start)) : test;
  }
}
