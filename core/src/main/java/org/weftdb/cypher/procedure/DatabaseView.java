package org.weftdb.cypher.procedure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the built-in procedures see beyond what those of embedders do: rows, each with a value for
 * every column of the procedure that asks.
 */
public interface DatabaseView extends ProcedureContext {
  /** The procedure whose nodes and relationships are not of the graph. */
  String VISUALIZATION = "db.schema.visualization";

  /** A row for each index of a type, or of all for {@code ALL}. */
  List<List<@Nullable Object>> indexes(String type);

  /** A row for each constraint whose type has all these words in it. */
  List<List<@Nullable Object>> constraints(String words);

  /** A row for each function: all, only those built in, or only those of the embedder. */
  List<List<@Nullable Object>> functions(String which);

  /** A row for each procedure. */
  List<List<@Nullable Object>> procedures();

  /** A row for each combination of labels and each property of its nodes. */
  List<List<@Nullable Object>> nodeTypeProperties();

  /** A row for each type of relationships and each property of these. */
  List<List<@Nullable Object>> relationshipTypeProperties();

  /** One row: a node for each label, and a relationship for each type between two of them. */
  List<List<@Nullable Object>> visualization();
}
