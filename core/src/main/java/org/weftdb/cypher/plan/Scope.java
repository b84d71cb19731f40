package org.weftdb.cypher.plan;

import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which variables are visible, and the slots they are in. Inner variables hide outer ones. */
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Scalar.Slot> variables = new LinkedHashMap<>();
  private @Nullable LoadedCsv loaded;

  /** Where the line number and the name of the table that was loaded last are. */
  record LoadedCsv(Scalar.Slot line, Scalar.Slot file) {}

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** A scope inside this one. */
  Scope inner() {
    return new Scope(this);
  }

  @Nullable Scope outer() {
    return outer;
  }

  Scalar.Slot bind(String name, int slot, SlotKind kind) {
    Scalar.Slot variable = new Scalar.Slot(slot, kind, name);
    variables.put(name, variable);
    return variable;
  }

  /** The innermost variable of a name, or null. */
  Scalar.@Nullable Slot find(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Scalar.Slot variable = scope.variables.get(name);
      if (variable != null) {
        return variable;
      }
    }
    return null;
  }

  /** Makes a slot visible under a name of this scope. */
  void alias(String name, Scalar.Slot slot) {
    variables.put(name, slot);
  }

  /** The variables of this scope without those around it, in the order in which they came. */
  Map<String, Scalar.Slot> own() {
    return Collections.unmodifiableMap(variables);
  }

  /** The table whose record a row is made of, if any. */
  @Nullable LoadedCsv loaded() {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.loaded != null) {
        return scope.loaded;
      }
    }
    return null;
  }

  void setLoaded(@Nullable LoadedCsv table) {
    loaded = table;
  }

  /** The slots of all variables that can be seen here, and of those hidden by inner ones. */
  BitSet slots() {
    BitSet slots = new BitSet();
    for (Scope scope = this; scope != null; scope = scope.outer) {
      for (Scalar.Slot variable : scope.variables.values()) {
        slots.set(variable.slot());
      }
      if (scope.loaded != null) {
        slots.set(scope.loaded.line().slot());
        slots.set(scope.loaded.file().slot());
      }
    }
    return slots;
  }

  /** A scope of its own with all variables that can be seen here. */
  Scope flattened() {
    Scope flat = new Scope(null);
    flat.loaded = loaded();
    for (Scope scope = this; scope != null; scope = scope.outer) {
      for (Map.Entry<String, Scalar.Slot> variable : scope.variables.entrySet()) {
        flat.variables.putIfAbsent(variable.getKey(), variable.getValue());
      }
    }
    return flat;
  }
}
