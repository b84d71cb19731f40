import type { QueryResult, Value } from 'weftdb';
import { textOf } from './values.js';

/** Rows that are put into the page; more would make it slow, and nobody reads them. */
const SHOWN_ROWS = 1000;

/** Shows a result as a table, below the plan of a query with EXPLAIN or PROFILE. */
export function showTable(parent: HTMLElement, result: QueryResult): void {
  parent.replaceChildren();
  if (result.plan !== null) {
    const plan = document.createElement('pre');
    plan.className = 'plan';
    plan.textContent = result.plan.text;
    parent.append(plan);
  }
  if (result.columns.length === 0 && result.plan !== null) {
    return;
  }
  if (result.columns.length === 0) {
    parent.append(note('The statement returned no columns.'));
    return;
  }
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const column of result.columns) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = column;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of result.rows.slice(0, SHOWN_ROWS)) {
    const line = body.insertRow();
    for (const column of result.columns) {
      fill(line.insertCell(), row[column] ?? null);
    }
  }
  parent.append(table);
  if (result.rows.length === 0) {
    parent.append(note('No rows.'));
  } else if (result.rows.length > SHOWN_ROWS) {
    parent.append(
      note(
        `The first ${SHOWN_ROWS.toLocaleString('en')} of ` +
          `${result.rows.length.toLocaleString('en')} rows; add a LIMIT or a condition to see others.`,
      ),
    );
  }
}

function fill(cell: HTMLTableCellElement, value: Value): void {
  if (typeof value === 'string') {
    cell.textContent = value;
  } else if (value === null) {
    cell.textContent = 'null';
    cell.className = 'null';
  } else if (typeof value === 'object') {
    const code = document.createElement('code');
    code.textContent = textOf(value);
    cell.append(code);
  } else {
    cell.textContent = String(value);
    cell.className = typeof value === 'boolean' ? '' : 'number';
  }
}

function note(text: string): HTMLElement {
  const paragraph = document.createElement('p');
  paragraph.className = 'note muted';
  paragraph.textContent = text;
  return paragraph;
}
