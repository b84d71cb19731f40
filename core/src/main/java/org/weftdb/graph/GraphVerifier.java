package org.weftdb.graph;

import java.util.Arrays;
import java.util.List;
import org.weftdb.value.Direction;

/**
 * Checks that all parts of a graph agree with each other: counts with what is counted, label scans
 * with the labels of the nodes, adjacency of both directions with the relationships, properties
 * with their owners, indexes with the data, and the data with the constraints.
 *
 * <p>Takes a time in proportion to the graph, times the depth of an index where there are any, and
 * a few counters of memory. It reads the pages themselves, so that it finds what queries would not
 * notice, and it does not trust what it checks.
 */
public final class GraphVerifier {
  private final GraphView view;
  private final GraphState state;
  private final Findings findings = new Findings();

  private GraphVerifier(GraphView view) {
    this.view = view;
    this.state = view.state;
  }

  /**
   * What is wrong with a graph, at most about 100 sentences; empty when nothing is. In a
   * transaction constraints may be broken until its statement has ended.
   */
  public static List<String> problems(GraphView view) {
    return new GraphVerifier(view).verify();
  }

  private List<String> verify() {
    checkCatalog();
    checkTables();
    checkLabelSets();
    if (!findings.texts().isEmpty()) {
      // The rest goes by these tables.
      return findings.texts();
    }
    checkNodes();
    checkRelationships();
    AdjacencyVerifier adjacency = new AdjacencyVerifier(view, findings);
    adjacency.check(state.outgoing, Direction.OUTGOING);
    adjacency.check(state.incoming, Direction.INCOMING);
    PropertyVerifier properties = new PropertyVerifier(view, findings);
    properties.check("node", state.nodeColumns, state.nodeLabelSets);
    properties.check("relationship", state.relationshipColumns, state.types);
    if (findings.texts().isEmpty()) {
      // Indexes and constraints go by all of that.
      new SchemaVerifier(view, findings).check();
    }
    return findings.texts();
  }

  private void checkCatalog() {
    Catalog catalog = state.catalog;
    for (int i = 0; i < catalog.labelCount(); i++) {
      String name = catalog.labelName(i);
      findings.addUnlessEqual(i, catalog.labelId(name), "id of the label '" + name + "'");
    }
    for (int i = 0; i < catalog.typeCount(); i++) {
      String name = catalog.typeName(i);
      findings.addUnlessEqual(i, catalog.typeId(name), "id of the type '" + name + "'");
    }
    for (int i = 0; i < catalog.keyCount(); i++) {
      String name = catalog.keyName(i);
      findings.addUnlessEqual(i, catalog.keyId(name), "id of the property key '" + name + "'");
    }
  }

  private void checkTables() {
    Catalog catalog = state.catalog;
    findings.addUnlessEqual(catalog.labelCount(), state.members.length, "label scans");
    findings.addUnlessEqual(catalog.typeCount(), state.typeCounts.length, "counts of types");
    findings.addUnlessEqual(catalog.keyCount(), state.nodeColumns.length, "columns of nodes");
    findings.addUnlessEqual(
        catalog.keyCount(), state.relationshipColumns.length, "columns of relationships");
    checkBound(state.nodeIdBound, "node");
    checkBound(state.relationshipIdBound, "relationship");
  }

  private void checkBound(int bound, String what) {
    if (bound < 0 || bound > GraphEditor.MAX_ID_BOUND) {
      findings.add("the next " + what + " cannot have the id " + bound);
    }
  }

  private void checkLabelSets() {
    LabelSets sets = state.labelSets;
    for (int set = LabelSets.EMPTY_SET; set < sets.bound(); set++) {
      int[] labels = sets.labels(set);
      boolean possible = set == LabelSets.EMPTY_SET ? labels.length == 0 : labels.length > 0;
      for (int i = 0; i < labels.length; i++) {
        possible &=
            labels[i] >= 0
                && labels[i] < state.members.length
                && (i == 0 || labels[i - 1] < labels[i]);
      }
      if (!possible) {
        findings.add("label set " + set + " cannot be " + Arrays.toString(labels));
      } else if (sets.find(labels) != set) {
        findings.add("label set " + set + " is not found by its labels");
      }
    }
  }

