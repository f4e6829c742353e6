import { readFile, writeFile } from 'node:fs/promises';
import { TunnelFailure } from './errors.ts';
import type { SysctlChange } from './journal.ts';

/**
 * arp_ignore 2: do not tell neighbours which address we have inside the tunnel. src_valid_mark 1: reverse-path filtering
 * looks at the mark. (kernel documentation, networking/ip-sysctl)
 */
const wanted = [
  { name: 'net/ipv4/conf/all/arp_ignore', during: '2', enough: (value: number) => value >= 2 },
  { name: 'net/ipv4/conf/all/src_valid_mark', during: '1', enough: (value: number) => value === 1 },
] as const;

/** Only what really has to change. */
export async function planSysctls(): Promise<SysctlChange[]> {
  const plan: SysctlChange[] = [];
  for (const { name, during, enough } of wanted) {
    const before = (await readFile(`/proc/sys/${name}`, 'utf8')).trim();
    if (!enough(Number(before))) plan.push({ name, before, during });
  }
  return plan;
}

export async function applySysctls(changes: readonly SysctlChange[]): Promise<void> {
  for (const { name, during } of changes) {
    await writeFile(`/proc/sys/${name}`, during).catch((cause: unknown) => {
      const message = `The kernel setting ${name} could not be changed, as in some containers; nothing was connected.`;
      throw new TunnelFailure('network-change-failed', message, { cause });
    });
  }
}

/** A value that somebody else changed meanwhile stays theirs. */
export async function restoreSysctls(changes: readonly SysctlChange[]): Promise<boolean> {
  let restored = false;
  for (const { name, before, during } of changes) {
    const now = (await readFile(`/proc/sys/${name}`, 'utf8')).trim();
    if (now !== during) continue;
    await writeFile(`/proc/sys/${name}`, before);
    restored = true;
  }
  return restored;
}

/** The originals in few words, to be kept in the firewall lock: they are needed for as long as it is there. */
export function sysctlNote(changes: readonly SysctlChange[]): string {
  return ['before:', ...changes.map(({ name, before }) => `${name}=${before}`)].join(' ');
}

/** What a note in `text` tells; nothing but our own settings is believed. */
export function sysctlsInNote(text: string): SysctlChange[] {
  const [, note = ''] = /"before:([^"]*)"/.exec(text) ?? [];
  return wanted.flatMap(({ name, during }) => {
    const [, before] = new RegExp(` ${name}=(\\d+)(?= |$)`).exec(note) ?? [];
    return before === undefined ? [] : [{ name, before, during }];
  });
}
