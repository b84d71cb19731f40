package org.weftdb.cypher.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.ConstraintDefinition;
import org.weftdb.graph.IndexDefinition;

/** What is to be changed; a name that the text does not give is null. */
public sealed interface SchemaChange {
  record CreateIndex(
      @Nullable Name name, IndexDefinition.Kind kind, Subject subject, boolean ifNotExists)
      implements SchemaChange {
    @Override
    public String toString() {
      return "CreateIndex "
          + (kind == IndexDefinition.Kind.RANGE ? "" : kind + " ")
          + (name == null ? "" : name + " ")
          + subject
          + (ifNotExists ? " IF NOT EXISTS" : "");
    }
  }

  record CreateConstraint(
      @Nullable Name name,
      ConstraintDefinition.Kind kind,
      Subject subject,
      String type,
      boolean ifNotExists)
      implements SchemaChange {
    @Override
    public String toString() {
      return "CreateConstraint "
          + (name == null ? "" : name + " ")
          + subject
          + " "
          + kind
          + (type.isEmpty() ? "" : " " + type)
          + (ifNotExists ? " IF NOT EXISTS" : "");
    }
  }

  record DropIndex(Name name, boolean ifExists) implements SchemaChange {
    @Override
    public String toString() {
      return "DropIndex " + name + (ifExists ? " IF EXISTS" : "");
    }
  }

  record DropConstraint(Name name, boolean ifExists) implements SchemaChange {
    @Override
    public String toString() {
      return "DropConstraint " + name + (ifExists ? " IF EXISTS" : "");
    }
  }

  /**
   * What a new index or constraint is on.
   *
   * @param label the label or relationship type; empty for a LOOKUP index
   * @param properties in their order; none for a LOOKUP index
   */
  record Subject(boolean onRelationships, String label, List<String> properties) {
    public Subject {
      properties = List.copyOf(properties);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(onRelationships ? "[" : "(");
      text.append(label.isEmpty() ? "" : ":" + label);
      for (int i = 0; i < properties.size(); i++) {
        text.append(i == 0 ? " {" : ", ").append(properties.get(i));
      }
      return text.append(properties.isEmpty() ? "" : "}")
          .append(onRelationships ? "]" : ")")
          .toString();
    }
  }

  /**
   * The name of an index or a constraint.
   *
   * @param value a string, evaluated without a row
   */
  record Name(Scalar value, Origin origin) {
    @Override
    public String toString() {
      return switch (value) {
        case Scalar.Constant constant -> String.valueOf(constant.value());
        case Scalar.Parameter parameter -> "$" + parameter.name();
        default -> value.toString();
      };
    }
  }
}
