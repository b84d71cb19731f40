package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Arithmetic;
import org.weftdb.value.ValueEquality;
import org.weftdb.value.ValueOrder;

/**
 * Functions of the namespace {@code list} that aggregate a list, and that take and place elements.
 * Indexes count from 0, those below 0 from the end.
 */
final class ListNamespace {
  private ListNamespace() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.LIST);
    addAggregates(library);
    addParts(library);
    addChanges(library);
    library.alias("list.reverse", "reverse");
    library.alias("list.first", "head");
    library.alias("list.rest", "tail");
    library.alias("list.last", "last");
    library.alias("list.size", "size");
    library.alias("list.is_empty", "isEmpty");
    library.alias("list.range", "range");
    library.alias("coll.max", "list.max");
    library.alias("coll.min", "list.min");
    library.alias("coll.sort", "list.sort");
    library.alias("coll.insert", "list.insert");
    library.alias("coll.remove", "list.remove");
  }

  private static void addAggregates(Library library) {
    addAggregate(
        library,
        "list.sum(list :: LIST<ANY>) :: INTEGER | FLOAT | DURATION",
        "The sum of the elements that are not null; 0 without any.",
        AggregateFunction.SUM);
    addAggregate(
        library,
        "list.avg(list :: LIST<ANY>) :: INTEGER | FLOAT | DURATION",
        "The average of the elements that are not null; null without any.",
        AggregateFunction.AVG);
    addAggregate(
        library,
        "list.min(list :: LIST<ANY>) :: ANY",
        "The least element that is not null; null without any.",
        AggregateFunction.MIN);
    addAggregate(
        library,
        "list.max(list :: LIST<ANY>) :: ANY",
        "The greatest element that is not null; null without any.",
        AggregateFunction.MAX);
    addAggregate(
        library,
        "list.stdev(list :: LIST<ANY>) :: FLOAT",
        "The standard deviation of the numbers in a list, as of a sample.",
        AggregateFunction.ST_DEV);
    addAggregate(
        library,
        "list.median(list :: LIST<ANY>) :: FLOAT",
        "The number in the middle, or halfway between the two in the middle; null without any.",
        AggregateFunction.PERCENTILE_CONT,
        0.5);
    library.define(
        "list.product(list :: LIST<ANY>) :: INTEGER | FLOAT",
        "The product of the elements that are not null; 1 without any.",
        a -> {
          Object product = 1L;
          for (Object element : (List<?>) a[0]) {
            if (element != null) {
              product = Arithmetic.multiply(product, element);
            }
          }
          return product;
        });
    library.define(
        "list.scan(list :: LIST<ANY>) :: LIST<ANY>",
        "The sums of the first one, two, three, ... elements.",
        a -> {
          List<@Nullable Object> sums = new ArrayList<>();
          Object sum = null;
          boolean first = true;
          for (Object element : (List<?>) a[0]) {
            sum = first ? element : Arithmetic.add(sum, element);
            first = false;
            sums.add(sum);
          }
          return Collections.unmodifiableList(sums);
        });
  }

  private static void addAggregate(
      Library library,
      String signature,
      String description,
      AggregateFunction function,
      Object... constants) {
    library.define(
        signature,
        description,
        a -> {
          Aggregator aggregator = function.create(constants);
          for (Object element : (List<?>) a[0]) {
            aggregator.add(element);
          }
          return aggregator.result();
        });
  }

  private static void addParts(Library library) {
    library.define(
        "list.init(list :: LIST<ANY>) :: LIST<ANY>",
        "All elements but the last.",
        a -> part((List<?>) a[0], 0, ((List<?>) a[0]).size() - 1L));
    library.define(
        "list.at(list :: LIST<ANY>, index :: INTEGER) :: ANY",
        "The element at an index, from the end when it is below 0; null when there is none.",
        a -> {
          List<?> list = (List<?>) a[0];
          long index = fromEnd(list, (Long) a[1]);
          return index < 0 || index >= list.size() ? null : list.get((int) index);
        });
    library.define(
        "list.slice(list :: LIST<ANY>, from :: INTEGER, to = the end :: INTEGER) :: LIST<ANY>",
        "The elements from an index to below another, from the end when they are below 0.",
        a -> {
          List<?> list = (List<?>) a[0];
          long to = a.length > 2 ? fromEnd(list, (Long) a[2]) : list.size();
          return part(list, fromEnd(list, (Long) a[1]), to);
        });
    library.define(
        "list.take(list :: LIST<ANY>, count :: INTEGER) :: LIST<ANY>",
        "The first elements, so many.",
        a -> part((List<?>) a[0], 0, Sizes.count("list.take", 2, a[1])));
    library.define(
        "list.drop(list :: LIST<ANY>, count :: INTEGER) :: LIST<ANY>",
        "All but the first elements, so many.",
        a -> part((List<?>) a[0], Sizes.count("list.drop", 2, a[1]), Long.MAX_VALUE));
    library.define(
        "list.take_last(list :: LIST<ANY>, count :: INTEGER) :: LIST<ANY>",
        "The last elements, so many.",
        a -> {
          List<?> list = (List<?>) a[0];
          return part(list, list.size() - Sizes.count("list.take_last", 2, a[1]), list.size());
        });
    library.define(
        "list.drop_last(list :: LIST<ANY>, count :: INTEGER) :: LIST<ANY>",
        "All but the last elements, so many.",
        a -> {
          List<?> list = (List<?>) a[0];
          return part(list, 0, list.size() - Sizes.count("list.drop_last", 2, a[1]));
        });
    library.define(
        "list.compact(list :: LIST<ANY>) :: LIST<ANY>",
        "The elements that are not null.",
        a -> {
          List<@Nullable Object> kept = new ArrayList<>();
          for (Object element : (List<?>) a[0]) {
            if (element != null) {
              kept.add(element);
            }
          }
          return Collections.unmodifiableList(kept);
        });
    library.define(
        "list.sort(list :: LIST<ANY>, descending = false :: BOOLEAN) :: LIST<ANY>",
        "The elements in the order of ORDER BY.",
        a -> {
          List<@Nullable Object> sorted = new ArrayList<>((List<?>) a[0]);
          boolean descending = a.length > 1 && (Boolean) a[1];
          sorted.sort(
              descending ? (left, right) -> ValueOrder.compare(right, left) : ValueOrder.ASCENDING);
          return Collections.unmodifiableList(sorted);
        });
  }

  private static void addChanges(Library library) {
    library.define(
        "list.concat(list :: LIST<ANY>, others :: LIST<ANY>...) :: LIST<ANY>",
        "The elements of all lists, one after another.",
        a -> {
          long size = 0;
          for (Object list : a) {
            size += ((List<?>) list).size();
          }
          List<@Nullable Object> all = new ArrayList<>(Sizes.list("list.concat", size));
          for (Object list : a) {
            all.addAll((List<?>) list);
          }
          return Collections.unmodifiableList(all);
        });
    library.add(
        "list.append(list :: LIST<ANY>, element :: ANY) :: LIST<ANY>",
        "The list with an element behind it, which may be null.",
        (a, context) -> inserted("list.append", a[0], Long.MAX_VALUE, a[1]));
    library.add(
        "list.prepend(list :: LIST<ANY>, element :: ANY) :: LIST<ANY>",
        "The list with an element before it, which may be null.",
        (a, context) -> inserted("list.prepend", a[0], 0, a[1]));
    library.add(
        "list.insert(list :: LIST<ANY>, index :: INTEGER, element :: ANY) :: LIST<ANY>",
        "The list with an element, which may be null, before the one at an index.",
        (a, context) ->
            a[1] == null
                ? null
                : inserted("list.insert", a[0], Arguments.integer("list.insert", 2, a[1]), a[2]));
    library.define(
        "list.remove(list :: LIST<ANY>, index :: INTEGER) :: LIST<ANY>",
        "The list without the element at an index.",
        a -> {
          List<@Nullable Object> rest = new ArrayList<>((List<?>) a[0]);
          long index = fromEnd(rest, (Long) a[1]);
          if (index < 0 || index >= rest.size()) {
            throw outOfBounds("list.remove", (Long) a[1], rest.size());
          }
          rest.remove((int) index);
          return Collections.unmodifiableList(rest);
        });
    library.add(
        "list.repeat(element :: ANY, count :: INTEGER) :: LIST<ANY>",
        "A list of an element, which may be null, so many times.",
        (a, context) -> {
          if (a[1] == null) {
            return null;
          }
          int size = Sizes.list("list.repeat", Sizes.count("list.repeat", 2, a[1]));
          return Collections.unmodifiableList(
              new ArrayList<@Nullable Object>(Collections.nCopies(size, a[0])));
        });
    library.define(
        "list.equal_unordered(left :: LIST<ANY>, right :: LIST<ANY>) :: BOOLEAN",
        "Whether two lists have the same elements equally often, in any order.",
        a -> {
          List<@Nullable Object> left = new ArrayList<>((List<?>) a[0]);
          List<@Nullable Object> right = new ArrayList<>((List<?>) a[1]);
          left.sort(ValueOrder.ASCENDING);
          right.sort(ValueOrder.ASCENDING);
          return ValueEquality.equivalent(left, right);
        });
  }

  private static @Nullable Object inserted(
      String function, @Nullable Object into, long index, @Nullable Object element) {
    if (into == null) {
      return null;
    }
    List<@Nullable Object> list = new ArrayList<>(Arguments.list(function, 1, into));
    long at = index == Long.MAX_VALUE ? list.size() : fromEnd(list, index);
    if (at < 0 || at > list.size()) {
      throw outOfBounds(function, index, list.size());
    }
    list.add((int) at, element);
    return Collections.unmodifiableList(list);
  }

  private static WeftException outOfBounds(String function, long index, int size) {
    return new WeftException(
        ErrorCode.NUMBER_OUT_OF_RANGE,
        function + "(): there is no index " + index + " in a list of " + size);
  }

  private static long fromEnd(List<?> list, long index) {
    return index < 0 ? index + list.size() : index;
  }

  /** The elements from an index to below another, as far as they are there. */
  static List<@Nullable Object> part(List<?> list, long from, long to) {
    int first = (int) Math.max(0, Math.min(from, list.size()));
    int end = (int) Math.max(first, Math.min(to, list.size()));
    List<@Nullable Object> part = new ArrayList<>(end - first);
    for (int i = first; i < end; i++) {
      part.add(list.get(i));
    }
    return Collections.unmodifiableList(part);
  }
}
