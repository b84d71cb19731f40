package org.weftdb.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** How often plans have the ways to rows that there are. */
final class AccessTally {
  private static final Map<String, Predicate<String>> WAYS = ways();

  private final Map<String, Integer> found = new LinkedHashMap<>();

  private static Map<String, Predicate<String>> ways() {
    Map<String, String> forms = new LinkedHashMap<>();
    for (String seek : new String[] {"NodeIndexSeek", "RelationshipIndexSeek"}) {
      forms.put(seek + " =", seek + " .* = .*");
      forms.put(seek + " IN", seek + " .* IN .*");
      forms.put(seek + " lower", seek + " .*\\S+ (<|<=) \\w+\\.\\w+.*");
      forms.put(seek + " upper", seek + " .* \\w+\\.\\w+ (<|<=) .*");
      forms.put(seek + " prefix", seek + " .* STARTS WITH .*");
      forms.put(seek + " exists", seek + " .* IS NOT NULL.*");
      forms.put(seek + " text", seek + " .* has parts of .*");
      forms.put(seek + " several keys", seek + " .* AND .*");
      forms.put(seek + " descending", seek + " .* descending");
    }
    forms.put("nodes by id", "NodeByIdSeek .* id .*");
    forms.put("nodes by elementId", "NodeByIdSeek .* elementId .*");
    forms.put("relationships by id", "RelationshipByIdSeek .* id .*");
    forms.put("relationships by elementId", "RelationshipByIdSeek .* elementId .*");
    forms.put("labels", "NodeByLabelScan \\S+\\|.*");
    forms.put("types", "RelationshipTypeScan .*\\|.*");
    forms.put("type", "RelationshipTypeScan .*");
    forms.put("count of nodes", "StoreCount .* of \\(\\)");
    forms.put("count of a label", "StoreCount .* of \\(:.*");
    forms.put("count of relationships", "StoreCount .* of \\[\\]");
    forms.put("count of a type", "StoreCount .* of \\[:.*");
    forms.put("join by value", "ValueHashJoin .*");
    forms.put("intersection", "Intersect .*");
    forms.put("intersection of a node with itself", "Intersect \\((\\w+)\\).* and \\(\\1\\).*");
    forms.put("filtered intersection", "Filter [^\\n]*\\n[0-9.| ]*Intersect .*");
    Map<String, Predicate<String>> ways = new LinkedHashMap<>();
    forms.forEach(
        (name, form) ->
            ways.put(name, Pattern.compile("\\b" + form, Pattern.MULTILINE).asPredicate()));
    return ways;
  }

  /** Counts the ways in a query's plan. */
  void add(String query, String plan) {
    boolean ordered =
        query.contains("ORDER BY") && plan.contains("IndexSeek") && !plan.contains("Sort ");
    found.merge("order of an index", ordered ? 1 : 0, Integer::sum);
    WAYS.forEach((name, way) -> found.merge(name, way.test(plan) ? 1 : 0, Integer::sum));
  }

  /** Fails when one of the ways is never taken. */
  void check() {
    found.forEach((name, times) -> assertTrue(times > 0, name + " is never taken: " + found));
  }
}
