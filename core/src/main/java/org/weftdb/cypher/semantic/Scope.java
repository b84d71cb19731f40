package org.weftdb.cypher.semantic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables that can be seen at one place of a query. Inside a subquery or a comprehension
 * those of the enclosing scope can be seen too, unless an inner one has the same name.
 *
 * <p>Scopes of neighbouring clauses share their variables and differ in how many of them they see,
 * so that many clauses cost no more than their variables.
 */
public final class Scope {
  private final Declarations declarations;
  private final int visible;

  private Scope(Declarations declarations, int visible) {
    this.declarations = declarations;
    this.visible = visible;
  }

  /** A new scope without variables of its own. */
  static Scope inside(@Nullable Scope outer) {
    return new Scope(new Declarations(outer, null), 0);
  }

  /** A new scope without variables of its own that takes note of what is asked of the outer one. */
  static Scope watching(Scope outer) {
    return new Scope(new Declarations(outer, new LinkedHashSet<>()), 0);
  }

  /** A scope of its own with all variables that can be seen here. */
  Scope flattened() {
    Scope flat = inside(null);
    for (Scope scope = this; scope != null; scope = scope.declarations.outer) {
      for (String name : scope.names()) {
        CypherType type = flat.find(name) == null ? find(name) : null;
        flat = type == null ? flat : flat.with(name, type);
      }
    }
    return flat;
  }

  /** The variables that were asked for through a {@linkplain #watching watching} scope so far. */
  Set<String> asked() {
    Set<String> asked = declarations.asked;
    return asked == null ? Set.of() : asked;
  }

  /**
   * This scope with one variable more. Only the newest scope of a line grows, and only by a name
   * that is not its own already.
   */
  Scope with(String name, CypherType type) {
    Declaration old = declarations.byName.put(name, new Declaration(visible, type));
    if (old != null || visible != declarations.byName.size() - 1) {
      throw new IllegalStateException("not a new variable of the newest scope: " + name);
    }
    return new Scope(declarations, visible + 1);
  }

  /** Whether the variable can be seen, here or from an enclosing scope. */
  public boolean contains(String name) {
    return find(name) != null;
  }

  /** Whether the variable is this scope's own, not one of an enclosing scope. */
  public boolean owns(String name) {
    return own(name) != null;
  }

  /** What the variable holds. */
  public VariableKind kind(String name) {
    return VariableKind.of(type(name));
  }

  /** What the variable holds, in more detail. */
  public CypherType type(String name) {
    CypherType type = find(name);
    if (type == null) {
      throw new IllegalArgumentException("no such variable: " + name);
    }
    return type;
  }

  /** The names of this scope's own variables in the order in which they were declared. */
  public List<String> names() {
    List<String> names = new ArrayList<>(visible);
    for (Map.Entry<String, Declaration> entry : declarations.byName.entrySet()) {
      if (entry.getValue().index < visible) {
        names.add(entry.getKey());
      }
    }
    return names;
  }

  /** The scope around this one, or null. */
  @Nullable Scope outer() {
    return declarations.outer;
  }

  /**
   * Whether the name means here the own variable of another scope, which is this one or around it.
   */
  boolean means(String name, Scope other) {
    for (Scope scope = this; scope != null; scope = scope.declarations.outer) {
      if (scope.own(name) != null) {
        return scope.declarations == other.declarations;
      }
    }
    return false;
  }

  @Nullable CypherType find(String name) {
    for (Scope scope = this; scope != null; scope = scope.declarations.outer) {
      CypherType type = scope.own(name);
      if (type != null) {
        return type;
      }
      if (scope.declarations.asked != null) {
        scope.declarations.asked.add(name);
      }
    }
    return null;
  }

  private @Nullable CypherType own(String name) {
    Declaration declaration = declarations.byName.get(name);
    return declaration != null && declaration.index < visible ? declaration.type : null;
  }

  private record Declaration(int index, CypherType type) {}

  private static final class Declarations {
    final @Nullable Scope outer;
    final Map<String, Declaration> byName = new LinkedHashMap<>();
    final @Nullable Set<String> asked;

    Declarations(@Nullable Scope outer, @Nullable Set<String> asked) {
      this.outer = outer;
      this.asked = asked;
    }
  }
}
