import type { Evidence, TargetEvidence } from '../gather/evidence.ts';
import type { AnyProbe } from '../probe.ts';

/**
 * The evidence of a tunnel that carries calls only. What media and UDP did outside says nothing of calls inside, and would
 * condemn them for what the network does around the tunnel. Sites and messages go the way that they really go.
 */
export function onlyInside(evidence: Evidence, isInside: (address: string) => boolean): Evidence {
  const inside = <P extends AnyProbe>(probes: readonly P[]): P[] => probes.filter(({ address }) => isInside(address));
  const { controls } = evidence;
  const insideOf = (evidence: TargetEvidence): TargetEvidence =>
    evidence.target.kind === 'stun' || evidence.target.kind === 'turn'
      ? { ...evidence, attempts: inside(evidence.attempts), trusted: inside(evidence.trusted) }
      : evidence;
  return {
    ...evidence,
    controls: {
      ...controls,
      publicDns: inside(controls.publicDns),
      stun: inside(controls.stun),
      classic: inside(controls.classic),
      ntp: inside(controls.ntp),
    },
    flows: inside(evidence.flows),
    services: evidence.services.map((service) => ({ ...service, calls: service.calls.map(insideOf) })),
  };
}
