/**
 * Vite's development server serves dependencies from `node_modules/.vite/deps`, where it puts their
 * code alone; the module is still in the package then.
 */
export function movedModule(codeUrl: string): URL | null {
  const moved = /^(.*\/node_modules\/)\.vite\/[^/]+\//.exec(codeUrl);
  return moved === null ? null : new URL(`${moved[1]}weftdb/dist/weft.wasm`);
}
