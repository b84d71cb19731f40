package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts {@link Plan.Eager} between operators of a statement that could disturb each other, so that
 * each clause works on the graph as the clause before it left it.
 *
 * <p>Operators stream: while one is half way through its rows, those above it have done their work
 * for the first rows already. That is right as long as no operator's result depends on whether
 * another has run yet. So, from the leaves upward, this pass keeps the {@link Effects} of all
 * operators since the last barrier, and puts a barrier below an operator that
 *
 * <ul>
 *   <li>changes what one of them reads: {@code MATCH (n) CREATE ()} would find what it creates;
 *   <li>reads what one of them changes: in {@code MERGE (a:A {k: 1}) WITH * MATCH (b:A)} every row
 *       must see all that were merged;
 *   <li>or changes the same property or label, because then the last change counts.
 * </ul>
 *
 * <p>Creating disturbs who <em>finds</em> things: nodes of a label disturb scans and index seeks on
 * that label and scans of all nodes, relationships disturb every expand. Setting a property
 * disturbs who reads a property of that name. Deleting disturbs everything. Sorting and grouping
 * read all their input before they pass a row and are barriers themselves. Within one operator rows
 * are worked on one after the other, as the language wants it.
 *
 * <p>A subquery runs for one row after the other and so disturbs itself as the language wants it;
 * towards other operators its effects are those of one operator, and its own clauses have barriers
 * between them.
 *
 * <p>So bulk loading streams: {@code UNWIND … CREATE} and {@code UNWIND … MERGE} read nothing of
 * what others write, and {@code UNWIND … MATCH (a:A {id: …}), (b:A {id: …}) CREATE (a)-[:R]->(b)}
 * or {@code … SET a.name = …} reads the index on {@code id} and writes something else.
 *
 * <p>The rows of a result hold references to nodes and relationships, which are looked up when the
 * statement has ended; so a result needs no barrier below it.
 *
 * <p>An operator that passes a batch in the middle of a scan must be able to go on after writes
 * that do not conflict with it, such as the change of another property.
 */
final class Barriers {
  private Barriers() {}

  /** A plan and the effects of its operators since the last barrier. */
  private record Pending(Plan plan, Effects effects) {}

  /** Adds the barriers that a plan needs. */
  static Plan insert(Plan root) {
    return Effects.ofWhole(root).writes() ? new Inserter().visit(root).plan() : root;
  }

  private static final class Inserter {
    /** A chain of operators is a loop; only unions recurse. */
    Pending visit(Plan root) {
      List<Plan> chain = new ArrayList<>();
      Plan leaf = root;
      while (!leaf.children().isEmpty() && !(leaf instanceof Plan.Union)) {
        chain.add(leaf);
        leaf = leaf.children().get(0);
      }
      Pending pending =
          leaf instanceof Plan.Union union ? union(union) : new Pending(leaf, Effects.of(leaf));
      for (int i = chain.size() - 1; i >= 0; i--) {
        pending = above(pending, chain.get(i));
      }
      return pending;
    }

    private Pending union(Plan.Union union) {
      Pending left = visit(union.left());
      Pending right = visit(union.right());
      Effects both = left.effects();
      both.add(right.effects());
      return new Pending(
          new Plan.Union(
              left.plan(), union.leftSlots(), right.plan(), union.rightSlots(), union.slots()),
          both);
    }

    private Pending above(Pending input, Plan operator) {
      Plan plan =
          switch (operator) {
            case Plan.Subquery p -> within(p, p.inner());
            case Plan.SubqueryInTransactions p -> within(p, p.inner());
            default -> operator;
          };
      Effects own = Effects.of(plan);
      Effects effects = input.effects();
      Plan below = input.plan();
      if (effects.conflictsWith(own)) {
        below = new Plan.Eager(below);
        effects = new Effects();
      }
      if (readsAllFirst(plan)) {
        effects = new Effects();
      } else {
        effects.add(own);
      }
      return new Pending(Inputs.replaceFirst(plan, below), effects);
    }

    /** Whether an operator has read all that it ever will when it passes its first row. */
    private static boolean readsAllFirst(Plan plan) {
      return plan instanceof Plan.GroupBy
          || plan instanceof Plan.StoreCount
          || plan instanceof Plan.Sort
          || plan instanceof Plan.Eager;
    }

    /** A subquery with the barriers between its own clauses, which run for one row at a time. */
    private Plan within(Plan subquery, Plan inner) {
      return Effects.areWritesOf(inner)
          ? Inputs.replaceInner(subquery, visit(inner).plan())
          : subquery;
    }
  }
}
