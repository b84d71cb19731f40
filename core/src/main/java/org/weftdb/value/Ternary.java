package org.weftdb.value;

import org.jspecify.annotations.Nullable;

/**
 * Three-valued logic: true, false and null for unknown, after Kleene.
 *
 * <p>Operands and results are {@code Boolean} objects or null; nothing is allocated.
 */
public final class Ternary {
  private Ternary() {}

  public static @Nullable Boolean not(@Nullable Boolean a) {
    return a == null ? null : a ? Boolean.FALSE : Boolean.TRUE;
  }

  /** False when one operand is false, even if the other is unknown. */
  public static @Nullable Boolean and(@Nullable Boolean a, @Nullable Boolean b) {
    if ((a != null && !a) || (b != null && !b)) {
      return Boolean.FALSE;
    }
    return a == null || b == null ? null : Boolean.TRUE;
  }

  /** True when one operand is true, even if the other is unknown. */
  public static @Nullable Boolean or(@Nullable Boolean a, @Nullable Boolean b) {
    if ((a != null && a) || (b != null && b)) {
      return Boolean.TRUE;
    }
    return a == null || b == null ? null : Boolean.FALSE;
  }

  /** Unknown when one operand is unknown. */
  public static @Nullable Boolean xor(@Nullable Boolean a, @Nullable Boolean b) {
    return a == null || b == null ? null : Boolean.valueOf(a.booleanValue() != b.booleanValue());
  }
}
