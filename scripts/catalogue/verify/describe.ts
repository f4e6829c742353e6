import type { Proposal } from './propose.ts';
import type { Seen, SeenTarget } from './see.ts';

/** One target a line, those that need a person with `!`; see `propose` for what is behind the arrow. */
export function describeTargets(seen: readonly { target: SeenTarget; proposal: Proposal | undefined }[]): string[] {
  return seen.map(({ target: { service, target, seen: how }, proposal }) => {
    const { id, kind, host, addresses, confidence, asOf } = target;
    const now = `${asOf}, ${confidence}`;
    const then = proposal && `${proposal.asOf}, ${proposal.confidence}`;
    const change = then === undefined || then === now ? now : `${now} -> ${then}`;
    return `${marks[how.kind]} ${service.id}/${id} (${kind} ${host ?? addresses.join(' ')}): ${wordsOf(how, target)}  [${change}]`;
  });
}

const marks: Readonly<Record<Seen['kind'], string>> = {
  'as-expected': '=',
  'answers-after-all': '!',
  moved: '!',
  'other-realm': '!',
  'other-certificate': '!',
  gone: '!',
  failed: '!',
  silent: '?',
  'silent-as-known': '=',
  'not-run': '?',
};

function wordsOf(seen: Seen, target: SeenTarget['target']): string {
  switch (seen.kind) {
    case 'as-expected':
      return seen.mute.length === 0 ? 'as expected' : `as expected, but nothing from ${seen.mute.join(', ')}`;
    case 'answers-after-all':
      return `answers strangers after all${realmIn(seen.realm)}; if it always does, set answersStrangers`;
    case 'moved':
      return `works at ${seen.addresses.join(', ')}, outside the stated addresses and ranges`;
    case 'other-realm':
      return `realm ${quoted(seen.realm)}, the catalogue says ${quoted('realm' in target ? target.realm : null)}`;
    case 'other-certificate':
      return `certificate of another authority or name (${seen.failure}): ${seen.issuer}; look from a second network`;
    case 'gone':
      return 'no resolver knows the name any more';
    case 'failed':
      return `fails: ${seen.failure}`;
    case 'silent':
      return 'silent';
    case 'silent-as-known':
      return 'as expected: silent, and not known to answer strangers';
    case 'not-run':
      return 'not asked: no address, or the check was over before';
  }
}

const realmIn = (realm: string | null): string => (realm === null ? '' : ` with realm ${quoted(realm)}`);

/** What a stranger's server said: on one line, and short. */
const quoted = (text: string | null): string =>
  text === null ? 'none' : JSON.stringify(text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100));

/** How many were found how, in the order of the marks. */
export function summarise(seen: readonly SeenTarget[]): string {
  const count = (mark: string): number => seen.filter(({ seen: { kind } }) => marks[kind] === mark).length;
  return `${seen.length} targets: ${count('=')} as expected, ${count('!')} answered otherwise, ${count('?')} said nothing.`;
}
