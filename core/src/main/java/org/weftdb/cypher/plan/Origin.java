package org.weftdb.cypher.plan;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstNode;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Where in a query's text a part of its plan comes from, for errors that come up while it runs.
 *
 * <p>All are equal, so that two parts that do the same are, wherever they stand.
 */
public final class Origin {
  /** Of what the planner made up. */
  public static final Origin NONE = new Origin(null, 0);

  private final @Nullable SourceText source;
  private final int offset;

  private Origin(@Nullable SourceText source, int offset) {
    this.source = source;
    this.offset = offset;
  }

  static Origin of(SourceText source, AstNode node) {
    return new Origin(source, node.span().start());
  }

  /**
   * The same failure with this place, unless it has one or is not about the values met there: a
   * query that is cancelled is so wherever it stands.
   */
  public WeftException locate(WeftException failure) {
    if (source == null || failure.position() != null || !hasPlace(failure.code())) {
      return failure;
    }
    String message = failure.getMessage();
    return source.error(failure.code(), message == null ? "" : message, offset, failure.getCause());
  }

  private static boolean hasPlace(ErrorCode code) {
    ErrorCategory category = code.category();
    return category == ErrorCategory.SEMANTIC
        || category == ErrorCategory.EXECUTION
        || category == ErrorCategory.CONSTRAINT
        || category == ErrorCategory.RESOURCE
            && code != ErrorCode.CANCELLED
            && code != ErrorCode.TIMED_OUT;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return source == null ? "made up" : "offset " + offset;
  }
}
