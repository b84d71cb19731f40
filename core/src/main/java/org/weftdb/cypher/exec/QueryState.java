package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.Prng;
import org.weftdb.csv.CsvInput;
import org.weftdb.cypher.function.FunctionContext;
import org.weftdb.cypher.function.regex.RegexCache;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphView;
import org.weftdb.graph.Savepoint;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.TextNormalizer;
import org.weftdb.value.temporal.ZoneRules;

/**
 * What all parts of one execution share: the graph, the parameters, the variables of expressions,
 * the counters, and reading entities with the check that they were not deleted.
 */
final class QueryState implements FunctionContext {
  /** Less than a millisecond of the cheapest steps there are. */
  private static final int STEPS_BETWEEN_CHECKS = 4096;

  final GraphView graph;

  /** The graph as a transaction, or null when it is only read. */
  final @Nullable GraphTransaction transaction;

  final Map<String, @Nullable Object> parameters;

  /** Values of the variables that expressions bind, by slot. */
  final @Nullable Object[] locals;

  final Counters counters = new Counters();

  /** What the execution uses of what it may. */
  final QueryMemory memory;

  /** Measures the operators, or null when nobody wants to know. */
  final @Nullable Profile profile;

  /** Nodes of DELETE that still had relationships; gone when the statement ends, or an error. */
  final PendingDeletes pendingDeletes = new PendingDeletes();

  /** Whether this execution has deleted anything. */
  boolean deletes;

  /** Whether an inner transaction was committed. */
  private boolean hasCommitted;

  private final List<CsvInput> openTables = new ArrayList<>();

  private final ExecutionContext context;
  private final long timestampMillis;

  /** What the transaction had changed before, by which it is not this execution that grows. */
  private long changedBefore;

  private int stepsLeft = STEPS_BETWEEN_CHECKS;
  private final Prng random;
  private @Nullable RegexCache regexes;

  QueryState(
      GraphView graph,
      Map<String, @Nullable Object> parameters,
      ExecutionContext context,
      @Nullable Profile profile,
      int slotCount) {
    this.profile = profile;
    this.graph = graph;
    this.transaction = graph instanceof GraphTransaction writable ? writable : null;
    this.parameters = parameters;
    this.context = context;
    this.locals = new @Nullable Object[slotCount];
    this.timestampMillis = context.clockMillis();
    this.random = new Prng(context.randomSeed());
    this.memory = new QueryMemory(context::memoryBytes);
    this.changedBefore = transaction == null ? 0 : transaction.changedBytes();
    long bytes = 0;
    for (Object value : parameters.values()) {
      bytes += ValueSize.of(value);
    }
    if (bytes >= QueryMemory.WORTH_COUNTING) {
      memory.make(bytes, "the parameters");
    }
  }

  /** The transaction; an error when the graph may only be read. */
  GraphTransaction writable() {
    if (transaction == null) {
      throw new WeftException(
          ErrorCode.WRITE_IN_READ_TRANSACTION, "the statement writes, the transaction only reads");
    }
    return transaction;
  }

  /**
   * Counts steps of a loop, which need not be of one kind, and now and then looks whether the
   * caller has cancelled.
   */
  @Override
  public void work(int steps) {
    stepsLeft -= steps;
    if (stepsLeft <= 0) {
      stepsLeft = STEPS_BETWEEN_CHECKS;
      checkCancelled();
    }
  }

  @Override
  public void making(long bytes, String function) {
    work((int) Math.min(Integer.MAX_VALUE, STEPS_BETWEEN_CHECKS + (bytes >> 4)));
    memory.make(bytes, function);
  }

  /**
   * Stops with an error when the caller has cancelled, or when the transaction has grown by more
   * than the execution may use.
   */
  void checkCancelled() {
    if (transaction != null) {
      memory.setChanged(transaction.changedBytes() - changedBefore);
    }
    if (context.cancelled()) {
      throw new WeftException(ErrorCode.CANCELLED, "the query was cancelled");
    }
  }

  /** The procedure of a name that a statement was planned with. */
  Procedure procedure(String name) {
    Procedure procedure = context.procedures().procedure(name);
    if (procedure == null) {
      throw new WeftException(ErrorCode.PROCEDURE_NOT_FOUND, "there is no procedure " + name);
    }
    return procedure;
  }

  /** All procedures. */
  List<Procedure> procedures() {
    return context.procedures().all();
  }

  /** The functions of the embedder. */
  List<UserFunction> userFunctions() {
    return context.functions().all();
  }

  // ---- Tables -----------------------------------------------------------------------------------

  /** Opens a table for LOAD CSV; it is closed with {@link #closeCsv} or with the execution. */
  CsvInput openCsv(String url) {
    CsvInput input;
    try {
      input = context.csvSource().open(url);
    } catch (WeftException failure) {
      if (failure.code() != ErrorCode.CSV_PENDING || !hasCommitted) {
        throw failure;
      }
      throw new WeftException(
          ErrorCode.CSV_UNAVAILABLE,
          "'"
              + url
              + "' would have to be waited for, but the query has committed changes already and"
              + " cannot be run again; expected it at once",
          null,
          failure);
    }
    openTables.add(input);
    return input;
  }

  void closeCsv(CsvInput input) {
    openTables.remove(input);
    input.close();
  }

