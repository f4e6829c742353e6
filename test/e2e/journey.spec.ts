/**
 * The whole journey on real packets: the built window in Chromium, over the real browser shell and engine, inside the
 * client of the practice network. Runs under `node dist/lab.js exec practice -- npx playwright test`.
 */
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { editions, type Language } from '../../renderer/text/languages.ts';
import { expectAccessible } from './accessible.ts';
import { startShell, type Shell } from './shell.ts';

const labFolder = process.env['SAWT_LAB_DIR'];
const languages: Language[] = ['en', 'fr', 'ar'];

test.skip(labFolder === undefined, 'SAWT_LAB_DIR is not set: run it inside the practice network of the lab');

for (const language of languages) {
  test.describe(language, () => {
    const { text } = editions[language];
    test.use({ locale: language });
    let shell: Shell;

    test.beforeEach(async () => {
      shell = await startShell();
    });
    test.afterEach(() => shell.stop());

    test('sees blocked calls, connects, sees them work, disconnects', async ({ page }) => {
      await page.goto(shell.url);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text.check.intro.title);
      await expectAccessible(page);

      await page.getByRole('button', { name: text.check.intro.button }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text.check.headlines['calls-blocked'].title, {
        timeout: 20_000,
      });
      const telegram = page.getByRole('row').filter({ hasText: 'Telegram' });
      await expect(telegram.getByRole('cell').nth(0)).toContainText(text.check.verdicts.ok);
      await expect(telegram.getByRole('cell').nth(1)).toContainText(text.check.verdicts.blocked);
      await expect(telegram.getByRole('cell').nth(2)).toContainText(text.check.mechanisms['stun-dpi']);
      await expectAccessible(page);

      await telegram.getByRole('button').click();
      const evidence = page.getByRole('region', { name: text.evidence.calls });
      await expect(evidence).toContainText(text.evidence.controlMark);
      await expect(evidence).toContainText(text.evidence.failures.generic_timeout_error);
      await expectAccessible(page);

      await page.getByRole('main').getByRole('button', { name: text.check.makeCallsWork }).click();
      await page.locator('input[type=file]').setInputFiles(join(labFolder ?? '', 'wireguard.conf'));
      await expect(page.getByRole('radio', { name: 'wireguard' })).toBeChecked();
      await expectAccessible(page);

      await page.getByRole('button', { name: text.connect.connect, exact: true }).click();
      await expect(page.getByRole('listitem').filter({ hasText: text.connect.stages.calls.text })).toBeVisible();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text.connected.headlines['all-fixed'].title, {
        timeout: 40_000,
      });
      const compared = page.getByRole('row').filter({ hasText: 'Telegram' });
      await expect(compared.getByRole('cell').nth(1)).toContainText(text.check.verdicts.blocked);
      await expect(compared.getByRole('cell').nth(3)).toContainText(text.connected.changes.fixed);
      await expectAccessible(page);

      await page.getByRole('contentinfo').getByRole('button', { name: text.shell.status.disconnect }).click();
      await expect(page.getByRole('contentinfo')).toContainText(text.shell.status.disconnected);
      await expectAccessible(page);
    });
  });
}
