import { ofFamily, type Family } from '../addresses.ts';
import type { Controls } from '../catalogue.ts';
import { succeeded, type AnyProbe, type StunProbe, type TlsProbe } from '../probe.ts';
import { probeDns, type RunningDns } from '../probes/dns.ts';
import type { DohClient } from '../probes/doh.ts';
import type { DohServer } from '../probes/doh-connection.ts';
import { probeHttp } from '../probes/http.ts';
import { probeStun } from '../probes/stun.ts';
import { probeTcp } from '../probes/tcp.ts';
import { probeTls } from '../probes/tls.ts';
import { probeNtp } from '../probes/udp.ts';
import type { Session } from '../session.ts';
import { attempt, hedgeMs } from './attempts.ts';
import { emptyControls, type ControlEvidence } from './evidence.ts';
import type { FlowBoard } from './flows.ts';
import { addressesOf, type NameBook } from './names.ts';

export interface ControlContext {
  session: Session;
  controls: Controls;
  family: Family;
  names: NameBook;
  doh: DohClient;
  dohServers: readonly DohServer[];
  /** Whether this computer has an IPv6 address that reaches beyond its own link. */
  hasIpv6: boolean;
  flows: FlowBoard;
}

export interface ControlBoard {
  evidence: ControlEvidence;
  /** Everything that was started. */
  all: Promise<unknown>;
  /** When enough has answered that the rest cannot change a judgement; or when all is done. */
  enough: Promise<unknown>;
  /** Neutral sites and known pages are done: enough to see a portal in the way. */
  pages: Promise<unknown>;
  /** A neutral site that works here; null when none does. */
  neutral(): Promise<{ host: string; address: string } | null>;
  /** Puts the records of neutral names into the evidence; they are whole when the session has stopped listening. */
  collectNames(): void;
  /** Waits for the records of queries whose answers are known already. */
  settled(): Promise<unknown>;
  /** Neutral sites once more, until one works: that the line still does after a failure was seen. */
  again(): Promise<void>;
}

/** The neutral name that resolvers are asked for. */
const neutralNames = (controls: Controls): string[] => controls.tls.map(({ host }) => host);

export function startControls(context: ControlContext): ControlBoard {
  const { session, controls } = context;
  const evidence = emptyControls();
  const tls = group(controls.tls.map((control) => neutralSite(context, evidence, control)));
  const neutral = neutralNames(controls).map((host) => context.names.get(null, host));
  let namesAnswered = 0;
  const dns = group(
    neutral.map(async (name) => {
      if ((await name.system()).kind === 'answered') namesAnswered += 1;
    }),
  );
  let publicAnswered = 0;
  const publicQueries = controls.dns.map(({ address }) => publicName(context, evidence, address));
  const publicDns = group(
    publicQueries.map(async ({ first }) => {
      if ((await first).kind === 'answered') publicAnswered += 1;
    }),
  );
  const doh = group(context.dohServers.map((server) => dohName(context, evidence, server)));
  const stun = group(controls.stun.map((control) => stunServer(context, evidence, control)));
  const ntp = group(controls.ntp.map((control) => timeServer(context, evidence, control)));
  const portal = group(controls.portal.map((control) => portalPage(context, evidence, control)));
  const ipv6 = group(context.hasIpv6 ? controls.tls.map((control) => overIpv6(context, evidence, control)) : []);

  const stunTells = (): boolean => {
    const answered = evidence.stun.filter(succeeded);
    return answered.some(({ port }) => port === 3478) && answered.some(({ port }) => port !== 3478);
  };
  const atLeast = (probes: readonly AnyProbe[], count: number) => (): boolean =>
    probes.filter(succeeded).length >= count;
  const enough = Promise.all([
    tls.until(atLeast(evidence.tls, 2)),
    dns.until(() => namesAnswered >= 2),
    Promise.race([publicDns.until(() => publicAnswered > 0), stun.met(stunTells)]),
    doh.until(atLeast(evidence.doh, 1)),
    stun.until(stunTells),
    Promise.race([ntp.until(atLeast(evidence.ntp, 1)), stun.met(stunTells)]),
    portal.until(() => evidence.portal.filter(({ probe }) => succeeded(probe)).length >= 2),
    ipv6.until(atLeast(evidence.ipv6, 1)),
  ]);
  const all = Promise.all([tls, dns, publicDns, doh, stun, ntp, portal, ipv6].map(({ all: done }) => done));
  const firstSite = tls.until(() => evidence.tls.some(succeeded)).then(() => evidence.tls.find(succeeded) ?? null);
  firstSite.catch(() => undefined);
  enough.catch(() => undefined);
  all.catch(() => undefined);
  return {
    evidence,
    all,
    enough,
    pages: Promise.all([tls.until(() => evidence.tls.some(succeeded)), portal.all]),
    neutral: () => firstSite.then((probe) => probe && { host: probe.serverName, address: probe.address }),
    collectNames() {
      evidence.systemDns = neutral.flatMap((name) => name.evidence.system);
    },
    settled: () => Promise.allSettled(publicQueries.map(({ probe }) => probe)),
    async again() {
      const before = evidence.tls.length;
      // One that is down all the time would only be waited for.
      const worked = controls.tls.filter(({ host }) =>
        evidence.tls.some((probe) => probe.serverName === host && succeeded(probe)),
      );
      const sites = (worked.length > 0 ? worked : controls.tls).slice(0, 3).map(async (control) => {
        const [address] = ofFamily(control.addresses, context.family);
        if (address !== undefined) evidence.tls.push(await siteProbe(session, control, address, session.signal));
      });
      await group(sites).until(() => evidence.tls.slice(before).some(succeeded));
    },
  };
}

