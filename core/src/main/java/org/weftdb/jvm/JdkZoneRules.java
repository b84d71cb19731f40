package org.weftdb.jvm;

import java.time.Instant;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.temporal.ZoneRules;

/** The rules of named time zones that the running JDK has. For any number of threads. */
public final class JdkZoneRules implements ZoneRules {
  @Override
  public int offsetSeconds(String zone, long epochSecond) {
    try {
      return ZoneRulesProvider.getRules(zone, false)
          .getOffset(Instant.ofEpochSecond(epochSecond))
          .getTotalSeconds();
    } catch (ZoneRulesException e) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE, "there is no time zone '" + zone + "'");
    }
  }
}
