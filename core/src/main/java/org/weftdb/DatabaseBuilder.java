package org.weftdb;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.csv.CsvSource;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.cypher.procedure.ProcedureRegistry;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.cypher.procedure.UserFunctions;
import org.weftdb.engine.CheckpointPolicy;
import org.weftdb.engine.Engine;
import org.weftdb.engine.EngineOptions;
import org.weftdb.engine.OpeningListener;
import org.weftdb.engine.QueryLimits;
import org.weftdb.engine.StorageOptions;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.jvm.CsvDirectory;
import org.weftdb.jvm.FileStorage;
import org.weftdb.jvm.JdkTextNormalizer;
import org.weftdb.jvm.JdkZoneRules;
import org.weftdb.jvm.SnapshotOptions;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.Durability;

/**
 * Settings of a database, got from {@link Database#builder}; every setter returns the builder.
 *
 * <p>A builder may be used for several databases. It must not be used by several threads at once.
 */
public final class DatabaseBuilder {
  private StorageOptions storage = StorageOptions.DEFAULT;
  private int planCacheSize = EngineOptions.DEFAULT_PLAN_CACHE_SIZE;
  private @Nullable Long randomSeed;
  private LongSupplier clockMillis = System::currentTimeMillis;
  private final List<Procedure> procedures = new ArrayList<>();
  private final List<UserFunction> functions = new ArrayList<>();
  private CsvSource csvSource = CsvSource.NONE;
  private LongSupplier memoryBytes = FreeMemory::half;
  private long timeoutMillis = QueryLimits.NO_TIMEOUT;
  private long writeTimeoutMillis;

  DatabaseBuilder() {}

  /** When commits are durable; {@link Durability#PER_COMMIT} when nothing is said. */
  public DatabaseBuilder durability(Durability value) {
    storage = storage.withDurability(value);
    return this;
  }

  /** Size at which a segment of the log is followed by another; 8 MiB when nothing is said. */
  public DatabaseBuilder segmentBytes(int value) {
    storage = storage.withSegmentBytes(value);
    return this;
  }

  /**
   * The most bytes that the changes of one transaction may take in the log; 1 GiB when nothing is
   * said. Larger ones are refused with {@link ErrorCode#VALUE_TOO_LARGE}.
   */
  public DatabaseBuilder maxCommitBytes(int value) {
    storage = storage.withMaxCommitBytes(value);
    return this;
  }

  /**
   * When checkpoints are made in the background, and how many snapshots are kept; {@link
   * CheckpointPolicy#DEFAULT} when nothing is said.
   */
  public DatabaseBuilder checkpoints(CheckpointPolicy value) {
    storage = storage.withCheckpoints(value);
    return this;
  }

  /** Is told how the opening goes on, in the thread that opens. */
  public DatabaseBuilder openingListener(OpeningListener value) {
    storage = storage.withOpening(value);
    return this;
  }

