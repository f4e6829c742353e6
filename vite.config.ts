import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type EnvironmentOptions } from 'vite';
import { correctJsQr } from './scripts/lib/correct-jsqr.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** A program for Node: every dependency bundled, so that the installed app carries no node_modules. */
function nodeProgram(input: Record<string, string>, format: 'es' | 'cjs'): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron'], builtins: ['electron', /^node:/, ...builtinModules] },
    build: {
      ssr: true,
      outDir: at('dist'),
      emptyOutDir: false,
      copyPublicDir: false, // the window's, in dist/renderer
      target: 'node20.19',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  };
}

export default defineConfig({
  root: at('renderer'),
  base: './',
  plugins: [svelte({ configFile: at('svelte.config.js') }), correctJsQr()],
  builder: {
    buildApp: async (builder) => {
      for (const name of ['client', 'programs', 'preload']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  environments: {
    client: {
      build: {
        outDir: at('dist/renderer'),
        emptyOutDir: true,
        target: 'chrome120',
        rolldownOptions: { input: at('renderer/index.html') },
      },
    },
    programs: nodeProgram(
      {
        main: at('electron/main.ts'),
        cli: at('electron/cli.ts'),
        browser: at('electron/browser.ts'),
        lab: at('test/lab/main.ts'),
        sim: at('test/sim/main.ts'),
        fuzz: at('test/fuzz/main.ts'),
        'servers-tool': at('scripts/servers-tool.ts'),
        'check-bench': at('scripts/check-bench.ts'),
        'import-bench': at('scripts/import-bench.ts'),
        'catalogue-tool': at('scripts/catalogue-tool.ts'),
        'list-bench': at('scripts/list-bench.ts'),
        'lab-world': at('test/lab/world/main.ts'),
        'lab-isp': at('test/lab/isp/main.ts'),
        'lab-injector': at('test/lab/injector/main.ts'),
        'lab-probe': at('test/lab/probe/main.ts'),
        'lab-delay': at('test/lab/delay/main.ts'),
      },
      'es',
    ),
    preload: nodeProgram({ preload: at('electron/preload.ts') }, 'cjs'),
  },
});
