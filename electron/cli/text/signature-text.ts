import type { Signature, SignatureReason } from '../../api/schema.ts';
import { columns, type Cell } from '../output.ts';
import type { Paint } from '../terminal.ts';
import { strengthWords } from './words.ts';

/** Said before anything is sent. */
export const signatureWarning =
  "Signature check: packets that look like services' calls go to the servers you named. A filter that knows them may remember those ports and block them, for everybody behind it and for a long time. The services themselves are not asked.";

const reasons: Record<SignatureReason, string> = {
  network: 'this network lets too little through to ask',
  endpoints: 'too few of the ports you named answered plain packets first',
  controls: 'packets without its marks were not answered either',
  'one-endpoint': 'one of two packets passed',
  refused: 'something refused the packets openly, which a server may do itself',
  chance: 'this line loses so many packets that chance may be the reason',
  'low-confidence': 'not answered, but too little is known about what its calls look like',
  time: 'the time ran out',
};

/** One row a service. It never says that a service was tested: only what became of packets that look like its calls. */
export function signatureLines(signatures: readonly Signature[], paint: Paint): string[] {
  const rows = signatures.map(({ name, result, strength, reason, spoiled }): (Cell | string)[] => {
    const after = spoiled ? '; the port they went to is blocked since' : '';
    switch (result) {
      case 'passed':
        return [name, { text: 'pass', shown: paint('green', 'pass') }, ''];
      case 'filtered':
        return [
          name,
          { text: 'filtered', shown: paint('red', 'filtered') },
          `${strengthWords[strength ?? 'strong']}${after}`,
        ];
      case 'inconclusive':
        return [name, { text: 'unclear', shown: paint('dim', 'unclear') }, `${reason ? reasons[reason] : ''}${after}`];
    }
  });
  return ["Packets that look like a service's calls, sent to the servers you named:", columns(rows)];
}