  /**
   * How long a transaction that writes waits for those before it, until it is refused with {@link
   * ErrorCode#WRITE_TURN_TIMED_OUT}; for ever when nothing is said, or 0.
   */
  public DatabaseBuilder writeTimeoutMillis(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a timeout of " + value + " ms");
    }
    writeTimeoutMillis = value;
    return this;
  }

  /** How many plans are kept; 256 when nothing is said. */
  public DatabaseBuilder planCacheSize(int value) {
    planCacheSize = value;
    return this;
  }

  /** Makes random numbers in queries, such as those of rand(), the same in each run. */
  public DatabaseBuilder randomSeed(long value) {
    randomSeed = value;
    return this;
  }

  /** Tells queries the time, in milliseconds since 1970. */
  public DatabaseBuilder clockMillis(LongSupplier value) {
    clockMillis = value;
    return this;
  }

  /**
   * Makes a procedure known to the queries of this database. It is not stored: whoever opens a
   * directory registers again what its queries call.
   */
  public DatabaseBuilder procedure(Procedure value) {
    procedures.add(value);
    return this;
  }

  /**
   * Lets LOAD CSV read the files of a directory, by their names or as {@code file:///name}, and
   * nothing outside of it. When nothing is said, LOAD CSV is refused.
   *
   * @throws WeftException {@link ErrorCode#NOT_A_DIRECTORY}
   */
  public DatabaseBuilder csvDirectory(Path value) {
    csvSource = new CsvDirectory(value);
    return this;
  }

  /** Lets LOAD CSV read what a source of the embedder's own opens. */
  public DatabaseBuilder csvSource(CsvSource value) {
    csvSource = value;
    return this;
  }

  /**
   * Makes a function known to the queries of this database. It is not stored: whoever opens a
   * directory registers again what its queries call.
   */
  public DatabaseBuilder function(UserFunction value) {
    functions.add(value);
    return this;
  }

  /**
   * About how many bytes of the heap a query may use, for what it sorts, groups and collects, for
   * its lists and strings and for what it changes before it is committed. When nothing is said,
   * half of what is free when it begins, and at least an eighth of the largest heap there can be. A
   * query that would use more is ended with {@link ErrorCode#MEMORY_LIMIT}.
   *
   * @param value from 1
   */
  public DatabaseBuilder queryMemoryBytes(long value) {
    if (value < 1) {
      throw new IllegalArgumentException("a query memory of " + value + " bytes");
    }
    memoryBytes = () -> value;
    return this;
  }

  /**
   * How long a query may run before it is ended with {@link ErrorCode#TIMED_OUT}; for ever when
   * nothing is said, or 0. The time of a query that reads passes also while nobody asks for rows.
   */
  public DatabaseBuilder timeoutMillis(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a timeout of " + value + " ms");
    }
    timeoutMillis = value;
    return this;
  }

  /** Makes an empty database in memory. */
  public Database inMemory() {
    return new Database(Engine.inMemory(options(() -> {})), null);
  }

  /** Opens a directory, as {@link Database#open} does. */
  public Database open(Path directory) {
    DatabaseDirectory.check(directory);
    FileStorage files = FileStorage.open(directory);
    Background background = new Background(storage.checkpoints());
    Engine engine = null;
    try {
      engine = Engine.open(files, options(background::afterCommit));
    } finally {
      if (engine == null) {
        files.close();
      }
    }
    background.start(engine);
    return new Database(engine, background);
  }

  /** Makes a database of an archive, as {@link Database#importArchive} does. */
  public Database importArchive(Path archive, SnapshotOptions options, Path directory) {
    try (SnapshotSource source = SnapshotSource.open(archive, options)) {
      Database database = open(directory);
      boolean imported = false;
      try {
        if (database.engine().lastLsn() > 0) {
          throw new WeftException(
              ErrorCode.FILE_ALREADY_EXISTS,
              directory + " holds a database; loadSnapshot replaces the graph of one");
        }
        source.loadInto(database.engine());
        imported = true;
        return database;
      } finally {
        if (!imported) {
          database.close();
        }
      }
    }
  }

  EngineOptions options(Runnable afterCommit) {
    SecureRandom random = new SecureRandom();
    return new EngineOptions(
        storage,
        planCacheSize,
        new DatabaseId(random.nextLong(), random.nextLong()),
        randomSeed == null ? random.nextLong() : randomSeed,
        new SystemClock(clockMillis),
        new FairWriteTurn(writeTimeoutMillis),
        new LeaderAndFollowers(),
        () -> Thread.currentThread().isInterrupted(),
        new JdkZoneRules(),
        new JdkTextNormalizer(),
        ProcedureRegistry.builtIn().with(procedures),
        UserFunctions.of(functions, FunctionRegistry.standard()),
        csvSource,
        new QueryLimits(memoryBytes, timeoutMillis),
        afterCommit);
  }
}
