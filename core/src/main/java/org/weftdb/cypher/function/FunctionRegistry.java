package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.FunctionSignature;
import org.weftdb.cypher.semantic.FunctionSignatures;
import org.weftdb.value.Texts;

/**
 * All functions by canonical name: the name in lower case, with its namespace, aliases included.
 *
 * <p>Does not change, and is safe for any number of threads.
 */
public final class FunctionRegistry implements FunctionSignatures {
  /** Longer names are not compared with those of functions. */
  private static final int MAX_COMPARED_LENGTH = 64;

  private static final FunctionRegistry STANDARD = new FunctionRegistry();

  private final Map<String, FunctionDefinition> scalars = new HashMap<>();
  private final Map<String, AggregateFunction> aggregates = new HashMap<>();
  private final List<FunctionDescription> constructs = new ArrayList<>();

  /** The sorted table, made when it is first asked for. */
  private @Nullable List<FunctionDescription> descriptions;

  private FunctionRegistry() {
    for (AggregateFunction function : AggregateFunction.values()) {
      aggregates.put(Texts.lowerAscii(function.functionName()), function);
    }
    Library library = new Library(scalars, constructs);
    GraphFunctions.addTo(library);
    ListFunctions.addTo(library);
    TextFunctions.addTo(library);
    ConversionFunctions.addTo(library);
    MathFunctions.addTo(library);
    GeneralFunctions.addTo(library);
    TemporalFunctions.addTo(library);
    DurationFunctions.addTo(library);
    SpatialFunctions.addTo(library);
    VectorFunctions.addTo(library);
    ListNamespace.addTo(library);
    ListAlgebra.addTo(library);
    MapNamespace.addTo(library);
    NumberNamespace.addTo(library);
    StringNamespace.addTo(library);
    NormalizeFunctions.addTo(library);
    TextNamespace.addTo(library);
    TemporalNamespace.addTo(library);
    EntityNamespaces.addTo(library);
    JsonFunctions.addTo(library);
    BytesNamespace.addTo(library);
    HashFunctions.addTo(library);
  }

  private List<FunctionDescription> sortedDescriptions() {
    List<FunctionDescription> all = new ArrayList<>(constructs);
    for (FunctionDefinition definition : scalars.values()) {
      all.add(definition.description());
    }
    for (AggregateFunction function : AggregateFunction.values()) {
      all.add(function.description());
    }
    all.sort((a, b) -> Texts.compare(Texts.lowerAscii(a.name()), Texts.lowerAscii(b.name())));
    return Collections.unmodifiableList(all);
  }

  /** The functions of WeftDB. */
  public static FunctionRegistry standard() {
    return STANDARD;
  }

  /**
   * The table of all functions, aggregates and what is called like a function (such as {@code
   * reduce}), sorted by their names without regard to case.
   */
  public List<FunctionDescription> descriptions() {
    List<FunctionDescription> sorted = descriptions;
    if (sorted == null) {
      sorted = sortedDescriptions();
      descriptions = sorted;
    }
    return sorted;
  }

  /** The scalar function of a canonical name, or null. */
  public @Nullable FunctionDefinition scalar(String canonicalName) {
    return scalars.get(canonicalName);
  }

  /** The aggregate function of a canonical name, or null. */
  public @Nullable AggregateFunction aggregate(String canonicalName) {
    return aggregates.get(canonicalName);
  }

  @Override
  public @Nullable FunctionSignature find(String lowerCaseName) {
    FunctionDefinition scalar = scalars.get(lowerCaseName);
    if (scalar != null) {
      return scalar.signature();
    }
    AggregateFunction aggregate = aggregates.get(lowerCaseName);
    return aggregate == null ? null : aggregate.signature();
  }

  @Override
  public @Nullable String whyNotSupported(String lowerCaseName) {
    return switch (lowerCaseName) {
      case "distance" -> "point.distance() is its name";
      case "graph.byelementid", "graph.byname", "graph.names", "graph.propertiesbyname" ->
          "it is about databases that are made of others, and there is one database here";
      default -> null;
    };
  }

  @Override
  public @Nullable String nearest(String lowerCaseName) {
    if (lowerCaseName.length() > MAX_COMPARED_LENGTH) {
      return null;
    }
    int[] wanted = CodePoints.of(lowerCaseName);
    // A third of the letters may be wrong, and one of a short name.
    long least = Math.max(1, wanted.length / 3) + 1;
    String nearest = null;
    for (FunctionDescription description : descriptions()) {
      int[] name = CodePoints.of(Texts.lowerAscii(description.name()));
      long distance = TextDistance.edits("nearest", wanted, name, true);
      if (distance < least) {
        least = distance;
        nearest = description.name();
      }
    }
    return nearest;
  }
}
