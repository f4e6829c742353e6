import { afterEach, expect, it } from 'vitest';
import { vpnGate } from '../../../../electron/servers/accounts/recipes/vpn-gate.ts';
import { vpngate as fake } from '../../../lab/world/providers/vpngate.ts';
import { cert, key } from '../../../profile/openvpn/samples.ts';
import { apiTo, movedTo, quietOffice, serveFake, serveLocally, type LocalServer } from '../fake-providers.ts';

let server: LocalServer | undefined;
afterEach(() => server?.close());

it('offers the best volunteer of each country, UDP before TCP whatever the score, with the file as it came', async () => {
  const handsOut = { authority: cert, client: { certificate: cert, key } };
  server = await serveFake(fake, { ...quietOffice(), handsOut });
  const offers = await vpnGate(apiTo(await movedTo(server.port, 'vpngate')), '2026-11-24');
  expect(offers.map(({ server: { id, city, openvpn } }) => [id, city, openvpn?.ports])).toEqual([
    ['vpngate/fr', 'France', { udp: [], tcp: [1926] }],
    ['vpngate/jp', 'Japan', { udp: [1195], tcp: [] }],
  ]);
  const file = await offers[1]?.file();
  expect(Buffer.from(file?.bytes ?? []).toString()).toContain('remote 23.250.200.15 1195');
  expect(server.asked).toEqual(['GET /api/iphone/']);
});

it.each(['*vpn_servers\r\n*\r\n', 'nothing', '=cmd|calc'])('does not believe %o', async (text) => {
  server = await serveLocally((_, response) => response.end(text));
  const api = apiTo(await movedTo(server.port, 'vpngate'));
  await expect(vpnGate(api, '2026-11-24')).rejects.toMatchObject({ code: 'provider-answer-invalid' });
});
