import { describe, expect, it } from 'vitest';
import { catalogue } from '../../check/judge/evidence-builder.ts';
import type { Censor } from './censor.ts';
import { opposites } from './opposites.ts';

const of = (censor: Censor): ReturnType<typeof opposites> => opposites(censor, catalogue.services);

describe('the opposites of a censor', () => {
  it('are none where there is nothing to take away', () => {
    expect(of({})).toEqual([]);
    expect(of({ path: { delayMs: 300, jitterMs: 0, lossPct: 0 } })).toEqual([]);
  });

  it('lack one rule each, and keep the others', () => {
    const packets = [{ drop: 'stun-cookie' }, { drop: 'ipv6' }] as const;
    expect(of({ packets, hijackResolvers: true }).map(({ censor }) => censor)).toEqual([
      { packets: [packets[1]], hijackResolvers: true },
      { packets: [packets[0]], hijackResolvers: true },
      { packets },
    ]);
  });

  it('take the inspection engine away', () => {
    expect(of({ inspect: 'WhatsAppCall' })).toMatchObject([{ service: null, censor: {} }]);
  });

  it('take a rule about several services apart', () => {
    const rule = { names: ['whatsapp.net', 'signal.org', 'whatsapp.com'], answer: 'nxdomain' } as const;
    expect(of({ names: [rule] })).toEqual([
      {
        rule: 'the name server on whatsapp.net, whatsapp.com',
        service: 'whatsapp',
        censor: { names: [{ ...rule, names: ['signal.org'] }] },
      },
      {
        rule: 'the name server on signal.org',
        service: 'signal',
        censor: { names: [{ ...rule, names: ['whatsapp.net', 'whatsapp.com'] }] },
      },
    ]);
  });

  it('take the injector away with its last name', () => {
    const inject = { names: ['signal.org'], answer: { v4: [], v6: [] } };
    expect(of({ inject })).toEqual([{ rule: 'the injector on signal.org', service: 'signal', censor: {} }]);
  });

  it('know the machines of a service that has no name, and names that belong to none', () => {
    const web = [{ match: 'host', names: ['149.154.167.51', 't.me', 'dns.google'], action: 'page' }] as const;
    expect(of({ web }).map(({ service }) => service)).toEqual(['telegram', null]);
  });
});
