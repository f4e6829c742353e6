import { describe, expect, it } from 'vitest';
import { importProfiles } from '../../../electron/profile/import.ts';
import { dropKind, isKnownFailure } from '../../../renderer/text/words.ts';

const wireguard = `[Interface]
PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
Address = 10.0.0.2/32
PostUp = touch /tmp/x
Table = off
FwMark = 51820
SaveConfig = true
ListenPort = 1234
Sunshine = yes
[Peer]
PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
AllowedIPs = 0.0.0.0/0
Endpoint = 203.0.113.3:51820
`;

/** What the real importer says about each line that it left out of this file. */
async function kinds(): Promise<Record<string, string>> {
  const [result] = await importProfiles([{ name: 'nasty.conf', bytes: new TextEncoder().encode(wireguard) }]);
  if (result?.ok !== true) throw new Error('the sample must be importable');
  return Object.fromEntries(result.profile.dropped.map(({ directive, reason }) => [directive, dropKind(reason)]));
}

describe('reasons for leaving a line out', () => {
  it('have words for what the importer really says', async () => {
    expect(await kinds()).toMatchObject({
      PostUp: 'runs-command',
      Table: 'set-by-sawt',
      FwMark: 'set-by-sawt',
      SaveConfig: 'opens-control',
      ListenPort: 'set-by-sawt',
    });
  });

  it('are told as “not needed or not known to be safe” when we have no words for them', () => {
    expect(dropKind('for a reason of tomorrow')).toBe('other');
  });
});

describe('failure strings', () => {
  it('are known or not', () => {
    expect(isKnownFailure('connection_reset')).toBe(true);
    expect(isKnownFailure('unknown_failure: something')).toBe(false);
  });
});
