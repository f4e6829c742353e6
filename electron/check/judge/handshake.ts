import type { ReachProbe, TargetEvidence } from '../gather/evidence.ts';
import { succeeded, type AnyProbe, type Failed, type TlsProbe } from '../probe.ts';
import type { Mechanism } from '../report.ts';
import type { ControlFacts } from './controls.ts';
import { blocked, unknown, type Judged } from './judged.ts';
import { isCutOff, isSilence } from './reach.ts';

/** S1 to S4: connected, but the handshake does not end as it should. The pairs say whether name or address is the reason. */
export function judgeHandshake(
  evidence: TargetEvidence,
  tries: ReachProbe[],
  control: AnyProbe,
  facts: ControlFacts,
): Judged {
  const certificates = tries.flatMap(({ outcome }) =>
    outcome.kind === 'bad-certificate' ? [outcome.certificate] : [],
  );
  if (certificates.length === tries.length) return judgeCertificates(evidence, tries, control, facts);
  const failures = tries.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome] : []));
  if (failures.every(isCutOff)) return judgeByPairs(evidence, tries, control, 'S1', isCutOff);
  if (failures.every(isSilence)) return judgeByPairs(evidence, tries, control, 'S2', isSilence);
  return unknown(failures.some(isSilence) ? 'S2' : 'S1', [...tries, control]);
}

const bySni: Readonly<Record<'S1' | 'S2', Mechanism>> = { S1: 'sni-reset', S2: 'sni-drop' };
const byAddress: Readonly<Record<'S1' | 'S2', Mechanism>> = { S1: 'tcp-reset', S2: 'tcp-drop' };

function judgeByPairs(
  { otherName, otherAddress }: TargetEvidence,
  tries: ReachProbe[],
  control: AnyProbe,
  rule: 'S1' | 'S2',
  isSame: (failed: Failed) => boolean,
): Judged {
  const probes = [...tries, ...otherName, ...otherAddress, control];
  const failsSame = (probe: TlsProbe): boolean =>
    probe.outcome.kind === 'failed' && failsAfterConnect(probe) && isSame(probe.outcome);
  const addressAnswers = otherName.some(speaks);
  const nameFailsElsewhere = otherAddress.some(failsSame);
  if (addressAnswers && nameFailsElsewhere)
    return blocked([bySni[rule]], rule, rule === 'S1' ? 'certain' : 'strong', probes);
  if (nameFailsElsewhere) return blocked([bySni[rule]], rule, 'strong', probes);
  if (addressAnswers) return blocked([bySni[rule]], rule, rule === 'S1' ? 'strong' : 'medium', probes);
  // Neither the neutral name at this address, while the name passes elsewhere: the address is what is filtered.
  if (otherName.some(failsSame) && otherAddress.some(speaks)) return blocked([byAddress[rule]], 'S3', 'medium', probes);
  return unknown(rule, probes);
}

function failsAfterConnect({ outcome }: TlsProbe): boolean {
  return outcome.kind === 'failed' && outcome.operation === 'tls_handshake';
}

/** Whether a TLS server spoke at all: any certificate, an alert, some bytes. */
function speaks({ outcome }: TlsProbe): boolean {
  if (outcome.kind !== 'failed') return true;
  return outcome.operation === 'tls_handshake' && (outcome.bytesRead > 0 || outcome.failure === 'ssl_failed_handshake');
}

/**
 * S4: a certificate that is not the service's. A vendor may change its authority or let one expire: only a stranger's
 * certificate for this name at a neutral address, or from outside the public authorities, is called interception.
 */
function judgeCertificates(
  { target, otherAddress }: TargetEvidence,
  tries: ReachProbe[],
  control: AnyProbe,
  facts: ControlFacts,
): Judged {
  const probes = [...tries, ...otherAddress, control];
  const served = tries.flatMap(({ outcome }) => (outcome.kind === 'bad-certificate' ? [outcome.certificate] : []));
  if (facts.localIssuer !== null && served.every(({ issuer }) => issuer === facts.localIssuer)) {
    return unknown('S4', probes, ['local']);
  }
  const forgedElsewhere = otherAddress.some(
    ({ outcome }) =>
      outcome.kind === 'bad-certificate' &&
      outcome.certificate.failure === 'ssl_unknown_authority' &&
      served.some(({ issuer }) => issuer === outcome.certificate.issuer),
  );
  const unknownAuthority = served.every(({ failure }) => failure === 'ssl_unknown_authority');
  if (unknownAuthority && forgedElsewhere) return blocked(['tls-mitm'], 'S4', 'certain', probes);
  const publicAuthority = target.kind === 'tls' && target.ca === null;
  if (unknownAuthority && publicAuthority) return blocked(['tls-mitm'], 'S4', 'strong', probes);
  return unknown('S4', [...probes, ...tries.filter(succeeded)], ['tls-mitm']);
}
