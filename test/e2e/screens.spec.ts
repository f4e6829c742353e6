/** Every screen and state of the window over the fake API: legible, accessible and clean in each language and theme. */
import { expect, test, type Page } from '@playwright/test';
import { editions, type Language } from '../../renderer/text/languages.ts';
import type { Text } from '../../renderer/text/types.ts';
import { expectAccessible } from './accessible.ts';
import type { SceneName } from './page/scenes.ts';

const page_ = 'http://127.0.0.1:47615';
/** Colours do not depend on the language, so each theme is gone through in one or two of them. */
const looks: { language: Language; colorScheme: 'light' | 'dark' }[] = [
  { language: 'en', colorScheme: 'light' },
  { language: 'fr', colorScheme: 'dark' },
  { language: 'ar', colorScheme: 'light' },
];

const begin = (page: Page, text: Text): Promise<void> =>
  page.getByRole('button', { name: text.check.intro.button }).click();
const toConnect = (page: Page, text: Text): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name: text.shell.screens.connect }).click();
const toHistory = (page: Page, text: Text): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name: text.shell.screens.history }).click();
async function connect(page: Page, text: Text): Promise<void> {
  await toConnect(page, text);
  await page.getByRole('button', { name: text.connect.connect, exact: true }).click();
}

/** What is done to reach a state, and a sentence that must then be seen. */
const states: {
  name: string;
  scene: SceneName;
  reach: (page: Page, text: Text) => Promise<void>;
  shows: (text: Text) => string;
}[] = [
  {
    name: 'first opening',
    scene: 'first',
    reach: () => Promise.resolve(),
    shows: (text) => text.check.intro.quiet,
  },
  { name: 'check under way', scene: 'running', reach: begin, shows: (text) => text.check.confirming },
  {
    name: 'calls blocked',
    scene: 'first',
    reach: begin,
    shows: (text) => text.check.headlines['calls-blocked'].title,
  },
  {
    name: 'evidence',
    scene: 'first',
    reach: async (page, text) => {
      await begin(page, text);
      await page.getByRole('row').filter({ hasText: 'Telegram' }).getByRole('button').click();
    },
    shows: (text) => text.evidence.messages,
  },
  {
    name: 'every verdict',
    scene: 'mixed',
    reach: begin,
    shows: (text) => text.check.mechanisms['tls-mitm'],
  },
  { name: 'nothing blocked', scene: 'clean', reach: begin, shows: (text) => text.check.headlines['all-ok'].title },
  {
    name: 'packets that look like calls',
    scene: 'signatures',
    reach: async (page, text) => {
      await page.getByText(text.check.signature.title).click();
      await page.getByLabel(text.check.signature.servers).fill('198.51.100.7:3478-3499');
      await page.getByRole('button', { name: text.check.signature.button }).click();
    },
    shows: (text) => text.check.signature.spoiled,
  },
  { name: 'offline', scene: 'offline', reach: begin, shows: (text) => text.check.headlines.offline.text },
  { name: 'a VPN that leaks', scene: 'leak', reach: begin, shows: (text) => text.vpn.around.ipv6 },
  { name: 'portal', scene: 'portal', reach: begin, shows: (text) => text.check.headlines.portal.text },
  { name: 'no profile yet', scene: 'empty', reach: toConnect, shows: (text) => text.connect.law },
  {
    name: 'profiles and an import',
    scene: 'profiles',
    reach: async (page, text) => {
      await toConnect(page, text);
      const file = { mimeType: 'text/plain', buffer: Buffer.from('x') };
      await page.locator('input[type=file]').setInputFiles([
        { ...file, name: 'madrid.conf' },
        { ...file, name: 'bad.conf' },
      ]);
    },
    shows: (text) => text.troubles['profile-invalid'].todo,
  },
  {
    name: 'a phone',
    scene: 'profiles',
    reach: async (page, text) => {
      await toConnect(page, text);
      await page.getByRole('button', { name: text.connect.phone.show }).click();
    },
    shows: (text) => text.connect.phone.oneDevice,
  },
  {
    name: 'a server of one’s own',
    scene: 'own-server',
    reach: async (page, text) => {
      await toConnect(page, text);
      await page.getByText(text.ownServer.split.title).click();
      await page.getByText(text.ownServer.title).click();
      await page.getByLabel(text.ownServer.endpoint).fill('198.51.100.4');
      await page.getByRole('button', { name: text.ownServer.make }).click();
      await page.getByRole('listitem').getByRole('button', { name: '198.51.100.4' }).last().click();
    },
    shows: (text) => text.ownServer.conclusions['only-tcp'],
  },
  {
    name: 'an account that is refused',
    scene: 'accounts',
    reach: async (page, text) => {
      await toConnect(page, text);
      await page.getByText(text.accounts.title).click();
      await page.getByRole('combobox', { name: text.accounts.provider }).selectOption('example');
      await page.getByRole('combobox', { name: text.accounts.place }).selectOption('es-mad-1');
      await page.getByLabel(text.accounts.number).fill('5712903846151032');
      await page.getByRole('button', { name: text.accounts.register }).press('Enter');
    },
    shows: (text) => text.troubles['too-many-requests'].todo,
  },
  {
    name: 'a password that was refused',
    scene: 'password',
    reach: async (page, text) => {
      await connect(page, text);
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByLabel(text.login.username)).toBeFocused();
      await dialog.getByLabel(text.login.username).fill('lantern');
      await dialog.getByLabel(text.login.password).fill('wet stone 7');
      await dialog.getByLabel(text.login.password).press('Enter');
    },
    shows: (text) => text.troubles['password-wrong'].todo,
  },
  {
    name: 'choosing the best server',
    scene: 'choosing',
    reach: async (page, text) => {
      await toConnect(page, text);
      await page.getByRole('button', { name: text.best.button }).click();
    },
    shows: (text) => text.best.trying,
  },
  {
    name: 'a relay of one’s own',
    scene: 'relay',
    reach: async (page, text) => {
      await page.getByRole('button', { name: text.shell.screens.settings }).click();
      await page.getByRole('button', { name: text.relay.remove }).click();
    },
    shows: (text) => text.relay.removeAsk,
  },
  {
    name: 'a rehearsed call',
    scene: 'relay',
    reach: (page, text) => page.getByRole('button', { name: text.relay.deeper }).click(),
    shows: (text) => text.quality.call.outcomes.cut,
  },
  {
    name: 'lists from one to another',
    scene: 'hand-on',
    reach: async (page, text) => {
      await page.getByRole('button', { name: text.shell.screens.settings }).click();
      const handOn = page.getByRole('region', { name: text.lists.handOn.title });
      await handOn.getByRole('button', { name: text.lists.handOn.show }).first().click();
      await handOn.getByRole('button', { name: text.lists.handOn.next }).click();
      const buffer = Buffer.from('x');
      await handOn.locator('input[type=file]').setInputFiles([{ name: '1.png', mimeType: 'image/png', buffer }]);
    },
    shows: (text) => text.troubles['list-incomplete'].todo,
  },
  { name: 'connecting', scene: 'connecting', reach: connect, shows: (text) => text.connect.stages.traffic.text },
  { name: 'before and after', scene: 'connects', reach: connect, shows: (text) => text.connected.ipv6.tunnelled },
  { name: 'a failure', scene: 'fails', reach: connect, shows: (text) => text.troubles['handshake-silent'].todo },
  { name: 'missing programs', scene: 'gaps', reach: toConnect, shows: (text) => text.connect.doctor.user },
  { name: 'no check yet', scene: 'no-history', reach: toHistory, shows: (text) => text.history.empty.text },
  { name: 'earlier checks', scene: 'history', reach: toHistory, shows: (text) => text.history.through.own },
  {
    name: 'an earlier check',
    scene: 'history',
    reach: async (page, text) => {
      await toHistory(page, text);
      await page.getByRole('main').getByRole('button', { name: text.history.open }).nth(1).click();
    },
    shows: (text) => text.check.headlines['calls-blocked'].title,
  },
  {
    name: 'two checks compared',
    scene: 'history',
    reach: async (page, text) => {
      await toHistory(page, text);
      for (const index of [1, 4]) await page.getByRole('checkbox').nth(index).check();
      await page.getByRole('button', { name: text.history.compare, exact: true }).click();
    },
    shows: (text) => text.history.changes['newly-blocked'],
  },
  {
    name: 'forgetting all checks',
    scene: 'history',
    reach: async (page, text) => {
      await toHistory(page, text);
      await page.getByRole('button', { name: text.history.clear.button }).click();
    },
    shows: (text) => text.history.clear.text,
  },
  {
    name: 'settings',
    scene: 'first',
    reach: (page, text) => page.getByRole('button', { name: text.shell.screens.settings }).click(),
    shows: (text) => text.settings.privacy,
  },
];

