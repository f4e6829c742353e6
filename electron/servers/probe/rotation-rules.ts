import type { ProbeResult } from './measure.ts';
import type {
  Evidence,
  Judgement,
  RotationInput,
  RotationReason,
  RotationReasonCode,
  RotationStrength,
} from './rotation-words.ts';

/** The rules of rotation.ts: each says what it knows, or nothing. None of them sees what was never sent, but the first. */

/** From what is certain to what is only likely; the first that speaks is right. */
export const rules: readonly ((evidence: Evidence) => Judgement | undefined)[] = [
  judgeUnsent,
  judgeAnswered,
  judgeTold,
  judgeOthersAnswer,
  judgeRefused,
  judgeNothingAnswers,
  judgeAllSilent,
];

const isKind = (...kinds: ProbeResult['outcome']['kind'][]) => {
  return ({ outcome }: ProbeResult): boolean => kinds.includes(outcome.kind);
};
const isAnswered = isKind('answered');
/** The server found our key: only then it answers at all. */
const knowsKey = isKind('answered', 'pskMismatch');
const isRefused = isKind('refused');
/** Something came back from the other side of this computer. */
const isHeard = isKind('answered', 'pskMismatch', 'busy', 'refused', 'reset');
const isQuiet = isKind('silent', 'reset');

/** A reason, or none where nothing of the kind was seen. */
function because(code: RotationReasonCode, results: readonly ProbeResult[]): RotationReason[] {
  return results.length === 0 ? [] : [{ code, probes: results.map(({ id }) => id) }];
}

/** Our own system sent nothing: that is about this computer. */
function judgeUnsent({ input: { results } }: Evidence): Judgement | undefined {
  if (results.length === 0 || !results.every(isKind('unreachable'))) return undefined;
  return { verdict: 'offline', strength: 'strong', reasons: because('not-sent', results), advice: 'check-network' };
}

/** It answers: all is well, or one port of it is not. */
function judgeAnswered({ own, others }: Evidence): Judgement | undefined {
  const answered = own.filter(isAnswered);
  if (answered.length === 0) return undefined;
  const quiet = own.filter(isQuiet);
  const reasons = [...because('answered', answered), ...because('silent', quiet)];
  if (quiet.length === 0) return { verdict: 'works', strength: 'certain', reasons, advice: 'stay' };
  const portsQuiet = new Set(quiet.map(({ port }) => port));
  const alike = others.filter((result) => isQuiet(result) && portsQuiet.has(result.port) && answersElsewhere(result));
  const strength = alike.length > 0 ? 'strong' : 'medium';
  reasons.push(...because('port-silent-elsewhere', alike));
  return { verdict: 'port-blocked', strength, reasons, advice: 'use-next' };

  function answersElsewhere({ server, port }: ProbeResult): boolean {
    return others.some((other) => other.server === server && other.port !== port && isAnswered(other));
  }
}

/** It says itself what is wrong. */
function judgeTold({ own }: Evidence): Judgement | undefined {
  const mismatch = own.filter(isKind('pskMismatch'));
  if (mismatch.length > 0) {
    const reasons = because('psk-mismatch', mismatch);
    return { verdict: 'psk-wrong', strength: 'certain', reasons, advice: 'correct-psk' };
  }
  const busy = own.filter(isKind('busy'));
  return busy.length === 0 ? undefined : { verdict: 'server-busy', strength: 'strong', reasons: because('busy', busy) };
}

/** Another server knows the key over the same protocol: neither the key nor the protocol is the trouble. */
function judgeOthersAnswer({ own, others, controls, input }: Evidence): Judgement | undefined {
  const known = others.filter(knowsKey);
  if (known.length === 0 || own.length === 0) return undefined;
  const reasons = [
    ...because('silent', own.filter(isQuiet)),
    ...because('refused', own.filter(isRefused)),
    ...because('key-known', known),
  ];
  const ports = new Set(own.map(({ port }) => port));
  const samePort = known.filter(({ port }) => ports.has(port));
  const samePortQuiet = others.filter((result) => isQuiet(result) && ports.has(result.port));
  if (samePort.length === 0 && samePortQuiet.length > 0) {
    reasons.push(...because('port-silent-elsewhere', samePortQuiet));
    return { verdict: 'port-blocked', strength: 'medium', reasons };
  }
  // A host that lives on may have changed its key, or its address may be filtered for this protocol alone.
  const alive = controls.filter((result) => result.server === input.server && isAnswered(result));
  reasons.push(...because('host-alive', alive));
  const isClear = samePort.length > 0 && alive.length === 0;
  return { verdict: 'server-stopped', strength: isClear ? 'strong' : 'medium', reasons };
}

