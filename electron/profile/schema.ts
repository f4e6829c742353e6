import { z } from 'zod';
import { openVpnSchema } from './openvpn/schema.ts';
import type { Profile } from './types.ts';
import { wireGuardSchema } from './wireguard/schema.ts';

/** Every field in the one spelling that its parser gives: no value can bring a new line or key into a written file. */
export const profileSchema: z.ZodType<Profile> = z.discriminatedUnion('kind', [wireGuardSchema, openVpnSchema]);
