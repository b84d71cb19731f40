/** The temporal types of Cypher: DATE, LOCAL TIME, TIME, LOCAL DATETIME, DATETIME and DURATION. */
export type TemporalKind =
  | 'date'
  | 'localTime'
  | 'time'
  | 'localDateTime'
  | 'dateTime'
  | 'duration';

const KINDS: readonly string[] = [
  'date',
  'localTime',
  'time',
  'localDateTime',
  'dateTime',
  'duration',
] satisfies TemporalKind[];

/** What a duration consists of; nothing is carried from one to another. */
export interface DurationParts {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly nanoseconds?: number;
}

/** The components that canonical texts have. */
interface Components {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  nanosecond?: number;
  offset?: string;
  offsetSeconds?: number;
  timezone?: string;
  months?: number | bigint;
  days?: number | bigint;
  seconds?: number | bigint;
  nanosecondsOfSecond?: number;
}

/**
 * A date, a time, both, or a duration, to the nanosecond and in years from -999999999 to 999999999,
 * which JavaScript's own `Date` does not hold.
 *
 * A result has the canonical ISO 8601 text: `2015-07-21`, `21:40:32.142`, `21:40+02:00`,
 * `2015-07-21T21:40`, `2015-07-21T21:40+02:00[Europe/Stockholm]`, `P1Y2M3DT4H5.006S`. As a
 * parameter, any text is taken that the function of the type reads in Cypher; only a `dateTime`
 * must have its offset, beside the name of a zone too. Whether the text is right shows when a query
 * takes it.
 *
 * Components are those of Cypher, read from a canonical text. One that a kind does not have is
 * undefined; of any other text they are a `RangeError`.
 */
export class Temporal {
  readonly kind: TemporalKind;
  readonly text: string;
  #components: Components | undefined;

  constructor(kind: TemporalKind, text: string) {
    this.kind = kind;
    this.text = text;
  }

  /** A date of its text, or the one that a `Date` has in UTC. */
  static date(value: string | Date): Temporal {
    return new Temporal('date', typeof value === 'string' ? value : dateText(value));
  }

  /** A time of day of its text, or the one that a `Date` has in UTC. */
  static localTime(value: string | Date): Temporal {
    return new Temporal('localTime', typeof value === 'string' ? value : timeText(value));
  }

  /** A time of day with an offset of its text, or the one that a `Date` has in UTC, with the offset `Z`. */
  static time(value: string | Date): Temporal {
    return new Temporal('time', typeof value === 'string' ? value : `${timeText(value)}Z`);
  }

  /** A date and time of its text, or the one that a `Date` has in UTC. */
  static localDateTime(value: string | Date): Temporal {
    const text = typeof value === 'string' ? value : `${dateText(value)}T${timeText(value)}`;
    return new Temporal('localDateTime', text);
  }

  /** A date and time with an offset of its text, or the moment of a `Date`, with the offset `Z`. */
  static dateTime(value: string | Date): Temporal {
    const text = typeof value === 'string' ? value : `${dateText(value)}T${timeText(value)}Z`;
    return new Temporal('dateTime', text);
  }

  /** A duration of its text, or of integers: `{ days: 14, hours: 16 }`. */
  static duration(value: string | DurationParts): Temporal {
    return new Temporal('duration', typeof value === 'string' ? value : durationText(value));
  }

  /**
   * Less than, equal to or greater than 0 as the first is before, at or after the second, for sorting.
   * Times with offsets are compared as moments. Other kinds together, and durations, whose months
   * have no length, are a `TypeError`.
   */
  static compare(one: Temporal, other: Temporal): number {
    if (one.kind !== other.kind || one.kind === 'duration') {
      throw new TypeError(`a ${one.kind} and a ${other.kind} have no order`);
    }
    const [a, b] = [epochSeconds(one), epochSeconds(other)];
    return a === b ? (one.nanosecond ?? 0) - (other.nanosecond ?? 0) : a - b;
  }