  /** Gives up what was opened and is not closed yet. */
  void close() {
    for (int i = openTables.size() - 1; i >= 0; i--) {
      openTables.get(i).close();
    }
    openTables.clear();
  }

  // ---- Inner transactions -----------------------------------------------------------------------

  /**
   * What must be in order when a statement or an inner transaction ends, before it is committed.
   *
   * @throws WeftException when it is not; the changes are then to be undone
   */
  void checkChanges() {
    WriteOperators.finishDeletes(this, true);
    if (transaction != null) {
      transaction.checkConstraints();
    }
  }

  /** Where an inner transaction goes back to when it fails. */
  record Beginning(Savepoint savepoint, Counters counters, QueryMemory.Mark memory) {}

  Beginning beginPart() {
    return new Beginning(writable().savepoint(), counters.copy(), memory.mark());
  }

  /** Commits the changes so far, which were checked. */
  void commitPart() {
    context.commitPart();
    hasCommitted = true;
    changedBefore = writable().changedBytes();
  }

  /** Undoes an inner transaction. */
  void undoPart(Beginning beginning) {
    writable().rollbackTo(beginning.savepoint());
    counters.set(beginning.counters());
    memory.backTo(beginning.memory());
    pendingDeletes.clear();
  }

  /** The function of the embedder of a name, or null. */
  @Nullable UserFunction function(String lowerCaseName) {
    return context.functions().function(lowerCaseName);
  }

  // ---- Entities -------------------------------------------------------------------------------

  boolean isDeletedNode(int node) {
    return deletes && (graph.isDeletedNode(node) || pendingDeletes.contains(node));
  }

  boolean isDeletedRelationship(int relationship) {
    return deletes && graph.isDeletedRelationship(relationship);
  }

  void checkNode(int node) {
    if (isDeletedNode(node)) {
      throw new WeftException(
          ErrorCode.DELETED_ENTITY_ACCESS, "node " + node + " was deleted by this query");
    }
  }

  void checkRelationship(int relationship) {
    if (isDeletedRelationship(relationship)) {
      throw new WeftException(
          ErrorCode.DELETED_ENTITY_ACCESS,
          "relationship " + relationship + " was deleted by this query");
    }
  }

  @Nullable Object nodeProperty(int node, int key) {
    checkNode(node);
    return graph.nodeProperty(node, key);
  }

  @Nullable Object relationshipProperty(int relationship, int key) {
    checkRelationship(relationship);
    return graph.relationshipProperty(relationship, key);
  }

  @Override
  public List<String> labels(NodeReference node) {
    checkNode(node.id());
    return sortedLabels(node.id());
  }

  List<String> sortedLabels(int node) {
    int labelSet = graph.labelSet(node);
    List<String> names = new ArrayList<>();
    if (labelSet > 0) {
      for (int label : graph.labelIds(labelSet)) {
        names.add(graph.catalog().labelName(label));
      }
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public String type(RelationshipReference relationship) {
    int type = graph.relationshipType(relationship.id());
    return type < 0 ? "" : graph.catalog().typeName(type);
  }

  @Override
  public NodeReference startNode(RelationshipReference relationship) {
    return new NodeReference(graph.startNode(relationship.id()));
  }

  @Override
  public NodeReference endNode(RelationshipReference relationship) {
    return new NodeReference(graph.endNode(relationship.id()));
  }

  @Override
  public Map<String, @Nullable Object> properties(Object entity) {
    List<String> keys = new ArrayList<>();
    Map<String, Object> found = new LinkedHashMap<>();
    readProperties(entity, keys, found);
    Map<String, @Nullable Object> sorted = new LinkedHashMap<>();
    for (String key : keys) {
      sorted.put(key, found.get(key));
    }
    return sorted;
  }

  @Override
  public List<String> keys(Object entity) {
    List<String> keys = new ArrayList<>();
    readProperties(entity, keys, new LinkedHashMap<>());
    return keys;
  }

  private void readProperties(Object entity, List<String> sortedKeys, Map<String, Object> values) {
    if (entity instanceof NodeReference node) {
      checkNode(node.id());
      graph.forEachNodeProperty(node.id(), (key, value) -> put(key, value, sortedKeys, values));
    } else if (entity instanceof RelationshipReference relationship) {
      checkRelationship(relationship.id());
      graph.forEachRelationshipProperty(
          relationship.id(), (key, value) -> put(key, value, sortedKeys, values));
    } else {
      throw Evaluator.mismatch("a Node or Relationship", entity);
    }
    Collections.sort(sortedKeys);
  }

  private void put(int key, Object value, List<String> keys, Map<String, Object> values) {
    String name = graph.catalog().keyName(key);
    keys.add(name);
    values.put(name, value);
  }

  @Override
  public double random() {
    return random.nextDouble();
  }

  @Override
  public long timestampMillis() {
    return timestampMillis;
  }

  @Override
  public long transactionMillis() {
    return context.transactionMillis();
  }

  @Override
  public long realtimeMillis() {
    return context.realtimeMillis();
  }

  @Override
  public RegexCache regexes() {
    RegexCache made = regexes;
    if (made == null) {
      made = new RegexCache();
      regexes = made;
    }
    return made;
  }

  @Override
  public TextNormalizer textNormalizer() {
    return context.textNormalizer();
  }

  @Override
  public ZoneRules zoneRules() {
    return context.zoneRules();
  }
}
