import { ApiError } from '../api/errors.ts';
import type { Args, Connection } from '../api/schema.ts';
import { readInputFile } from './files.ts';
import type { Session } from './session.ts';

export type Credentials = NonNullable<Args<'tunnel.connect'>['credentials']>;

/** Two lines. */
const maxBytes = 2100;
/** So often a person may mistype before they are sent away to look it up; a provider may lock an account sooner or later. */
const maxAsked = 3;

export interface CredentialFlags {
  /** A file, or `-`. */
  credentials?: string;
  remember?: true;
}

/**
 * Connects with the user name and password of `--credentials`, where there are any; else asks for them when the server wants
 * them and somebody sits there, and again when they were wrong.
 */
export async function connectWithCredentials(
  session: Session,
  { credentials: path, remember }: CredentialFlags,
  first: (given: Credentials | undefined) => Promise<Connection>,
  again: (profile: string, typed: Credentials) => Promise<Connection>,
): Promise<Connection> {
  const { terminal } = session;
  const keep = remember ?? false;
  const asks = path === undefined || path === '-';
  const given =
    path === undefined || (asks && terminal.canAsk) ? undefined : await readCredentials(session, path, keep);
  let connection = await first(given);
  for (let times = 0; times < maxAsked && asks && terminal.canAsk; times += 1) {
    const { error, profile } = connection;
    if (profile === null || (error?.code !== 'password-needed' && error?.code !== 'password-wrong')) break;
    if (error.code === 'password-wrong') terminal.err(error.message);
    connection = await again(profile, { ...(await askFor(session)), keep });
  }
  return connection;
}

async function askFor({ terminal, signal }: Session): Promise<{ username: string; password: string }> {
  signal.throwIfAborted();
  const username = await terminal.ask('User name of the VPN: ', false);
  const password = await terminal.ask('Password: ', true);
  if (username !== '' && password !== '') return { username, password };
  throw new ApiError({
    code: 'cancelled',
    message: 'Nothing was typed, so nothing was sent. Connect again to be asked.',
  });
}

/** They are never arguments: other users of a computer can see those. */
async function readCredentials(session: Session, path: string, keep: boolean): Promise<Credentials> {
  const { bytes } = await readInputFile(path, session.terminal);
  const [username = '', password = ''] = Buffer.from(bytes).toString('utf8').split(/\r?\n/);
  if (bytes.length <= maxBytes && username !== '' && password !== '') return { username, password, keep };
  throw new ApiError({
    code: 'bad-request',
    message: `${path === '-' ? 'Standard input' : path} holds no user name and password: put the user name on the first line and the password on the second.`,
  });
}
