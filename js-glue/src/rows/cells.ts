/** Values of typed columns, from the text of CSV cells and back. */
import { Float, Point, Temporal } from '../values.js';
import type { CoordinateSystem, Parameter, TemporalKind, Value } from '../values.js';
import { floatText } from '../floats.js';
import { isBytes, isVector, Vector } from '../vector.js';
import type { CoordinateType } from '../vector.js';
import { parseMap, type Column, type ColumnType } from './header.js';
import { JsonText } from './json-read.js';
import { CellFault, float, integer, RANGES, vectorArray } from './numbers.js';
import { coordinateTexts, decodeBase64, encodeBase64, jsonText, taggedValue } from './tagged.js';

/** How lists stand in a cell. */
export interface ArraySyntax {
  /**
   * `delimited`: the elements with a delimiter between them, which strings then cannot contain;
   * `json`: an array of JSON. By default `delimited`.
   */
  readonly arrays?: 'delimited' | 'json' | undefined;
  /** What is between elements, and between coordinates of vectors: by default a semicolon. */
  readonly arrayDelimiter?: string | undefined;
}

export const TEMPORAL_KINDS: Readonly<Partial<Record<ColumnType, TemporalKind>>> = {
  date: 'date',
  localtime: 'localTime',
  time: 'time',
  localdatetime: 'localDateTime',
  datetime: 'dateTime',
  duration: 'duration',
};

/**
 * The value of a cell. An empty cell that is not in quotes has none: null. In quotes it is the
 * empty string, or the empty list of a delimited array.
 */
export function cellValue(
  text: string,
  quoted: boolean,
  column: Column,
  syntax: ArraySyntax,
): Parameter {
  if (text === '' && !quoted) {
    return null;
  } else if (!column.array) {
    return scalar(text, column, syntax);
  } else if (syntax.arrays === 'json') {
    return jsonList(text, column.type);
  } else if (text === '') {
    return [];
  }
  return text.split(syntax.arrayDelimiter ?? ';').map((part) => scalar(part, column, syntax));
}

function jsonList(text: string, type: ColumnType): Parameter {
  const list = json(text);
  if (!Array.isArray(list)) {
    throw new CellFault('an array of JSON', text);
  }
  return list.map((element: Parameter) => {
    const made = type === 'float' && isInteger(element) ? new Float(Number(element)) : element;
    if (made !== null && !isElement(made, type)) {
      throw new CellFault(`an array of ${type}`, text);
    }
    return made;
  });
}

function isInteger(value: Parameter): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Whether a value of JSON, in which floats are {@link Float}s, is of a type. */
function isElement(value: Parameter, type: ColumnType): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'char':
      return typeof value === 'string' && [...value].length === 1;
    case 'boolean':
      return typeof value === 'boolean';
    case 'int':
    case 'short':
    case 'byte':
      return isInteger(value) && value >= RANGES[type][0] && value <= RANGES[type][1];
    case 'float':
      return value instanceof Float;
    case 'point':
      return value instanceof Point;
    case 'vector':
      return isVector(value);
    case 'bytes':
    case 'json':
      return false;
    default:
      return value instanceof Temporal && value.kind === TEMPORAL_KINDS[type];
  }
}

function json(text: string): Parameter {
  return taggedValue(new JsonText(text, 1).parse()) as Parameter;
}

function scalar(text: string, column: Column, syntax: ArraySyntax): Parameter {
  const type = column.type;
  switch (type) {
    case 'string':
      return text;
    case 'char':
      if ([...text].length !== 1) {
        throw new CellFault('one character', text);
      }
      return text;
    case 'int':
    case 'short':
    case 'byte':
      return integer(text.trim(), type);
    case 'float':
      return new Float(float(text.trim()));
    case 'boolean':
      if (text.trim() !== 'true' && text.trim() !== 'false') {
        throw new CellFault('true or false', text);
      }
      return text.trim() === 'true';
    case 'point':
      return point(text, column.options);
    case 'vector':
      return vector(text, column.options, syntax.arrayDelimiter ?? ';');
    case 'bytes':
      return decodeBase64(text.trim()) ?? fail('base64', text);
    case 'json':
      return json(text);
    default:
      return new Temporal(TEMPORAL_KINDS[type] as TemporalKind, text.trim());
  }
}

