import { describe, expect, it } from 'vitest';
import { concat, u16 } from '../../../electron/check/packet/bytes.ts';
import { NetFailure } from '../../../electron/check/net/net.ts';
import { createTrustStore } from '../../../electron/check/net/trust.ts';
import { createDohClient } from '../../../electron/check/probes/doh.ts';
import type { DohConnection, DohServer } from '../../../electron/check/probes/doh-connection.ts';
import { createSession } from '../../../electron/check/session.ts';
import { fakeNet } from '../fake-net.ts';

const server: DohServer = { host: 'dns.example.org', addresses: ['192.0.2.8'], path: '/dns-query' };
const forever = new AbortController().signal;

/** No such name: the shortest answer there is. */
const answer = (query: Uint8Array): Uint8Array =>
  concat(query.subarray(0, 2), u16(0x8183), u16(1), u16(0), u16(0), u16(0), query.subarray(12));

type Behaviour = 'answers' | 'is cut' | 'is silent to the end';

/** A client whose connections, in the order they are opened, behave like this query by query. */
function clientOf(...plans: Behaviour[][]) {
  let opened = 0;
  const open = (): Promise<DohConnection> => {
    const plan = [...(plans[opened++] ?? [])];
    return Promise.resolve({
      address: '192.0.2.8',
      close: () => undefined,
      get: (query) => {
        const next = plan.shift();
        if (next === 'answers') return Promise.resolve(answer(query));
        return Promise.reject(new NetFailure(next === 'is cut' ? 'eof_error' : 'generic_timeout_error'));
      },
    });
  };
  const session = createSession({
    net: fakeNet({}),
    trust: createTrustStore(new Map(), null),
    signal: forever,
    listening: forever,
    onPlan: () => undefined,
    onProbe: () => undefined,
  });
  const client = createDohClient(session, [server], open);
  const ask = async (): Promise<string> =>
    (await client.ask(server, null, 'web.example.org', 'A', forever)).outcome.kind;
  return { ask, opened: () => opened };
}

describe('DNS over HTTPS', () => {
  it('asks once more on a new connection when the server closed an idle one', async () => {
    const { ask, opened } = clientOf(['answers', 'is cut'], ['answers']);
    expect([await ask(), await ask(), opened()]).toEqual(['nxdomain', 'nxdomain', 2]);
  });

  it('takes a connection that is cut before it ever answered for what it is', async () => {
    const { ask, opened } = clientOf(['is cut'], ['answers']);
    expect([await ask(), opened()]).toEqual(['failed', 1]);
  });

  it('asks no more than once more', async () => {
    const { ask, opened } = clientOf(['answers', 'is cut'], ['is cut'], ['answers']);
    expect([await ask(), await ask(), opened()]).toEqual(['nxdomain', 'failed', 2]);
  });

  it('does not take its own patience for a closed connection', async () => {
    const { ask, opened } = clientOf(['answers', 'is silent to the end'], ['answers']);
    expect([await ask(), await ask(), opened()]).toEqual(['nxdomain', 'failed', 1]);
  });
});
