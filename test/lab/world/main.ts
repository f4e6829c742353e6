import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTlsServer } from 'node:tls';
import type { Credential } from '../system/certificates.ts';
import { serveOrders } from '../system/daemon.ts';
import { answerHonestly, readQuestion } from '../system/dns-message.ts';
import { bindUdp, listenTcp, serveDnsStream } from '../system/sockets.ts';
import { changedPages, changedRoles, changedZone, worldNow, type WorldChange, type WorldTime } from './change.ts';
import { answerNtp } from './ntp.ts';
import type { TcpRole, UdpRole, WorldPlan } from './plan.ts';
import { answerAllocate, answerStun } from './stun.ts';
import { serveProvider } from './providers/serve.ts';
import { createPlainSites, createSites, secureOptions, type Site } from './web.ts';

// The Internet behind the ISP: every host of the plan, at its own address and port.

export interface WorldStart {
  plan: WorldPlan;
  credential: Credential;
  /** Of an authority that nobody trusts. */
  foreign: Credential;
  /** The same as `credential`, in a world of another time. */
  timed: Record<WorldTime, Credential>;
}

/** What is served now. The first order starts the world; every later one is a WorldChange, from the plan anew. */
const site: Site = { pages: {}, zone: {}, foreign: [], time: {} };
let plan: WorldPlan | undefined;
/** What every UDP socket plays now, by address and port. */
let played = new Map<string, UdpRole[]>();
let moods: NonNullable<WorldChange['providers']> = {};
let lists: NonNullable<WorldChange['lists']> = {};
let handsOut: WorldChange['handsOut'];

serveOrders(async (order) => {
  const isStart = plan === undefined;
  if (isStart) ({ plan } = order as WorldStart);
  if (plan !== undefined) serve(plan, isStart ? {} : (order as WorldChange));
  if (isStart) await start(order as WorldStart);
});

function serve({ names, pages, udp }: WorldPlan, change: WorldChange): void {
  played = new Map(udp.map((socket) => [placeOf(socket), changedRoles(socket, change)]));
  site.zone = changedZone(names, change);
  site.pages = changedPages(pages, change);
  site.foreign = change.foreign ?? [];
  site.time = change.time ? { time: change.time } : {};
  moods = change.providers ?? {};
  lists = change.lists ?? {};
  handsOut = change.handsOut;
}

async function start({ plan, ...credentials }: WorldStart): Promise<void> {
  await Promise.all([
    ...plan.udp.map((place) =>
      bindUdp(place.address, place.port, (message, asker, socket) => {
        const reply = answerUdp(played.get(placeOf(place)) ?? [], message, asker);
        if (reply !== undefined) setTimeout(() => socket.send(reply.bytes, asker.port, asker.address), reply.delayMs);
      }),
    ),
    ...plan.tcp.map(({ address, port, role }) => listenTcp(createServer(role, address, credentials), address, port)),
  ]);
}

const placeOf = ({ address, port }: { address: string; port: number }): string => `${address} ${port}`;

function answerUdp(
  roles: readonly UdpRole[],
  message: Buffer,
  asker: { address: string; port: number },
): { bytes: Buffer; delayMs: number } | undefined {
  const stun = answerStun(roles, message, asker);
  if (stun !== undefined) return { bytes: stun, delayMs: 0 };
  for (const role of roles) {
    if (role.kind === 'ntp') {
      const bytes = answerNtp(message, worldNow(site.time));
      if (bytes !== undefined) return { bytes, delayMs: 0 };
    }
    if (role.kind === 'dns') {
      const bytes = answerDns(message);
      if (bytes !== undefined) return { bytes, delayMs: role.delayMs };
    }
  }
  return undefined;
}

function answerDns(query: Buffer): Buffer | undefined {
  const question = readQuestion(query);
  return question && answerHonestly(site.zone, question);
}

function createServer(role: TcpRole, address: string, credentials: Omit<WorldStart, 'plan'>): Server {
  const { credential } = credentials;
  switch (role.kind) {
    case 'web':
      return createSites(site, address, credentials);
    case 'http':
      return createPlainSites(site);
    case 'provider': {
      const { provider } = role;
      return createHttpsServer(
        secureOptions(site, address, credentials),
        (request, response) =>
          void serveProvider(
            provider,
            { mood: moods[provider] ?? 'open', list: lists[provider] ?? {}, handsOut },
            request,
            response,
          ),
      );
    }
    case 'accept':
      return createTcpServer(ignore);
    case 'dns':
      return createTcpServer((socket) => serveDnsStream(socket, answerDns));
    case 'turn': {
      const serve = (socket: Socket): void => serveTurn(socket, role.realm);
      return role.tls
        ? createTlsServer({ cert: credential.certificate, key: credential.key }, serve)
        : createTcpServer(serve);
    }
  }
}

/** A protocol that is not public: the connection stands, and what is said is not understood. */
function ignore(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.resume();
}

/** STUN over a stream frames itself by the length in its header (RFC 8489 §6.2.2). */
function serveTurn(socket: Socket, realm: string): void {
  let pending = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 20 && pending.length >= 20 + pending.readUInt16BE(2)) {
      const request = pending.subarray(0, 20 + pending.readUInt16BE(2));
      pending = pending.subarray(request.length);
      const asker = { address: socket.remoteAddress ?? '::', port: socket.remotePort ?? 0 };
      const reply =
        request.readUInt16BE(0) === 3
          ? answerAllocate(realm, 'rfc8656', request)
          : answerStun([{ kind: 'stun', mapped: 'xor', cookieless: false }], request, asker);
      if (reply !== undefined) socket.write(reply);
    }
  });
}