function fail(expected: string, found: string): never {
  throw new CellFault(expected, found);
}

const AXES = ['x', 'y', 'z', 'longitude', 'latitude', 'height'];
const SYSTEMS: Readonly<Record<string, CoordinateSystem>> = {
  'wgs-84': 'wgs-84',
  'wgs-84-3d': 'wgs-84-3d',
  cartesian: 'cartesian',
  'cartesian-3d': 'cartesian-3d',
  4326: 'wgs-84',
  4979: 'wgs-84-3d',
  7203: 'cartesian',
  9157: 'cartesian-3d',
};

/** A point as Cypher's `point` takes it: `{latitude: 55.6, longitude: 13.0}`. */
function point(text: string, defaults: ReadonlyMap<string, string>): Point {
  const expected = 'a point such as {longitude: 13.0, latitude: 55.6} or {x: 1.5, y: 2, crs: cartesian}';
  const [, inside] = /^\s*\{([^{}]*)\}\s*$/.exec(text) ?? [];
  const given = inside === undefined ? null : parseMap(inside);
  if (given === null) {
    throw new CellFault(expected, text);
  }
  const all = new Map([...defaults, ...given]);
  const coordinates = new Map<string, number>();
  for (const axis of AXES) {
    const coordinate = all.get(axis);
    if (coordinate !== undefined) {
      coordinates.set(axis, float(coordinate));
      all.delete(axis);
    }
  }
  const geographic = coordinates.has('longitude') || coordinates.has('latitude');
  const x = coordinates.get(geographic ? 'longitude' : 'x');
  const y = coordinates.get(geographic ? 'latitude' : 'y');
  const z = coordinates.get('height') ?? coordinates.get('z') ?? null;
  const named = all.get('crs') ?? all.get('srid');
  all.delete('crs');
  all.delete('srid');
  const implied = `${geographic ? 'wgs-84' : 'cartesian'}${z === null ? '' : '-3d'}`;
  const system = SYSTEMS[(named ?? implied).toLowerCase()];
  const count = z === null ? 2 : 3;
  if (
    all.size > 0 ||
    x === undefined ||
    y === undefined ||
    system === undefined ||
    coordinates.size !== count ||
    system.endsWith('3d') !== (z !== null) ||
    (geographic && !system.startsWith('wgs'))
  ) {
    throw new CellFault(expected, text);
  }
  return new Point(system, x, y, z);
}

const COORDINATES: Readonly<Record<string, CoordinateType>> = {
  integer: 'INTEGER',
  integer64: 'INTEGER',
  int64: 'INTEGER',
  integer32: 'INTEGER32',
  int32: 'INTEGER32',
  integer16: 'INTEGER16',
  int16: 'INTEGER16',
  integer8: 'INTEGER8',
  int8: 'INTEGER8',
  float: 'FLOAT',
  float64: 'FLOAT',
  float32: 'FLOAT32',
};

function vector(text: string, options: ReadonlyMap<string, string>, delimiter: string): Vector {
  const type = COORDINATES[(options.get('coordinateType') ?? 'float').toLowerCase()];
  if (type === undefined) {
    throw new CellFault('a type of coordinates such as float32 in the header', String(options.get('coordinateType')));
  }
  const coordinates = vectorArray(type, text.split(delimiter));
  const dimensions = options.get('dimensions');
  if (coordinates === null || coordinates.length > 4096) {
    throw new CellFault(`1 to 4096 coordinates of ${type} with ${delimiter} between them`, text);
  } else if (dimensions !== undefined && Number(dimensions) !== coordinates.length) {
    throw new CellFault(`${dimensions} coordinates`, text);
  }
  return new Vector(coordinates);
}

