import { z } from 'zod';
import type { Server } from '../../../electron/servers/types.ts';

/** One server as its provider's own list has it; not judged yet. */
export interface FoundServer {
  /** As in our list. */
  id: string;
  country: string;
  city: string;
  hostname: string;
  /** Null where the provider gives a name only. */
  ipv4: string | null;
  ipv6: string | null;
  publicKey: string;
  ports: number[];
  openvpn?: Server['openvpn'];
}

/** Where a provider publishes its servers, and how that is read. One file a provider in the folder `sources`. */
export interface ListSource {
  /** Id of the provider; names its file in resources/servers/providers. */
  provider: string;
  /** What stands in `sources` of an entry that was read there. */
  name: string;
  /** Https; asked with one GET. */
  url(now: Date): URL;
  /** Throws a ZodError when the answer has not the documented shape. `known`: what we have of the provider. */
  read(answer: unknown, known: readonly Server[]): FoundServer[];
}

const maxServers = 10_000;

/** Pieces that the lists have in common. Fields that we do not read may come and go. */
export const shapes = {
  text: z.string().min(1).max(200),
  /** May be missing, null or empty where there is none. */
  address: z
    .string()
    .max(64)
    .nullish()
    .transform((text) => (text ? text : null)),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .transform((code) => code.toUpperCase()),
  port: z.int().min(1).max(65535),
  many: <T extends z.ZodType>(one: T): z.ZodArray<T> => z.array(one).min(1).max(maxServers),
};

/** `es1` of `es1.wg.example.net`. */
export function firstLabel(hostname: string): string {
  return (hostname.split('.', 1)[0] ?? '').toLowerCase();
}
