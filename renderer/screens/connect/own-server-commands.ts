import type { OwnServerKit } from '../../../electron/api/schema.ts';

/** What to type in a terminal of this computer, in order. */
export function commandsFor({ script, server }: Pick<OwnServerKit, 'script' | 'server'>): {
  copy: string;
  run: string;
} {
  const { endpoint } = server;
  // scp takes what stands before the first colon for the host, unless it is in brackets.
  const target = endpoint.includes(':') ? `root@[${endpoint}]:` : `root@${endpoint}:`;
  return { copy: `scp ${shellWord(script)} ${target}`, run: `ssh root@${endpoint} 'sh server.sh; rm server.sh'` };
}

/** Quoted where a shell would not take it for one plain word. */
function shellWord(word: string): string {
  return /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
