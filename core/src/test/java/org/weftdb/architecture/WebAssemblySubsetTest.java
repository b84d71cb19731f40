package org.weftdb.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What also runs in WebAssembly uses neither what TeaVM 0.15 lacks or gets wrong, nor what would
 * make a run depend on more than its inputs: clocks, randomness, threads.
 */
final class WebAssemblySubsetTest {
  /** Packages of the JDK of which only the named classes may be used. */
  private static final Map<String, Set<String>> CLOSED_PACKAGES =
      Map.ofEntries(
          Map.entry("java.io", Set.of("Serializable")),
          Map.entry("java.lang.invoke", Set.of("MethodHandles", "MethodHandles$Lookup")),
          Map.entry("java.lang.ref", Set.of()),
          Map.entry("java.lang.reflect", Set.of()),
          Map.entry("java.net", Set.of()),
          Map.entry("java.nio", Set.of()),
          Map.entry("java.nio.channels", Set.of()),
          Map.entry("java.nio.charset", Set.of()),
          Map.entry("java.nio.file", Set.of()),
          Map.entry("java.security", Set.of()),
          Map.entry("java.text", Set.of()),
          Map.entry("java.time", Set.of()),
          Map.entry("java.time.format", Set.of()),
          Map.entry("java.time.zone", Set.of()),
          Map.entry("java.util.concurrent", Set.of()),
          Map.entry(
              "java.util.concurrent.atomic",
              Set.of("AtomicBoolean", "AtomicInteger", "AtomicLong", "AtomicReference")),
          Map.entry("java.util.concurrent.locks", Set.of()),
          Map.entry("java.util.regex", Set.of()),
          Map.entry("java.util.stream", Set.of()),
          Map.entry("java.util.zip", Set.of()));

  private static final Set<String> BANNED_CLASSES =
      Set.of(
          "java.lang.ClassLoader",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.StackWalker",
          "java.lang.StrictMath",
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.util.Calendar",
          "java.util.Date",
          "java.util.Formatter",
          "java.util.HexFormat",
          "java.util.Random",
          "java.util.Scanner",
          "java.util.ServiceLoader",
          "java.util.SplittableRandom",
          "java.util.StringJoiner",
          "java.util.Timer",
          "java.util.UUID");

  /** Owner's simple name, a dot, the member's name, as a regular expression. */
  private static final List<Pattern> BANNED_MEMBERS =
      List.of(
          Pattern.compile("\\w+(\\[\\])+\\.clone"),
          Pattern.compile("String\\.(format|formatted|getBytes|matches|replaceAll|replaceFirst)"),
          Pattern.compile("String\\.(split|lines|indent|transform|chars|codePoints)"),
          Pattern.compile("StringBuilder\\.(reverse|repeat|codePoints|chars)"),
          Pattern.compile("Math\\.(round|rint|log10|log1p|expm1|ulp|IEEEremainder)"),
          Pattern.compile("Math\\.(fma|multiplyHigh|unsignedMultiplyHigh|random)"),
          Pattern.compile("\\w+\\.addSuppressed"),
          Pattern.compile("Arrays\\.(compare|compareUnsigned|parallel\\w+|stream|spliterator)"),
          Pattern.compile("\\w+\\.(stream|parallelStream)"),
          Pattern.compile("System\\.(currentTimeMillis|nanoTime|identityHashCode|getenv)"),
          Pattern.compile("System\\.(getProperty|gc|exit|out|err)"),
          Pattern.compile("Object\\.(wait|notify|notifyAll)"),
          Pattern.compile("Class\\.(forName|getMethod|getResource\\w*|newInstance)"),
          Pattern.compile("Long\\.parseUnsignedLong"));

  @Test
  void nothingUsesWhatWebAssemblyLacksOrWhatIsNoFunctionOfItsInputs() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : CoreClasses.all()) {
      if (!CoreClasses.isJvmOnly(type)) {
        collectViolations(type, violations);
      }
    }
    assertEquals("", String.join("\n", violations));
  }

  @Test
  void theRuleSeesWhatItBans() {
    Set<String> violations = new TreeSet<>();
    collectViolations(new ClassFileImporter().importClass(Offender.class), violations);
    String all = String.join("\n", violations);
    for (String banned :
        List.of("clone", "getBytes", "<init>", "round", "nanoTime", "stream", "Thread", "Random")) {
      assertTrue(all.contains(banned), () -> banned + " is not found in\n" + all);
    }
  }

  private static void collectViolations(JavaClass type, Set<String> violations) {
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      if (isBanned(target)) {
        violations.add(target.getName() + ": " + dependency.getDescription());
      }
    }
    for (JavaAccess<?> access : type.getAccessesFromSelf()) {
      // The values() of an enum clones an array of objects, which works.
      boolean ofEnum = type.isEnum() && access.getOrigin().getName().equals("values");
      if (!ofEnum && isBanned(access.getTarget())) {
        violations.add(access.getDescription());
      }
    }
  }

  private static boolean isBanned(JavaClass target) {
    Set<String> open = CLOSED_PACKAGES.get(target.getPackageName());
    if (open == null) {
      return BANNED_CLASSES.contains(target.getName());
    }
    String name = target.getName().substring(target.getPackageName().length() + 1);
    return !open.contains(name);
  }

  private static boolean isBanned(AccessTarget target) {
    String owner = target.getOwner().getSimpleName();
    String member = owner + "." + target.getName();
    // A string from bytes, in any encoding.
    boolean decodes = member.equals("String.<init>") && target.getFullName().contains("(byte[]");
    return decodes || BANNED_MEMBERS.stream().anyMatch(banned -> banned.matcher(member).matches());
  }

  /** Uses a little of everything that is banned. */
  @SuppressWarnings("unused")
  private static final class Offender {
    private int[] cells = {1, 2};

    private Object offend() throws InterruptedException {
      int[] copy = cells.clone();
      byte[] bytes = "a".getBytes(StandardCharsets.UTF_8);
      String text = new String(bytes, StandardCharsets.UTF_8);
      long time = Math.round(1.5) + System.nanoTime();
      Thread.sleep(new java.util.Random(time).nextLong());
      return List.of(copy, text).stream().toList();
    }
  }
}