  /**
   * The moment as a `Date`, cut to milliseconds. A `date` is taken at midnight and a `localDateTime`,
   * in UTC; other kinds are a `TypeError`, and years that `Date` does not have a `RangeError`.
   */
  toDate(): Date {
    if (this.year === undefined) {
      throw new TypeError(`a ${this.kind} is no moment`);
    }
    const date = new Date(epochSeconds(this) * 1000 + (this.millisecond ?? 0));
    if (Number.isNaN(date.getTime())) {
      throw new RangeError(`JavaScript's Date does not have ${this.text}`);
    }
    return date;
  }

  /** Of a date, or a date and time. */
  get year(): number | undefined {
    return this.#parsed().year;
  }

  /** 1 to 12. */
  get month(): number | undefined {
    return this.#parsed().month;
  }

  /** 1 to 31. */
  get day(): number | undefined {
    return this.#parsed().day;
  }

  /** 0 to 23. */
  get hour(): number | undefined {
    return this.#parsed().hour;
  }

  /** 0 to 59. */
  get minute(): number | undefined {
    return this.#parsed().minute;
  }

  /** 0 to 59. */
  get second(): number | undefined {
    return this.#parsed().second;
  }

  /** 0 to 999, whole ones of the second. */
  get millisecond(): number | undefined {
    const { nanosecond } = this.#parsed();
    return nanosecond === undefined ? undefined : Math.floor(nanosecond / 1e6);
  }

  /** 0 to 999,999,999: all of the second's fraction. */
  get nanosecond(): number | undefined {
    return this.#parsed().nanosecond;
  }

  /** Of a `time` or `dateTime`: `Z` or such as `+02:00`. */
  get offset(): string | undefined {
    return this.#parsed().offset;
  }

  /** The offset in seconds. */
  get offsetSeconds(): number | undefined {
    return this.#parsed().offsetSeconds;
  }

  /** The name of the zone, such as `Europe/Stockholm`, or the offset where none is named. */
  get timezone(): string | undefined {
    return this.#parsed().timezone;
  }

  /** Of a duration: its years and months, in months. */
  get months(): number | bigint | undefined {
    return this.#parsed().months;
  }

  /** Of a duration: its weeks and days, in days. */
  get days(): number | bigint | undefined {
    return this.#parsed().days;
  }

  /** Of a duration: its hours, minutes and seconds, in whole seconds, the next lower ones. */
  get seconds(): number | bigint | undefined {
    return this.#parsed().seconds;
  }

  /** Of a duration: 0 to 999,999,999, what is left of them. */
  get nanosecondsOfSecond(): number | undefined {
    return this.#parsed().nanosecondsOfSecond;
  }

  #parsed(): Components {
    return (this.#components ??= parse(this.kind, this.text));
  }

  toString(): string {
    return this.text;
  }

  /** The text, so that a result as JSON is readable. */
  toJSON(): string {
    return this.text;
  }
}

/** Whether a value is temporal, of any kind or of one. */
export function isTemporal<K extends TemporalKind = TemporalKind>(
  value: unknown,
  kind?: K,
): value is Temporal & { readonly kind: K } {
  return (
    value instanceof Temporal &&
    (kind === undefined ? KINDS.includes(value.kind) : value.kind === kind)
  );
}

const DATE = /^([+-]?\d{4,9})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/;
const OFFSET = /(Z|[+-]\d\d:\d\d(?::\d\d)?)(?:\[([^\]]+)\])?$/;
const DURATION =
  /^P(?=.)(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?(?:T(?=.)(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?)(\d+)(?:\.(\d{1,9}))?S)?)?$/;

function parse(kind: TemporalKind, text: string): Components {
  const components: Components | null =
    kind === 'duration' ? parseDuration(text) : parseMoment(kind, text);
  if (components === null) {
    throw new RangeError(`${JSON.stringify(text)} is no canonical ${kind}`);
  }
  return components;
}

function parseMoment(kind: TemporalKind, text: string): Components | null {
  let rest = text;
  let zone: Components = {};
  if (kind === 'time' || kind === 'dateTime') {
    const found = OFFSET.exec(text);
    if (found === null) {
      return null;
    }
    const [all, offset = '', name] = found;
    rest = text.slice(0, text.length - all.length);
    zone = { offset, offsetSeconds: secondsOf(offset), timezone: name ?? offset };
  }
  const at = rest.indexOf('T');
  const hasDate = kind === 'date' || kind === 'localDateTime' || kind === 'dateTime';
  const hasTime = kind !== 'date';
  if ((hasDate && hasTime) !== at >= 0) {
    return null;
  }
  const date = hasDate ? parseDate(hasTime ? rest.slice(0, at) : rest) : {};
  const time = hasTime ? parseTime(rest.slice(at + 1)) : {};
  return date === null || time === null ? null : { ...date, ...time, ...zone };
}

