import { describe, expect, it, test } from 'vitest';
import { readSecret } from '../../../electron/servers/accounts/secret.ts';

test('an account number may be written in groups', () => {
  expect(readSecret('number', ' 5712 9038 4615 1032 \r\n\n')).toEqual({ kind: 'number', number: '5712903846151032' });
});

test('a password keeps its blanks, a user name does not', () => {
  expect(readSecret('login', ' lantern \n wet stone ')).toEqual({
    kind: 'login',
    username: 'lantern',
    password: ' wet stone ',
  });
});

describe('what cannot be an account is told before it is sent', () => {
  it.each([
    ['number', ''],
    ['number', '123'],
    ['number', '5712903846151032\nsecond'],
    ['number', '5712\u00003846151032'],
    ['login', 'lantern'],
    ['login', 'lantern\n'],
    ['login', 'lantern\nstone\nmore'],
    ['login', `lantern\n${'x'.repeat(201)}`],
    ['token', 'two words'],
    ['token', 'tökentöken'],
    ['token', 'short'],
  ] as const)('%s: %j', (asks, text) => {
    expect(readSecret(asks, text)).toBeUndefined();
  });
});
