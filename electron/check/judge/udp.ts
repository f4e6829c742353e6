import type { Evidence } from '../gather/evidence.ts';
import { isTelling } from '../gather/telling.ts';
import { stunPort } from '../packet/stun.ts';
import { succeeded, type AnyProbe, type StunProbe } from '../probe.ts';
import type { Finding } from '../report.ts';
import type { ControlFacts } from './controls.ts';
import { ids } from './judged.ts';

/** Silence of fewer servers may be theirs. */
const serversMin = 3;

/** What UDP does on this network, apart from any service. */
export interface UdpFacts {
  /** U0, U1, U2 or U4; at most one holds. */
  finding: Finding | undefined;
  /** STUN servers of others that answered: proof that media could pass here. */
  stunAnswered: StunProbe[];
}

export function judgeUdp(evidence: Evidence, facts: ControlFacts): UdpFacts {
  const { controls, services } = evidence;
  const own = services
    .flatMap(({ calls }) => calls)
    .flatMap(({ attempts, trusted }) => [...attempts, ...trusted])
    .filter((probe) => probe.kind === 'stun');
  const stun = [...controls.stun, ...own];
  const answered = stun.filter(succeeded);
  const site = facts.sites.at(-1);
  const relayAnswers = turnProbes(evidence).some(({ probe }) => succeeded(probe));
  const finding =
    site && (answered.length > 0 || relayAnswers ? judgeSome(evidence, answered) : judgeNone(evidence, site));
  return { finding, stunAnswered: controls.stun.filter(succeeded) };
}

function judgeSome(evidence: Evidence, answered: readonly StunProbe[]): Finding | undefined {
  return judgePort(evidence.controls.stun, answered) ?? judgeTurn(evidence, answered);
}

function turnProbes({ services }: Evidence): { owner: string; telling: boolean; probe: AnyProbe }[] {
  return services.flatMap(({ service, calls }) =>
    calls
      .filter(({ target }) => target.kind === 'turn')
      .flatMap(({ target, attempts, trusted }) =>
        [...attempts, ...trusted].map((probe) => ({ owner: service.owner, telling: isTelling(target), probe })),
      ),
  );
}

/** U4: Bindings are answered, but no Allocate by any relay, though relays of several owners are known to. */
function judgeTurn(evidence: Evidence, answered: readonly StunProbe[]): Finding | undefined {
  const relays = turnProbes(evidence);
  const telling = relays.filter((relay) => relay.telling);
  const owners = new Set(telling.map(({ owner }) => owner)).size;
  if (answered.length === 0 || owners < 2 || relays.some(({ probe }) => succeeded(probe))) return undefined;
  return {
    mechanism: 'turn-blocked',
    rule: 'U4',
    strength: 'medium',
    probes: ids([...telling.map(({ probe }) => probe), ...answered]),
    summary: 'Relays of calls do not answer, while STUN passes: calls that cannot connect directly will fail.',
  };
}

/** U1: STUN passes on other ports, but on 3478 nobody answers. */
function judgePort(controls: readonly StunProbe[], answered: readonly StunProbe[]): Finding | undefined {
  const elsewhere = answered.filter(({ port }) => port !== stunPort);
  const silent = controls.filter((probe) => probe.port === stunPort);
  const servers = new Set(silent.map(({ target }) => target)).size;
  const none = silent.every((probe) => !succeeded(probe)) && answered.every(({ port }) => port !== stunPort);
  if (elsewhere.length === 0 || servers < 2 || !none) return undefined;
  return {
    mechanism: 'udp-port',
    rule: 'U1',
    strength: 'strong',
    probes: ids([...silent, ...elsewhere]),
    summary: 'UDP port 3478, which calls commonly use, is blocked; STUN passes on other ports.',
  };
}

/** No STUN anywhere: all UDP (U0), or only what looks like STUN (U2). */
function judgeNone(evidence: Evidence, site: AnyProbe): Finding | undefined {
  const { stun, classic, ntp, publicDns } = evidence.controls;
  const servers = new Set(stun.map(({ target }) => target)).size;
  if (servers < serversMin) return undefined;
  const cookieless = classic.filter(succeeded);
  const otherUdp = ntp.filter(succeeded);
  if (cookieless.length > 0 || otherUdp.length > 0) {
    return {
      mechanism: 'stun-dpi',
      rule: 'U2',
      strength: cookieless.length > 0 ? 'certain' : 'strong',
      probes: ids([...stun, ...cookieless, ...otherUdp]),
      summary: 'Packets that look like STUN, with which calls begin, are dropped on every port; other UDP passes.',
    };
  }
  if (ntp.length < 2) return undefined;
  // Resolvers answered by somebody in between prove no open UDP: only other kinds of UDP do.
  const dns = publicDns.filter(({ outcome }) => outcome.kind !== 'silent' && outcome.kind !== 'failed');
  return {
    mechanism: 'udp-all',
    rule: 'U0',
    strength: dns.length > 0 ? 'medium' : 'strong',
    probes: ids([...stun, ...ntp, ...publicDns, site]),
    summary: 'No UDP passes, while web pages load. Calls need UDP, or fall back to worse ways.',
  };
}
