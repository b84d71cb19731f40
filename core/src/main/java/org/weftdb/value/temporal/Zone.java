package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;

/**
 * A fixed offset from UTC, or a named zone of the IANA time zone database.
 *
 * @param name the name, or null for a fixed offset
 * @param offsetSeconds seconds east of UTC; of a named zone the offset at the moment of the value
 *     that the zone was taken from; 18 hours, which no named zone has, when there is none
 */
public record Zone(@Nullable String name, int offsetSeconds) {
  /** UTC, printed as {@code Z}. */
  public static final Zone UTC = new Zone(null, 0);

  public Zone {
    Limits.checkOffset(offsetSeconds);
  }

  public static Zone ofOffset(int offsetSeconds) {
    return offsetSeconds == 0 ? UTC : new Zone(null, offsetSeconds);
  }

  /** A named zone, of no moment yet. */
  public static Zone named(String name) {
    return new Zone(name, Limits.MAX_OFFSET_SECONDS);
  }

  /** The offset that holds at a moment. */
  int offsetAt(long epochSecond, ZoneRules rules) {
    return name == null
        ? offsetSeconds
        : Limits.checkOffset(rules.offsetSeconds(name, epochSecond));
  }

  /** The name, or the offset as text. */
  @Override
  public String toString() {
    if (name != null) {
      return name;
    }
    StringBuilder text = new StringBuilder(9);
    TemporalText.appendOffset(text, offsetSeconds);
    return text.toString();
  }
}
