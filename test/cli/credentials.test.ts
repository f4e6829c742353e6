import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../electron/api/schema.ts';
import { connectWithCredentials, type Credentials } from '../../electron/cli/credentials.ts';
import type { Session } from '../../electron/cli/session.ts';
import { sawt } from './cli-bed.ts';

const connected: Connection = {
  ...{ state: 'connected', stage: null, profile: 'p-1', backend: 'direct', since: null, durationMs: 640 },
  ...{ killSwitch: false, verified: null, attempts: [], error: null },
};
const failed = (code: 'password-needed' | 'password-wrong' | 'no-traffic'): Connection => ({
  ...{ ...connected, state: 'failed' },
  error: { code, message: `It is ${code}.` },
});

/** Somebody who types these lines, one after the other. */
function person(...lines: string[]) {
  const asked: [question: string, hidden: boolean][] = [];
  const shown: string[] = [];
  const terminal = {
    canAsk: true,
    err: (text: string) => shown.push(text),
    ask: (question: string, hidden: boolean) => {
      asked.push([question, hidden]);
      return Promise.resolve(lines[asked.length - 1] ?? '');
    },
  };
  return { session: { terminal, signal: new AbortController().signal } as unknown as Session, asked, shown };
}

/** A server that lets in who types the right password. */
function server(right: string) {
  const tries: (Credentials | undefined)[] = [];
  const answer = (given: Credentials | undefined): Promise<Connection> => {
    tries.push(given);
    if (given === undefined) return Promise.resolve(failed('password-needed'));
    return Promise.resolve(given.password === right ? connected : failed('password-wrong'));
  };
  return { tries, first: answer, again: (_profile: string, given: Credentials) => answer(given) };
}

describe('on a terminal', () => {
  it('they are asked for, the password unseen, and again when they were wrong', async () => {
    const { session, asked, shown } = person('lantern', 'wet stone', 'lantern', 'wet stone 7');
    const { tries, first, again } = server('wet stone 7');
    expect(await connectWithCredentials(session, { remember: true }, first, again)).toBe(connected);
    expect(asked.map(([, hidden]) => hidden)).toEqual([false, true, false, true]);
    expect(shown).toEqual(['It is password-wrong.']);
    expect(tries.at(-1)).toEqual({ username: 'lantern', password: 'wet stone 7', keep: true });
  });

  it('they are asked for three times, not for ever', async () => {
    const { session, asked } = person(...Array<string>(20).fill('x'));
    const { first, again } = server('y');
    expect(await connectWithCredentials(session, {}, first, again)).toMatchObject({
      error: { code: 'password-wrong' },
    });
    expect(asked).toHaveLength(6);
  });

  it('nothing typed is a way out', async () => {
    const { first, again } = server('y');
    await expect(connectWithCredentials(person('').session, {}, first, again)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('nobody is asked about another failure', async () => {
    const { session, asked } = person('x');
    const answer = (): Promise<Connection> => Promise.resolve(failed('no-traffic'));
    await connectWithCredentials(session, {}, answer, answer);
    expect(asked).toEqual([]);
  });
});

describe('sawt connect --credentials', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sawt-credentials-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const given = { username: 'lantern', password: 'wet stone 7', keep: false };

  it('reads two lines of a file, or of standard input', async () => {
    const file = join(folder, 'login');
    await writeFile(file, 'lantern\r\nwet stone 7\r\n');
    const fakes = { 'tunnel.connect': () => connected };
    const fromFile = await sawt(['connect', 'p-1', '--credentials', file], fakes);
    expect(fromFile.calls).toMatchObject([{ args: { credentials: given } }]);
    const argv = ['connect', 'p-1', '--credentials', '-', '--remember'];
    const fromInput = await sawt(argv, fakes, { stdin: 'lantern\nwet stone 7' });
    expect(fromInput.calls).toMatchObject([{ args: { credentials: { ...given, keep: true } } }]);
    expect(fromFile.out + fromFile.err + fromInput.out + fromInput.err).not.toContain('wet stone');
  });

  it.each(['', 'lantern\n', '\nwet stone 7\n', `lantern\n${'x'.repeat(3000)}`])(
    'says what the file should hold, and connects to nothing',
    async (stdin) => {
      const run = await sawt(['connect', 'p-1', '--credentials', '-'], {}, { stdin });
      expect(run).toMatchObject({ code: 2, calls: [] });
      expect(run.err).toContain('the password on the second');
    },
  );

  it('without it, and with nobody to ask, the failure says what to do', async () => {
    const run = await sawt(['connect', 'p-1'], { 'tunnel.connect': () => failed('password-needed') });
    expect(run).toMatchObject({ code: 1, calls: [{ name: 'tunnel.connect' }] });
  });
});