  private void checkNodes() {
    long count = 0;
    long[] labelled = new long[state.members.length];
    int sets = state.labelSets.bound();
    for (int node = 0; node < state.nodeIdBound && !findings.isFull(); node++) {
      int set = state.nodeLabelSets.get(node);
      if (set == 0) {
        continue;
      }
      count++;
      if (set < 0 || set >= sets) {
        findings.add("node " + node + " has the label set " + set + ", which there is not");
        continue;
      }
      for (int label : state.labelSets.labels(set)) {
        labelled[label]++;
        if (!state.members[label].contains(node)) {
          findings.add("node " + node + " is missing in the scan of its label " + label);
        }
      }
    }
    findings.addUnlessEqual(count, state.nodeCount, "count of nodes");
    checkNothingBehind(state.nodeLabelSets, state.nodeIdBound, "a node");
    for (int label = 0; label < labelled.length; label++) {
      findings.addUnlessEqual(
          labelled[label], state.members[label].count(), "count of the label " + label);
      findings.addUnlessEqual(
          labelled[label], scanned(new Scans.Members(state.members[label])), "scan of " + label);
    }
    findings.addUnlessEqual(
        count,
        scanned(new Scans.AllNodes(state.nodeLabelSets, state.nodeIdBound)),
        "scan of nodes");
  }

  private static long scanned(NodeScan scan) {
    long[] ids = new long[512];
    long count = 0;
    for (int n = scan.fill(ids, 0, ids.length); n > 0; n = scan.fill(ids, 0, ids.length)) {
      count += n;
    }
    return count;
  }

  /** Checks that no entry stands where no id was given out yet. */
  private void checkNothingBehind(IntPages pages, int bound, String what) {
    int first = bound >>> IntPages.PAGE_BITS;
    int from = bound & IntPages.PAGE_MASK;
    for (int number = first; number < pages.pageBound(); number++) {
      int[] page = pages.page(number);
      for (int slot = number == first ? from : 0;
          slot < IntPages.PAGE_SIZE && !IntPages.isEmpty(page);
          slot++) {
        if (page[slot] != 0) {
          findings.add("there is " + what + " behind the bound " + bound + " of its ids");
          return;
        }
      }
    }
  }

  private void checkRelationships() {
    long count = 0;
    long[] typed = new long[state.typeCounts.length];
    for (int id = 0; id < state.relationshipIdBound && !findings.isFull(); id++) {
      int type = state.types.get(id);
      int start = state.starts.get(id);
      int end = state.ends.get(id);
      if (type <= 0) {
        if (start != 0 || end != 0) {
          findings.add("relationship " + id + " does not exist, but has ends");
        }
        if (type < 0 && view instanceof GraphSnapshot) {
          findings.add("relationship " + id + " has the type of what a transaction deleted");
        }
        continue;
      }
      count++;
      if (type > typed.length) {
        findings.add("relationship " + id + " has the type " + (type - 1) + ", which there is not");
      } else {
        typed[type - 1]++;
      }
      checkEnd(id, start);
      checkEnd(id, end);
    }
    findings.addUnlessEqual(count, state.relationshipCount, "count of relationships");
    for (int type = 0; type < typed.length; type++) {
      findings.addUnlessEqual(typed[type], state.typeCounts[type], "count of the type " + type);
    }
    checkNothingBehind(state.types, state.relationshipIdBound, "a relationship");
    checkNothingBehind(state.starts, state.relationshipIdBound, "the start of a relationship");
    checkNothingBehind(state.ends, state.relationshipIdBound, "the end of a relationship");
  }

  private void checkEnd(int relationship, int node) {
    if (node < 0 || node >= state.nodeIdBound || state.nodeLabelSets.get(node) == 0) {
      findings.add(
          "relationship " + relationship + " is with node " + node + ", which there is not");
    }
  }
}
