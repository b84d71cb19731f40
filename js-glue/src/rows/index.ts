/** `weftdb/rows`: rows of CSV, JSON and JSON Lines into a database and out of it. */
export { ImportError } from './errors.js';
export { exportNodes, exportRelationships, exportRows, RowExport } from './export.js';
export type { ExportOptions, ExportProgress } from './export.js';
export { importNodes, importRelationships, importRows } from './graph-import.js';
export type {
  NodeImportOptions,
  NodeKey,
  RelationshipImportOptions,
  RowImportOptions,
} from './graph-import.js';
export { NodeIds } from './ids.js';
export type {
  Executor,
  ImportChanges,
  ImportOptions,
  ImportProgress,
  ImportResult,
} from './import.js';
export type { ReadOptions, RowFormat } from './records.js';
export type { RowSource } from './source.js';
export type { ArraySyntax } from './cells.js';
export type { CsvSyntax } from './csv-read.js';
