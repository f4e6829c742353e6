import { ProfileError } from '../errors.ts';
import { cleanName } from '../names.ts';
import type { DroppedLine, OpenVpnProfile } from '../types.ts';
import { shownName, type Block, type Directive } from './lines.ts';
import { isEncryptedKey, keyLabels, rewritePem, rewriteStaticKey, rewriteTlsCryptV2 } from './pem.ts';
import { whyDropped } from './reasons.ts';

type Materials = Pick<OpenVpnProfile, 'ca' | 'cert' | 'key' | 'extraCerts' | 'tlsAuth' | 'tlsCrypt' | 'tlsCryptV2'>;

export const materialDirectives = ['ca', 'cert', 'key', 'extra-certs', 'tls-auth', 'tls-crypt', 'tls-crypt-v2'];

/**
 * Certificates and keys, from blocks only: a path in a file from a stranger is never followed on the disk; files that
 * came together with it have become blocks before. Throws ProfileError.
 */
export function readMaterials(
  directives: readonly Directive[],
  blocks: readonly Block[],
  file: string,
): { materials: Materials; dropped: DroppedLine[] } {
  const dropped: DroppedLine[] = [];
  const inline = new Map<string, Block>();
  for (const block of blocks) {
    const before = inline.get(block.name);
    if (before) dropped.push({ line: before.line, directive: before.name, reason: 'is given again further down' });
    if (materialDirectives.includes(block.name)) inline.set(block.name, block);
    else dropped.push({ line: block.line, directive: shownName(block.name), reason: whyDropped(block.name) });
  }
  const named = directives.filter((directive) => materialDirectives.includes(directive.name));
  refuseAbsent(
    named.filter(({ name }) => !inline.has(name)),
    file,
  );
  for (const { line, name, args } of named) {
    if (args[0] !== '[inline]')
      dropped.push({ line, directive: name, reason: 'reads a file; the text in the profile is used' });
  }

  const read = (name: string, rewrite: (lines: readonly string[]) => string | undefined): string | undefined => {
    const block = inline.get(name);
    if (!block) return undefined;
    const text = rewrite(block.lines);
    if (text === undefined) {
      throw new ProfileError(
        'profile-invalid',
        { file, line: block.line, directive: name },
        'the block is damaged; copy it again, whole',
      );
    }
    return text;
  };
  const certificates = (lines: readonly string[]): string | undefined => rewritePem(lines, ['CERTIFICATE']);
  refuseEncrypted(inline.get('key'), file);
  const tlsAuth = read('tls-auth', rewriteStaticKey);
  const direction = readDirection(directives);
  const texts = {
    ca: read('ca', certificates),
    cert: read('cert', certificates),
    key: read('key', (lines) => rewritePem(lines, keyLabels)),
    extraCerts: read('extra-certs', certificates),
    tlsCrypt: read('tls-crypt', rewriteStaticKey),
    tlsCryptV2: read('tls-crypt-v2', rewriteTlsCryptV2),
  };
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) as Materials;
  return {
    materials: { ...given, ...(tlsAuth !== undefined && { tlsAuth: { key: tlsAuth, ...direction } }) },
    dropped,
  };
}

/** What refers to files that did not come along. */
function refuseAbsent(directives: readonly Directive[], file: string): void {
  const [first] = directives;
  if (first === undefined) return;
  const needs = [...new Set(directives.flatMap(({ args }) => args[0] ?? []))].map(cleanName);
  const { line, name } = first;
  throw new ProfileError(
    'profile-invalid',
    { file, line, directive: name },
    `it refers to other files, which did not come with it (${needs.join(', ')}); import them together with it, or ask for a profile in one file`,
    needs,
  );
}

function refuseEncrypted(block: Block | undefined, file: string): void {
  if (!block || !isEncryptedKey(block.lines)) return;
  throw new ProfileError(
    'profile-unsupported',
    { file, line: block.line, directive: 'key' },
    'the private key is locked with a passphrase; unlock it with "openssl pkey" or ask for a profile without one',
  );
}

/** Which half of a tls-auth key is for sending: `key-direction`, or behind `tls-auth`. Undefined: both ways the same. */
function readDirection(directives: readonly Directive[]): { direction?: 0 | 1 } {
  const behind = directives.findLast(({ name }) => name === 'tls-auth')?.args[1];
  const alone = directives.findLast(({ name }) => name === 'key-direction')?.args[0];
  const direction = alone ?? behind;
  return direction === '0' ? { direction: 0 } : direction === '1' ? { direction: 1 } : {};
}
