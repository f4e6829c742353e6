import { describe, expect, it } from 'vitest';
import { resolveHost } from '../../electron/tunnel/endpoints.ts';

const never = new AbortController().signal;

describe('the addresses of a server', () => {
  it.each(['203.0.113.3', '2001:db8:113::3'])('%s is one already', async (host) => {
    expect(await resolveHost(host, never)).toEqual([host]);
  });

  it('come from the system for a name', async () => {
    expect(await resolveHost('localhost', never)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:127\.0\.0\.1|::1)$/)]),
    );
  });

  it('that cannot be found are a sentence with the name', async () => {
    // A label of more than 63 bytes can be in no DNS: nothing is asked.
    const name = `${'x'.repeat(64)}.invalid`;
    await expect(resolveHost(name, never)).rejects.toMatchObject({ code: 'name-not-resolved' });
  });

  it('are not waited for when the person stops', async () => {
    await expect(resolveHost('localhost', AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});
