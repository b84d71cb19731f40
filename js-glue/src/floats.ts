/** The text that Cypher's `toString` gives of a float: `1.0`, `0.001`, `1.0E7`, `1.5E-5`. */
export function floatText(value: number): string {
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value)) {
    return String(value);
  }
  if (magnitude === 0 || (magnitude >= 1e-3 && magnitude < 1e7)) {
    const text = Object.is(value, -0) ? '-0' : String(value);
    return Number.isInteger(value) ? `${text}.0` : text;
  }
  // There are at least two digits: 4.9E-324 is nearer to the least float than 5.0E-324.
  const shortest = value.toExponential();
  const text = shortest.includes('.') ? shortest : value.toExponential(1);
  return text.replace('e', 'E').replace('+', '');
}

/** The same of a float of 32 bits, with as few digits as tell it from all others. */
export function float32Text(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) {
      return floatText(shorter);
    }
  }
  return floatText(Number(value.toPrecision(9)));
}
