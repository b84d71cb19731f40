package org.weftdb.engine;

import java.util.function.Consumer;
import org.weftdb.csv.CsvSource;
import org.weftdb.cypher.procedure.ProcedureRegistry;
import org.weftdb.cypher.procedure.UserFunctions;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.Durability;
import org.weftdb.log.LogOptions;
import org.weftdb.value.TextNormalizer;
import org.weftdb.value.temporal.ZoneRules;

/**
 * What an engine takes from outside.
 *
 * @param durability when a commit is durable; without a storage it has no meaning
 * @param segmentBytes size at which a log segment is followed by another
 * @param planCacheSize how many plans are kept
 * @param newDatabaseId random bits that become the id of a database made by this open; an existing
 *     one keeps its own
 * @param randomSeed seed of everything random in queries
 * @param clock tells queries the time
 * @param writeTurn lets writers in one after another
 * @param cancellation stops queries
 * @param zoneRules the rules of named time zones
 * @param textNormalizer the normalization of Unicode
 * @param procedures what queries may call
 * @param functions what they may call beside the built-in functions
 * @param csvSource what queries may load
 * @param limits what a query may use at most
 */
public record EngineOptions(
    Durability durability,
    int segmentBytes,
    int planCacheSize,
    DatabaseId newDatabaseId,
    long randomSeed,
    Clock clock,
    WriteTurn writeTurn,
    Cancellation cancellation,
    ZoneRules zoneRules,
    TextNormalizer textNormalizer,
    ProcedureRegistry procedures,
    UserFunctions functions,
    CsvSource csvSource,
    QueryLimits limits) {
  /** How many plans are kept when nothing else is said. */
  public static final int DEFAULT_PLAN_CACHE_SIZE = 256;

  public EngineOptions {
    if (planCacheSize < 0) {
      throw new IllegalArgumentException("a plan cache of " + planCacheSize);
    }
    if (segmentBytes < 1) {
      throw new IllegalArgumentException("segments of " + segmentBytes + " bytes");
    }
  }

  /** For one thread, with a seed and a clock, and otherwise as usual. */
  public static EngineOptions singleThreaded(long randomSeed, Clock clock) {
    return new EngineOptions(
        Durability.PER_COMMIT,
        LogOptions.DEFAULT_SEGMENT_BYTES,
        DEFAULT_PLAN_CACHE_SIZE,
        new DatabaseId(randomSeed, ~randomSeed),
        randomSeed,
        clock,
        new SingleThreadTurn(),
        () -> false,
        ZoneRules.NONE,
        TextNormalizer.NONE,
        ProcedureRegistry.builtIn(),
        UserFunctions.NONE,
        CsvSource.NONE,
        QueryLimits.DEFAULT);
  }

  /** The same with another durability. */
  public EngineOptions withDurability(Durability other) {
    return with(copy -> copy.durability = other);
  }

  /** The same with segments of another size. */
  public EngineOptions withSegmentBytes(int other) {
    return with(copy -> copy.segmentBytes = other);
  }

  /** The same with rules of named time zones. */
  public EngineOptions withZoneRules(ZoneRules other) {
    return with(copy -> copy.zoneRules = other);
  }

  /** The same with a normalization of Unicode. */
  public EngineOptions withTextNormalizer(TextNormalizer other) {
    return with(copy -> copy.textNormalizer = other);
  }

  /** The same with what queries may call beside what is built in. */
  public EngineOptions withExtensions(
      ProcedureRegistry otherProcedures, UserFunctions otherFunctions) {
    return with(
        copy -> {
          copy.procedures = otherProcedures;
          copy.functions = otherFunctions;
        });
  }

  /** The same with tables to load. */
  public EngineOptions withCsvSource(CsvSource other) {
    return with(copy -> copy.csvSource = other);
  }

  /** The same with another way to stop queries. */
  public EngineOptions withCancellation(Cancellation other) {
    return with(copy -> copy.cancellation = other);
  }

  /** The same with other limits of a query. */
  public EngineOptions withLimits(QueryLimits other) {
    return with(copy -> copy.limits = other);
  }

  private EngineOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new EngineOptions(
        copy.durability,
        copy.segmentBytes,
        planCacheSize,
        newDatabaseId,
        randomSeed,
        clock,
        writeTurn,
        copy.cancellation,
        copy.zoneRules,
        copy.textNormalizer,
        copy.procedures,
        copy.functions,
        copy.csvSource,
        copy.limits);
  }

  /** What can be changed. */
  private static final class Copy {
    Durability durability;
    int segmentBytes;
    Cancellation cancellation;
    ZoneRules zoneRules;
    TextNormalizer textNormalizer;
    ProcedureRegistry procedures;
    UserFunctions functions;
    CsvSource csvSource;
    QueryLimits limits;

    Copy(EngineOptions source) {
      durability = source.durability;
      segmentBytes = source.segmentBytes;
      cancellation = source.cancellation;
      zoneRules = source.zoneRules;
      textNormalizer = source.textNormalizer;
      procedures = source.procedures;
      functions = source.functions;
      csvSource = source.csvSource;
      limits = source.limits;
    }
  }
}
