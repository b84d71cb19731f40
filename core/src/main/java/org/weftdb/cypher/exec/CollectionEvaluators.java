package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Arithmetic;
import org.weftdb.value.ComputedList;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.ValueEquality;
import org.weftdb.value.ValueSet;

/** Making lists and maps, and taking them apart. */
final class CollectionEvaluators {
  private CollectionEvaluators() {}

  /** {@code [a, b]}. */
  static final class ListLiteral extends Evaluator {
    private final Evaluator[] elements;

    ListLiteral(Evaluator[] elements) {
      this.elements = elements;
    }

    @Override
    Object value(Batch batch, int row) {
      List<@Nullable Object> list = new ArrayList<>(elements.length);
      for (Evaluator element : elements) {
        list.add(element.value(batch, row));
      }
      return list;
    }
  }

  /** {@code {a: 1}}. */
  static final class MapLiteral extends Evaluator {
    final String[] keys;
    final Evaluator[] values;

    MapLiteral(List<String> keys, Evaluator[] values) {
      this.keys = keys.toArray(new String[0]);
      this.values = values;
    }

    @Override
    Object value(Batch batch, int row) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.length; i++) {
        map.put(keys[i], values[i].value(batch, row));
      }
      return map;
    }
  }

  /** {@code subject {.*, b: x}}. */
  static final class MapProjection extends Evaluator {
    private final QueryState state;
    private final Evaluator subject;
    private final boolean all;
    private final MapLiteral entries;

    MapProjection(QueryState state, Evaluator subject, boolean all, MapLiteral entries) {
      this.state = state;
      this.subject = subject;
      this.all = all;
      this.entries = entries;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Object from = subject.value(batch, row);
      if (from == null) {
        return null;
      }
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      if (from instanceof Map<?, ?> source) {
        if (all) {
          for (Map.Entry<?, ?> entry : source.entrySet()) {
            map.put((String) entry.getKey(), entry.getValue());
          }
        }
      } else if (from instanceof NodeReference || from instanceof RelationshipReference) {
        if (all) {
          map.putAll(state.properties(from));
        }
      } else {
        throw mismatch("a Node, Relationship or Map", from);
      }
      for (int i = 0; i < entries.keys.length; i++) {
        map.put(entries.keys[i], entries.values[i].value(batch, row));
      }
      return map;
    }
  }

  /** {@code subject[index]}. */
  static final class Subscript extends Evaluator {
    private final QueryState state;
    private final Evaluator subject;
    private final Evaluator index;

    private final Origin origin;

    Subscript(QueryState state, Evaluator subject, Evaluator index, Origin origin) {
      this.origin = origin;
      this.state = state;
      this.subject = subject;
      this.index = index;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Object from = subject.value(batch, row);
      Object at = index.value(batch, row);
      try {
        return at(from, at);
      } catch (WeftException failure) {
        throw origin.locate(failure);
      }
    }

    private @Nullable Object at(@Nullable Object from, @Nullable Object at) {
      if (from == null) {
        return null;
      } else if (from instanceof List<?> list) {
        return element(list, at);
      } else if (from instanceof Map<?, ?> map) {
        return at == null ? null : map.get(key(at));
      } else if (from instanceof NodeReference node) {
        return at == null
            ? null
            : state.nodeProperty(node.id(), state.graph.catalog().keyId(key(at)));
      } else if (from instanceof RelationshipReference relationship) {
        return at == null
            ? null
            : state.relationshipProperty(relationship.id(), state.graph.catalog().keyId(key(at)));
      }
      throw mismatch("a List, Map, Node or Relationship before [ ]", from);
    }

    private static @Nullable Object element(List<?> list, @Nullable Object at) {
      if (at == null) {
        return null;
      }
      if (!(at instanceof Long position)) {
        throw new WeftException(
            ErrorCode.LIST_ELEMENT_ACCESS_BY_NON_INTEGER,
            "a list element is found by an Integer, not by a value of type " + typeName(at));
      }
      long offset = position < 0 ? position + list.size() : position;
      return offset < 0 || offset >= list.size() ? null : list.get((int) offset);
    }

    private static String key(Object at) {
      if (at instanceof String name) {
        return name;
      }
      throw new WeftException(
          ErrorCode.MAP_ELEMENT_ACCESS_BY_NON_STRING,
          "a property is found by a String, not by a value of type " + typeName(at));
    }
  }

  /** {@code subject[from..to]}. */
  static final class Slice extends Evaluator {
    private final QueryState state;
    private final Evaluator subject;
    private final @Nullable Evaluator from;
    private final @Nullable Evaluator to;

    private final Origin origin;

    Slice(
        QueryState state,
        Evaluator subject,
        @Nullable Evaluator from,
        @Nullable Evaluator to,
        Origin origin) {
      this.origin = origin;
      this.state = state;
      this.subject = subject;
      this.from = from;
      this.to = to;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Object source = subject.value(batch, row);
      Object first = from == null ? (Object) 0L : from.value(batch, row);
      Object last = to == null ? (Object) Long.MAX_VALUE : to.value(batch, row);
      if (source == null || first == null || last == null) {
        return null;
      }
      try {
        return slice(source, first, last);
      } catch (WeftException failure) {
        throw origin.locate(failure);
      }
    }

    private Object slice(Object source, Object first, Object last) {
      if (!(source instanceof List<?> list)) {
        throw mismatch("a List before [ .. ]", source);
      }
      int start = bound(first, list.size());
      int end = bound(last, list.size());
      if (end - (long) start > Batch.MAXIMUM_ROWS) {
        long each = list instanceof ComputedList ? ValueSize.FLAT : 8;
        state.work(end - start);
        state.memory.make(each * (end - start), "a part of a list");
      }
      List<@Nullable Object> slice = new ArrayList<>();
      for (int i = start; i < end; i++) {
        slice.add(list.get(i));
      }
      return slice;
    }

    private static int bound(Object value, int size) {
      if (!(value instanceof Long number)) {
        throw mismatch("an Integer as the bound of a list slice", value);
      }
      long position = number < 0 ? number + size : number;
      return position < 0 ? 0 : position > size ? size : (int) position;
    }
  }

  /**
   * {@code element IN list}: null when no element is equal but one may be. A list that is the same
   * for all rows and holds only numbers, strings and booleans is looked up in a set.
   */
  static final class In extends Evaluator {
    /** Shorter lists are searched as quickly. */
    private static final int WORTH_A_SET = 8;

    private static final int PIECE = 4096;

    private final QueryState state;
    private final Evaluator element;
    private final Evaluator list;
    private final @Nullable ValueSet set;

    private final Origin origin;

    In(QueryState state, Evaluator element, Evaluator list, Origin origin) {
      this.origin = origin;
      this.state = state;
      this.element = element;
      this.list = list;
      this.set = list.isConstant() ? setOf(list.value(new Batch(0), 0)) : null;
    }

    private static @Nullable ValueSet setOf(@Nullable Object constant) {
      if (!(constant instanceof List<?> elements)
          || elements.size() < WORTH_A_SET
          || elements.size() > Arithmetic.MAX_LIST_SIZE) {
        return null;
      }
      ValueSet values = new ValueSet();
      for (int i = 0; i < elements.size(); i++) {
        Object value = elements.get(i);
        if (!isPlain(value)) {
          return null;
        }
        values.add(value);
      }
      return values;
    }

    /** Whether equality of the value with another plain one is the same as equivalence. */
    private static boolean isPlain(@Nullable Object value) {
      return value instanceof Long
          || value instanceof String
          || value instanceof Boolean
          || (value instanceof Double number && !number.isNaN());
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Object wanted = element.value(batch, row);
      if (set != null && isPlain(wanted)) {
        return set.contains(wanted);
      }
      Object from = list.value(batch, row);
      if (from == null) {
        return null;
      }
      if (!(from instanceof List<?> elements)) {
        throw origin.locate(mismatch("a List after IN", from));
      }
      return search(wanted, elements);
    }

    /** Piece by piece, so that a search through a long list can be stopped. */
    private @Nullable Boolean search(@Nullable Object wanted, List<?> elements) {
      boolean unknown = false;
      int size = elements.size();
      for (int from = 0; from < size; ) {
        int count = Math.min(PIECE, size - from);
        state.work(count);
        Boolean found = ValueEquality.in(wanted, elements, from, from + count);
        if (found == null) {
          unknown = true;
        } else if (found) {
          return true;
        }
        from += count;
      }
      return unknown ? null : Boolean.FALSE;
    }
  }

  /** Every so many elements of a list. */
  static final class Strided extends Evaluator {
    private final Evaluator list;
    private final int offset;
    private final int stride;
    private final int spare;

    Strided(Evaluator list, int offset, int stride, int spare) {
      this.list = list;
      this.offset = offset;
      this.stride = stride;
      this.spare = spare;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      if (!(list.value(batch, row) instanceof List<?> elements)) {
        return null;
      }
      int count = Math.max(0, elements.size() - spare) / stride;
      List<@Nullable Object> chosen = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        chosen.add(elements.get(offset + i * stride));
      }
      return chosen;
    }
  }
}
