import { vi } from 'vitest';
import { judgeSignatures, type WithSignatures } from '../../../electron/check/judge/signature.ts';
import { decodeStun, encodeStun, messageTypes } from '../../../electron/check/packet/stun.ts';
import type { AnyProbe } from '../../../electron/check/probe.ts';
import type { Judgement, NetworkState, ServiceReport, Verdict } from '../../../electron/check/report.ts';
import {
  emptySignatures,
  gatherSignatures,
  type SignatureEvidence,
} from '../../../electron/check/signature/battery.ts';
import type { NamedEndpoint } from '../../../electron/check/signature/endpoints.ts';
import type { ServiceShapes } from '../../../electron/check/signature/shapes.ts';
import { fakeNet, type FakeNet } from '../fake-net.ts';
import { fakeSession } from '../fake-session.ts';
import { catalogue } from '../judge/evidence-builder.ts';
import { shapes as shipped } from './shipped.ts';

export const addresses = ['198.51.100.1', '198.51.100.2'] as const;

/** As many ports at each of two addresses as the shipped shapes need, and one more. */
export function twoServers(ports = 12): NamedEndpoint[] {
  return addresses.flatMap((address) =>
    Array.from({ length: ports }, (_, index) => ({ host: address, address, port: 4000 + index })),
  );
}

export interface Packet {
  bytes: Uint8Array;
  hex: string;
  address: string;
  port: number;
  /** Number of the socket: what stands for its own port. */
  socket: number;
}

/** What a relay of the book says: success to a Binding, 401 to an Allocate. */
export function answerAsRelay(bytes: Uint8Array): Uint8Array {
  const { type, transaction } = decodeStun(bytes);
  if (type === messageTypes.bindingRequest) return encodeStun(messageTypes.bindingSuccess, transaction);
  return encodeStun(messageTypes.allocateError, transaction, [{ type: 0x0009, value: Uint8Array.of(0, 0, 4, 1) }]);
}

const fromRelay = ({ bytes }: Packet): Uint8Array => answerAsRelay(bytes);

export interface Look extends WithSignatures<{ state: NetworkState; findings: never[]; services: ServiceReport[] }> {
  sent: Packet[];
  evidence: SignatureEvidence;
  net: FakeNet;
  calls: (service: string) => Judgement | undefined;
}

export interface Bed {
  shapes?: readonly ServiceShapes[];
  endpoints?: readonly NamedEndpoint[];
  /** The relays' answers; undefined where they are silent. */
  answer?: (packet: Packet) => Uint8Array | undefined;
  /** Verdict on calls before. */
  calls?: Verdict;
  state?: NetworkState;
  loss?: number;
}

/** The whole battery over a network without sockets, through a filter that drops what it is told to; on fake timers. */
export async function look(dropped: (packet: Packet) => boolean, bed: Bed = {}): Promise<Look> {
  const { shapes = shipped, endpoints = twoServers(), answer = fromRelay } = bed;
  const sent: Packet[] = [];
  const net = fakeNet({
    onDatagram({ address, port }, bytes, reply, _fail, socket) {
      const packet = { bytes, hex: Buffer.from(bytes).toString('hex'), address, port, socket };
      sent.push(packet);
      if (dropped(packet)) return;
      const answered = answer(packet);
      if (answered) reply(answered);
    },
  });
  const evidence = emptySignatures();
  const running = gatherSignatures(fakeSession(net), endpoints, shapes, evidence);
  await vi.advanceTimersByTimeAsync(30_000);
  await running;
  const services = catalogue.services.map((service) => rowOf(service.id, bed.calls ?? 'not-testable'));
  const verdicts = { state: bed.state ?? 'online', findings: [] as never[], services };
  const judged = judgeSignatures(verdicts, catalogue.services, shapes, evidence, bed.loss ?? 0.05);
  const calls = (id: string): Judgement | undefined => judged.verdicts.services.find((row) => row.id === id)?.calls;
  return { ...judged, sent, evidence, net, calls };
}

function rowOf(id: string, verdict: Verdict): ServiceReport {
  const judgement: Judgement = { verdict, mechanisms: [], rule: 'NT', strength: 'weak', probes: [] };
  return { id, name: id, messages: judgement, calls: judgement };
}

/** nDPI as measured: a flow with the mark is dropped from then on, and so is every later packet to that server's port. */
export function rememberingFilter(hasMark: (packet: Packet) => boolean): (packet: Packet) => boolean {
  const remembered = new Set<string>();
  return (packet) => {
    const place = `${packet.address} ${packet.port}`;
    if (hasMark(packet)) remembered.add(place);
    return remembered.has(place);
  };
}

/** The service's own attribute, wherever it stands. */
export const hasWhatsAppMark = ({ hex }: Packet): boolean => hex.slice(40).includes('40000096');
/** The same, at the place where the exact shape has it. */
export const beginsWithWhatsAppMark = ({ hex }: Packet): boolean =>
  hex.startsWith('0003') && hex.startsWith('4000', 40);

export const find = <T extends { service: string }>(all: readonly T[], service: string): T => {
  const found = all.find((one) => one.service === service);
  if (!found) throw new Error(`Nothing about ${service}.`);
  return found;
};

export const allProbes = ({ before, after, services }: SignatureEvidence): AnyProbe[] => [
  ...before,
  ...after,
  ...services
    .flatMap(({ exact, variant, twin }) => [
      ...[...exact, ...(variant ? [variant] : [])].flatMap(({ probe, same, other }) => [probe, same, other]),
      twin,
    ])
    .filter((probe) => probe !== null),
];
