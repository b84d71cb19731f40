package org.weftdb.cypher.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.MapEntry;
import org.weftdb.cypher.ast.Statement.IndexKind;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.CoordinateSystem;

/**
 * The options of an index, {@code {indexProvider: ..., indexConfig: {...}}}: known names and values
 * of the right form are taken and have no effect.
 *
 * <p>The settings of a POINT index, {@code `spatial.wgs-84.min`: [-180, -90]} and the like, say
 * between which coordinates most points lie. Here an index has a place for every point and needs no
 * such bounds.
 */
final class IndexOptions {
  private static final List<String> BOUNDS = List.of("min", "max");

  private final TokenStream in;

  private IndexOptions(TokenStream in) {
    this.in = in;
  }

  /**
   * Throws when there is an unknown option.
   *
   * @param place where the options start
   */
  static void check(Expression options, IndexKind kind, TokenStream in, int place) {
    IndexOptions check = new IndexOptions(in);
    if (!(options instanceof Expression.MapLiteral map)) {
      throw check.error("Not options, expected a map", place);
    }
    for (MapEntry entry : map.entries()) {
      if (!entry.key().equals("indexProvider") && !entry.key().equals("indexConfig")) {
        throw check.error(
            "There is no option '" + entry.key() + "', expected indexProvider or indexConfig",
            place);
      }
      if (kind == IndexKind.POINT && entry.key().equals("indexConfig")) {
        check.settings(entry.value());
      }
    }
  }

  private WeftException error(String message, int place) {
    return in.error(ErrorCode.UNEXPECTED_SYNTAX, message, place);
  }

  private void settings(Expression settings) {
    if (!(settings instanceof Expression.MapLiteral map)) {
      throw error("Not settings of an index, expected a map", settings.span().start());
    }
    for (MapEntry entry : map.entries()) {
      CoordinateSystem system = system(entry.key());
      if (system == null) {
        throw error(
            "There is no setting '"
                + entry.key()
                + "' of POINT indexes, expected spatial.cartesian, spatial.cartesian-3d,"
                + " spatial.wgs-84 or spatial.wgs-84-3d, each with .min or .max",
            entry.span().start());
      }
      if (!isBound(entry.value(), system.dimensions())) {
        throw error(
            "Not a value of '"
                + entry.key()
                + "', expected a list of "
                + system.dimensions()
                + " numbers",
            entry.value().span().start());
      }
    }
  }

  private static @Nullable CoordinateSystem system(String setting) {
    for (CoordinateSystem system : CoordinateSystem.values()) {
      for (String bound : BOUNDS) {
        if (setting.equals("spatial." + system.text() + "." + bound)) {
          return system;
        }
      }
    }
    return null;
  }

  private static boolean isBound(Expression value, int dimensions) {
    if (!(value instanceof Expression.ListLiteral list) || list.elements().size() != dimensions) {
      return false;
    }
    boolean numbers = true;
    for (Expression element : list.elements()) {
      Expression number =
          switch (element) {
            case Expression.Negate negate -> negate.operand();
            case Expression.UnaryPlus plus -> plus.operand();
            default -> element;
          };
      numbers &=
          number instanceof Expression.IntegerLiteral || number instanceof Expression.FloatLiteral;
    }
    return numbers;
  }
}
