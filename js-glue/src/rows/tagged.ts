/**
 * Values as JSON that keeps their types.
 *
 * null, booleans, strings, lists and maps are those of JSON. A number with a fraction or an exponent
 * is a float, every other an integer. What JSON does not have is an object of two members,
 * `{"$type": "Date", "_value": "2015-07-21"}`, as in the typed JSON of Neo4j's Query API.
 */
import { Float, isNode, isPath, isRelationship, Point, Temporal } from '../values.js';
import type { CoordinateSystem, TemporalKind, Value } from '../values.js';
import { isBytes, isVector, Vector } from '../vector.js';
import type { CoordinateType } from '../vector.js';
import { setMember } from '../boundary/reader.js';
import { floatText } from '../floats.js';
import { vectorArray } from './numbers.js';

/** What JSON text holds: numbers are {@link Float}s or integers. */
export type Json = null | boolean | string | number | bigint | Float | Json[] | { [key: string]: Json };

/** What a tag cannot be; the message says why. */
export class TagFault extends Error {}

const KINDS: Readonly<Record<string, TemporalKind>> = {
  Date: 'date',
  LocalTime: 'localTime',
  Time: 'time',
  LocalDateTime: 'localDateTime',
  OffsetDateTime: 'dateTime',
  ZonedDateTime: 'dateTime',
  Duration: 'duration',
};

const SYSTEMS: Readonly<Record<string, CoordinateSystem>> = {
  4326: 'wgs-84',
  4979: 'wgs-84-3d',
  7203: 'cartesian',
  9157: 'cartesian-3d',
};

/** The text of a value in which integers are bigints and every number is a float. */
export function jsonText(value: Value | Float): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return floatJson(value);
    case 'object':
      return value === null ? 'null' : objectText(value);
    default:
      return String(value);
  }
}

function floatJson(value: number): string {
  if (!Number.isFinite(value)) {
    return tagged('Float', JSON.stringify(String(value)));
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /^-?[0-9]+$/.test(text) ? `${text}.0` : text;
}

function tagged(type: string, value: string): string {
  return `{"$type":"${type}","_value":${value}}`;
}

function objectText(value: Exclude<Value, null> & object | Float): string {
  if (value instanceof Float) {
    return floatJson(value.value);
  } else if (Array.isArray(value)) {
    return `[${value.map((element) => jsonText(element)).join(',')}]`;
  } else if (value instanceof Temporal) {
    return tagged(temporalTag(value), JSON.stringify(value.text));
  } else if (value instanceof Point) {
    const { srid, x, y, z } = value;
    const axes = (z === null ? [x, y] : [x, y, z]).map(floatText).join(' ');
    return tagged('Point', JSON.stringify(`SRID=${srid};POINT ${z === null ? '' : 'Z '}(${axes})`));
  } else if (isVector(value)) {
    const type = JSON.stringify(value.coordinateType);
    return tagged('Vector', `{"coordinatesType":${type},"coordinates":${JSON.stringify(coordinateTexts(value))}}`);
  } else if (isBytes(value)) {
    return tagged('Base64', JSON.stringify(encodeBase64(value)));
  } else if (isNode(value) && typeof value.id === 'number' && Array.isArray(value.labels)) {
    const { id, labels, properties } = value;
    const members = { kind: 'node', id: BigInt(id), labels, properties };
    return tagged('Node', mapText(members));
  } else if (isRelationship(value) && typeof value.id === 'number') {
    const { id, type, startId, endId, properties } = value;
    const ids = { id: BigInt(id), type, startId: BigInt(startId), endId: BigInt(endId) };
    return tagged('Relationship', mapText({ kind: 'relationship', ...ids, properties }));
  } else if (isPath(value) && Array.isArray(value.nodes) && Array.isArray(value.relationships)) {
    const elements = [...alternating(value.nodes, value.relationships)];
    return tagged('Path', jsonText(elements));
  }
  const map = value as Record<string, Value>;
  const text = mapText(map);
  return Object.hasOwn(map, '$type') ? tagged('Map', text) : text;
}

function mapText(map: { readonly [key: string]: Value }): string {
  const entries = Object.entries(map).map(
    ([key, member]) => `${JSON.stringify(key)}:${jsonText(member)}`,
  );
  return `{${entries.join(',')}}`;
}

function* alternating(nodes: Value[], relationships: Value[]): Iterable<Value> {
  for (let i = 0; i < nodes.length; i++) {
    yield nodes[i] as Value;
    if (i < relationships.length) {
      yield relationships[i] as Value;
    }
  }
}

function temporalTag({ kind, text }: Temporal): string {
  if (kind === 'dateTime') {
    return text.endsWith(']') ? 'ZonedDateTime' : 'OffsetDateTime';
  }
  return Object.keys(KINDS).find((name) => KINDS[name] === kind) as string;
}

/** The value of JSON, in which tagged objects are what they stand for. */
export function taggedValue(json: Json): Value | Float {
  if (json === null || typeof json !== 'object' || json instanceof Float) {
    return json as Value | Float;
  } else if (Array.isArray(json)) {
    return json.map(taggedValue) as Value[];
  } else if (Object.hasOwn(json, '$type')) {
    return untagged(json);
  }
  return mapValue(json);
}

function mapValue(json: { [key: string]: Json }): Value {
  const map: Record<string, Value> = {};
  for (const key of Object.keys(json)) {
    setMember(map, key, taggedValue(json[key] as Json));
  }
  return map;
}

function untagged(json: { [key: string]: Json }): Value | Float {
  const { $type: type, _value: value } = json;
  if (Object.keys(json).length !== 2 || value === undefined || typeof type !== 'string') {
    throw new TagFault('expected an object with "$type" to have "_value" and nothing else');
  }
  const found = typeof value === 'string' ? ofText(type, value) : ofOther(type, value);
  if (found === undefined) {
    throw new TagFault(`expected the "_value" of a ${JSON.stringify(type)}, found ${jsonText(value as Value).slice(0, 60)}`);
  }
  return found;
}

function ofText(type: string, text: string): Value | Float | undefined {
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind !== undefined) {
    return new Temporal(kind, text);
  }
  switch (type) {
    case 'String':
      return text;
    case 'Base64':
      return decodeBase64(text) ?? undefined;
    case 'Point':
      return pointOf(text);
    case 'Integer': {
      const integer = vectorArray('INTEGER', [text])?.[0] as bigint | undefined;
      const number = Number(integer);
      return integer === undefined || !Number.isSafeInteger(number) ? integer : number;
    }
    case 'Float':
      return floatOf(text);
    default:
      return undefined;
  }
}

