package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.procedure.DatabaseView;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.Catalog;
import org.weftdb.graph.GraphView;

/** Between an execution and one procedure: what it throws is an error of the query. */
final class ProcedureBoundary implements DatabaseView {
  private final QueryState state;
  private final GraphView graph;
  private final Procedure procedure;
  private final ValueBoundary values;

  ProcedureBoundary(QueryState state, Procedure procedure) {
    this.state = state;
    this.graph = state.graph;
    this.procedure = procedure;
    this.values =
        new ValueBoundary(graph, "the procedure " + procedure.name(), ErrorCode.PROCEDURE_FAILED);
  }

  /** Calls the procedure. */
  Iterator<? extends List<? extends @Nullable Object>> call(
      List<? extends @Nullable Object> given) {
    List<@Nullable Object> arguments = values.arguments(procedure.parameters(), given);
    try {
      return procedure.body().call(arguments, this).iterator();
    } catch (WeftException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw failed(failure);
    }
  }

  /** The next row, which has all columns, or null at the end. */
  @Nullable List<? extends @Nullable Object> next(
      Iterator<? extends List<? extends @Nullable Object>> rows) {
    List<? extends @Nullable Object> row;
    try {
      row = rows.hasNext() ? rows.next() : null;
    } catch (WeftException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw failed(failure);
    }
    if (row != null && row.size() != procedure.columns().size()) {
      throw new WeftException(
          ErrorCode.PROCEDURE_FAILED,
          "the procedure " + procedure + " gave a row of " + row.size() + " values");
    }
    return row;
  }

  /** A value of a row as the query has it. */
  @Nullable Object result(int index, @Nullable Object value) {
    if (procedure.name().equals(DatabaseView.VISUALIZATION)) {
      return value;
    }
    Procedure.Field column = procedure.columns().get(index);
    return values.result(column.type(), "the column " + column.name(), value);
  }

  private WeftException failed(RuntimeException cause) {
    return new WeftException(
        ErrorCode.PROCEDURE_FAILED,
        "the procedure " + procedure.name() + " failed: " + cause,
        null,
        cause);
  }

  // ---- What the procedure sees ------------------------------------------------------------------

  @Override
  public List<String> labels() {
    Catalog catalog = graph.catalog();
    List<String> names = new ArrayList<>();
    for (int label = 0; label < catalog.labelCount(); label++) {
      if (graph.nodeCount(label) > 0) {
        names.add(catalog.labelName(label));
      }
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public List<String> relationshipTypes() {
    Catalog catalog = graph.catalog();
    List<String> names = new ArrayList<>();
    for (int type = 0; type < catalog.typeCount(); type++) {
      if (graph.relationshipCount(type) > 0) {
        names.add(catalog.typeName(type));
      }
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public List<String> propertyKeys() {
    Catalog catalog = graph.catalog();
    List<String> names = new ArrayList<>();
    for (int key = 0; key < catalog.keyCount(); key++) {
      names.add(catalog.keyName(key));
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public void checkCancelled() {
    state.checkCancelled();
  }

  // ---- What the built-in ones see ---------------------------------------------------------------

  @Override
  public List<List<@Nullable Object>> indexes(String type) {
    return new SchemaRows(graph).indexes(type);
  }

  @Override
  public List<List<@Nullable Object>> constraints(String words) {
    return new SchemaRows(graph).constraints(words);
  }

  @Override
  public List<List<@Nullable Object>> functions(String which) {
    return LibraryRows.functions(state, which);
  }

  @Override
  public List<List<@Nullable Object>> procedures() {
    return LibraryRows.procedures(state);
  }

  @Override
  public List<List<@Nullable Object>> nodeTypeProperties() {
    return new GraphShape(graph).nodeTypeProperties();
  }

  @Override
  public List<List<@Nullable Object>> relationshipTypeProperties() {
    return new GraphShape(graph).relationshipTypeProperties();
  }

  @Override
  public List<List<@Nullable Object>> visualization() {
    return new GraphShape(graph).visualization();
  }
}
