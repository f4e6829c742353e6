/** The window in the real Electron. Its binary is no npm package: where it was not fetched, this is skipped. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { _electron, expect, test } from '@playwright/test';

const root = resolve(import.meta.dirname, '../..');
const program = process.env['SAWT_TEST_ELECTRON'] ?? resolve(root, 'node_modules/electron/dist/electron');

test.skip(!existsSync(program), 'the binary of Electron is not on this computer (SAWT_TEST_ELECTRON names one)');

test('opens a window on our own page, which has the API and nothing of Node', async () => {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const electron = await _electron.launch({ executablePath: program, args: [root, ...sandbox] });
  const window = await electron.firstWindow();
  expect(window.url()).toBe('sawt-app://window/index.html');
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await window.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined');
  await electron.close();
});
