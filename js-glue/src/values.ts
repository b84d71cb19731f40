import { floatText } from './floats.js';
import { Temporal } from './temporal.js';
import type { Vector } from './vector.js';

export { isTemporal, Temporal } from './temporal.js';
export type { DurationParts, TemporalKind } from './temporal.js';

/** A node as a query returned it: a copy that later changes of the graph do not touch. */
export interface Node {
  readonly kind: 'node';
  /** The number of the node in its graph; a deleted node's number may be given out again. */
  readonly id: number;
  /** The names of its labels, sorted. */
  readonly labels: string[];
  /** Its properties, keys sorted. */
  readonly properties: Record<string, Value>;
}

/** A relationship as a query returned it: a copy that later changes of the graph do not touch. */
export interface Relationship {
  readonly kind: 'relationship';
  /** The number of the relationship in its graph; numbers of deleted ones may be given out again. */
  readonly id: number;
  readonly type: string;
  /** The {@link Node.id} of the node it starts at. */
  readonly startId: number;
  /** The {@link Node.id} of the node it ends at. */
  readonly endId: number;
  /** Its properties, keys sorted. */
  readonly properties: Record<string, Value>;
}

/**
 * A path: `nodes[i]` and `nodes[i + 1]` are the two ends of `relationships[i]`, in either
 * direction. It has one node more than relationships.
 */
export interface Path {
  readonly kind: 'path';
  readonly nodes: Node[];
  readonly relationships: Relationship[];
}

/** The coordinate systems of Cypher. */
export type CoordinateSystem = 'wgs-84' | 'wgs-84-3d' | 'cartesian' | 'cartesian-3d';

const SRIDS: Readonly<Record<CoordinateSystem, number>> = {
  'wgs-84': 4326,
  'wgs-84-3d': 4979,
  cartesian: 7203,
  'cartesian-3d': 9157,
};

/**
 * A place in one of the coordinate systems of Cypher. Which coordinates are right shows when a query
 * takes the point as a parameter; a system of other dimensions is refused at once.
 */
export class Point {
  readonly crs: CoordinateSystem;
  /** The first coordinate, or the longitude in degrees. */
  readonly x: number;
  /** The second coordinate, or the latitude in degrees. */
  readonly y: number;
  /** The third coordinate, or the height in metres; null in two dimensions. */
  readonly z: number | null;

  constructor(crs: CoordinateSystem, x: number, y: number, z: number | null = null) {
    if (!Object.hasOwn(SRIDS, crs) || crs.endsWith('3d') !== (z !== null)) {
      throw new TypeError(`no coordinate system ${crs} of ${z === null ? 2 : 3} dimensions`);
    }
    this.crs = crs;
    this.x = x;
    this.y = y;
    this.z = z;
  }

  /** The number by which the coordinate system is known, such as 4326. */
  get srid(): number {
    return SRIDS[this.crs];
  }

  /** The text that Cypher's `toString` gives. */
  toString(): string {
    const coordinates = [`x: ${floatText(this.x)}`, `y: ${floatText(this.y)}`];
    if (this.z !== null) {
      coordinates.push(`z: ${floatText(this.z)}`);
    }
    return `point({${coordinates.join(', ')}, crs: '${this.crs}'})`;
  }
}

/**
 * A number that is a float also when it is integral: `new Float(1)` is the `1.0` of Cypher, where the
 * parameter `1` is the integer.
 */
export class Float {
  readonly value: number;

  constructor(value: number) {
    if (typeof value !== 'number') {
      throw new TypeError(`a float needs a number, not a ${typeof value}`);
    }
    this.value = value;
  }

  valueOf(): number {
    return this.value;
  }

  /** The text that Cypher's `toString` gives. */
  toString(): string {
    return floatText(this.value);
  }

  /** The number, or null for one that JSON does not have. */
  toJSON(): number {
    return this.value;
  }
}

/**
 * What a query returns.
 *
 * An integer is a `number` when `Number.isSafeInteger` holds for it and a `bigint` otherwise, so it
 * is never rounded. A float is always a `number`: the integer `1` and the float `1.0` look the same
 * here. Lists are arrays; maps are plain objects; byte strings are `Uint8Array`s.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Value[]
  | { [key: string]: Value }
  | Node
  | Relationship
  | Path
  | Temporal
  | Point
  | Vector
  | Uint8Array;

/**
 * What a query takes as a parameter.
 *
 * A `number` that is a safe integer becomes an integer, every other `number` and every {@link Float}
 * a float. A `bigint`
 * becomes an integer and must fit into 64 bits. Arrays become lists and plain objects maps, nested
 * at most 100 deep. Dates and times are {@link Temporal}s, places {@link Point}s, vectors
 * {@link Vector}s; a `Uint8Array` becomes a byte string. Anything else (`undefined`, functions,
 * JavaScript's dates, other class instances, other typed arrays) is refused with an error that
 * names the parameter.
 */
export type Parameter =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Temporal
  | Point
  | Vector
  | Uint8Array
  | readonly Parameter[]
  | { readonly [key: string]: Parameter };

/** A row: the values of the result's columns by their names, in the order of the columns. */
export type Row = Record<string, Value>;

/** Whether a value is a node. A map with the same members looks like one too. */
export function isNode(value: unknown): value is Node {
  return kindOf(value) === 'node';
}

/** Whether a value is a relationship. A map with the same members looks like one too. */
export function isRelationship(value: unknown): value is Relationship {
  return kindOf(value) === 'relationship';
}

/** Whether a value is a path. A map with the same members looks like one too. */
export function isPath(value: unknown): value is Path {
  return kindOf(value) === 'path';
}

/** Whether a value is a point. */
export function isPoint(value: unknown): value is Point {
  return value instanceof Point;
}

function kindOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'kind' in value && !(value instanceof Temporal)
    ? value.kind
    : undefined;
}
