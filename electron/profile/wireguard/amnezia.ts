import { ProfileError } from '../errors.ts';
import type { DroppedLine, ProfileWarning } from '../types.ts';
import { amneziaKeys, type Setting } from './settings.ts';

/**
 * AmneziaWG is WireGuard in disguise. Values of S and H that are not WireGuard's own change the messages themselves, so
 * plain WireGuard would only meet silence; junk packets (J, I) are extra, and the server does without them.
 */
const wireGuardsOwn: Readonly<Record<string, string>> = {
  ...{ S1: '0', S2: '0', S3: '0', S4: '0' },
  ...{ H1: '1', H2: '2', H3: '3', H4: '4' },
};

export function takeOutAmnezia(
  file: string,
  settings: readonly Setting[],
): { settings: Setting[]; dropped: DroppedLine[]; warnings: ProfileWarning[] } {
  const isAmnezia = ({ key }: Setting): boolean => (amneziaKeys as readonly string[]).includes(key);
  const theirs = settings.filter(isAmnezia);
  for (const { key, value, line } of theirs) {
    const own = wireGuardsOwn[key];
    if (own === undefined || own === value.replace(/\s/g, '')) continue;
    throw new ProfileError(
      'profile-unsupported',
      { file, line, directive: key },
      'this server speaks AmneziaWG, a disguised WireGuard that Sawt cannot speak yet; use the AmneziaVPN app for it, or ask for a plain WireGuard or OpenVPN file',
    );
  }
  const warnings: ProfileWarning[] =
    theirs.length === 0
      ? []
      : [
          {
            code: 'amnezia',
            text: 'The file was made for AmneziaWG. Its server should also take plain WireGuard, but without the disguise a network may recognise it.',
          },
        ];
  return {
    settings: settings.filter((setting) => !isAmnezia(setting)),
    dropped: theirs.map(({ line, key }) => ({ line, directive: key, reason: 'only AmneziaWG knows it' })),
    warnings,
  };
}
