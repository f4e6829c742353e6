import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkIn } from '../../lab/check.ts';
import { buildLab, type Lab } from '../../lab/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await buildLab();
});
afterAll(() => lab.close());

it('a server that the check itself has met as a neutral one gets no shape, though the catalogue knows no address of it', async () => {
  const [address = ''] = lab.world.names['stun.telnyx.com']?.v4 ?? [];
  const { report } = await checkIn(lab, ['--service', 'whatsapp', '--signatures', `${address}:3478-3482`]);
  expect(report?.probes.some((probe) => probe.kind === 'stun' && probe.address === address)).toBe(true);
  expect(report?.probes.filter(({ kind }) => kind === 'signature')).toEqual([]);
  expect(report?.signatures).toMatchObject([{ service: 'whatsapp', result: 'inconclusive', reason: 'endpoints' }]);
});
