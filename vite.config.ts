import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const pages = fileURLToPath(new URL('./web/', import.meta.url));

/** Each HTML file directly in web/ is a page, with a script of its own. */
export default defineConfig({
  root: pages,
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The Content-Security-Policy knows no inline scripts, and images only as data.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: readdirSync(pages)
        .filter((file) => file.endsWith('.html'))
        .map((file) => `${pages}${file}`),
    },
  },
});
