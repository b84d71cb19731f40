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
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
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
