import { expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/errors.ts';
import { toErrorRecord } from '../../../renderer/state/errors.ts';

it('keeps code and details of an error that crossed the border', () => {
  const error = new ApiError({ code: 'profile-invalid', message: 'Broken.', details: { line: 3 } });
  expect(toErrorRecord(error)).toEqual({ code: 'profile-invalid', message: 'Broken.', details: { line: 3 } });
});

it('shows nothing of an error that nobody foresaw', () => {
  expect(toErrorRecord(new Error('/home/somebody')).code).toBe('internal');
  expect(JSON.stringify(toErrorRecord(new Error('/home/somebody')))).not.toContain('somebody');
});
