package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.weftdb.cypher.plan.IndexRange;

/** Compiles what indexes are asked for. */
final class RangeCompiler {
  private final ScalarCompiler scalars;

  RangeCompiler(ScalarCompiler scalars) {
    this.scalars = scalars;
  }

  IndexLookup.Range compile(IndexRange range, BitSet columns) {
    return switch (range) {
      case IndexRange.Equal equal ->
          new IndexLookup.Range.Equal(scalars.compile(equal.value(), columns));
      case IndexRange.AnyOf anyOf ->
          new IndexLookup.Range.AnyOf(scalars.compile(anyOf.list(), columns));
      case IndexRange.Between between ->
          new IndexLookup.Range.Between(
              scalars.compileOrNull(between.lower(), columns),
              between.lowerInclusive(),
              scalars.compileOrNull(between.upper(), columns),
              between.upperInclusive());
      case IndexRange.Prefix prefix ->
          new IndexLookup.Range.Prefix(scalars.compile(prefix.prefix(), columns));
      case IndexRange.Any any -> new IndexLookup.Range.Any();
      case IndexRange.Containing containing ->
          new IndexLookup.Range.Containing(scalars.compile(containing.part(), columns));
      case IndexRange.SamePlace same ->
          new IndexLookup.Range.SamePlace(scalars.compile(same.value(), columns));
      case IndexRange.Near near ->
          new IndexLookup.Range.Near(
              scalars.compile(near.center(), columns), scalars.compile(near.radius(), columns));
      case IndexRange.InBox box ->
          new IndexLookup.Range.InBox(
              scalars.compile(box.lowerLeft(), columns),
              scalars.compile(box.upperRight(), columns));
      case IndexRange.Tuple tuple -> {
        List<IndexLookup.Range> parts = new ArrayList<>();
        for (IndexRange part : tuple.parts()) {
          parts.add(compile(part, columns));
        }
        yield new IndexLookup.Range.Tuple(parts);
      }
    };
  }
}