for (const { language, colorScheme } of looks) {
  test.describe(`${language} ${colorScheme}`, () => {
    test.use({ locale: language, colorScheme });
    for (const { name, scene, reach, shows } of states) {
      test(name, async ({ page }, info) => {
        const { text, direction } = editions[language];
        const faults: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') faults.push(message.text());
        });
        page.on('pageerror', ({ message }) => faults.push(message));

        await page.goto(`${page_}/?scene=${scene}`);
        await expect(page.getByRole('banner')).toBeVisible();
        await reach(page, text);
        await expect(page.getByRole('main').getByText(shows(text)).first()).toBeVisible();
        await expect(page.locator('html')).toHaveAttribute('dir', direction);

        await expectAccessible(page);
        expect(await overflows(page)).toEqual([]);
        expect(faults).toEqual([]);
        await page.screenshot({ path: info.outputPath('screen.png') });
      });
    }
  });
}

test('everything can be reached with the keyboard, in sight', async ({ page }) => {
  await page.goto(`${page_}/?scene=connects`);
  // A key pressed before the page is drawn goes nowhere.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByText(editions.en.text.shell.skip)).toBeInViewport();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const screens = page.getByRole('navigation');
  await expect(screens.getByRole('button', { name: editions.en.text.shell.screens.connect })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'Madrid' })).toBeFocused();
  await expect(page.getByRole('radio', { name: 'Madrid' })).toBeInViewport();
  await page.getByRole('button', { name: editions.en.text.connect.connect, exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    editions.en.text.connected.headlines['all-fixed'].title,
  );
});

test('the headings and the way out stay legible at twice the size', async ({ page }) => {
  await page.setViewportSize({ width: 450, height: 600 });
  await page.goto(`${page_}/?scene=first`);
  await begin(page, editions.en.text);
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(450);
});

/** What is wider than the place it has: the page itself, or any text that is cut off. */
function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main *, header *, footer *')]
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => !element.matches('svg *, select, textarea, .visually-hidden, .visually-hidden *'))
      .map((element) => element.outerHTML.slice(0, 120)),
  );
}
