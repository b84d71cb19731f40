package org.weftdb.cypher.semantic;

import static org.weftdb.cypher.semantic.CypherType.ANY;
import static org.weftdb.cypher.semantic.CypherType.BOOLEAN;
import static org.weftdb.cypher.semantic.CypherType.DURATION;
import static org.weftdb.cypher.semantic.CypherType.ENTITY;
import static org.weftdb.cypher.semantic.CypherType.FLOAT;
import static org.weftdb.cypher.semantic.CypherType.INTEGER;
import static org.weftdb.cypher.semantic.CypherType.LIST;
import static org.weftdb.cypher.semantic.CypherType.MAP;
import static org.weftdb.cypher.semantic.CypherType.NODE;
import static org.weftdb.cypher.semantic.CypherType.NUMBER;
import static org.weftdb.cypher.semantic.CypherType.PATH;
import static org.weftdb.cypher.semantic.CypherType.POINT;
import static org.weftdb.cypher.semantic.CypherType.RELATIONSHIP;
import static org.weftdb.cypher.semantic.CypherType.STRING;
import static org.weftdb.cypher.semantic.CypherType.TEMPORAL;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The argument and result types of openCypher's functions, where the language fixes them: what is
 * listed is refused before the query runs when an argument certainly is something else. Functions
 * that are not listed take and return anything.
 */
public final class FunctionTypes {
  private static final Map<String, FunctionTypes> BY_NAME = byName();

  private final CypherType result;
  private final List<CypherType> arguments;

  private FunctionTypes(CypherType result, CypherType... arguments) {
    this.result = result;
    this.arguments = List.of(arguments);
  }

  /**
   * A signature with the types that are known for the name.
   *
   * @param lowerCaseName the name with its namespaces in lower case
   */
  public static FunctionSignature signature(
      String lowerCaseName,
      int minimumArguments,
      int maximumArguments,
      boolean aggregate,
      boolean deterministic) {
    FunctionTypes types = BY_NAME.get(lowerCaseName);
    return new FunctionSignature(
        minimumArguments,
        maximumArguments,
        aggregate,
        deterministic,
        types == null ? List.of() : types.arguments,
        types == null ? ANY : types.result);
  }

  private static Map<String, FunctionTypes> byName() {
    Map<String, FunctionTypes> types = new HashMap<>();
    CypherType nodes = CypherType.listOf(NODE);
    CypherType relationships = CypherType.listOf(RELATIONSHIP);
    CypherType strings = CypherType.listOf(STRING);
    types.put("labels", new FunctionTypes(strings, NODE));
    types.put("type", new FunctionTypes(STRING, RELATIONSHIP));
    types.put("startnode", new FunctionTypes(NODE, RELATIONSHIP));
    types.put("endnode", new FunctionTypes(NODE, RELATIONSHIP));
    types.put("id", new FunctionTypes(INTEGER, ENTITY));
    types.put("keys", new FunctionTypes(strings, ENTITY.or(MAP)));
    types.put("properties", new FunctionTypes(MAP, ENTITY.or(MAP)));
    types.put("length", new FunctionTypes(INTEGER, PATH));
    types.put("nodes", new FunctionTypes(nodes, PATH));
    types.put("relationships", new FunctionTypes(relationships, PATH));
    types.put("size", new FunctionTypes(INTEGER, LIST.or(STRING).or(MAP)));
    types.put("range", new FunctionTypes(CypherType.listOf(INTEGER)));
    types.put("split", new FunctionTypes(strings));
    types.put("exists", new FunctionTypes(BOOLEAN));
    types.put("count", new FunctionTypes(INTEGER));
    types.put("collect", new FunctionTypes(LIST));
    types.put("avg", new FunctionTypes(NUMBER.or(DURATION)));
    types.put("sum", new FunctionTypes(NUMBER.or(DURATION)));
    types.put("stdev", new FunctionTypes(FLOAT));
    types.put("stdevp", new FunctionTypes(FLOAT));
    types.put("tointeger", new FunctionTypes(INTEGER));
    types.put("tofloat", new FunctionTypes(FLOAT));
    types.put("tostring", new FunctionTypes(STRING));
    types.put("toboolean", new FunctionTypes(BOOLEAN));
    types.put("rand", new FunctionTypes(FLOAT));
    types.put("timestamp", new FunctionTypes(INTEGER));
    types.put("point", new FunctionTypes(POINT));
    types.put("duration", new FunctionTypes(DURATION));
    for (String name : List.of("date", "time", "localtime", "datetime", "localdatetime")) {
      types.put(name, new FunctionTypes(TEMPORAL));
      types.put(name + ".truncate", new FunctionTypes(TEMPORAL));
    }
    return types;
  }
}
