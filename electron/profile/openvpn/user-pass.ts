import type { DroppedLine, OpenVpnProfile } from '../types.ts';
import type { Block, Directive } from './lines.ts';

type UserPass = NonNullable<OpenVpnProfile['userPass']>;

/** Whether the server asks for a name and a password, and what the file itself says. A file with them is not read. */
export function readUserPass(
  directives: readonly Directive[],
  blocks: readonly Block[],
): { userPass: UserPass | undefined; dropped: DroppedLine[] } {
  const asked = directives.filter(({ name }) => name === 'auth-user-pass');
  const block = blocks.findLast(({ name }) => name === 'auth-user-pass');
  const dropped = asked
    .filter(({ args }) => args.length > 0 && args[0] !== '[inline]')
    .map(({ line, name }) => ({
      line,
      directive: name,
      reason: 'reads a file; Sawt asks for name and password instead',
    }));
  if (!block) return { userPass: asked.length > 0 ? { required: true } : undefined, dropped };

  const [username = '', password = ''] = block.lines.map((text) => text.replace(/\r$/, ''));
  if (!isCredential(username)) return { userPass: { required: true }, dropped };
  const known = isCredential(password) ? { username, password } : { username };
  return { userPass: { required: true, ...known }, dropped };
}

/** One line that does not end the block it is written into; OpenVPN's own limit is 128 bytes in old versions. */
export function isCredential(text: string): boolean {
  return (
    text !== '' &&
    Buffer.byteLength(text) <= 200 &&
    !/[\p{Cc}\u2028\u2029]/u.test(text) &&
    !text.trimStart().startsWith('</auth-user-pass>')
  );
}

/** Both, as a person typed them; undefined when they cannot be any server's. */
export function userPassOf(username: string, password: string): UserPass | undefined {
  return isCredential(username) && isCredential(password) ? { required: true, username, password } : undefined;
}
