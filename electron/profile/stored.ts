import { z } from 'zod';
import { profileSchema } from './schema.ts';
import { warningCodes, type Profile, type ProfileSummary, type StoredProfile } from './types.ts';

const droppedSchema = z.strictObject({ line: z.int().nullable(), directive: z.string(), reason: z.string() });
const warningSchema = z.strictObject({ code: z.enum(warningCodes), text: z.string() });

/** A profile as the store keeps it. */
export const storedProfileSchema: z.ZodType<StoredProfile> = z
  .strictObject({
    id: z.string().regex(/^p-[0-9a-f]{16}$/),
    name: z.string().min(1).max(200),
    kind: z.enum(['wireguard', 'openvpn']),
    endpoint: z.string().nullable(),
    provider: z.string().nullable(),
    dropped: z.array(droppedSchema),
    warnings: z.array(warningSchema),
    createdAt: z.iso.datetime(),
    profile: profileSchema,
  })
  .refine(({ kind, profile }) => kind === profile.kind);

/** What everybody may see of it: field by field, so that nothing new slips out by itself. */
export function summaryOf(stored: StoredProfile): ProfileSummary {
  const { id, name, kind, endpoint, provider, dropped, warnings, profile } = stored;
  const split = profile.split && { split: profile.split };
  const credentials = credentialsOf(profile);
  return {
    ...{ id, name, kind, endpoint, provider, ...split },
    ...(credentials && { credentials }),
    dropped,
    warnings: credentials === 'kept' ? warnings.filter(({ code }) => code !== 'needs-password') : warnings,
  };
}

function credentialsOf(profile: Profile): ProfileSummary['credentials'] {
  if (profile.kind !== 'openvpn' || !profile.userPass) return undefined;
  return profile.userPass.password === undefined ? 'needed' : 'kept';
}
