import type { Settings } from '../../electron/api/schema.ts';
import { ar } from './ar/ar.ts';
import { en } from './en/en.ts';
import { fr } from './fr/fr.ts';
import { createFormats, type Formats } from './format.ts';
import type { Text } from './types.ts';

export type Language = NonNullable<Settings['language']>;

export interface Edition {
  text: Text;
  formats: Formats;
  direction: 'ltr' | 'rtl';
  /** The language's name in itself. */
  name: string;
}

/** Latin digits in Arabic too: addresses and ports beside them have no others. */
const locales: Record<Language, string> = { ar: 'ar-u-nu-latn', en: 'en-GB', fr: 'fr' };

const edition = (language: Language, text: Text, direction: Edition['direction'], name: string): Edition => ({
  text,
  formats: createFormats(locales[language]),
  direction,
  name,
});

/** In the order of the settings screen. */
export const editions: Readonly<Record<Language, Edition>> = {
  en: edition('en', en, 'ltr', 'English'),
  fr: edition('fr', fr, 'ltr', 'Français'),
  ar: edition('ar', ar, 'rtl', 'العربية'),
};
