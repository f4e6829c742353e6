import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { correctJsQr } from './scripts/lib/correct-jsqr.ts';

const root = import.meta.dirname;
// `require('electron')` without its binary would start a download; a path that is never there makes it answer at once.
const env = { ELECTRON_OVERRIDE_DIST_PATH: resolve(root, 'no-electron-in-tests') };

export default defineConfig({
  test: {
    projects: [
      {
        root,
        plugins: [correctJsQr()],
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'test/e2e/**', 'test/**/*.lab.test.ts'],
          // As the build does it: what is not inlined is not corrected.
          server: { deps: { inline: ['jsqr'] } },
          // Lint and property tests are slow on a computer that is busy with something else.
          testTimeout: 30_000,
          env,
        },
      },
      {
        // Real packets: needs the sandbox, `npm run lab -- sandbox -- npx vitest run --project lab`. One lab at a time.
        root,
        test: {
          name: 'lab',
          include: ['test/**/*.lab.test.ts'],
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          env,
        },
      },
      {
        root,
        plugins: [svelte({ configFile: resolve(root, 'svelte.config.js') })],
        resolve: { conditions: ['browser'] },
        test: { name: 'window', include: ['test/renderer/**/*.test.ts'], environment: 'happy-dom', env },
      },
    ],
  },
});
