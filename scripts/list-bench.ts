import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { developmentKey } from '../electron/signed/keys.ts';
import type { ServerList } from '../electron/servers/types.ts';
import { verifyList } from '../electron/servers/verify-list.ts';
import { parseSecretKey, sign } from './servers/sign.ts';

/**
 * Verifies and reads a list of 5,000 servers, made of the entries in the repository with other addresses and keys, and
 * prints how long it took: `{ totalMs, warmMs, baselineMs }`. The list is made and signed by another process, so that
 * nothing of the first measured reading is warm.
 */
const folder = join(process.cwd(), 'resources', 'servers');
const servers = 5000;

function makeList(): string {
  const list = JSON.parse(readFileSync(join(folder, 'servers.json'), 'utf8')) as ServerList;
  const rows = Array.from({ length: servers }, (_, index) => {
    const row = list.servers[index % list.servers.length];
    if (!row) throw new Error('the list is empty');
    const at = [45 + (index >> 14), (index >> 7) & 127, index & 127].join('.');
    return {
      ...row,
      id: `${row.id}-${index}`,
      ipv4: `${at}.1`,
      ipv6: row.ipv6 === null ? null : `2a02:6ea0:${index.toString(16)}::1`,
      wireguard: row.wireguard && { ...row.wireguard, publicKey: randomBytes(32).toString('base64') },
    };
  });
  const text = JSON.stringify({ ...list, servers: rows });
  const key = parseSecretKey(readFileSync(join(folder, 'development.key'), 'utf8'));
  return JSON.stringify({ text, signature: sign(Buffer.from(text), key, 'bench') });
}

function measure(): string {
  const made = spawnSync(process.execPath, [process.argv[1] ?? '', 'make'], { maxBuffer: 64 * 1024 * 1024 });
  const { text, signature } = JSON.parse(made.stdout.toString()) as { text: string; signature: string };
  const bytes = Buffer.from(text);
  const timed = (work: () => unknown): number => {
    const begin = performance.now();
    work();
    return Math.round((performance.now() - begin) * 10) / 10;
  };
  const verify = (): void => {
    const trust = { keys: [developmentKey], floor: 0, now: new Date() };
    const { document } = verifyList({ bytes, signature }, trust);
    if (document.servers.length !== servers) throw new Error('servers were lost');
  };
  const totalMs = timed(verify);
  const warmMs = timed(verify);
  return JSON.stringify({ totalMs, warmMs, baselineMs: timed(() => JSON.parse(bytes.toString('utf8'))) });
}

process.stdout.write(process.argv[2] === 'make' ? makeList() : measure());
