/**
 * What a judgement can come to, as far as its explanation goes. Each has its sentences in English
 * (electron/api/explanations.ts), French and Arabic (renderer/text/*\/why.ts): a case without them does not compile.
 */

/** Rows of docs/decision-table.md that speak: the `rule` of every judgement and finding is one of these. */
export const ruleIds = [
  ...['OK', 'NT', 'NR', 'RS', 'R1'],
  ...['N0', 'N1', 'N2', 'N3', 'N4', 'N5'],
  ...['C1', 'C2'],
  ...['D1', 'D2', 'D3', 'D5', 'D7', 'D8'],
  ...['T1', 'T2', 'T3', 'S1', 'S2', 'S3', 'S4', 'H1', 'H2'],
  ...['U0', 'U1', 'U2', 'U3', 'U4', 'U6', 'U7', 'U9', 'L1', 'G1'],
  ...['K1', 'K2', 'K3', 'K4', 'K5'],
] as const;

/** Rows that also come out as a mere suspicion: a control or a repeat is missing, or the fact is a weak one. */
export const suspicions = [
  ...['D1-unproved', 'D2-unproved', 'D3-unproved', 'D5-unproved', 'D8-unproved'],
  ...['T1-unproved', 'T2-unproved', 'T3-unproved'],
  ...['S1-unproved', 'S2-unproved', 'S3-unproved', 'S4-unproved'],
  ...['H1-unproved', 'H2-unproved', 'U3-unproved', 'U6-unproved'],
] as const;

/**
 * `S4-local`: the same stranger on neutral sites too. `U4-single`: one relay is mute, which is held against nobody.
 * `unproved`: a suspicion by a row that has no sentence of its own for it.
 */
export const explanationCases = [...ruleIds, ...suspicions, 'S4-local', 'U4-single', 'unproved'] as const;
export type ExplanationCase = (typeof explanationCases)[number];

/**
 * What a control is to the probe that it is paired with. `neutral-*`, `time-server`, `public-resolver`, `encrypted-dns`:
 * something of others that worked. `other-name-*`: the same address under a neutral name. `other-address-*`: the same name
 * at a neutral address. `trusted-name*`: the same name by encrypted DNS; `other-resolver*`: by others, in the clear.
 * `plain-packet`: to a server that agreed to the signature check, without any service's marks.
 * `own-server`: another address or server of the same service that worked.
 */
export const controlRoles = [
  ...[
    'neutral-site',
    'neutral-name',
    'neutral-stun',
    'neutral-flow',
    'plain-packet',
    'old-stun',
    'time-server',
    'public-resolver',
    'encrypted-dns',
  ],
  ...['other-name-passes', 'other-name-fails', 'other-address-passes', 'other-address-fails'],
  ...['trusted-name', 'trusted-name-fails', 'other-resolver', 'other-resolver-fails', 'own-server'],
] as const;
export type ControlRole = (typeof controlRoles)[number];
