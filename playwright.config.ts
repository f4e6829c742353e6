import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Playwright's own browser cannot be relied on: the one that the window will run in is the system's. */
const browsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
];
const executablePath = browsers.find((path) => existsSync(path));

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  // One at a time: the journeys change the network of the namespace that they run in.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...(executablePath !== undefined && { launchOptions: { executablePath } }),
    viewport: { width: 900, height: 600 },
  },
  webServer: {
    // The window over the fake API, for states that are hard to bring about on a real network.
    command:
      'npx vite build --config test/e2e/page/vite.config.ts && npx vite preview --config test/e2e/page/vite.config.ts',
    url: 'http://127.0.0.1:47615/',
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
