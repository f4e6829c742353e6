import type { AccountProvider, AccountSecret } from './provider.ts';

/**
 * What was typed, or stands in a file, as the account of one provider: a number or token on one line, or a user name and
 * a password on two. Undefined when it cannot be one; nothing of it is repeated anywhere.
 */
export function readSecret(asks: NonNullable<AccountProvider['asks']>, text: string): AccountSecret | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const [first = '', second, ...more] = lines;
  if (more.length > 0) return undefined;
  if (asks === 'login') {
    const username = first.trim();
    const password = second ?? '';
    return isText(username) && isText(password) ? { kind: 'login', username, password } : undefined;
  }
  if (second !== undefined) return undefined;
  if (asks === 'token')
    return /^[\x21-\x7e]{8,512}$/.test(first.trim()) ? { kind: 'token', token: first.trim() } : undefined;
  // People write account numbers in groups, as they are shown.
  const number = first.replace(/\s/g, '');
  return /^[A-Za-z0-9-]{6,40}$/.test(number) ? { kind: 'number', number } : undefined;
}

const isText = (text: string): boolean => /^[^\p{Cc}]{1,200}$/u.test(text);
