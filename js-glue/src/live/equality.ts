/** Whether two values of results are the same: of the same kind, with the same in them. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) {
    return false;
  }
  if (Array.isArray(a) || ArrayBuffer.isView(a)) {
    return sameElements(a as unknown as ArrayLike<unknown>, b as ArrayLike<unknown>);
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(field(a, key), field(b, key)))
  );
}

function sameElements(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) {
    return false;
  }
  for (let i = 0; i < a.length; i++) {
    if (!sameValue(a[i], b[i])) {
      return false;
    }
  }
  return true;
}

/**
 * A text that two values have in common only when they are the same. Of a node and a relationship
 * its number counts when `byId`, else all of it.
 */
export function valueText(value: unknown, byId: boolean): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'object':
      return value === null ? 'null' : objectText(value, byId);
    default:
      return String(value);
  }
}

function objectText(value: object, byId: boolean): string {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const kind = Array.isArray(value) ? '' : Object.prototype.toString.call(value);
    const elements = Array.from(value as unknown as ArrayLike<unknown>, (each) =>
      valueText(each, byId),
    );
    return `${kind}[${elements.join()}]`;
  }
  const kind = field(value, 'kind');
  if (byId && (kind === 'node' || kind === 'relationship') && 'properties' in value) {
    return `${kind} ${String(field(value, 'id'))}`;
  }
  const fields = Object.keys(value).map(
    (key) => `${JSON.stringify(key)}:${valueText(field(value, key), byId)}`,
  );
  return `${tag(value)}{${fields.join()}}`;
}

/** Classes are told from each other and from maps. */
function tag(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    return '';
  }
  return value.constructor.name;
}

function field(of: object, key: string): unknown {
  return (of as Record<string, unknown>)[key];
}
