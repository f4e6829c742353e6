import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeShape, type Shape } from '../../../electron/check/packet/signature.ts';
import { buildLab, type Lab } from '../../lab/lab.ts';
import * as orders from '../../lab/probe/orders.ts';
import { agreed } from '../../lab/world/facts.ts';
import { find } from './bed.ts';
import { shapes } from './shipped.ts';

let lab: Lab;
let prober: orders.Prober;

beforeAll(async () => {
  lab = await buildLab();
  prober = await orders.startProber(lab);
});
afterAll(async () => {
  await lab.close();
});

const [one, other] = agreed.v4;
/** An answer comes at once, but on a busy computer; nobody waits long for one that is not expected. */
const patienceMs = 5000;
const silenceMs = 800;
let chance = 0;

async function ask(address: string, port: number, payload: string, waitMs: number): Promise<string> {
  return (await prober.look({ kind: 'udp', address, port, payload, waitMs })).end;
}
const plain = (address: string, port: number, waitMs = patienceMs): Promise<string> =>
  ask(address, port, orders.bindingRequest('modern'), waitMs);
const send = (shape: Shape, address: string, port: number, waitMs = patienceMs): Promise<string> => {
  const random = (size: number): Uint8Array => Uint8Array.from({ length: size }, () => (chance = (chance + 37) & 255));
  const payload = Buffer.from(encodeShape(shape, { server: { address, port }, random })).toString('hex');
  return ask(address, port, payload, waitMs);
};
const { exact, variant, twin } = find(shapes, 'whatsapp');

it('an open network lets the shape pass, and the port answers plain packets before and after', async () => {
  await lab.flip({});
  expect(await plain(one, 3480)).toBe('answered');
  expect(await send(exact, one, 3480)).toBe('answered');
  expect(await plain(one, 3480)).toBe('answered');
});

it('one shape spoils its port for plain packets of every other flow, and no other port or address', async () => {
  await lab.flip({ inspect: 'WhatsAppCall' });
  expect(await plain(one, 3480)).toBe('answered');
  expect(await send(exact, one, 3480, silenceMs)).toBe('silent');
  expect(await plain(one, 3480, silenceMs)).toBe('silent');
  expect(await plain(one, 3482)).toBe('answered');
  expect(await plain(other, 3480)).toBe('answered');
});

it('the variant carries the same mark to an engine that reads attributes, and the twin carries none', async () => {
  await lab.flip({ inspect: 'WhatsAppCall' });
  expect(variant && (await send(variant, one, 3484, silenceMs))).toBe('silent');
  expect(await send(twin, one, 3486)).toBe('answered');
  expect(await plain(one, 3486)).toBe('answered');
});

it('no twin of any service is labelled as a service by the engine', async () => {
  // Labels of nDPI 4.2 for calls of services end so; plain STUN has none of it.
  await lab.flip({ inspect: 'Call' });
  for (const [index, service] of shapes.entries()) {
    expect(await send(service.twin, other, agreed.ports[index] ?? 0), service.service).toBe('answered');
  }
});

it('a filter on a fixed place stops the exact shape, and neither the variant nor the port', async () => {
  await lab.flip({ packets: [{ drop: 'payload', at: 20, hex: '4000' }] });
  expect(await send(exact, one, 3480, silenceMs)).toBe('silent');
  expect(await plain(one, 3480)).toBe('answered');
  expect(variant && (await send(variant, one, 3482))).toBe('answered');
});
