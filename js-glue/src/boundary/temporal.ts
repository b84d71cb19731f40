/** The tags that `ValueCodec` has for temporal types, and its numbers of coordinate systems. */
import type { CoordinateSystem, TemporalKind } from '../values.js';

const FIRST_TAG = 11;
const KINDS: readonly TemporalKind[] = [
  'date',
  'localTime',
  'time',
  'localDateTime',
  'dateTime',
  'duration',
];

/** The kind that a tag stands for. */
export function temporalKindOf(tag: number): TemporalKind {
  const kind = KINDS[tag - FIRST_TAG];
  if (kind === undefined) {
    throw new Error(`unknown temporal tag ${tag}`);
  }
  return kind;
}

/** The tag of a kind, or undefined for what is none. */
export function temporalTagOf(kind: string): number | undefined {
  const index = (KINDS as readonly string[]).indexOf(kind);
  return index < 0 ? undefined : FIRST_TAG + index;
}

const SYSTEMS: ReadonlyMap<number, CoordinateSystem> = new Map([
  [4326, 'wgs-84'],
  [4979, 'wgs-84-3d'],
  [7203, 'cartesian'],
  [9157, 'cartesian-3d'],
]);

/** The coordinate system that a number stands for. */
export function coordinateSystemOf(srid: number): CoordinateSystem {
  const system = SYSTEMS.get(srid);
  if (system === undefined) {
    throw new Error(`unknown coordinate system ${srid}`);
  }
  return system;
}
