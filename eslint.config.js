import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const domainRooms = [
  ...['electron/check', 'electron/profile', 'electron/servers', 'electron/tunnel', 'electron/store'],
  'electron/signed',
];

/**
 * The arrows of the house (docs/architecture.md): each room and the rooms it may import from, type imports included.
 * A room may always import from itself.
 * @type {Record<string, string[]>}
 */
const mayImport = {
  'electron/api': [], // and types of the domain rooms: see `typesOnly`
  'electron/check/packet': [],
  'electron/check': ['electron/signed'],
  'electron/profile': [],
  'electron/store': [],
  'electron/signed': ['electron/store'],
  'electron/servers': ['electron/profile', 'electron/store', 'electron/check/packet', 'electron/signed'],
  'electron/tunnel': ['electron/profile', 'electron/store', 'electron/check/packet'],
  'electron/app': [...domainRooms, 'electron/api'],
  'electron/app.ts': ['electron/app', ...domainRooms, 'electron/api'],
  'electron/shell': ['electron/app.ts', 'electron/api'],
  'electron/cli': ['electron/app.ts', 'electron/api'],
  'electron/entry.ts': ['electron/app.ts'],
  'electron/cli.ts': ['electron/entry.ts', 'electron/app.ts', 'electron/cli'],
  'electron/browser.ts': ['electron/entry.ts', 'electron/app.ts', 'electron/shell'],
  'electron/main.ts': ['electron/entry.ts', 'electron/app.ts', 'electron/shell'],
  'electron/preload.ts': ['electron/api'],
  'renderer/client': ['electron/api'],
  'renderer/state': ['renderer/client', 'electron/api'],
  'renderer/parts': ['renderer/text', 'electron/api'],
  'renderer/text': ['electron/api'],
  'renderer/screens': ['renderer/state', 'renderer/parts', 'renderer/text', 'electron/api'],
};
/** @type {Record<string, string[]>} */
const typesOnly = { 'electron/api': domainRooms };

const zones = Object.entries(mayImport).flatMap(([room, others]) =>
  ['electron', 'renderer', 'test'].map((house) => ({
    target: `./${room}`,
    from: `./${house}`,
    except: [room, ...others, ...(typesOnly[room] ?? [])]
      .filter((path) => path.startsWith(`${house}/`))
      .map((path) => `./${path.slice(house.length + 1)}`),
    message: `${room} may import only from itself${others.length > 0 ? ` and ${others.join(', ')}` : ''} (docs/architecture.md).`,
  })),
);

export default defineConfig(
  { ignores: ['dist', 'release', 'test-results', 'playwright-report', 'coverage'] },
  ...tseslint.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.mjs', '.svelte'] })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  {
    // Only these files may know that Electron exists; everything else starts in plain Node.
    files: ['electron/**/*.ts', 'test/**/*.ts'],
    ignores: [
      'electron/main.ts',
      'electron/preload.ts',
      'electron/shell/electron/**',
      'test/electron/shell/electron/**',
    ],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: 'electron', message: 'Only the Electron shell may.' }] }],
    },
  },
  {
    files: ['electron/api/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[importKind!='type'][source.value=/^\\.\\.\\//]",
          message: 'electron/api takes only types from other rooms (docs/architecture.md).',
        },
      ],
    },
  },
  {
    files: ['scripts/**/*.mjs', '**/*.config.js'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-member-access': 'off' },
  },
  { files: ['scripts/**/*.mjs', 'test/**/*.ts'], rules: { 'no-console': 'off' } },
);