interface Group {
  all: Promise<unknown>;
  /** Resolves as soon as the condition holds after one of them has finished, at the latest with all of them. */
  until(condition: () => boolean): Promise<unknown>;
  /** Resolves only when the condition holds, never otherwise. */
  met(condition: () => boolean): Promise<unknown>;
}

function group(runs: readonly Promise<unknown>[]): Group {
  const all = Promise.all(runs);
  all.catch(() => undefined);
  const met: Group['met'] = (condition) =>
    new Promise((resolve) => {
      for (const run of runs) {
        run.then(
          () => condition() && resolve(undefined),
          () => undefined,
        );
      }
    });
  return { all, met, until: (condition) => Promise.race([all, met(condition)]) };
}

function siteProbe(
  session: Session,
  control: Controls['tls'][number],
  address: string,
  signal: AbortSignal,
): Promise<TlsProbe> {
  const { host, port } = control;
  return probeTls(session, { service: null, target: host, address, port, serverName: host, ca: null, signal });
}

async function neutralSite(
  { session, family }: ControlContext,
  evidence: ControlEvidence,
  control: Controls['tls'][number],
): Promise<void> {
  const addresses = ofFamily(control.addresses, family);
  const [first] = addresses;
  if (first === undefined) return;
  const probes = await attempt(session, {
    tries: () => 2,
    hedgeMs: hedgeMs(session, 'stream'),
    signal: session.signal,
    run: (index, signal) => siteProbe(session, control, addresses[index % addresses.length] ?? first, signal),
  });
  evidence.tls.push(...probes);
}

function publicName(
  { session, controls, family }: ControlContext,
  evidence: ControlEvidence,
  address: string,
): RunningDns {
  const host = neutralNames(controls)[0] ?? 'example.com';
  const type = family === 4 ? 'A' : 'AAAA';
  const aim = { service: null, target: host, address, port: 53, signal: session.signal };
  const running = probeDns(session, { ...aim, type, resolver: 'public' });
  void running.probe.then(
    (probe) => evidence.publicDns.push(probe),
    () => undefined,
  );
  return running;
}

async function dohName(context: ControlContext, evidence: ControlEvidence, server: DohServer): Promise<void> {
  const { session, controls, doh, family } = context;
  const host = neutralNames(controls)[0] ?? 'example.com';
  evidence.doh.push(await doh.ask(server, null, host, family === 4 ? 'A' : 'AAAA', session.signal));
}

async function stunServer(
  context: ControlContext,
  evidence: ControlEvidence,
  control: Controls['stun'][number],
): Promise<void> {
  const { session } = context;
  const address = await addressOf(context, control);
  if (address === undefined) return;
  const aim = { service: null, target: control.host, address };
  await Promise.all(
    [control.port, ...control.altPorts].map(async (port) => {
      const classic: Promise<StunProbe>[] = [];
      const probes = await attempt(session, {
        tries: () => 2,
        hedgeMs: hedgeMs(session, 'datagram'),
        signal: session.signal,
        run: (_, signal) => probeStun(session, { ...aim, port, signal }),
        onDoubt: () => {
          if (!control.classic) return;
          const probe = probeStun(session, { ...aim, port, signal: session.signal }, 'classic');
          // Awaited only when the others fail; a cancelled check must not end in an unhandled rejection.
          probe.catch(() => undefined);
          classic.push(probe);
        },
      });
      evidence.stun.push(...probes);
      // Facts of high confidence are those of operators whose servers a second of packets does not trouble.
      const series = control.confidence === 'high';
      if (port === control.port && probes.some(succeeded)) context.flows.offer({ ...aim, port, series });
      if (!probes.some(succeeded)) evidence.classic.push(...(await Promise.all(classic)));
    }),
  );
}

async function timeServer(
  context: ControlContext,
  evidence: ControlEvidence,
  control: Controls['ntp'][number],
): Promise<void> {
  const address = await addressOf(context, control);
  if (address === undefined) return;
  const { session } = context;
  const aim = { service: null, target: control.host, address, port: 123, signal: session.signal };
  evidence.ntp.push(await probeNtp(session, aim));
}

async function portalPage(
  context: ControlContext,
  evidence: ControlEvidence,
  control: Controls['portal'][number],
): Promise<void> {
  // A portal lies through the system's resolver, so the system's answer is the one to follow, whatever it is.
  const { session, family, names } = context;
  const [address] = addressesOf(await names.get(null, control.host).system(), family);
  if (address === undefined) return;
  const aim = { service: null, target: control.host, address, port: 80, signal: session.signal };
  const probe = await probeHttp(session, { ...aim, method: 'GET', path: control.path, knownBody: control.body });
  evidence.portal.push({ control, probe });
}

async function overIpv6(
  { session }: ControlContext,
  evidence: ControlEvidence,
  control: Controls['tls'][number],
): Promise<void> {
  const [address] = ofFamily(control.addresses, 6);
  if (address === undefined) return;
  const aim = { service: null, target: control.host, address, port: control.port, signal: session.signal };
  evidence.ipv6.push(await probeTcp(session, { ...aim, patient: false }));
}

async function addressOf(
  { names, family }: ControlContext,
  control: { host: string; addresses: readonly string[] },
): Promise<string | undefined> {
  const known = ofFamily(control.addresses, family);
  if (known.length > 0) return known[0];
  return addressesOf(await names.get(null, control.host).system(), family)[0];
}
