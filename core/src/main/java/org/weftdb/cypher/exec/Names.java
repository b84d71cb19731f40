package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.List;
import org.weftdb.graph.GraphView;

/**
 * Ids of names of the catalog, found when an execution starts; a name that is not known yet is
 * looked up again each time, because a statement that writes may have created it meanwhile.
 */
final class Names {
  private Names() {}

  /** A property key by name. */
  static final class Key {
    final String name;
    private final QueryState state;
    private int id;

    Key(QueryState state, String name) {
      this.state = state;
      this.name = name;
      this.id = state.graph.catalog().keyId(name);
    }

    /** The id, or -1 while nothing has the property. */
    int id() {
      if (id < 0 && state.transaction != null) {
        id = state.graph.catalog().keyId(name);
      }
      return id;
    }

    /** The id, created when needed. */
    int idOrCreate() {
      if (id < 0) {
        id = state.writable().keyIdOrCreate(name);
      }
      return id;
    }
  }

  /** A label by name. */
  static final class Label {
    final String name;
    private final QueryState state;
    private int id;

    Label(QueryState state, String name) {
      this.state = state;
      this.name = name;
      this.id = state.graph.catalog().labelId(name);
    }

    int id() {
      if (id < 0 && state.transaction != null) {
        id = state.graph.catalog().labelId(name);
      }
      return id;
    }

    int idOrCreate() {
      if (id < 0) {
        id = state.writable().labelIdOrCreate(name);
      }
      return id;
    }
  }

  /** Some relationship types by name. */
  static final class Types {
    private static final int[] ANY = {-1};
    static final int[] NONE = {};
    private final QueryState state;
    private final String[] names;
    private int[] ids = {};
    private boolean complete;

    Types(QueryState state, List<String> names) {
      this.state = state;
      this.names = names.toArray(new String[0]);
    }

    /** The ids of those that exist, each once; -1 alone for any type. */
    int[] ids() {
      if (complete) {
        return ids;
      }
      if (names.length == 0) {
        ids = ANY;
        complete = true;
        return ids;
      }
      GraphView graph = state.graph;
      int[] found = new int[names.length];
      int n = 0;
      int missing = 0;
      for (String name : names) {
        int id = graph.catalog().typeId(name);
        if (id < 0) {
          missing++;
        } else if (!contains(found, n, id)) {
          found[n++] = id;
        }
      }
      ids = Arrays.copyOf(found, n);
      complete = missing == 0 || state.transaction == null;
      return ids;
    }

    private static boolean contains(int[] values, int count, int value) {
      for (int i = 0; i < count; i++) {
        if (values[i] == value) {
          return true;
        }
      }
      return false;
    }
  }
}
