package org.weftdb.testing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.FunctionSignature;
import org.weftdb.cypher.semantic.FunctionSignatures;
import org.weftdb.cypher.semantic.FunctionTypes;

/** The functions of openCypher by name and number of arguments, whether WeftDB has them or not. */
public final class OpenCypherFunctions implements FunctionSignatures {
  private static final String SCALARS =
      """
      abs 1 1, ceil 1 1, floor 1 1, round 1 3, sign 1 1, sqrt 1 1, exp 1 1, log 1 1, log10 1 1,
      sin 1 1, cos 1 1, tan 1 1, cot 1 1, asin 1 1, acos 1 1, atan 1 1, atan2 2 2, degrees 1 1,
      radians 1 1, haversin 1 1, pi 0 0, e 0 0,
      toUpper 1 1, toLower 1 1, trim 1 1, lTrim 1 1, rTrim 1 1, replace 3 3, reverse 1 1,
      split 2 2, substring 2 3, left 2 2, right 2 2,
      toInteger 1 1, toFloat 1 1, toBoolean 1 1, toString 1 1,
      size 1 1, length 1 1, head 1 1, last 1 1, tail 1 1, range 2 3, coalesce 1 1000,
      labels 1 1, type 1 1, id 1 1, keys 1 1, properties 1 1, exists 1 1, nodes 1 1,
      relationships 1 1, startNode 1 1, endNode 1 1, timestamp 0 0, point 1 1, distance 2 2,
      date 0 1, time 0 1, localtime 0 1, datetime 0 1, localdatetime 0 1, duration 1 1,
      date.truncate 2 3, time.truncate 2 3, localtime.truncate 2 3, datetime.truncate 2 3,
      localdatetime.truncate 2 3, datetime.fromepoch 2 2, datetime.fromepochmillis 1 1,
      duration.between 2 2, duration.inMonths 2 2, duration.inDays 2 2, duration.inSeconds 2 2,
      date.transaction 0 1, date.statement 0 1, date.realtime 0 1,
      time.transaction 0 1, time.statement 0 1, time.realtime 0 1,
      localtime.transaction 0 1, localtime.statement 0 1, localtime.realtime 0 1,
      datetime.transaction 0 1, datetime.statement 0 1, datetime.realtime 0 1,
      localdatetime.transaction 0 1, localdatetime.statement 0 1, localdatetime.realtime 0 1
      """;

  private static final String AGGREGATES =
      """
      count 1 1, sum 1 1, avg 1 1, min 1 1, max 1 1, collect 1 1, stDev 1 1, stDevP 1 1,
      percentileCont 2 2, percentileDisc 2 2
      """;

  private final Map<String, FunctionSignature> signatures = new HashMap<>();

  public OpenCypherFunctions() {
    add(SCALARS, false);
    add(AGGREGATES, true);
    signatures.put("rand", FunctionTypes.signature("rand", 0, 0, false, false));
  }

  private void add(String functions, boolean aggregate) {
    for (String function : functions.strip().split("\\s*,\\s*")) {
      String[] parts = function.split(" ");
      String name = parts[0].toLowerCase(Locale.ROOT);
      int least = Integer.parseInt(parts[1]);
      int most = Integer.parseInt(parts[2]);
      signatures.put(name, FunctionTypes.signature(name, least, most, aggregate, true));
    }
  }

  @Override
  public @Nullable FunctionSignature find(String lowerCaseName) {
    return signatures.get(lowerCaseName);
  }
}
