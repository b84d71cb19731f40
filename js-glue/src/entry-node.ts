/** `weftdb/node`: databases in a directory on disk, for Node.js, Deno and Bun. */
export { nodeStore } from './stores/node.js';
export type { NodeStoreOptions } from './stores/node.js';
