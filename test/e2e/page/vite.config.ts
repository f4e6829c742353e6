import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from '../../../electron/shell/page-security.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Builds and serves the window over the fake API, with the headers of the real browser shell. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [svelte({ configFile: resolve(root, 'svelte.config.js') })],
  build: { outDir: resolve(root, 'test-results/page'), emptyOutDir: true, target: 'chrome120' },
  preview: {
    host: '127.0.0.1',
    port: 47615,
    strictPort: true,
    headers: { 'Content-Security-Policy': contentSecurityPolicy() },
  },
});
