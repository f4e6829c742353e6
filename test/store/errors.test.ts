import { expect, test } from 'vitest';
import { errnoOf, StoreError, storageFailed } from '../../electron/store/errors.ts';

const systemError = (code: string): Error => Object.assign(new Error(`${code}: open '/secret'`), { code });

test('each trouble of the disk becomes a sentence that says what to do', () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'ELOOP']) {
    const error = storageFailed('save', '/x/settings.json', systemError(code));
    expect(error.code).toBe('storage-failed');
    expect(error.message).toMatch(/^Cannot save \/x\/settings\.json: .+; .+\.$/);
  }
});

test('an unknown trouble stays visible as unknown', () => {
  expect(storageFailed('read', '/x', systemError('EWEIRD')).message).toBe('Cannot read /x: the system said EWEIRD.');
  expect(storageFailed('read', '/x', 'what?').message).toContain('nothing we understand');
});

test('a StoreError is not wrapped twice, and the cause is kept', () => {
  const inner = new StoreError('not-found', 'gone');
  expect(storageFailed('save', '/x', inner)).toBe(inner);
  const cause = systemError('ENOSPC');
  expect(storageFailed('save', '/x', cause).cause).toBe(cause);
});

test('errnoOf knows system errors only', () => {
  expect(errnoOf(systemError('ENOENT'))).toBe('ENOENT');
  expect(errnoOf(new Error('plain'))).toBeUndefined();
  expect(errnoOf('ENOENT')).toBeUndefined();
});
