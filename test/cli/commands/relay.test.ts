import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/errors.ts';
import type { RelaySummary } from '../../../electron/api/schema.ts';
import { sawt } from '../cli-bed.ts';

const relay: RelaySummary = {
  ways: [
    { transport: 'udp', host: '2001:db8::4', port: 3478 },
    { transport: 'tls', host: 'a.example', port: 443 },
  ],
  ...{ username: 'me', ownAuthority: true },
};
const handlers = { 'relay.set': () => relay, 'relay.show': () => relay, 'relay.remove': () => null };

describe('sawt relay', () => {
  it('hands on what stands in a file or comes on standard input', async () => {
    const run = await sawt(['relay', 'set', '-'], handlers, { stdin: '{"urls":[]}' });
    expect(run.calls).toEqual([{ name: 'relay.set', args: { text: '{"urls":[]}' } }]);
    expect(run.out).toBe(
      ['UDP  [2001:db8::4]:3478', 'TLS  a.example:443', 'As me; the password is kept and not shown.', ''].join('\n'),
    );
  });

  it('says what is wrong with a relay', async () => {
    const refused = (): never => {
      throw new ApiError({ code: 'relay-invalid', message: 'The relay was not taken: it is not JSON.' });
    };
    const run = await sawt(['relay', 'set', '-'], { 'relay.set': refused }, { stdin: 'x' });
    expect(run).toMatchObject({ code: 1, out: '', err: 'sawt: The relay was not taken: it is not JSON.\n' });
  });

  it('shows the relay, or that there is none', async () => {
    expect(JSON.parse((await sawt(['relay', 'show', '--json'], handlers)).out)).toEqual(relay);
    const none = await sawt(['relay'], { 'relay.show': () => null });
    expect(none).toMatchObject({ code: 0, out: '' });
    expect(none.err).toContain('sawt relay set FILE');
  });

  it('forgets it', async () => {
    const run = await sawt(['relay', 'remove'], handlers);
    expect(run).toMatchObject({ code: 0, calls: [{ name: 'relay.remove' }] });
  });
});
