/** Forms of a counted thing, by the plural categories of the language (CLDR); `{n}` is the number. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Makes counted sentences for one language. */
export function counter(locale: string): (forms: PluralForms) => (count: number) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (forms) => (count) => (forms[rules.select(count)] ?? forms.other).replace('{n}', numbers.format(count));
}

/** The pieces of a template: plain text, and names of places. */
export function pieces(template: string): { text: string; place: boolean }[] {
  return template
    .split(/\{(\w+)\}/)
    .map((text, index) => ({ text, place: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

/** Fills a template for plain text. Values are isolated (U+2068, U+2069), so that host names do not disorder Arabic. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return pieces(template)
    .map(({ text, place }) => (place ? `\u2068${values[text] ?? ''}\u2069` : text))
    .join('');
}

export interface Formats {
  number: (value: number) => string;
  /** Milliseconds as seconds, in a sentence. */
  seconds: (ms: number) => string;
  /** Milliseconds as seconds with two digits, for a column of times. */
  instant: (ms: number) => string;
  ms: (ms: number) => string;
  /** 5.8 for 5.8 %. */
  percent: (value: number) => string;
  /** ISO 8601 to a local date and time. */
  moment: (iso: string) => string;
  date: (iso: string) => string;
  country: (code: string) => string;
}

export function createFormats(locale: string): Formats {
  const unit = (unit: string, more: Intl.NumberFormatOptions): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, ...more });
  const number = new Intl.NumberFormat(locale);
  const seconds = unit('second', { unitDisplay: 'long', maximumFractionDigits: 1 });
  const instants = unit('second', { unitDisplay: 'narrow', minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const milliseconds = unit('millisecond', { unitDisplay: 'short', maximumFractionDigits: 0 });
  const percents = unit('percent', { maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  return {
    number: (value) => number.format(value),
    seconds: (ms) => seconds.format(ms / 1000),
    instant: (ms) => instants.format(ms / 1000),
    ms: (ms) => milliseconds.format(ms),
    percent: (value) => percents.format(value),
    moment: (iso) => moment.format(new Date(iso)),
    date: (iso) => date.format(new Date(iso)),
    country: (code) => countries.of(code) ?? code,
  };
}
