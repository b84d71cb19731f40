/** The rules of named time zones, as the host's `Intl` has them. */

/** What {@link zoneOffset} answers when there is no such zone; see `HostZoneRules`. */
const UNKNOWN_ZONE = -0x8000_0000;

/** The calendar repeats itself after 400 years. */
const SECONDS_OF_400_YEARS = 146_097 * 86_400;
/** `Date` ends here, in seconds, a day less. */
const MAX_DATE_SECONDS = 8_640_000_000_000 - 86_400;

/** Formatters by zone, null for names that are none; there are about 600 zones. */
const formatters = new Map<string, Intl.DateTimeFormat | null>();
const MAX_FORMATTERS = 1000;

/** Seconds east of UTC in a zone at a moment. */
export function zoneOffset(zone: string, epochSecond: number): number {
  const formatter = formatterFor(zone);
  if (formatter === null) {
    return UNKNOWN_ZONE;
  }
  let second = epochSecond;
  if (Math.abs(second) > MAX_DATE_SECONDS) {
    const excess = Math.ceil((Math.abs(second) - MAX_DATE_SECONDS) / SECONDS_OF_400_YEARS);
    second -= Math.sign(second) * excess * SECONDS_OF_400_YEARS;
  }
  for (const { type, value } of formatter.formatToParts(second * 1000)) {
    if (type === 'timeZoneName') {
      return offsetOf(value);
    }
  }
  return UNKNOWN_ZONE;
}

/** `GMT`, `GMT+01:00` or `GMT-00:25:21` as seconds. */
function offsetOf(text: string): number {
  const match = /^GMT([+\-\u2212])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (match === null) {
    return text === 'GMT' ? 0 : UNKNOWN_ZONE;
  }
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === '+' ? seconds : -seconds;
}

function formatterFor(zone: string): Intl.DateTimeFormat | null {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    try {
      formatter = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        timeZoneName: 'longOffset',
      });
    } catch {
      formatter = null;
    }
    if (formatters.size >= MAX_FORMATTERS) {
      formatters.clear();
    }
    formatters.set(zone, formatter);
  }
  return formatter;
}
