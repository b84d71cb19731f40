// Writes into answers.json what the answers to all rows of some sizes have to be, by plain loops. Run by hand
// when rows or data are new:  node bench/peers/answers.mjs S M L wordnet
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import rawJs from './adapters/raw-js.mjs';
import { answerText, checksum } from './lib/answers.mjs';
import { writeRows } from './lib/data.mjs';
import { load, readAnswers } from './lib/measure.mjs';
import { dataOf, readJson, root, specOf } from './lib/spec.mjs';

/** The checksums of a size's rows: one of a row that reads, one for each sample of a row that writes. */
export async function answersOf(size, adapter = rawJs, data = dataOf(size)) {
  const spec = specOf(size);
  const parameters = readJson(`${data}params.json`);
  const { persons } = readJson(`${data}manifest.json`);
  const database = await adapter.open({ spec, schema: spec.schema });
  await load(database, spec, size, () => {}, data);
  const answers = {};
  for (const [index, workload] of spec.workloads.entries()) {
    if (workload.kind === 'read') {
      const rows = await readAnswers(database, workload, size, parameters);
      answers[workload.id] = [checksum(rows.map((answer) => answerText(answer, workload)))];
      continue;
    }
    answers[workload.id] = [];
    for (let sample = 0; sample < workload.samples; sample++) {
      const { rows, low, high } = writeRows(workload, { size, sample, persons, index });
      for (const call of workload.batch ? [{ rows }] : rows) {
        await database.execute(workload.cypher, call);
      }
      const answer = await database.execute(workload.check, { lo: low, hi: high });
      answers[workload.id].push(checksum([answerText(answer)]));
    }
  }
  await database.close();
  return answers;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const answers = readJson(`${root}answers.json`);
  for (const size of process.argv.slice(2)) {
    answers[size] = await answersOf(size);
  }
  writeFileSync(`${root}answers.json`, `${JSON.stringify(answers, null, 1)}\n`);
}
