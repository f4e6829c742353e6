import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal, RoutingLock } from './journal.ts';
import { TunnelFailure } from './errors.ts';
import { linkExists } from './lock/ip.ts';
import { isOurDevice, surveyNetwork } from './lock/survey.ts';
import { lowerFirewall, readFirewall } from './lock/firewall.ts';
import { findStrayLock, lowerRoutingLock } from './lock/routing-lock.ts';
import { endProcess, findByArgument } from './processes.ts';
import { findStrayResolver, restoreResolver, type ResolverTools } from './resolver.ts';
import { removeStrayInputs } from './runtime-folder.ts';
import { restoreSysctls, sysctlsInNote } from './sysctls.ts';

export interface UndoTools extends ResolverTools {
  runtimeFolder: string;
}

/** Files of one connection in the runtime folder, by its interface name. */
export function connectionFiles(folder: string, device: string): Record<'config' | 'management' | 'reading', string> {
  const file = (ending: string): string => join(folder, `${device}.${ending}`);
  return { config: file('ovpn'), management: file('sock'), reading: file('reading') };
}

/**
 * Takes the tunnel away and leaves the lock: resolvers, program, device, files. Every step looks first, so it can be
 * repeated and works after a kill at any moment. Names what was removed.
 */
export async function undoTunnel(tools: UndoTools, journal: Journal): Promise<string[]> {
  const removed: string[] = [];
  if (await restoreResolver(tools, journal.resolver, journal.interface)) removed.push('resolvers');
  removed.push(...(await removeDevice(tools, journal.interface)));
  return removed;
}

async function removeDevice(tools: UndoTools, device: string): Promise<string[]> {
  const removed: string[] = [];
  for (const program of await findByArgument((argument) => namesDevice(argument, device))) {
    tools.trace?.('end program');
    await endProcess(program);
    removed.push(`program ${program.pid}`);
  }
  if (await linkExists(tools.programs, device)) {
    // Gone by itself when its program had just ended.
    const { stderr } = await tools.programs.ask('ip', ['link', 'del', 'dev', device]);
    if (await linkExists(tools.programs, device)) {
      throw new TunnelFailure(
        'network-change-failed',
        `The interface ${device} could not be removed (${stderr.trim()}).`,
      );
    }
    removed.push(`interface ${device}`);
  }
  for (const file of Object.values(connectionFiles(tools.runtimeFolder, device))) await rm(file, { force: true });
  return removed;
}

function namesDevice(argument: string, device: string): boolean {
  return argument === device || argument.endsWith(`/${device}.ovpn`);
}

/** Takes the lock away: from here on traffic goes direct. */
export async function undoLock(tools: UndoTools, routing: RoutingLock, sysctls: Journal['sysctls']): Promise<string[]> {
  const removed: string[] = [];
  if (await lowerRoutingLock(tools.programs, routing)) removed.push('routing rules');
  if (await restoreSysctls(sysctls)) removed.push('kernel settings');
  if (await lowerFirewall(tools.programs)) removed.push('firewall lock');
  return removed;
}

/** What only Sawt makes, found without a journal: interfaces `sawt` + 8 hex digits, our rules, our firewall table, our resolv.conf. */
export async function undoStrays(tools: UndoTools): Promise<string[]> {
  const removed: string[] = [];
  const resolver = await findStrayResolver(tools.path);
  if (resolver && (await restoreResolver(tools, resolver, ''))) removed.push('resolvers');
  const sysctls = sysctlsInNote((await readFirewall(tools.programs)) ?? '');
  let survey = await surveyNetwork(tools.programs);
  for (const { ifname } of survey.links.filter(({ ifname }) => isOurDevice(ifname))) {
    removed.push(...(await removeDevice(tools, ifname)));
  }
  for (let lock; (lock = findStrayLock(survey)); survey = await surveyNetwork(tools.programs)) {
    removed.push(...(await undoLock(tools, lock, sysctls)));
  }
  if (await restoreSysctls(sysctls)) removed.push('kernel settings');
  if (await lowerFirewall(tools.programs)) removed.push('firewall lock');
  await removeStrayInputs(tools.runtimeFolder);
  return removed;
}
