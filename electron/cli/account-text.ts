import { ApiError } from '../api/errors.ts';
import type { AccountProviderView } from '../api/schema.ts';
import { readInputFile } from './files.ts';
import type { Session } from './session.ts';

/** A number, a token, or a name and a password: never more than a line or two. */
const maxBytes = 1000;

/**
 * The account as it stands in FILE, or on standard input for `-`; where somebody sits there, they are asked, and what is
 * secret is not shown. It is never an argument: other users of a computer can see those.
 */
export async function readAccount(session: Session, path: string, provider: AccountProviderView): Promise<string> {
  const { terminal } = session;
  if (path === '-' && terminal.canAsk) return askFor(session, provider);
  const { bytes } = await readInputFile(path, terminal);
  const text = Buffer.from(bytes).toString('utf8');
  if (bytes.length <= maxBytes && text.trim() !== '') return text;
  throw new ApiError({
    code: 'account-form',
    message: `${path === '-' ? 'Standard input' : path} holds no account: put the number or token on one line, or the user name and the password on two.`,
  });
}

async function askFor({ terminal, signal }: Session, { name, asks }: AccountProviderView): Promise<string> {
  const question = (what: string, hidden: boolean): Promise<string> => {
    signal.throwIfAborted();
    return terminal.ask(`${what} (${name}): `, hidden);
  };
  if (asks === 'login') return `${await question('User name', false)}\n${await question('Password', true)}`;
  return question(asks === 'token' ? 'Access token' : 'Account number', true);
}

/** The provider of a server: of our list, or of its own, whose ids begin with the provider's. Throws ApiError `not-found`. */
export async function providerOfServer({ call }: Session, serverId: string): Promise<AccountProviderView> {
  const { servers } = await call('servers.list', {});
  const id = servers.find((server) => server.id === serverId)?.provider ?? serverId.split('/', 1)[0];
  const provider = (await call('accounts.providers', {})).find((other) => other.id === id);
  if (provider) return provider;
  throw new ApiError({
    code: 'not-found',
    message: 'There is no such server. "sawt servers list" and "sawt accounts places" show the ids.',
  });
}
