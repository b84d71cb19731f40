/**
 * Vite's development server serves dependencies from `node_modules/.vite/deps`, where it puts their
 * code alone; other files of the package are still where it is installed. Gives where one is then, or
 * null when the code was not moved.
 */
export function movedFile(codeUrl: string, name: string): URL | null {
  const moved = /^(.*\/node_modules\/)\.vite\/[^/]+\//.exec(codeUrl);
  return moved === null ? null : new URL(`${moved[1]}weftdb/dist/${name}`);
}
