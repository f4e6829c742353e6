import { z } from 'zod';
import type { OpenVpnProfile, OpenVpnRemote } from '../types.ts';
import { endpointSchema } from '../wireguard/schema.ts';
import { isAllowedOption } from './allowed.ts';
import { keyLabels, rewritePem, rewriteStaticKey, rewriteTlsCryptV2 } from './pem.ts';
import { isCredential } from './user-pass.ts';

const rewritten = (rewrite: (lines: readonly string[]) => string | undefined): z.ZodType<string> =>
  z.string().refine((text) => rewrite(text.split('\n')) === text);
const certificates = rewritten((lines) => rewritePem(lines, ['CERTIFICATE']));
const staticKey = rewritten(rewriteStaticKey);
const credential = z.string().refine(isCredential);
const { host, port } = endpointSchema.shape;

const remoteSchema: z.ZodType<OpenVpnRemote> = z.strictObject({ host, port, transport: z.enum(['udp', 'tcp']) });
const optionSchema: z.ZodType<OpenVpnProfile['options'][number]> = z
  .strictObject({ name: z.string(), args: z.array(z.string()) })
  .refine(isAllowedOption);

export const openVpnSchema = z.strictObject({
  kind: z.literal('openvpn'),
  remotes: z.array(remoteSchema).min(1),
  ca: certificates.exactOptional(),
  cert: certificates.exactOptional(),
  key: rewritten((lines) => rewritePem(lines, keyLabels)).exactOptional(),
  extraCerts: certificates.exactOptional(),
  tlsAuth: z
    .strictObject({ key: staticKey, direction: z.union([z.literal(0), z.literal(1)]).exactOptional() })
    .exactOptional(),
  tlsCrypt: staticKey.exactOptional(),
  tlsCryptV2: rewritten(rewriteTlsCryptV2).exactOptional(),
  userPass: z
    .strictObject({
      required: z.literal(true),
      username: credential.exactOptional(),
      password: credential.exactOptional(),
    })
    .refine(({ username, password }) => password === undefined || username !== undefined)
    .exactOptional(),
  split: z.literal('calls').exactOptional(),
  options: z.array(optionSchema),
}) satisfies z.ZodType<OpenVpnProfile>;
