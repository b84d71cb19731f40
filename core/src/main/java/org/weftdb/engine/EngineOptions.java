package org.weftdb.engine;

import java.util.function.Consumer;
import org.weftdb.csv.CsvSource;
import org.weftdb.cypher.procedure.ProcedureRegistry;
import org.weftdb.cypher.procedure.UserFunctions;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.SharedWork;
import org.weftdb.value.TextNormalizer;
import org.weftdb.value.temporal.ZoneRules;

/**
 * What an engine takes from outside.
 *
 * @param storage how a storage is used; without one it has no meaning
 * @param planCacheSize how many plans are kept
 * @param newDatabaseId random bits that become the id of a database made by this open; an existing
 *     one keeps its own
 * @param randomSeed seed of everything random in queries
 * @param clock tells queries the time
 * @param writeTurn lets writers in one after another
 * @param syncs lets one of several who wait for their commits make them durable for all
 * @param cancellation stops queries
 * @param zoneRules the rules of named time zones
 * @param textNormalizer the normalization of Unicode
 * @param procedures what queries may call
 * @param functions what they may call beside the built-in functions
 * @param csvSource what queries may load
 * @param limits what a query may use at most
 * @param afterCommit called after each commit, by the thread that made it; must be quick and not
 *     fail
 */
public record EngineOptions(
    StorageOptions storage,
    int planCacheSize,
    DatabaseId newDatabaseId,
    long randomSeed,
    Clock clock,
    WriteTurn writeTurn,
    SharedWork syncs,
    Cancellation cancellation,
    ZoneRules zoneRules,
    TextNormalizer textNormalizer,
    ProcedureRegistry procedures,
    UserFunctions functions,
    CsvSource csvSource,
    QueryLimits limits,
    Runnable afterCommit) {
  /** How many plans are kept when nothing else is said. */
  public static final int DEFAULT_PLAN_CACHE_SIZE = 256;

  public EngineOptions {
    if (planCacheSize < 0) {
      throw new IllegalArgumentException("a plan cache of " + planCacheSize);
    }
  }

  /** For one thread, with a seed and a clock, and otherwise as usual. */
  public static EngineOptions singleThreaded(long randomSeed, Clock clock) {
    return new EngineOptions(
        StorageOptions.DEFAULT,
        DEFAULT_PLAN_CACHE_SIZE,
        new DatabaseId(randomSeed, ~randomSeed),
        randomSeed,
        clock,
        new SingleThreadTurn(),
        SharedWork.ALONE,
        () -> false,
        ZoneRules.NONE,
        TextNormalizer.NONE,
        ProcedureRegistry.builtIn(),
        UserFunctions.NONE,
        CsvSource.NONE,
        QueryLimits.DEFAULT,
        () -> {});
  }

  /** The same with another use of the storage. */
  public EngineOptions withStorage(StorageOptions other) {
    return with(copy -> copy.storage = other);
  }

  /** The same with another id for a database that is made. */
  public EngineOptions withDatabaseId(DatabaseId other) {
    return with(copy -> copy.newDatabaseId = other);
  }

  /** The same for several threads. */
  public EngineOptions withThreads(WriteTurn turn, SharedWork sharedSyncs) {
    return with(
        copy -> {
          copy.writeTurn = turn;
          copy.syncs = sharedSyncs;
        });
  }

  /** The same with something else to call after each commit. */
  public EngineOptions withAfterCommit(Runnable other) {
    return with(copy -> copy.afterCommit = other);
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
        copy.storage,
        planCacheSize,
        copy.newDatabaseId,
        randomSeed,
        clock,
        copy.writeTurn,
        copy.syncs,
        copy.cancellation,
        copy.zoneRules,
        copy.textNormalizer,
        copy.procedures,
        copy.functions,
        copy.csvSource,
        copy.limits,
        copy.afterCommit);
  }

  /** What can be changed. */
  private static final class Copy {
    StorageOptions storage;
    DatabaseId newDatabaseId;
    WriteTurn writeTurn;
    SharedWork syncs;
    Cancellation cancellation;
    ZoneRules zoneRules;
    TextNormalizer textNormalizer;
    ProcedureRegistry procedures;
    UserFunctions functions;
    CsvSource csvSource;
    QueryLimits limits;
    Runnable afterCommit;

    Copy(EngineOptions source) {
      storage = source.storage;
      newDatabaseId = source.newDatabaseId;
      writeTurn = source.writeTurn;
      syncs = source.syncs;
      cancellation = source.cancellation;
      zoneRules = source.zoneRules;
      textNormalizer = source.textNormalizer;
      procedures = source.procedures;
      functions = source.functions;
      csvSource = source.csvSource;
      limits = source.limits;
      afterCommit = source.afterCommit;
    }
  }
}
