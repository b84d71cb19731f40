package org.weftdb.cypher.function;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.function.regex.RegexCache;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.TextNormalizer;
import org.weftdb.value.temporal.ZoneRules;

/**
 * What a function may ask of the query that calls it: the graph, chance and the clock.
 *
 * <p>An entity is a {@link NodeReference} or a {@link RelationshipReference}. Reading labels or
 * properties of an entity that the query has deleted is an error of {@link
 * org.weftdb.error.ErrorCode#DELETED_ENTITY_ACCESS}; the type and the ends of a deleted
 * relationship stay readable.
 */
public interface FunctionContext {
  /** What the one database is called where Neo4j has several. */
  String DATABASE_NAME = "weft";

  /** The names of the node's labels, sorted. */
  List<String> labels(NodeReference node);

  /** The name of the relationship's type. */
  String type(RelationshipReference relationship);

  NodeReference startNode(RelationshipReference relationship);

  NodeReference endNode(RelationshipReference relationship);

  /** The properties of a node or relationship, sorted by key. */
  Map<String, @Nullable Object> properties(Object entity);

  /** The keys of the properties that a node or relationship has, sorted. */
  List<String> keys(Object entity);

  /** A random number from 0 (inclusive) to 1 (exclusive), a multiple of 2^-53. */
  double random();

  /** Milliseconds since 1970-01-01T00:00Z, the same for the whole statement. */
  long timestampMillis();

  /** The time at which the transaction began. */
  default long transactionMillis() {
    return timestampMillis();
  }

  /** The time of the call. */
  default long realtimeMillis() {
    return timestampMillis();
  }

  /**
   * A function is about to make so many bytes, beside its result, or has worked on as many.
   *
   * @param function what messages call it
   * @throws org.weftdb.error.WeftException when the query may not use so much memory, or is to end
   */
  default void making(long bytes, String function) {}

  /** The normalization of Unicode. */
  default TextNormalizer textNormalizer() {
    return TextNormalizer.NONE;
  }

  /** The regular expressions used last. */
  default RegexCache regexes() {
    return new RegexCache();
  }

  /** Takes note of steps done in a loop; fails when the query was cancelled. */
  default void work(int steps) {}

  /** The rules of named time zones. */
  default ZoneRules zoneRules() {
    return ZoneRules.NONE;
  }
}
