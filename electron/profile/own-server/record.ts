import { z } from 'zod';
import { parseHost } from '../address.ts';
import { decodeKey } from '../key.ts';
import { keyLabels, rewritePem, rewriteStaticKey } from '../openvpn/pem.ts';

/**
 * What is kept of a server of one's own, so that its script can be made again with other people in it. Secrets: all
 * keys but the public ones, and the relay's password. Other people's private keys are not here: they went into their
 * files and nowhere else.
 */

const key = z.string().refine((text) => decodeKey(text) !== undefined);
const pem = (rewrite: (lines: readonly string[]) => string | undefined): z.ZodType<string> =>
  z.string().refine((text) => rewrite(text.split('\n')) === text);
const certificate = pem((lines) => rewritePem(lines, ['CERTIFICATE']));
const privateKey = pem((lines) => rewritePem(lines, keyLabels));
const port = z.int().min(1).max(65535);
const credential = z.strictObject({ certificate, privateKey });
/** Goes into a shell script and a configuration file: letters and digits only. */
const word = z.string().regex(/^[A-Za-z0-9]{1,64}$/);

const personSchema = z.strictObject({
  /** 1 is whoever made the server; the last part of a person's addresses is one more. */
  number: z.int().min(1).max(200),
  revoked: z.boolean(),
  /** Of the person's WireGuard keys, one of which the server must know and one that both share. */
  publicKey: key,
  presharedKey: key,
});

export const ownServerSchema = z.strictObject({
  id: z.string().regex(/^o-[0-9a-f]{16}$/),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** Address or name by which the world reaches it. */
  endpoint: z.string().refine((text) => parseHost(text) === text),
  /** The networks inside the tunnels: `10.X.Y.0/24` for WireGuard, the next one for OpenVPN, and two /64 of one /48. */
  network: z.strictObject({
    second: z.int().min(0).max(255),
    third: z.int().min(0).max(254),
    global: z.hex().length(10),
  }),
  wireguard: z.strictObject({ port, privateKey: key }).nullable(),
  openvpn: z.strictObject({ port, server: credential, tlsCrypt: pem(rewriteStaticKey) }).nullable(),
  relay: z.strictObject({ user: word, password: word, realm: word, server: credential }),
  /** Signs the certificates of the server and of the people. */
  authority: credential,
  people: z.array(personSchema).min(1).max(200),
});
export type OwnServer = z.infer<typeof ownServerSchema>;
export type Person = OwnServer['people'][number];
export type Credential = z.infer<typeof credential>;

/** What everybody may see of it. */
export interface OwnServerSummary {
  id: string;
  endpoint: string;
  createdAt: string;
  protocols: ('wireguard' | 'openvpn')[];
  /** UDP port of WireGuard and TCP port of OpenVPN; null where the server has none. */
  wireguardPort: number | null;
  openvpnPort: number | null;
  people: { number: number; revoked: boolean }[];
}

export function ownServerSummary({ id, endpoint, createdAt, wireguard, openvpn, people }: OwnServer): OwnServerSummary {
  return {
    ...{ id, endpoint, createdAt },
    protocols: [...(wireguard ? ['wireguard' as const] : []), ...(openvpn ? ['openvpn' as const] : [])],
    wireguardPort: wireguard?.port ?? null,
    openvpnPort: openvpn?.port ?? null,
    people: people.map(({ number, revoked }) => ({ number, revoked })),
  };
}

/** Common name of a person's certificate, and of the person's file on the server. */
export const personName = ({ number }: Pick<Person, 'number'>): string => `person-${number}`;
