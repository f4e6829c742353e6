import { ApiError } from '../api/errors.ts';

/** A name is one line of text that is shown in terminals and windows: no control or direction characters. */
export function cleanName(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  if (clean === '') throw new ApiError({ code: 'bad-request', message: 'The name is empty. Nothing was changed.' });
  return clean;
}
