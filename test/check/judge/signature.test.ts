import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  answerAsRelay,
  beginsWithWhatsAppMark,
  find,
  hasWhatsAppMark,
  look,
  rememberingFilter,
  twoServers,
  type Packet,
} from '../signature/bed.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const inconclusive = (reason: string) => ({ result: 'inconclusive', strength: null, reason });
const allocates = ({ hex }: Packet): boolean => hex.startsWith('0003');

describe('an open network', () => {
  it('passes every shape, finds nothing, and leaves the verdicts alone', async () => {
    const { signatures, verdicts, calls } = await look(() => false);
    expect(signatures.map(({ result }) => result)).toEqual(Array(7).fill('passed'));
    expect(signatures.every(({ spoiled }) => !spoiled)).toBe(true);
    expect(verdicts.findings).toEqual([]);
    expect(calls('whatsapp')).toMatchObject({ verdict: 'not-testable', rule: 'NT' });
  });
});

describe('row U9', () => {
  it('a filter that remembers ports: certain, and only that service', async () => {
    const { signatures, verdicts, calls } = await look(rememberingFilter(hasWhatsAppMark));
    expect(find(signatures, 'whatsapp')).toMatchObject({ result: 'filtered', strength: 'certain', spoiled: true });
    expect(signatures.filter(({ result }) => result !== 'passed')).toHaveLength(1);
    expect(verdicts.findings).toMatchObject([
      { mechanism: 'stun-dpi', rule: 'U9', strength: 'certain', service: { id: 'whatsapp', name: 'WhatsApp' } },
    ]);
    expect(calls('whatsapp')).toMatchObject({ verdict: 'blocked', rule: 'U9', strength: 'certain' });
    expect(calls('viber')).toMatchObject({ verdict: 'not-testable' });
  });

  it('a filter that looks at a fixed place: the variant passes, so strong, and calls degraded', async () => {
    const { signatures, calls } = await look(beginsWithWhatsAppMark);
    expect(find(signatures, 'whatsapp')).toMatchObject({ result: 'filtered', strength: 'strong', spoiled: false });
    expect(find(signatures, 'whatsapp').shapes.map(({ role, outcome }) => `${role} ${outcome}`)).toEqual([
      ...['exact silent', 'exact silent', 'variant passed', 'twin passed'],
    ]);
    expect(calls('whatsapp')).toMatchObject({ verdict: 'degraded', strength: 'strong' });
  });

  it('calls for which a way round may help are degraded, however certain it is', async () => {
    const { signatures, calls } = await look(rememberingFilter(({ hex }) => hex.includes('000f000472c64bc6')));
    expect(find(signatures, 'teams')).toMatchObject({ strength: 'certain' });
    expect(calls('teams')).toMatchObject({ verdict: 'degraded' });
  });

  it('calls of which something of their own works are degraded, and a worse verdict stays', async () => {
    const ok = await look(rememberingFilter(hasWhatsAppMark), { calls: 'ok' });
    expect(ok.calls('whatsapp')).toMatchObject({ verdict: 'degraded', rule: 'U9' });
    for (const verdict of ['blocked', 'inconclusive', 'stale'] as const) {
      const { calls } = await look(rememberingFilter(hasWhatsAppMark), { calls: verdict });
      expect(calls('whatsapp')).toMatchObject({ verdict, rule: 'NT' });
    }
  });

  it('rests on its controls: plain packets before and after, the twin, and what was asked after the silence', async () => {
    const { signatures, evidence } = await look(rememberingFilter(hasWhatsAppMark));
    const { probes } = find(signatures, 'whatsapp');
    const roles = [
      ...evidence.before,
      ...evidence.after,
      ...evidence.services.flatMap(({ exact, twin }) => [
        ...exact.flatMap(({ probe, same, other }) => [probe, same, other]),
        twin,
      ]),
    ].flatMap((probe) => (probe && probes.includes(probe.id) ? [probe.role] : []));
    expect(new Set(roles)).toEqual(new Set(['before', 'shape', 'same', 'other', 'twin', 'after']));
  });
});

describe('what is no proof', () => {
  it('a rule on length stops the twin as well', async () => {
    const { signatures, verdicts } = await look(({ bytes }) => bytes.length >= 132 && bytes.length <= 252);
    expect(find(signatures, 'whatsapp')).toMatchObject(inconclusive('controls'));
    expect(verdicts.findings).toEqual([]);
  });

  it('a rule on credentials in Allocates knows no service', async () => {
    const { signatures, verdicts } = await look((packet) => allocates(packet) && packet.hex.includes('00150010'));
    for (const service of ['telegram', 'viber', 'signal', 'messenger']) {
      expect(find(signatures, service)).toMatchObject(inconclusive('controls'));
    }
    expect(verdicts.findings).toEqual([]);
  });

  it('one of two ports silent', async () => {
    let first: number | undefined;
    const { signatures } = await look((packet) => {
      if (!hasWhatsAppMark(packet) || !beginsWithWhatsAppMark(packet)) return false;
      first ??= packet.socket;
      return packet.socket === first;
    });
    expect(find(signatures, 'whatsapp')).toMatchObject(inconclusive('one-endpoint'));
  });

  it('a server that turns away who sent odd packets: plain ones fail afterwards', async () => {
    let angry = false;
    const { signatures } = await look((packet) => (angry ||= hasWhatsAppMark(packet)));
    expect(find(signatures, 'whatsapp')).toMatchObject(inconclusive('controls'));
    expect(signatures.every(({ result }) => result !== 'filtered')).toBe(true);
  });

  it('Allocates that never pass: those shapes are not sent', async () => {
    const { signatures, sent } = await look(allocates);
    expect(find(signatures, 'whatsapp')).toMatchObject(inconclusive('endpoints'));
    expect(find(signatures, 'google_meet')).toMatchObject({ result: 'passed' });
    expect(sent.some(hasWhatsAppMark)).toBe(false);
  });

  it('silence that the line may explain', async () => {
    const { signatures } = await look(rememberingFilter(hasWhatsAppMark), { loss: 0.4 });
    expect(find(signatures, 'whatsapp')).toMatchObject(inconclusive('chance'));
  });

  it('a shape that is in no capture', async () => {
    const { signatures } = await look(({ hex }) => hex.includes('ff030004'));
    expect(find(signatures, 'google_meet')).toMatchObject(inconclusive('low-confidence'));
  });

  it('too few ports that answer', async () => {
    const { signatures } = await look(() => false, { endpoints: twoServers(3) });
    expect(signatures.filter(({ result }) => result === 'passed').map(({ service }) => service)).toEqual(['whatsapp']);
    expect(find(signatures, 'teams')).toMatchObject(inconclusive('endpoints'));
  });

  it('a network behind a sign-in page', async () => {
    const { signatures } = await look(rememberingFilter(hasWhatsAppMark), { state: 'portal' });
    expect(signatures.map(({ reason }) => reason)).toEqual(Array(7).fill('network'));
  });
});

describe('any answer', () => {
  it('passes, an error as well: who dislikes a packet has got it', async () => {
    const refusal = (packet: Packet): Uint8Array => {
      const answer = answerAsRelay(packet.bytes);
      if (hasWhatsAppMark(packet)) answer[27] = 20;
      return answer;
    };
    const { signatures } = await look(() => false, { answer: refusal });
    expect(find(signatures, 'whatsapp')).toMatchObject({ result: 'passed' });
  });
});
