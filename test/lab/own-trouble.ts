import { LabError } from './system/lab-error.ts';
import { findProgram, run } from './system/programs.ts';

/** What the client's computer does to its own traffic; nothing named: nothing. */
export interface OwnTrouble {
  /** Its own firewall drops what programs send: UDP other than names, or everything. */
  firewall?: 'udp' | 'everything';
}

const rules: Readonly<Record<NonNullable<OwnTrouble['firewall']>, string>> = {
  udp: 'meta l4proto udp th dport != 53 counter drop',
  everything: 'oifname != "lo" counter drop',
};

/** Replaces the client's own firewall. Throws LabError `ruleset-rejected`. */
export async function setOwnFirewall({ firewall }: OwnTrouble): Promise<void> {
  const text = `
table inet personal {}
delete table inet personal
${firewall ? `table inet personal {\n  chain out {\n    type filter hook output priority filter\n    ${rules[firewall]}\n  }\n}` : ''}
`;
  try {
    await run('ip', ['netns', 'exec', 'client', findProgram('nft'), '-f', '-'], { input: text });
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    throw new LabError('ruleset-rejected', `The kernel rejected the client's own firewall: ${error.message}`);
  }
}
