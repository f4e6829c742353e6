import type { Candidate, Carrier } from './carrier.ts';
import { TunnelFailure } from './errors.ts';
import { installCommand, readOsRelease } from './install-advice.ts';
import { routeTo } from './lock/ip.ts';
import { tunnelMark } from './lock/routing-lock.ts';
import { foreignTunnel, hasOurParts, surveyNetwork, type Survey } from './lock/survey.ts';
import type { Programs } from './run.ts';

/** A person waits for every try; a list of dozens of servers is not tried to its end. */
const maxCandidates = 8;

export interface Preflight {
  candidates: Candidate[];
  survey: Survey;
}

/**
 * Everything that can be found out before anything is changed. `takeover`: what is ours on this computer is known and will
 * be replaced.
 */
export async function preflight(
  programs: Programs,
  carrier: Carrier,
  { takeover, signal }: { takeover: boolean; signal: AbortSignal },
): Promise<Preflight> {
  checkPermission();
  await checkTools(programs, ['ip', 'nft', ...carrier.tools]);
  const [survey, found] = await Promise.all([surveyNetwork(programs), carrier.candidates(signal)]);
  if (!takeover && hasOurParts(survey)) {
    throw new TunnelFailure(
      'another-tunnel',
      'Another Sawt is connected on this computer, or one was interrupted; run "sawt disconnect" there, or "sawt repair".',
    );
  }
  const other = foreignTunnel(survey);
  if (other !== undefined) {
    throw new TunnelFailure(
      'another-tunnel',
      `Another VPN already carries this computer's traffic (${other}); disconnect it first, then connect again.`,
    );
  }
  return { survey, candidates: await reachable(programs, found.slice(0, maxCandidates)) };
}

export function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

export function checkPermission(): void {
  if (isRoot()) return;
  throw new TunnelFailure(
    'permission-refused',
    'Sawt changes the routes and the firewall of this computer here, and needs administrator rights for it; run it with sudo.',
  );
}

async function checkTools(programs: Programs, names: readonly string[]): Promise<void> {
  const missing = names.filter((name) => programs.find(name) === undefined);
  if (missing.length === 0) return;
  const osRelease = await readOsRelease();
  const commands = missing.map((name) => installCommand(name, osRelease) ?? `the package manager (${name})`);
  throw new TunnelFailure(
    'tool-missing',
    `Connecting needs ${missing.join(' and ')}, which this computer does not have; install with: ${commands.join('; ')}.`,
  );
}

async function reachable(programs: Programs, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const routes = await Promise.all(candidates.map(({ address }) => routeTo(programs, address, tunnelMark)));
  const found = candidates.filter((_, index) => routes[index] !== undefined);
  if (found.length > 0) return found;
  throw new TunnelFailure(
    'no-base-route',
    'This computer has no network connection over which the server could be reached; connect to a network first.',
  );
}
