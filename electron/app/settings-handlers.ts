import { join } from 'node:path';
import { z } from 'zod';
import type { Handlers, Settings } from '../api/schema.ts';
import { openJsonFile } from '../store/json-file.ts';

const settingsSchema: z.ZodType<Settings> = z.strictObject({
  language: z.enum(['ar', 'en', 'fr']).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
});

/** Settings of the window, kept in `settings.json` of the given folder. */
export function createSettingsHandlers(folder: string): Pick<Handlers, 'settings.get' | 'settings.set'> {
  const file = openJsonFile(join(folder, 'settings.json'), settingsSchema, { language: null, theme: 'system' });
  return {
    'settings.get': () => file.read(),
    'settings.set': async (settings) => {
      await file.write(settings);
      return settings;
    },
  };
}