function parseDate(text: string): Components | null {
  const [all, year, month, day] = DATE.exec(text) ?? [];
  return all === undefined
    ? null
    : { year: Number(year), month: Number(month), day: Number(day) };
}

function parseTime(text: string): Components | null {
  const [all, hour, minute, second = '0', fraction = ''] = TIME.exec(text) ?? [];
  return all === undefined
    ? null
    : {
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second),
        nanosecond: Number(fraction.padEnd(9, '0')),
      };
}

function secondsOf(offset: string): number {
  if (offset === 'Z') {
    return 0;
  }
  const [hours = 0, minutes = 0, seconds = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds) + 0;
}

function parseDuration(text: string): Components | null {
  const found = DURATION.exec(text);
  if (found === null) {
    return null;
  }
  const [, years, months, weeks, days, hours, minutes, minus, seconds, fraction = ''] = found;
  const whole = (part: string | undefined): bigint => BigInt(part ?? 0);
  // Seconds and fraction have one sign; the fraction of the components is never negative.
  const nanoseconds = whole(fraction.padEnd(9, '0')) + whole(seconds) * 1_000_000_000n;
  const all =
    (whole(hours) * 3600n + whole(minutes) * 60n) * 1_000_000_000n +
    (minus === '-' ? -nanoseconds : nanoseconds);
  const left = ((all % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return {
    months: integer(whole(years) * 12n + whole(months)),
    days: integer(whole(weeks) * 7n + whole(days)),
    seconds: integer((all - left) / 1_000_000_000n),
    nanosecondsOfSecond: Number(left),
  };
}

/** A number when it is safe. */
function integer(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Seconds since 1970 in UTC, or since midnight; of a local one as if it were in UTC. */
function epochSeconds(value: Temporal): number {
  const { year, month, day } = value;
  const days = year === undefined ? 0 : daysSince1970(year, month as number, day as number);
  const { hour = 0, minute = 0, second = 0, offsetSeconds = 0 } = value;
  return days * 86_400 + hour * 3600 + minute * 60 + second - offsetSeconds;
}

/** The days of the proleptic Gregorian calendar, in which a year is taken to begin with March. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const era = Math.floor(years / 400);
  const yearOfEra = years - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** `2020-01-01T00:00:00.000Z`, also with a year of six digits and a sign. */
function isoText(date: Date): string {
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) {
    throw new TypeError('expected a text or a valid Date');
  }
  return date.toISOString();
}

function dateText(date: Date): string {
  const text = isoText(date).split('T')[0] as string;
  // Cypher writes a year with the digits that it has, at least four.
  return text.replace(/^([+-])0{0,2}(\d{4,})-/, (_, sign: string, year: string) =>
    sign === '+' && year.length === 4 ? `${year}-` : `${sign}${year}-`,
  );
}

function timeText(date: Date): string {
  return (isoText(date).split('T')[1] as string).slice(0, -1);
}

function durationText(parts: DurationParts): string {
  const { years = 0, months = 0, weeks = 0, days = 0 } = parts;
  const { hours = 0, minutes = 0, seconds = 0, nanoseconds = 0, ...others } = parts;
  for (const [name, part] of Object.entries(parts)) {
    if (!Number.isSafeInteger(part)) {
      throw new TypeError(`${name} of a duration is ${String(part)}, but it must be an integer`);
    }
  }
  for (const name of Object.keys(others)) {
    if (!['years', 'months', 'weeks', 'days'].includes(name)) {
      throw new TypeError(`a duration has no ${name}`);
    }
  }
  const all = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
  const size = all < 0n ? -all : all;
  const fraction = String(size % 1_000_000_000n).padStart(9, '0');
  const secondsText = `${all < 0n ? '-' : ''}${size / 1_000_000_000n}.${fraction}S`;
  return `P${years}Y${months}M${weeks}W${days}DT${hours}H${minutes}M${secondsText}`;
}
