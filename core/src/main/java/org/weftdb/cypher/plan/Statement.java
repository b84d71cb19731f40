package org.weftdb.cypher.plan;

import java.util.List;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.semantic.Notice;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.WeftException;

/**
 * A planned statement, immutable and reusable for any parameters and any state of the graph with
 * the same indexes.
 *
 * @param mode whether to run it, or to show its plan, or both
 * @param root the operator whose rows are the result (for a statement without RETURN they are only
 *     run, not shown)
 * @param columns the names of the result's columns in order; empty without RETURN
 * @param columnSlots the slot of each column
 * @param slotNames for each slot the name of its variable, or a made-up one, for messages and
 *     printed plans; names need not be unique
 * @param writes whether it changes the graph, or commits in parts
 * @param schema whether it changes indexes
 * @param parameters those it reads, sorted by name
 * @param origin where it begins
 * @param changeOrigin the clause that changes the graph when there is one such clause, else where
 *     the statement begins
 * @param source the text, for places of notices
 * @param notices what it may not have been meant to say
 */
public record Statement(
    ParsedQuery.Mode mode,
    Plan root,
    List<String> columns,
    List<Integer> columnSlots,
    List<String> slotNames,
    boolean writes,
    boolean schema,
    List<Parameter> parameters,
    Origin origin,
    Origin changeOrigin,
    SourceText source,
    List<Notice> notices) {
  /** A parameter by its name, with the place of its first use. */
  public record Parameter(String name, Origin origin) {}

  public Statement {
    columns = List.copyOf(columns);
    columnSlots = List.copyOf(columnSlots);
    slotNames = List.copyOf(slotNames);
    parameters = List.copyOf(parameters);
    notices = List.copyOf(notices);
    if (columns.size() != columnSlots.size()) {
      throw new IllegalArgumentException(columns.size() + " columns, " + columnSlots.size());
    }
  }

  /** A statement without notices. */
  public Statement(
      ParsedQuery.Mode mode,
      Plan root,
      List<String> columns,
      List<Integer> columnSlots,
      List<String> slotNames,
      boolean writes,
      boolean schema,
      List<Parameter> parameters,
      Origin origin,
      Origin changeOrigin) {
    this(
        mode,
        root,
        columns,
        columnSlots,
        slotNames,
        writes,
        schema,
        parameters,
        origin,
        changeOrigin,
        new SourceText(""),
        List.of());
  }

  /** The same with what is to be told about it. */
  public Statement withNotices(SourceText text, List<Notice> all) {
    return with(mode, text, all);
  }

  private Statement with(ParsedQuery.Mode newMode, SourceText text, List<Notice> all) {
    return new Statement(
        newMode,
        root,
        columns,
        columnSlots,
        slotNames,
        writes,
        schema,
        parameters,
        origin,
        changeOrigin,
        text,
        all);
  }

  /** Whether it commits what it changes in parts, and so cannot be a part of a transaction. */
  public boolean commitsInParts() {
    if (!writes) {
      return false;
    }
    for (Plan plan = root; !plan.children().isEmpty(); plan = plan.children().get(0)) {
      if (plan instanceof Plan.SubqueryInTransactions) {
        return true;
      }
    }
    return false;
  }

  /** Whether it needs a transaction that writes. */
  public boolean changes() {
    return !explains() && (writes || schema);
  }

  /** Whether its plan is all that is wanted of it. */
  public boolean explains() {
    return mode == ParsedQuery.Mode.EXPLAIN;
  }

  /** Whether its operators are to be measured. */
  public boolean profiles() {
    return mode == ParsedQuery.Mode.PROFILE;
  }

  /** The same, to be run and measured. */
  public Statement profiled() {
    return with(ParsedQuery.Mode.PROFILE, source, notices);
  }

  /**
   * A failure of this statement with a place in its text, if it has none yet: what was changed
   * against a constraint is found when the statement ends, and has the place of what changed it;
   * whatever else concerns all of it has the place where it begins. What the storage failed to do
   * has no place.
   */
  public WeftException located(WeftException failure) {
    Origin place = failure.code().category() == ErrorCategory.CONSTRAINT ? changeOrigin : origin;
    return place.place(failure);
  }

  /** How many slots the whole statement uses; every slot is below it. */
  public int slotCount() {
    return slotNames.size();
  }
}
