import type { Api, Settings } from '../../electron/api/schema.ts';

export type Language = NonNullable<Settings['language']>;

/** Language and theme: shown at once, then kept by the app. */
export class SettingsState {
  value = $state.raw<Settings>({ language: null, theme: 'system' });
  /** True when the last change could not be kept. */
  notKept = $state(false);

  readonly #api: Api;
  readonly #systemLanguage: Language;

  readonly language = $derived.by(() => this.value.language ?? this.#systemLanguage);

  constructor(api: Api, systemLanguages: readonly string[]) {
    this.#api = api;
    this.#systemLanguage = chooseLanguage(systemLanguages);
  }

  async load(): Promise<void> {
    this.value = await this.#api.call('settings.get', {}).catch(() => this.value);
  }

  async change(change: Partial<Settings>): Promise<void> {
    this.value = { ...this.value, ...change };
    this.notKept = false;
    try {
      await this.#api.call('settings.set', this.value);
    } catch {
      this.notKept = true;
    }
  }
}

/** The first of the person's languages that we speak; English when there is none. */
export function chooseLanguage(preferred: readonly string[]): Language {
  const spoken: readonly Language[] = ['ar', 'en', 'fr'];
  for (const tag of preferred) {
    const language = spoken.find((candidate) => tag.toLowerCase().split('-')[0] === candidate);
    if (language !== undefined) return language;
  }
  return 'en';
}
