const lifetimeDays = 90;

/**
 * The catalogue's text with the next version and fresh dates. Only those three lines change, so that a person sees in a
 * diff what else did.
 */
export function dateCatalogue(text: string, now: Date): string {
  const expires = new Date(now.getTime() + lifetimeDays * 86_400_000);
  const withVersion = setField(text, 'version', (value) => String(Number(value) + 1));
  const issued = setField(withVersion, 'issuedAt', () => JSON.stringify(now.toISOString()));
  return setField(issued, 'expiresAt', () => JSON.stringify(expires.toISOString()));
}

/** Fields of the document itself stand two spaces in. */
function setField(text: string, name: string, next: (value: string) => string): string {
  const line = new RegExp(`^( {2}"${name}": )([^\\n]*?)(,?)$`, 'm');
  if (!line.test(text)) throw new Error(`catalogue.json has no line for "${name}".`);
  return text.replace(line, (_, before: string, value: string, after: string) => `${before}${next(value)}${after}`);
}
