package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ValueCodec;
import org.weftdb.value.ValueEquality;
import org.weftdb.value.ValueMap;
import org.weftdb.value.ValueSet;

/**
 * Functions of the namespace {@code list} that look for elements, take lists as sets, and make
 * lists of lists. Elements are the same when DISTINCT takes them for the same, so that null is the
 * same as null; {@code contains} alone answers as {@code IN} does.
 */
final class ListAlgebra {
  private ListAlgebra() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.LIST);
    addSearch(library);
    addSets(library);
    addLists(library);
    addChance(library);
    library.alias("coll.distinct", "list.unique");
    library.alias("coll.flatten", "list.flatten");
    library.alias("coll.indexOf", "list.index_of");
  }

  private static void addSearch(Library library) {
    library.define(
        "list.contains(list :: LIST<ANY>, element :: ANY) :: BOOLEAN",
        "Whether an element is in a list, as IN answers.",
        a -> ValueEquality.in(a[1], (List<?>) a[0]));
    library.define(
        "list.contains_all(list :: LIST<ANY>, elements :: LIST<ANY>) :: BOOLEAN",
        "Whether all elements of the second list are in the first, as IN answers.",
        a -> {
          Boolean all = true;
          for (Object element : (List<?>) a[1]) {
            Boolean in = ValueEquality.in(element, (List<?>) a[0]);
            if (Boolean.FALSE.equals(in)) {
              return false;
            }
            all = in == null ? null : all;
          }
          return all;
        });
    library.define(
        "list.index_of(list :: LIST<ANY>, element :: ANY) :: INTEGER",
        "The index of the first occurrence of an element, or -1.",
        a -> {
          int index = 0;
          for (Object element : (List<?>) a[0]) {
            if (ValueEquality.equivalent(element, a[1])) {
              return (long) index;
            }
            index++;
          }
          return -1L;
        });
    library.define(
        "list.indexes_of(list :: LIST<ANY>, element :: ANY) :: LIST<INTEGER>",
        "The indexes of all occurrences of an element.",
        a -> {
          List<@Nullable Object> indexes = new ArrayList<>();
          long index = 0;
          for (Object element : (List<?>) a[0]) {
            if (ValueEquality.equivalent(element, a[1])) {
              indexes.add(index);
            }
            index++;
          }
          return Collections.unmodifiableList(indexes);
        });
    library.define(
        "list.has_duplicates(list :: LIST<ANY>) :: BOOLEAN",
        "Whether an element is there more than once.",
        a -> union((List<?>) a[0]).size() < ((List<?>) a[0]).size());
    library.define(
        "list.all_distinct(list :: LIST<ANY>) :: BOOLEAN",
        "Whether every element is there once.",
        a -> union((List<?>) a[0]).size() == ((List<?>) a[0]).size());
    library.define(
        "list.find_duplicates(list :: LIST<ANY>) :: LIST<ANY>",
        "The elements that are there more than once, each once.",
        a -> {
          ValueSet seen = new ValueSet();
          ValueSet found = new ValueSet();
          List<@Nullable Object> duplicates = new ArrayList<>();
          for (Object element : (List<?>) a[0]) {
            if (!seen.add(element) && found.add(element)) {
              duplicates.add(element);
            }
          }
          return Collections.unmodifiableList(duplicates);
        });
    library
        .reading(GraphReading.PROPERTIES)
        .defineInContext(
            "list.count_by(list :: LIST<ANY>, key = the element :: STRING) :: LIST<MAP>",
            "How often each element, or each value of a key of them, is there: {value, count}.",
            ListAlgebra::countBy);
  }

  private static Object countBy(Object[] a, FunctionContext context) {
    ValueMap values = new ValueMap();
    List<Long> counts = new ArrayList<>();
    for (Object element : (List<?>) a[0]) {
      Object value =
          a.length > 1 ? Fields.of("list.count_by", element, (String) a[1], context) : element;
      int index = values.indexOfOrAdd(value);
      if (index == counts.size()) {
        counts.add(1L);
      } else {
        counts.set(index, counts.get(index) + 1);
      }
    }
    List<@Nullable Object> rows = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("value", values.value(i));
      row.put("count", counts.get(i));
      rows.add(Collections.unmodifiableMap(row));
    }
    return Collections.unmodifiableList(rows);
  }

  private static void addSets(Library library) {
    library.define(
        "list.unique(list :: LIST<ANY>) :: LIST<ANY>",
        "The elements without repetitions.",
        a -> union((List<?>) a[0]));
    library.define(
        "list.union(left :: LIST<ANY>, right :: LIST<ANY>) :: LIST<ANY>",
        "The elements of either list, without repetitions.",
        a -> union((List<?>) a[0], (List<?>) a[1]));
    library.define(
        "list.intersect(left :: LIST<ANY>, right :: LIST<ANY>) :: LIST<ANY>",
        "The elements that are in both lists, without repetitions.",
        a -> selected((List<?>) a[0], (List<?>) a[1], true));
    library.define(
        "list.diff(left :: LIST<ANY>, right :: LIST<ANY>) :: LIST<ANY>",
        "The elements of the first list that are not in the second, without repetitions.",
        a -> selected((List<?>) a[0], (List<?>) a[1], false));
    library.define(
        "list.symmetric_diff(left :: LIST<ANY>, right :: LIST<ANY>) :: LIST<ANY>",
        "The elements that are in one list only, without repetitions.",
        a ->
            union(
                selected((List<?>) a[0], (List<?>) a[1], false),
                selected((List<?>) a[1], (List<?>) a[0], false)));
  }

  private static List<@Nullable Object> union(List<?>... lists) {
    ValueSet seen = new ValueSet();
    List<@Nullable Object> distinct = new ArrayList<>();
    for (List<?> list : lists) {
      for (Object element : list) {
        if (seen.add(element)) {
          distinct.add(element);
        }
      }
    }
    return Collections.unmodifiableList(distinct);
  }

  private static List<@Nullable Object> selected(List<?> list, List<?> other, boolean there) {
    ValueSet others = new ValueSet();
    for (Object element : other) {
      others.add(element);
    }
    ValueSet seen = new ValueSet();
    List<@Nullable Object> selected = new ArrayList<>();
    for (Object element : list) {
      if (others.contains(element) == there && seen.add(element)) {
        selected.add(element);
      }
    }
    return Collections.unmodifiableList(selected);
  }

  private static void addLists(Library library) {
    library.define(
        "list.zip(left :: LIST<ANY>, right :: LIST<ANY>) :: LIST<LIST<ANY>>",
        "Pairs of the elements of two lists, as many as the shorter one has.",
        a -> {
          List<?> left = (List<?>) a[0];
          List<?> right = (List<?>) a[1];
          int size = Sizes.list("list.zip", Math.min(left.size(), right.size()));
          List<@Nullable Object> pairs = new ArrayList<>(size);
          for (int i = 0; i < size; i++) {
            List<@Nullable Object> pair = new ArrayList<>(2);
            pair.add(left.get(i));
            pair.add(right.get(i));
            pairs.add(Collections.unmodifiableList(pair));
          }
          return Collections.unmodifiableList(pairs);
        });
    library.define(
        "list.chunks(list :: LIST<ANY>, size :: INTEGER) :: LIST<LIST<ANY>>",
        "The list cut into lists of a size; the last may be shorter.",
        a -> {
          List<?> list = (List<?>) a[0];
          long size = Sizes.atLeast("list.chunks", 2, a[1], 1);
          List<@Nullable Object> chunks = new ArrayList<>();
          for (long from = 0; from < list.size(); from += Math.min(size, list.size())) {
            chunks.add(ListNamespace.part(list, from, Math.min(size, list.size()) + from));
          }
          return Collections.unmodifiableList(chunks);
        });
    library.define(
        "list.windows(list :: LIST<ANY>, size :: INTEGER, step = 1 :: INTEGER)"
            + " :: LIST<LIST<ANY>>",
        "All lists of a size that stand next to each other, a step apart.",
        a -> windows((List<?>) a[0], a));
    library.add(
        "list.split_by(list :: LIST<ANY>, separator :: ANY) :: LIST<LIST<ANY>>",
        "The parts of a list between the elements that are a separator, which may be null.",
        (a, context) ->
            a[0] == null ? null : splitBy(Arguments.list("list.split_by", 1, a[0]), a[1]));
    library.define(
        "list.flatten(list :: LIST<ANY>, depth = 1 :: INTEGER) :: LIST<ANY>",
        "The list with the elements of the lists in it, to a depth; -1 is any.",
        a -> {
          long depth = a.length > 1 ? Sizes.atLeast("list.flatten", 2, a[1], -1) : 1;
          List<@Nullable Object> flat = new ArrayList<>();
          flatten((List<?>) a[0], depth < 0 ? Long.MAX_VALUE : depth, 0, flat);
          return Collections.unmodifiableList(flat);
        });
    library.define(
        "list.combinations(list :: LIST<ANY>, size :: INTEGER) :: LIST<LIST<ANY>>",
        "All choices of so many elements, in their order.",
        a -> combinations((List<?>) a[0], Sizes.count("list.combinations", 2, a[1])));
  }

  private static Object windows(List<?> list, Object[] a) {
    long size = Sizes.atLeast("list.windows", 2, a[1], 1);
    long step = a.length > 2 ? Sizes.atLeast("list.windows", 3, a[2], 1) : 1;
    List<@Nullable Object> windows = new ArrayList<>();
    if (size > list.size()) {
      return List.of();
    }
    long count = (list.size() - size) / step + 1;
    // A bound on all that is kept, not on the number of windows alone.
    Sizes.list("list.windows", count * size);
    for (long i = 0; i < count; i++) {
      windows.add(ListNamespace.part(list, i * step, i * step + size));
    }
    return Collections.unmodifiableList(windows);
  }

  private static Object splitBy(List<?> list, @Nullable Object separator) {
    List<@Nullable Object> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < list.size(); i++) {
      if (ValueEquality.equivalent(list.get(i), separator)) {
        parts.add(ListNamespace.part(list, from, i));
        from = i + 1;
      }
    }
    parts.add(ListNamespace.part(list, from, list.size()));
    return Collections.unmodifiableList(parts);
  }

  private static void flatten(List<?> list, long depth, int nesting, List<@Nullable Object> flat) {
    if (nesting > ValueCodec.MAX_NESTING) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a value is nested deeper than " + ValueCodec.MAX_NESTING);
    }
    for (Object element : list) {
      if (element instanceof List<?> inner && nesting < depth) {
        flatten(inner, depth, nesting + 1, flat);
      } else {
        Sizes.list("list.flatten", flat.size() + 1L);
        flat.add(element);
      }
    }
  }

  private static Object combinations(List<?> list, long size) {
    int n = list.size();
    if (size > n) {
      return List.of();
    }
    int k = (int) size;
    long count = 1;
    for (int i = 1; i <= Math.min(k, n - k); i++) {
      // Every step is a binomial coefficient, so the division leaves nothing.
      count = count * (n - Math.min(k, n - k) + i) / i;
      Sizes.list("list.combinations", count);
    }
    Sizes.list("list.combinations", count * Math.max(1, k));
    List<@Nullable Object> all = new ArrayList<>();
    int[] chosen = new int[k];
    for (int i = 0; i < k; i++) {
      chosen[i] = i;
    }
    while (true) {
      List<@Nullable Object> combination = new ArrayList<>(k);
      for (int index : chosen) {
        combination.add(list.get(index));
      }
      all.add(Collections.unmodifiableList(combination));
      int last = k - 1;
      while (last >= 0 && chosen[last] == n - k + last) {
        last--;
      }
      if (last < 0) {
        return Collections.unmodifiableList(all);
      }
      chosen[last]++;
      for (int i = last + 1; i < k; i++) {
        chosen[i] = chosen[i - 1] + 1;
      }
    }
  }

  private static void addChance(Library library) {
    library.defineUnsteady(
        "list.shuffle(list :: LIST<ANY>) :: LIST<ANY>",
        "The elements in a random order.",
        (a, context) -> {
          List<?> list = (List<?>) a[0];
          return Collections.unmodifiableList(chosen(list, list.size(), context));
        });
    library.defineUnsteady(
        "list.sample(list :: LIST<ANY>, count :: INTEGER) :: LIST<ANY>",
        "So many random elements, none twice; all in a random order when there are no more.",
        (a, context) -> {
          List<?> list = (List<?>) a[0];
          long count = Math.min(Sizes.count("list.sample", 2, a[1]), list.size());
          return ListNamespace.part(chosen(list, (int) count, context), 0, count);
        });
  }

  /** A copy whose first elements, so many, are chosen at random (Fisher and Yates). */
  private static List<@Nullable Object> chosen(List<?> list, int count, FunctionContext context) {
    Sizes.list("list.shuffle", list.size());
    List<@Nullable Object> copy = new ArrayList<>(list);
    for (int i = 0; i < count; i++) {
      Collections.swap(copy, i, i + (int) (context.random() * (copy.size() - i)));
    }
    return copy;
  }
}
