import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEndpoints, resolveEndpoints } from '../../../electron/check/signature/endpoints.ts';
import { SignatureError } from '../../../electron/check/signature/errors.ts';
import { catalogue } from '../judge/evidence-builder.ts';

const names: Record<string, string> = {
  'mine.example.org': '23.250.9.9',
  'disguised.example.org': '157.240.0.1',
  'home.example.org': '192.168.1.5',
  'six.example.org': '2606:4700::1',
};
const lookUp = (name: string): Promise<string> => {
  const address = names[name];
  return address === undefined ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(address);
};
const resolve = (text: string) => resolveEndpoints(parseEndpoints(text), catalogue, lookUp);

describe('what a person writes', () => {
  it('is addresses or names, with a port, a range, or 3478', () => {
    expect(parseEndpoints('198.51.100.7, Mine.example.org:443,10.0.0.1:3478-3480')).toEqual([
      { host: '198.51.100.7', first: 3478, last: 3478 },
      { host: 'mine.example.org', first: 443, last: 443 },
      { host: '10.0.0.1', first: 3478, last: 3480 },
    ]);
  });

  it.each([
    ...['', ',', '198.51.100.7:0', '198.51.100.7:70000', '198.51.100.7:20-10', '1.2.3', '0x7f.1:2-', 'a b', 'a_b'],
    ...['mine.example.org:', '-a.example', 'https://mine.example.org', '[2001:db8::1]:3478', '2001:db8::1'],
    '198.51.100.7:1-65',
  ])('(%j) is refused with a sentence', (text) => {
    expect(() => parseEndpoints(text)).toThrow(SignatureError);
  });

  it('never ends in anything else than a refusal or ports from 1 to 65535', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\da-f.:,-]*$/)), (text) => {
        try {
          for (const { first, last } of parseEndpoints(text)) {
            expect([first >= 1, last <= 65535, last >= first]).toEqual([true, true, true]);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(SignatureError);
        }
      }),
    );
  });
});

describe('servers', () => {
  it('are resolved, and each of their ports counts once', async () => {
    expect(await resolve('mine.example.org:5-6,23.250.9.9:6-7')).toEqual(
      [5, 6, 7].map((port) => ({
        host: port < 7 ? 'mine.example.org' : '23.250.9.9',
        address: '23.250.9.9',
        port,
      })),
    );
  });

  it('that a filter remembers by the sum of address and port count once', async () => {
    const ports = (await resolve('23.250.9.9:100-102,23.250.9.10:100-102')).map(({ address, port }) => [address, port]);
    expect(ports).toEqual([
      ['23.250.9.9', 100],
      ['23.250.9.9', 101],
      ['23.250.9.9', 102],
      ['23.250.9.10', 102],
    ]);
  });

  it.each([
    ['a neutral server by name', 'stun.l.google.com:19302-19340', /belongs to/],
    ['a neutral server by address', `${catalogue.controls.tls[0]?.addresses[0] ?? ''}:1-30`, /belongs to/],
    ['a public resolver', '8.8.8.8:1-30', /belongs to/],
    ["a service's relay by address", '91.108.9.35:1400-1430', /belongs to/],
    ["a service's name", 'web.whatsapp.com:1-30', /belongs to/],
    ["a name that leads into a service's range", 'disguised.example.org:1-30', /belongs to/],
    ['this computer', '127.0.0.1:1-30', /no address of the Internet/],
    ['a server at home', 'home.example.org:1-30', /no address of the Internet/],
    ['a name over IPv6 only', 'six.example.org:1-30', /IPv4/],
    ['a name that there is not', 'nowhere.example.org:1-30', /No IPv4 address/],
  ])('%s are refused', async (_, text, sentence) => {
    await expect(resolve(text)).rejects.toThrow(sentence);
    await expect(resolve(text)).rejects.toMatchObject({ code: 'bad-request', field: 'signatures' });
  });
});
