import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    outDir: 'target/web',
    emptyOutDir: true,
    // The WebAssembly module stays a file of its own: the page's policy forbids data: scripts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1024,
  },
});
