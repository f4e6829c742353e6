import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRelayHandlers, openRelay } from '../../electron/app/relay-handlers.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-relay-'));
});
afterEach(() => rm(folder, { recursive: true }));

const context = { signal: new AbortController().signal };
const text = JSON.stringify({ urls: 'turn:a.example', username: 'me', credential: 'hunter2-secret' });
const shown = { ways: [{ transport: 'udp', host: 'a.example', port: 3478 }], username: 'me', ownAuthority: false };
const handlers = (): ReturnType<typeof createRelayHandlers> => createRelayHandlers(openRelay(folder));

describe('the relay for rehearsals', () => {
  it('is kept for the next process, readable by its owner only, and shown without its password', async () => {
    expect(await handlers()['relay.set']({ text }, context)).toEqual(shown);
    expect(await handlers()['relay.show']({}, context)).toEqual(shown);
    const path = join(folder, 'relay.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toContain('hunter2-secret');
  });

  it('is removed', async () => {
    await handlers()['relay.set']({ text }, context);
    await handlers()['relay.remove']({}, context);
    expect(await readdir(folder)).toEqual([]);
    expect(await handlers()['relay.show']({}, context)).toBeNull();
    await expect(handlers()['relay.remove']({}, context)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('stays what it was when something else is given', async () => {
    await handlers()['relay.set']({ text }, context);
    await expect(handlers()['relay.set']({ text: '{}' }, context)).rejects.toMatchObject({ code: 'relay-invalid' });
    expect(await handlers()['relay.show']({}, context)).toEqual(shown);
  });
});
