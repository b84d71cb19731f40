package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.cypher.semantic.Notice;
import org.weftdb.error.Position;
import org.weftdb.graph.Catalog;

/**
 * What a query that is no error may not have been meant to say. Codes are those of Neo4j, texts are
 * not.
 *
 * @param code such as {@code Neo.ClientNotification.Statement.UnknownLabelWarning}
 * @param title the kind of notification in a few words
 * @param description what it is about, in a sentence
 * @param position where in the text
 */
public record Notification(
    String code, Severity severity, String title, String description, Position position) {
  /** The most notifications of one query. */
  public static final int MOST = 100;

  private static final String CODES = "Neo.ClientNotification.Statement.";

  /** How likely it is that something is wrong; the names are those of Neo4j. */
  public enum Severity {
    /** The query probably does not do what was meant. */
    WARNING,
    /** The query may take long. */
    INFORMATION
  }

  /** The notifications of a statement for a graph with these names. */
  static List<Notification> of(Statement statement, Catalog names) {
    if (statement.notices().isEmpty()) {
      return List.of();
    }
    List<Notification> notifications = new ArrayList<>();
    for (Notice notice : statement.notices()) {
      if (notifications.size() < MOST && isTrue(notice, names)) {
        notifications.add(of(notice, statement.source().positionAt(notice.offset())));
      }
    }
    return notifications;
  }

  private static boolean isTrue(Notice notice, Catalog names) {
    return switch (notice.kind()) {
      case LABEL -> names.labelId(notice.name()) < 0;
      case RELATIONSHIP_TYPE -> names.typeId(notice.name()) < 0;
      case PROPERTY_KEY -> names.keyId(notice.name()) < 0;
      case CARTESIAN_PRODUCT, UNBOUNDED_LENGTH -> true;
    };
  }

  private static Notification of(Notice notice, Position position) {
    String name = notice.name();
    return switch (notice.kind()) {
      case LABEL -> unknown("UnknownLabelWarning", "label", name, position);
      case RELATIONSHIP_TYPE ->
          unknown("UnknownRelationshipTypeWarning", "relationship type", name, position);
      case PROPERTY_KEY -> unknown("UnknownPropertyKeyWarning", "property key", name, position);
      case CARTESIAN_PRODUCT ->
          new Notification(
              CODES + "CartesianProduct",
              Severity.INFORMATION,
              "Patterns that are not connected",
              "Every match of a pattern is combined with every match of the others, which may be"
                  + " very many; a relationship or a common variable would connect them"
                  + (name.isEmpty() ? "" : " (not connected with the first: " + name + ")"),
              position);
      case UNBOUNDED_LENGTH ->
          new Notification(
              CODES + "UnboundedVariableLengthPattern",
              Severity.INFORMATION,
              "A variable length without a maximum",
              "Paths of every length are found, which may be very many; a maximum such as *..5"
                  + " bounds them",
              position);
    };
  }

  private static Notification unknown(String code, String what, String name, Position position) {
    return new Notification(
        CODES + code,
        Severity.WARNING,
        "The " + what + " is not in the database",
        "Nothing in the database has ever had the " + what + " '" + name + "'; is it misspelled?",
        position);
  }
}