/** Its port is closed, and only there: a filter that refuses would refuse others too. */
function judgeRefused({ own, others }: Evidence): Judgement | undefined {
  if (own.length === 0 || !own.every(isRefused) || others.some(isRefused)) return undefined;
  return { verdict: 'server-stopped', strength: 'medium', reasons: because('refused', own) };
}

/** Neither this protocol nor any control: about the network, or about nothing when there was no control. */
function judgeNothingAnswers({ own, others, controls }: Evidence): Judgement | undefined {
  const all = [...own, ...others, ...controls];
  if (controls.length === 0 || all.some(isHeard)) return undefined;
  const reasons = because('nothing-answers', all);
  return { verdict: 'offline', strength: 'medium', reasons, advice: 'check-network' };
}

/**
 * No server of this protocol accepts the key, but other things pass. The key is suspected first: a silent handshake at a
 * known address is mostly an unregistered key. The protocol is, when the key is known to be good.
 */
function judgeAllSilent({ own, others, controls, input }: Evidence): Judgement | undefined {
  const family = [...own, ...others];
  const quiet = family.filter((result) => isQuiet(result) || isRefused(result));
  const servers = new Set(quiet.map(({ server }) => server));
  const alive = controls.filter(isAnswered);
  const busy = others.filter(isKind('busy'));
  if (own.length === 0 || servers.size < 2 || alive.length + busy.length === 0) return undefined;
  const reasons = [
    ...because('silent', family.filter(isQuiet)),
    ...because('refused', family.filter(isRefused)),
    ...because('protocol-passes', busy),
    ...because(
      'udp-passes',
      alive.filter(({ method }) => method === 'wireguard' || method === 'openvpn-udp'),
    ),
    ...because(
      'path-passes',
      alive.filter(({ method }) => method === 'openvpn-tcp' || method === 'tcp'),
    ),
  ];
  if (busy.length > 0) return { verdict: 'key-not-accepted', strength: 'medium', reasons, advice: 'renew-key' };

  // The other transport of OpenVPN has the same tls-auth or tls-crypt key, so its answer proves the key.
  const isSibling = ({ server, method }: ProbeResult): boolean =>
    input.method !== 'wireguard' && method.startsWith('openvpn') && servers.has(server);
  const sibling = alive.filter(isSibling);
  reasons.push(...because('key-known', sibling));
  if (input.keyAccepted !== undefined) reasons.push({ code: 'key-accepted-before', probes: [] });
  if (sibling.length === 0 && input.keyAccepted === undefined)
    return { verdict: 'key-not-accepted', strength: 'weak', reasons, advice: 'renew-key' };
  const advice = 'other-protocol';
  return { verdict: 'protocol-blocked', strength: protocolStrength(input, sibling, servers.size), reasons, advice };
}

/** A key that was good *here* may also have run out meanwhile: then the filter would be new, which is less likely. */
function protocolStrength(
  { keyAccepted }: RotationInput,
  sibling: readonly ProbeResult[],
  servers: number,
): RotationStrength {
  if (sibling.length > 0) return servers >= 3 ? 'strong' : 'medium';
  return keyAccepted === 'elsewhere' && servers >= 3 ? 'medium' : 'weak';
}

/** What is missing to say more. */
export function noWord({ own, others, controls }: Evidence): Judgement {
  const family = [...own, ...others];
  const reasons = because('silent', family.filter(isQuiet));
  if (new Set(family.map(({ server }) => server)).size < 2) reasons.push({ code: 'one-server-only', probes: [] });
  if (controls.length === 0) reasons.push({ code: 'no-control', probes: [] });
  return { verdict: 'undecided', strength: 'weak', reasons };
}
