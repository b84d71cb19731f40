/** `weftdb/edge`: databases that last in Cloudflare Durable Objects, Deno KV and other key-value databases. */
export { durableObjectStore } from './stores/durable-object.js';
export type { DurableObjectStorage, DurableObjectStoreOptions } from './stores/durable-object.js';
export { keyValueStore } from './stores/key-value.js';
export type { KeyValues, KeyValueStoreOptions } from './stores/key-value.js';
