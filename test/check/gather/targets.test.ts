import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Service } from '../../../electron/check/catalogue.ts';
import type { TargetEvidence } from '../../../electron/check/gather/evidence.ts';
import type { NameInquiry } from '../../../electron/check/gather/names.ts';
import { gatherTarget } from '../../../electron/check/gather/targets.ts';
import { fakeNet, muteStream, type FakeBehaviour } from '../fake-net.ts';
import { fakeSession } from '../fake-session.ts';
import { catalogue } from '../judge/evidence-builder.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const addresses = ['23.250.0.1'];
const neutralAddress = '23.250.9.9';

function inquiry(host: string): NameInquiry {
  return {
    evidence: { host, system: [], public: [], doh: [] },
    system: () => Promise.resolve({ kind: 'answered', addresses }),
    trusted: () => Promise.resolve(addresses),
    doubt: () => Promise.resolve(),
    settled: () => Promise.resolve(),
  };
}

/** Gathers the first TLS target of a service behind a network that treats connections so. */
async function gathered(onConnect: FakeBehaviour['onConnect']): Promise<TargetEvidence> {
  const service = catalogue.services.find(({ id }) => id === 'zoom') as Service;
  const target = service.messages.find(({ kind }) => kind === 'tls') as Service['messages'][number];
  const evidence: TargetEvidence = {
    ...{ target, name: null, attempts: [], trusted: [], otherName: [], otherAddress: [] },
    complete: false,
  };
  const context = {
    session: fakeSession(fakeNet({ onConnect })),
    family: 4,
    names: { get: (_: string | null, host: string) => inquiry(host), settled: () => Promise.resolve() },
    pairs: { neutral: () => Promise.resolve({ host: 'neutral.example', address: neutralAddress }) },
    offerFlow: () => undefined,
  } as const;
  const running = gatherTarget(context, service, target, 2, evidence);
  await vi.advanceTimersByTimeAsync(20_000);
  await running;
  return evidence;
}

describe('a TLS target that fails', () => {
  it('after it has connected is compared with another name and another address', async () => {
    const { attempts, otherName, otherAddress } = await gathered(muteStream);
    expect(attempts.length).toBeGreaterThanOrEqual(2);
    expect(new Set(attempts.map(({ outcome }) => 'operation' in outcome && outcome.operation))).toEqual(
      new Set(['tls_handshake']),
    );
    expect(otherName.map(({ address, serverName }) => [address, serverName])).toEqual([
      [addresses[0], 'neutral.example'],
    ]);
    expect(otherAddress.map(({ address }) => address)).toEqual([neutralAddress]);
  });

  it('before a connection stands is compared with nothing: repeats, and no more packets', async () => {
    const { attempts, otherName, otherAddress } = await gathered(() => undefined);
    expect(attempts.length).toBeGreaterThanOrEqual(2);
    expect([otherName, otherAddress]).toEqual([[], []]);
  });
});
