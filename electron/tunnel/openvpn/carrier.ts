import { rm } from 'node:fs/promises';
import { splitPrefixes } from '../../profile/split/calls.ts';
import type { OpenVpnProfile } from '../../profile/types.ts';
import { familyOf } from '../addresses.ts';
import type { Candidate, Carrier, Inside, OpenOptions } from '../carrier.ts';
import { resolveHost } from '../endpoints.ts';
import { TunnelFailure } from '../errors.ts';
import { addressesOf } from '../lock/ip.ts';
import { identify, isAlive } from '../processes.ts';
import type { Programs } from '../run.ts';
import { writePrivateFile } from '../runtime-folder.ts';
import { connectionFiles } from '../undo.ts';
import { openVpnArguments } from './arguments.ts';
import { openManagement, quoteValue, type Management, type ManagementEvent } from './management.ts';
import { advance, answerLimitMs, connectLimitMs, noProgress, timedOut, type Progress } from './progress.ts';
import { resolversIn } from './pushed.ts';

const startLimitMs = 2000;

export interface OpenVpnTools {
  programs: Programs;
  runtimeFolder: string;
  /** The text of OpenVPN's configuration file. */
  writeConfig: (profile: OpenVpnProfile) => string;
}

/** Throws `no-endpoint` or `password-needed`. */
export function createOpenVpnCarrier(tools: OpenVpnTools, profile: OpenVpnProfile): Carrier {
  const { programs, runtimeFolder, writeConfig } = tools;
  checkProfile(profile);
  configText(writeConfig, profile); // a damaged profile is found out before anything is changed

  async function open(options: OpenOptions): Promise<Inside> {
    const files = connectionFiles(runtimeFolder, options.device);
    const { address, port, transport } = options.candidate;
    const remote = {
      host: address,
      port,
      transport: transport === 'openvpn-tcp' ? ('tcp' as const) : ('udp' as const),
    };
    await writePrivateFile(files.config, configText(writeConfig, { ...profile, remotes: [remote] }));
    try {
      const management = await startProgram(tools, files, profile.userPass !== undefined, options);
      try {
        const progress = await follow(management, profile, options);
        return await insideOf(programs, options.device, profile, progress);
      } finally {
        management.close();
      }
    } finally {
      // OpenVPN has read it; the key need not stay on the disk.
      await rm(files.config, { force: true });
    }
  }

  return {
    kind: 'openvpn',
    ownAddresses: [],
    only: splitPrefixes(profile),
    tools: ['openvpn'],
    candidates: (signal) => findCandidates(profile, signal),
    open,
    // OpenVPN says it is connected only after its handshake.
    handshake: () => Promise.resolve(),
  };
}

/** Name and password are not in the file: they go over the management socket. */
function configText(writeConfig: OpenVpnTools['writeConfig'], { userPass, ...profile }: OpenVpnProfile): string {
  try {
    return writeConfig({ ...profile, ...(userPass ? { userPass: { required: true } } : {}) });
  } catch (error) {
    throw new TunnelFailure('not-supported', 'A field of this profile is damaged; import it again.', { cause: error });
  }
}

function checkProfile({ remotes, userPass }: OpenVpnProfile): void {
  if (remotes.length === 0) {
    throw new TunnelFailure('no-endpoint', 'This profile names no server (remote), so there is nothing to connect to.');
  }
  if (userPass && (userPass.username === undefined || userPass.password === undefined)) {
    throw new TunnelFailure(
      'password-needed',
      'This server asks for a user name and a password: on a terminal "sawt connect" asks for them, elsewhere give them with --credentials FILE.',
    );
  }
}

/** UDP first: it carries calls better. The profile's order counts within each. */
async function findCandidates({ remotes }: OpenVpnProfile, signal: AbortSignal): Promise<Candidate[]> {
  const ordered = [
    ...remotes.filter(({ transport }) => transport === 'udp'),
    ...remotes.filter(({ transport }) => transport === 'tcp'),
  ];
  const found = await Promise.allSettled(ordered.map(({ host }) => resolveHost(host, signal)));
  signal.throwIfAborted();
  const candidates = found.flatMap((result, index) => {
    const remote = ordered[index];
    if (result.status === 'rejected' || !remote) return [];
    return result.value.map((address) => ({
      transport: `openvpn-${remote.transport}` as const,
      address,
      port: remote.port,
    }));
  });
  if (candidates.length > 0) return candidates;
  throw found[0]?.status === 'rejected'
    ? found[0].reason
    : new TunnelFailure('no-endpoint', 'No server of this profile has an address.');
}

async function startProgram(
  { programs }: OpenVpnTools,
  files: ReturnType<typeof connectionFiles>,
  askPassword: boolean,
  { device, onProgram, signal }: OpenOptions,
): Promise<Management> {
  const program = await identify(await programs.start('openvpn', openVpnArguments(files, device, askPassword)));
  if (program) {
    await onProgram(program);
    const isRunning = (): Promise<boolean> => isAlive(program);
    const management = await openManagement(files.management, { isAlive: isRunning, limitMs: startLimitMs, signal });
    if (management) return management;
  }
  throw new TunnelFailure(
    'program-died',
    'OpenVPN ended as soon as it was started: this version does not accept the profile; "sawt doctor" shows the version.',
  );
}

/** Lets OpenVPN go, and follows it until it is connected. Throws AttemptFailure. */
async function follow(management: Management, profile: OpenVpnProfile, options: OpenOptions): Promise<Progress> {
  const { candidate, signal, onStage } = options;
  await onStage('handshake');
  let progress = noProgress;
  const stop = (): void => management.close();
  const limits = [
    setTimeout(() => {
      if (!progress.answered) stop();
    }, answerLimitMs),
    setTimeout(stop, connectLimitMs),
  ];
  signal.addEventListener('abort', stop, { once: true });
  try {
    // Later restarts are OpenVPN's own business: nobody will be here to release them.
    for (const command of ['state on', 'log on', 'hold off', 'hold release']) management.send(command);
    for await (const event of management.events) {
      answerPassword(management, event, profile);
      progress = advance(progress, event, candidate);
      if (progress.connected) return progress;
    }
    signal.throwIfAborted();
    throw timedOut(progress, candidate);
  } finally {
    limits.forEach(clearTimeout);
    signal.removeEventListener('abort', stop);
  }
}

function answerPassword(management: Management, event: ManagementEvent, { userPass }: OpenVpnProfile): void {
  if (event.kind !== 'need-password') return;
  if (event.type !== 'Auth' || userPass?.username === undefined || userPass.password === undefined) {
    throw new TunnelFailure(
      'password-needed',
      `The profile needs a password that it does not hold (${event.type.replaceAll(/[^\w ]/g, '')}); import one without it.`,
    );
  }
  management.send(`username "Auth" ${quoteValue(userPass.username)}`);
  management.send(`password "Auth" ${quoteValue(userPass.password)}`);
}

async function insideOf(
  programs: Programs,
  device: string,
  profile: OpenVpnProfile,
  { pushed }: Progress,
): Promise<Inside> {
  const addresses = await addressesOf(programs, device);
  const own = resolversIn(profile.options.map(({ name, args }) => [name, ...args].join(' ')));
  const { resolvers: servers, searchDomains } = pushed.resolvers.length > 0 ? pushed : own;
  return {
    addresses,
    resolvers: { servers, searchDomains },
    ipv6: addresses.some((address) => familyOf(address) === '6'),
  };
}
