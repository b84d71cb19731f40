export function rawWordNet() {
  return { rows: {}, checks: {} };
}
