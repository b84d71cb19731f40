// What is measured on which data. The sizes S, M and L have the rows of workloads.json, the data set
// wordnet those of wordnet.json.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

export function specOf(size) {
  return readJson(`${root}${size === 'wordnet' ? 'wordnet' : 'workloads'}.json`);
}

export function dataOf(size) {
  return `${root}data/${size}/`;
}

/** A figure of the specification: one number, or one for each size. */
export function bySize(figure, size) {
  return typeof figure === 'object' ? figure[size] : figure;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The version of an npm package that is installed here. */
export function installedVersion(name) {
  return readJson(`${root}node_modules/${name}/package.json`).version;
}
