package org.weftdb.cypher.plan;

/** Puts an expression in the place of a slot. */
final class Replacing extends TreeRewriter {
  private final int slot;
  private final Scalar replacement;

  Replacing(int slot, Scalar replacement) {
    this.slot = slot;
    this.replacement = replacement;
  }

  @Override
  protected Scalar expression(Scalar scalar) {
    return scalar instanceof Scalar.Slot found && found.slot() == slot ? replacement : scalar;
  }
}
