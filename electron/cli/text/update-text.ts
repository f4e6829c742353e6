import type { DocumentUpdate } from '../../api/schema.ts';

const names: Record<DocumentUpdate['kind'], string> = {
  servers: 'Server list',
  catalogue: 'Catalogue of services',
  keys: 'Keys',
};

const failures: Record<NonNullable<DocumentUpdate['failures'][number]['failure']>, string> = {
  name: 'its name was not found',
  connect: 'no connection',
  tls: 'it could not prove who it is',
  status: 'it does not have it',
  timeout: 'too slow',
  size: 'far too large',
  redirect: 'it wanted to lead to another place',
};

/** One line about the document, and one for each mirror that failed. */
export function updateText({ kind, outcome, version, previousVersion, mirror, failures: all }: DocumentUpdate): string {
  const lines = all.map(({ mirror: name, rule, failure }) => {
    const why = failure === null ? 'offered something else' : failures[failure];
    return `  ${name}: ${why}${rule === null ? '' : ` (refused, rule ${rule})`}`;
  });
  const sentence = {
    updated: `version ${version ?? ''} is new (before: ${previousVersion ?? 'none'}), ${mirror === null ? 'verified' : `from ${mirror}`}`,
    unchanged: `version ${version ?? ''} is the newest`,
    refused: `refused; version ${version ?? ''} stays in use`,
    unreachable: `no mirror could be reached; version ${version ?? ''} stays in use`,
  }[outcome];
  return [`${names[kind]}: ${sentence}.`, ...lines].join('\n');
}
