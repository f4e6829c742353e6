import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { wgTools } from '../../../electron/app.ts';
import { sawt } from '../cli-bed.ts';

/** Node's own X25519, as another opinion; the prefix is that of a PKCS #8 key (RFC 8410 §7). */
function publicKeyOf(privateKey: string): string {
  const der = Buffer.concat([
    Buffer.from('302e020100300506032b656e04220420', 'hex'),
    Buffer.from(privateKey, 'base64'),
  ]);
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
}

describe('sawt wg', () => {
  it('makes keys that fit together, one line each', async () => {
    const made = await sawt(['wg', 'genkey'], {}, { wg: wgTools });
    expect(made.out).toMatch(/^[A-Za-z0-9+/]{43}=\n$/);
    const derived = await sawt(['wg', 'pubkey'], {}, { wg: wgTools, stdin: made.out });
    expect(derived).toMatchObject({ code: 0, err: '', calls: [] });
    expect(derived.out).toBe(`${publicKeyOf(made.out)}\n`);
    expect((await sawt(['wg', 'genpsk'], {}, { wg: wgTools })).out).not.toBe(made.out);
  });

  it('refuses what is no key, without repeating it', async () => {
    const run = await sawt(['wg', 'pubkey'], {}, { wg: wgTools, stdin: 'c2VjcmV0\n' });
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).not.toContain('c2VjcmV0');
  });

  it('strips from standard input, to the byte', async () => {
    const stdin = '[Interface]\nAddress = 10.0.0.2/32\nPrivateKey = x\n# caf\u00e9\n';
    const strip = (text: string): string => text.replace(/^Address.*\n/m, '');
    const run = await sawt(['wg', 'strip'], {}, { stdin, wg: { strip } });
    expect(run.out).toBe('[Interface]\nPrivateKey = x\n# caf\u00e9\n');
  });

  it('names places, not values, and fails when something is wrong', async () => {
    const stdin = '[Interface]\nPrivateKey = c2VjcmV0\n';
    const run = await sawt(['wg', 'check'], {}, { wg: wgTools, stdin });
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/^line 2: PrivateKey: /m);
    expect(run.out + run.err).not.toContain('c2VjcmV0');
    expect((await sawt(['wg', 'check'], {}, { stdin: '' })).code).toBe(0);
  });
});
