package org.weftdb.value.temporal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a temporal value from a map such as {@code {year: 1984, month: 10, day: 11}} or {@code
 * {date: other, hour: 12, timezone: '+01:00'}}.
 *
 * <p>A value under {@code date}, {@code time} or {@code datetime} gives the parts that the other
 * fields do not name. When the time comes from a value with a zone, {@code timezone} gives the same
 * moment in that zone; otherwise it says in which zone the local time is. A map of {@code timezone}
 * alone asks for the current time there. A field that is null makes the whole value null.
 */
public final class TemporalFromMap {
  private final TemporalType type;
  private final Fields fields;
  private final ZoneRules rules;
  private final long nowMillis;

  private TemporalFromMap(TemporalType type, Map<?, ?> map, ZoneRules rules, long nowMillis) {
    this.type = type;
    this.fields = new Fields(map, type.functionName());
    this.rules = rules;
    this.nowMillis = nowMillis;
  }

  /**
   * @param nowMillis the current time, which only a map of {@code timezone} alone and named zones
   *     of TIME ask for
   */
  public static @Nullable TemporalValue make(
      TemporalType type, Map<?, ?> map, ZoneRules rules, long nowMillis) {
    return new TemporalFromMap(type, map, rules, nowMillis).make();
  }

  private @Nullable TemporalValue make() {
    if (fields.hasNull()) {
      return null;
    }
    if (fields.size() == 1 && fields.has("timezone")) {
      return type.at(nowMillis, required(fields.zone()), rules);
    }
    fields.check(
        type.hasDate,
        type.hasTime,
        type.hasZone,
        type.hasDate && type.hasTime,
        type == TemporalType.DATE_TIME);
    if (fields.has("epochSeconds") || fields.has("epochMillis")) {
      return fromEpoch();
    }
    TemporalValue both = fields.temporal("datetime");
    TemporalValue date = both == null ? fields.temporal("date") : both;
    TemporalValue time = both == null ? fields.temporal("time") : both;
    if (date != null && !date.hasDate() || both != null && fields.has("date")) {
      throw Limits.invalid(type.functionName() + "() needs one value with a date");
    }
    if (time != null && !time.hasTime() && both == null || both != null && fields.has("time")) {
      throw Limits.invalid(type.functionName() + "() needs one value with a time");
    }
    long day = 0;
    if (type.hasDate) {
      day = DateFields.resolve(fields, date == null ? null : (Long) date.epochDay());
    }
    long nano = 0;
    if (type.hasTime) {
      if (!type.hasDate && time == null && !fields.has("hour")) {
        throw Limits.invalid(type.functionName() + "() needs the field 'hour'");
      }
      nano = TimeFields.resolve(fields, time == null ? null : (Long) time.nanoOfDay());
    }
    return inZone(day, nano, time);
  }

  private TemporalValue inZone(long day, long nano, @Nullable TemporalValue time) {
    Zone wanted = fields.zone();
    Zone own = time == null ? null : time.zone();
    if (wanted == null) {
      return type.value(day, nano, own == null ? Zone.UTC : own, rules);
    }
    Zone target = type == TemporalType.TIME ? fixed(wanted) : wanted;
    if (own == null) {
      return type.value(day, nano, target, rules);
    } else if (type == TemporalType.DATE_TIME) {
      return DateTimeValue.ofLocal(day, nano, own, rules).at(target, rules);
    }
    long moved = nano + (target.offsetSeconds() - own.offsetSeconds()) * Limits.NANOS;
    return type.value(day, Math.floorMod(moved, Limits.NANOS_OF_DAY), target, rules);
  }

  /** A zone as the offset that it has now, for a time without a date. */
  private Zone fixed(Zone zone) {
    return Zone.ofOffset(zone.offsetAt(Math.floorDiv(nowMillis, 1000L), rules));
  }

  private TemporalValue fromEpoch() {
    for (String name : new String[] {"date", "time", "datetime", "year", "month", "hour"}) {
      if (fields.has(name)) {
        throw Limits.invalid("datetime() from an epoch has no field '" + name + "'");
      }
    }
    boolean seconds = fields.has("epochSeconds");
    if (seconds && fields.has("epochMillis")) {
      throw Limits.invalid("datetime() needs one of epochSeconds and epochMillis, not both");
    }
    long epoch =
        fields.number(seconds ? "epochSeconds" : "epochMillis", 0, Long.MIN_VALUE, Long.MAX_VALUE);
    long nano = fields.number("nanosecond", 0, 0, seconds ? Limits.NANOS - 1 : 999_999);
    Zone zone = fields.zone();
    return seconds
        ? DateTimeValue.ofInstant(epoch, (int) nano, zone == null ? Zone.UTC : zone, rules)
        : DateTimeValue.ofInstant(
            Math.floorDiv(epoch, 1000L),
            (int) (Math.floorMod(epoch, 1000L) * 1_000_000 + nano),
            zone == null ? Zone.UTC : zone,
            rules);
  }

  private static Zone required(@Nullable Zone zone) {
    return zone == null ? Zone.UTC : zone;
  }
}
