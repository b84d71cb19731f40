package org.weftdb.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import org.weftdb.error.WeftException;

/** The core's compiled classes, without its tests. */
final class CoreClasses {
  static final String ROOT = "org.weftdb";

  /** Packages that run on the JVM only: what touches files and threads, and the JVM's facade. */
  private static final Set<String> JVM_ONLY = Set.of("", "jvm");

  private CoreClasses() {}

  static JavaClasses all() {
    return new ClassFileImporter()
        .importUrl(WeftException.class.getProtectionDomain().getCodeSource().getLocation());
  }

  static boolean isOurs(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) || name.startsWith(ROOT + ".");
  }

  /** The package of one of our classes below {@link #ROOT}; empty for that itself. */
  static String packageOf(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }

  static boolean isJvmOnly(JavaClass type) {
    return JVM_ONLY.contains(packageOf(type));
  }
}
