package org.weftdb.cypher.ast;

import java.util.ArrayList;
import java.util.List;

/**
 * A condition on the labels of a node or the type of a relationship: {@code A&(B|!C)}, {@code %},
 * {@code $(name)}.
 */
public sealed interface LabelExpression extends AstNode {

  /** A label, or the type. */
  record Name(String name, Span span) implements LabelExpression {}

  /** {@code %}: any label at all; a relationship always has its type. */
  record Wildcard(Span span) implements LabelExpression {}

  /**
   * {@code $(names)}, {@code $all(names)} and {@code $any(names)}: labels whose names are computed,
   * a string or a list of strings.
   *
   * @param all whether all of them are meant, not just any
   */
  record Dynamic(Expression names, boolean all, Span span) implements LabelExpression {}

  /** {@code !operand}. */
  record Not(LabelExpression operand, Span span) implements LabelExpression {}

  /** {@code a&b&c}, or {@code :a:b:c}; at least two operands. */
  record And(List<LabelExpression> operands, Span span) implements LabelExpression {
    public And {
      operands = List.copyOf(operands);
      Checks.that(operands.size() >= 2, "needs two operands");
    }
  }

  /** {@code a|b|c}; at least two operands. */
  record Or(List<LabelExpression> operands, Span span) implements LabelExpression {
    public Or {
      operands = List.copyOf(operands);
      Checks.that(operands.size() >= 2, "needs two operands");
    }
  }

  /** The operands of a conjunction, or the expression alone. */
  default List<LabelExpression> conjuncts() {
    return this instanceof And and ? and.operands() : List.of(this);
  }

  /** The operands of a disjunction, or the expression alone. */
  default List<LabelExpression> alternatives() {
    return this instanceof Or or ? or.operands() : List.of(this);
  }

  /** Whether it only says which labels there are: names and computed names, all of them. */
  default boolean isEnumeration() {
    for (LabelExpression conjunct : conjuncts()) {
      if (!(conjunct instanceof Name) && !(conjunct instanceof Dynamic names && names.all())) {
        return false;
      }
    }
    return true;
  }

  /** The expressions for computed names in the order of the text. */
  default List<Expression> expressions() {
    List<Expression> found = new ArrayList<>();
    switch (this) {
      case Name name -> {}
      case Wildcard wildcard -> {}
      case Dynamic dynamic -> found.add(dynamic.names());
      case Not not -> found.addAll(not.operand().expressions());
      case And and -> and.operands().forEach(each -> found.addAll(each.expressions()));
      case Or or -> or.operands().forEach(each -> found.addAll(each.expressions()));
    }
    return found;
  }
}
