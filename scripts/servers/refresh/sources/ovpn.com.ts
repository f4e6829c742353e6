import { z } from 'zod';
import { firstLabel, shapes, type ListSource } from '../source.ts';

// The interface behind the vendor's apps, as gluetun reads it (passteque/gluetun@7eed6eaf, 2026-08-07). `public_key` is
// the one of the entry that everybody shares.

const listSchema = z.object({
  success: z.literal(true),
  datacenters: shapes.many(
    z.object({
      city: shapes.text,
      country_name: shapes.text,
      servers: z
        .array(
          z.object({
            ip: shapes.address,
            ptr: shapes.text,
            online: z.boolean(),
            public_key: shapes.text,
            wireguard_ports: z.array(shapes.port).min(1).max(64),
          }),
        )
        .max(1000),
    }),
  ),
});

export const ovpnCom: ListSource = {
  provider: 'ovpn.com',
  name: 'https://www.ovpn.com/v2/api/client/entry',
  url: () => new URL('https://www.ovpn.com/v2/api/client/entry'),
  read(answer) {
    return listSchema.parse(answer).datacenters.flatMap(({ city, country_name, servers }) =>
      servers
        .filter(({ online }) => online)
        .map(({ ip, ptr, public_key, wireguard_ports }) => ({
          id: `ovpncom/${firstLabel(ptr)}`,
          country: codeOfCountry(country_name),
          city,
          hostname: ptr,
          ipv4: ip,
          ipv6: null,
          publicKey: public_key,
          ports: wireguard_ports,
        })),
    );
  },
};

/** ISO 3166-1 code of an English name; empty for one that is not known, and the rules of an entry then leave it out. */
function codeOfCountry(name: string): string {
  return countries.get(name.replace(/^The /, '').toLowerCase()) ?? '';
}

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
const codes = letters
  .flatMap((one) => letters.map((other) => one + other))
  // Codes of former countries have the names of those of today.
  .filter((code) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`);
const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const countries = new Map<string, string>([
  ...codes.map((code): [string, string] => [(names.of(code) ?? '').toLowerCase(), code]),
  // Names that people still use.
  ['czech republic', 'CZ'],
  ['turkey', 'TR'],
]);
