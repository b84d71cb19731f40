package org.weftdb.wasm;

import org.teavm.interop.Import;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.temporal.ZoneRules;

/**
 * The rules of named time zones that the host's {@code Intl} knows.
 *
 * <p>The name stands at the front of the window, as a string of {@link ByteWriter}, while the host
 * is asked.
 */
final class HostZoneRules implements ZoneRules {
  /** What the host answers when it does not know the zone. */
  private static final int UNKNOWN_ZONE = Integer.MIN_VALUE;

  private final Window window;

  HostZoneRules(Window window) {
    this.window = window;
  }

  @Override
  public int offsetSeconds(String zone, long epochSecond) {
    ByteWriter name = new ByteWriter();
    name.writeString(zone);
    window.reserve(name.position());
    window.put(0, name.array(), 0, name.position());
    int offset = zoneOffset(window.address(), name.position(), epochSecond);
    if (offset == UNKNOWN_ZONE) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE, "there is no time zone '" + zone + "'");
    }
    return offset;
  }

  /**
   * @return seconds east of UTC, or {@link #UNKNOWN_ZONE}
   */
  @Import(module = "weft", name = "zoneOffset")
  private static native int zoneOffset(int address, int length, double epochSecond);
}
