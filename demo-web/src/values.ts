import {
  isBytes,
  isNode,
  isPath,
  isRelationship,
  Point,
  Temporal,
  Vector,
  type Node,
  type Path,
  type Value,
} from 'weftdb';

/** What a person recognises a node by: a name-like property, else the first one, else its id. */
export function captionOf(node: Node): string {
  for (const key of ['name', 'lemma', 'title', 'label', 'gloss', 'id']) {
    const value = node.properties[key];
    if (typeof value === 'string' && value !== '') {
      return shorten(value, 36);
    }
  }
  for (const value of Object.values(node.properties)) {
    if (value !== null && typeof value !== 'object') {
      return shorten(String(value), 36);
    }
  }
  return `#${node.id}`;
}

/** A value as Cypher would write it. */
export function textOf(value: Value): string {
  if (value === null) {
    return 'null';
  }
  if (typeof value === 'string') {
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(textOf).join(', ')}]`;
  }
  if (value instanceof Temporal) {
    return value.text;
  }
  if (value instanceof Point || value instanceof Vector) {
    return value.toString();
  }
  if (isBytes(value)) {
    return `X'${Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase()}'`;
  }
  if (isNode(value)) {
    const labels = value.labels.map((label) => `:${label}`).join('');
    return `(${labels}${propertiesText(value.properties, labels !== '')})`;
  }
  if (isRelationship(value)) {
    return `[:${value.type}${propertiesText(value.properties, true)}]`;
  }
  if (isPath(value)) {
    return pathText(value);
  }
  return mapText(value as Record<string, Value>);
}

function pathText(path: Path): string {
  let text = path.nodes[0] === undefined ? '' : nodeText(path.nodes[0]);
  path.relationships.forEach((relationship, i) => {
    const next = path.nodes[i + 1];
    const forward = path.nodes[i]?.id === relationship.startId;
    text += forward ? ` -[:${relationship.type}]-> ` : ` <-[:${relationship.type}]- `;
    text += next === undefined ? '' : nodeText(next);
  });
  return text;
}

function nodeText(node: Node): string {
  const label = node.labels[0];
  return `(${label === undefined ? '' : `:${label} `}${captionOf(node)})`;
}

function propertiesText(properties: Record<string, Value>, space: boolean): string {
  return Object.keys(properties).length === 0 ? '' : (space ? ' ' : '') + mapText(properties);
}

function mapText(map: Record<string, Value>): string {
  return `{${Object.entries(map)
    .map(([key, value]) => `${key}: ${textOf(value)}`)
    .join(', ')}}`;
}

export function shorten(text: string, length: number): string {
  const points = [...text];
  return points.length <= length ? text : `${points.slice(0, length - 1).join('')}…`;
}