function floatOf(text: string): Float | undefined {
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') {
    return new Float(Number(text));
  }
  const array = vectorArray('FLOAT', [text]);
  return array === null ? undefined : new Float(array[0] as number);
}

const POINT =
  /^SRID=(\d{4});\s*POINT\s*(Z?)\s*\(\s*([-+.\deE]+)\s+([-+.\deE]+)(?:\s+([-+.\deE]+))?\s*\)$/;

function pointOf(text: string): Point | undefined {
  const [, srid = '', flag, ...axes] = POINT.exec(text) ?? [];
  const system = SYSTEMS[srid];
  const present = axes.filter((axis) => axis !== undefined);
  const coordinates = vectorArray('FLOAT', present) as Float64Array | null;
  if (system === undefined || coordinates === null || (flag === 'Z') !== (present.length === 3)) {
    return undefined;
  }
  const [x = 0, y = 0, z = null] = coordinates;
  return system.endsWith('3d') === (z !== null) ? new Point(system, x, y, z) : undefined;
}

function ofOther(type: string, value: Json): Value | undefined {
  switch (type) {
    case 'Null':
      return value === null ? null : undefined;
    case 'Boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'List':
    case 'Path':
      return Array.isArray(value) ? (value.map(taggedValue) as Value[]) : undefined;
    case 'Map':
    case 'Node':
    case 'Relationship':
      return isMap(value) ? mapValue(value) : undefined;
    case 'Vector':
      return isMap(value) ? vectorOf(value) : undefined;
    default:
      return undefined;
  }
}

function isMap(value: Json): value is { [key: string]: Json } {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Float)
  );
}

const COORDINATE_TYPES = ['INTEGER8', 'INTEGER16', 'INTEGER32', 'INTEGER', 'FLOAT32', 'FLOAT'];

function vectorOf(map: { [key: string]: Json }): Vector | undefined {
  const { coordinatesType: type, coordinates: texts } = map;
  if (
    typeof type !== 'string' ||
    !COORDINATE_TYPES.includes(type) ||
    !Array.isArray(texts) ||
    texts.length < 1 ||
    texts.length > 4096 ||
    !texts.every((text) => typeof text === 'string')
  ) {
    return undefined;
  }
  const array = vectorArray(type as CoordinateType, texts);
  return array === null ? undefined : new Vector(array);
}

/** The coordinates of a vector, as texts that tell them apart. */
export function coordinateTexts(vector: Vector): string[] {
  return Array.from<number | bigint, string>(vector.coordinates, (coordinate) =>
    Object.is(coordinate, -0) ? '-0.0' : String(coordinate),
  );
}

/** Bytes as base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x3000) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + 0x3000)));
  }
  return text;
}

/** The bytes of base64 with padding, or null for what is none. */
export function decodeBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    return null;
  }
  const binary = atob(text);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
