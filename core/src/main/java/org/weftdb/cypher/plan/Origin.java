package org.weftdb.cypher.plan;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstNode;
import org.weftdb.cypher.ast.SourceText;
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
   * The same failure with this place, unless it has one or is not about what is met there: a query
   * is cancelled wherever it stands, and the storage fails whatever the query says.
   */
  public WeftException locate(WeftException failure) {
    ErrorCode code = failure.code();
    return code == ErrorCode.CANCELLED || code == ErrorCode.TIMED_OUT ? failure : place(failure);
  }

  /** The same for the place of a whole statement, where it is cancelled as well. */
  WeftException place(WeftException failure) {
    if (source == null || failure.position() != null || !isAboutQuery(failure.code())) {
      return failure;
    }
    String message = failure.getMessage();
    return source.error(failure.code(), message == null ? "" : message, offset, failure.getCause());
  }

  private static boolean isAboutQuery(ErrorCode code) {
    return switch (code.category()) {
      case SYNTAX, SEMANTIC, EXECUTION, CONSTRAINT, CONFLICT, RESOURCE -> true;
      case IO -> code == ErrorCode.CSV_UNAVAILABLE;
      case CORRUPTION, INTERNAL -> false;
    };
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
