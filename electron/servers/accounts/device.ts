import { z } from 'zod';
import { decodeKey } from '../../profile/key.ts';
import type { Handle } from './recipe.ts';

/** What everybody may see of a key that was registered from here. */
export interface RegisteredDeviceView {
  id: string;
  provider: string;
  purpose: 'computer' | 'phone';
  /** Id of the profile that was made with it; that may be gone. */
  profile: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  expiresAt: string | null;
}

/** As the store keeps it. */
export interface RegisteredDevice extends RegisteredDeviceView {
  publicKey: string;
  handle: Handle;
}

export const registeredDeviceSchema: z.ZodType<RegisteredDevice> = z.strictObject({
  id: z.string().regex(/^d-[0-9a-f]{16}$/),
  provider: z.string().min(1).max(64),
  purpose: z.enum(['computer', 'phone']),
  profile: z.string().min(1).max(64),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  publicKey: z.string().refine((text) => decodeKey(text) !== undefined),
  handle: z.strictObject({ device: z.string().nullable(), session: z.string().nullable() }),
});

/** Field by field, so that nothing new slips out by itself. */
export function deviceView(device: RegisteredDevice): RegisteredDeviceView {
  const { id, provider, purpose, profile, createdAt, expiresAt } = device;
  return { id, provider, purpose, profile, createdAt, expiresAt };
}
