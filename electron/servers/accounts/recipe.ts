import { z } from 'zod';
import { parseAddress, parseInterfaceAddress } from '../../profile/address.ts';
import { decodeKey } from '../../profile/key.ts';
import type { WireGuardPeer } from '../../profile/types.ts';
import type { Server } from '../types.ts';
import type { ProviderApi } from './api.ts';
import type { AccountSecret } from './provider.ts';

/** What a provider has on record for a key of ours, as far as it is needed to give the key back. */
export interface Handle {
  /** The provider's own id of it. */
  device: string | null;
  /** Secret: ends this one registration, and nothing else of the account. */
  session: string | null;
}

/** What a profile needs beside the server of the list. */
export interface Registration {
  /** Only where the provider makes the key, and hands out the same to every device. Secret. */
  privateKey?: string;
  /** CIDR. */
  addresses: string[];
  dns: string[];
  /** The server's half, where no list has it. */
  peer?: Pick<WireGuardPeer, 'publicKey' | 'endpoint'>;
  handle: Handle;
  /** ISO 8601: the provider forgets the key then. */
  expiresAt: string | null;
}

/** How one provider is spoken to. All calls reject with AccountError, or AbortError. */
export interface Recipe {
  /** Makes the public key known. `server` is where the person wants to go, for providers that register with each server. */
  register(api: ProviderApi, account: AccountSecret, publicKey: string, server: Server): Promise<Registration>;
  /** The provider's own list, where ours has none. */
  servers?(api: ProviderApi, asOf: string): Promise<Server[]>;
  /** Takes the key from the provider's records; one that is not there any more is fine. */
  giveBack?(api: ProviderApi, handle: Handle, account: AccountSecret | undefined): Promise<void>;
}

/** Values in answers, in the form in which profiles have them. */
export const shapes = {
  /** Address of the tunnel's own end; without a prefix it is a single one. */
  tunnelAddress: z.string().transform((text, context) => {
    const address = parseInterfaceAddress(text);
    if (address !== undefined) return address;
    context.addIssue({ code: 'custom', message: 'no address' });
    return z.NEVER;
  }),
  address: z.string().transform((text, context) => {
    const address = parseAddress(text);
    if (address !== undefined) return address;
    context.addIssue({ code: 'custom', message: 'no address' });
    return z.NEVER;
  }),
  key: z.string().refine((text) => decodeKey(text) !== undefined),
  /** A token: goes into a header or an address, so it is one word of printable ASCII. */
  token: z.string().regex(/^[\x21-\x7e]{1,4096}$/),
};

/** What most providers mean by these two answers to a login. */
export const loginRefused = (status: number): 'account-refused' | undefined =>
  status === 401 || status === 403 ? 'account-refused' : undefined;

/** The account in the form that a recipe asks for; the app has made sure of it. */
export function numberOf(account: AccountSecret | undefined): string {
  if (account?.kind !== 'number') throw new Error('an account number is needed');
  return account.number;
}

export function loginOf(account: AccountSecret): { username: string; password: string } {
  if (account.kind !== 'login') throw new Error('a user name and a password are needed');
  return { username: account.username, password: account.password };
}

export function tokenOf(account: AccountSecret): string {
  if (account.kind !== 'token') throw new Error('a token is needed');
  return account.token;
}