/** A cell to be written; null for a value that is missing. */
export interface Cell {
  readonly text: string;
  /** Whether it must be in quotes, because it is empty and there. */
  readonly quoted: boolean;
}

/**
 * The type that a value shows by itself, and the coordinates of a vector. Integers are bigints, so that
 * every number is a float.
 */
export function typeOfValue(value: Value): {
  type: ColumnType;
  array: boolean;
  coordinates?: string;
} {
  if (Array.isArray(value)) {
    const types = value.map((element) => typeOfValue(element));
    const first = types[0];
    const alike =
      first !== undefined &&
      !value.includes(null) &&
      types.every(({ type, array }) => type === first.type && !array);
    return alike && first.type !== 'json' && first.type !== 'bytes' && first.type !== 'vector'
      ? { type: first.type, array: true }
      : { type: 'json', array: false };
  } else if (value instanceof Temporal) {
    return { type: value.kind.toLowerCase() as ColumnType, array: false };
  } else if (value instanceof Point) {
    return { type: 'point', array: false };
  } else if (isVector(value)) {
    return { type: 'vector', array: false, coordinates: value.coordinateType };
  } else if (isBytes(value)) {
    return { type: 'bytes', array: false };
  }
  switch (typeof value) {
    case 'string':
      return { type: 'string', array: false };
    case 'boolean':
      return { type: 'boolean', array: false };
    case 'bigint':
      return { type: 'int', array: false };
    case 'number':
      return { type: 'float', array: false };
    default:
      return { type: 'json', array: false };
  }
}

/** The cell of a value, or a fault when the column's type does not have it. */
export function cellOf(value: Value, column: Column, syntax: ArraySyntax): Cell | null {
  if (value === null) {
    return null;
  } else if (!column.array) {
    return scalarCell(value, column, syntax);
  } else if (!Array.isArray(value)) {
    throw new CellFault(`a list of ${column.type}`, jsonText(value));
  } else if (syntax.arrays === 'json') {
    return { text: jsonText(value), quoted: false };
  }
  const delimiter = syntax.arrayDelimiter ?? ';';
  const parts = value.map((element) => {
    const cell = element === null ? null : scalarCell(element, column, syntax);
    if (cell === null || cell.text.includes(delimiter) || (cell.text === '' && value.length === 1)) {
      throw new CellFault(`elements that can stand between ${delimiter} (arrays: 'json' takes all)`, jsonText(element));
    }
    return cell.text;
  });
  return { text: parts.join(delimiter), quoted: parts.length === 0 };
}

function scalarCell(value: Value, column: Column, syntax: ArraySyntax): Cell {
  const text = scalarText(value, column, syntax);
  if (text === null) {
    throw new CellFault(`a value of the type ${column.type}`, jsonText(value));
  }
  return { text, quoted: text === '' };
}

function scalarText(value: Value, column: Column, syntax: ArraySyntax): string | null {
  switch (column.type) {
    case 'json':
      return jsonText(value);
    case 'int':
    case 'short':
    case 'byte':
      return typeof value === 'bigint' ? String(value) : null;
    case 'float':
      return isExact(value) ? floatText(Number(value)) : null;
    case 'vector':
      return isVector(value)
        ? coordinateTexts(value).join(syntax.arrayDelimiter ?? ';')
        : null;
    case 'bytes':
      return isBytes(value) ? encodeBase64(value) : null;
    case 'point':
      return value instanceof Point ? pointText(value) : null;
    case 'string':
    case 'char':
      return typeof value === 'string' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : null;
    default:
      return value instanceof Temporal && value.kind === TEMPORAL_KINDS[column.type]
        ? value.text
        : null;
  }
}

function pointText({ x, y, z, crs }: Point): string {
  const height = z === null ? '' : `, z: ${floatText(z)}`;
  return `{x: ${floatText(x)}, y: ${floatText(y)}${height}, crs: ${crs}}`;
}

/** Whether a value is a number that a float has exactly. */
function isExact(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'bigint' && BigInt(Number(value)) === value);
}
