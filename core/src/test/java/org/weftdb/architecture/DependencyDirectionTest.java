package org.weftdb.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Dependencies point down, never sideways or up. */
final class DependencyDirectionTest {
  /**
   * Which of our packages each package may know, besides itself and {@code error}, which everyone
   * may. A package that is not here is not allowed to exist.
   */
  private static final Map<String, Set<String>> MAY_KNOW = mayKnow();

  private static Map<String, Set<String>> mayKnow() {
    Map<String, Set<String>> table = new TreeMap<>();
    table.put("error", Set.of());
    table.put("bytes", Set.of());
    table.put("storage", Set.of("bytes"));
    table.put("log", Set.of("storage", "bytes"));
    table.put("snapshot", Set.of("storage", "bytes"));
    table.put("csv", Set.of("bytes"));
    table.put("value", Set.of("bytes"));
    table.put("graph", Set.of("value", "snapshot", "storage", "bytes"));
    table.put("cypher.ast", Set.of("value"));
    table.put("cypher.parser", Set.of("cypher.ast", "value"));
    table.put("cypher.semantic", Set.of("cypher.parser", "cypher.ast", "value"));
    table.put("cypher.function", Set.of("cypher.semantic", "cypher.parser", "value", "bytes"));
    table.put("cypher.procedure", Set.of("cypher.semantic", "value"));
    table.put(
        "cypher.plan",
        Set.of("cypher.semantic", "cypher.ast", "cypher.function", "graph", "value", "bytes"));
    table.put(
        "cypher.exec",
        Set.of(
            "cypher.plan",
            "cypher.function",
            "cypher.procedure",
            "csv",
            "graph",
            "value",
            "bytes"));
    table.put(
        "engine",
        Set.of(
            "cypher.exec",
            "cypher.plan",
            "cypher.function",
            "cypher.procedure",
            "cypher.semantic",
            "cypher.parser",
            "cypher.ast",
            "csv",
            "graph",
            "value",
            "snapshot",
            "log",
            "storage",
            "bytes"));
    table.put("jvm", Set.of("storage", "bytes", "value", "csv"));
    table.put(
        "",
        Set.of(
            "engine",
            "cypher.plan",
            "cypher.function",
            "cypher.procedure",
            "csv",
            "jvm",
            "log",
            "value",
            "storage",
            "bytes"));
    return table;
  }

  /** {@code cypher.plan.rule} is a part of {@code cypher.plan}. */
  private static String partOf(String name) {
    String part = name;
    while (!MAY_KNOW.containsKey(part) && part.contains(".")) {
      part = part.substring(0, part.lastIndexOf('.'));
    }
    return part;
  }

  @Test
  void everyPackageKnowsOnlyWhatStandsBelowIt() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : CoreClasses.all()) {
      String from = partOf(CoreClasses.packageOf(type));
      if (!MAY_KNOW.containsKey(from)) {
        violations.add("a package without a place among the others: " + type.getPackageName());
        continue;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!CoreClasses.isOurs(target)) {
          continue;
        }
        String to = partOf(CoreClasses.packageOf(target));
        boolean allowed = to.equals(from) || to.equals("error") || MAY_KNOW.get(from).contains(to);
        if (!allowed) {
          violations.add(from + " must not know " + to + ": " + dependency.getDescription());
        }
      }
    }
    assertEquals("", String.join("\n", violations));
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : CoreClasses.all()) {
      JavaPackage itsPackage = type.getPackage();
      if (!itsPackage.isAnnotatedWith(NullMarked.class)) {
        violations.add(itsPackage.getName());
      }
    }
    assertEquals(Set.of(), violations);
  }

  @Test
  void thereIsNoDependencyAtRunTimeButTheJdk() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : CoreClasses.all()) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        boolean known =
            CoreClasses.isOurs(target)
                || target.isPrimitive()
                || target.getPackageName().startsWith("java.")
                || target.getPackageName().startsWith("javax.crypto")
                || target.getPackageName().equals("org.jspecify.annotations");
        if (!known) {
          violations.add(dependency.getDescription());
        }
      }
    }
    assertEquals("", String.join("\n", violations));
  }
}
